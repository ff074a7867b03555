"""The command `lakana`: one file per group of commands, each loaded only when it is asked for."""

import sys
from importlib import import_module
from typing import Any

import click

from gateway import compiled
from gateway.errors import LakanaError, SettingWrong

COMMANDS = {
    "audit": "gateway.cli.audit:audit",
    "bench": "gateway.cli.bench:bench",
    "card": "gateway.cli.card:card",
    "db": "gateway.cli.database:database",
    "demo": "gateway.cli.demo:demo",
    "doctor": "gateway.cli.doctor:doctor",
    "form": "gateway.cli.form:form",
    "intake": "gateway.cli.serve:intake",
    "messages": "gateway.cli.messages:messages",
    "officer": "gateway.cli.officers:officer",
    "panel": "gateway.cli.serve:panel",
    "parse": "gateway.cli.parse:parse",
    "places": "gateway.cli.places:places",
    "replay": "gateway.cli.messages:replay",
    "reparse": "gateway.cli.reparse:reparse",
    "simulate": "gateway.cli.simulate:simulate",
    "unfinished": "gateway.cli.messages:unfinished",
    "up": "gateway.cli.serve:up",
    "worker": "gateway.cli.serve:worker",
}
DONE, FAILED, MISUSE = 0, 1, 2


class Commands(click.Group):
    """`lakana parse` starts in a moment because it loads nothing but itself."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click calls it so
        """The names, for the help page."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """What cannot be done is told in one line; 2 for what was asked wrongly, 1 for all else."""
        try:
            return super().invoke(ctx)
        except LakanaError as error:
            click.echo(f"lakana: {error}", err=True)
            sys.exit(MISUSE if isinstance(error, SettingWrong) else FAILED)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lakana")
def main() -> None:
    """Texted reports about children in armed conflict: received, understood, verified by people."""
    compiled.check()
