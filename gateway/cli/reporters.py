"""`lakana reporter`: who the office knows, by pseudonym, and their personal codes; a code is printed once."""

import json
from dataclasses import asdict

import click

from gateway import clock
from gateway.casework import personal_codes, registry
from gateway.cli.opening import opened
from gateway.errors import NotFound
from gateway.records.db import reading, transaction

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def reporter() -> None:
    """Reporters: list, personal codes."""


@reporter.command("list")
@_JSON
def list_reporters(as_json: bool) -> None:
    """List the registered reporters by pseudonym; never a number."""
    with opened(), reading() as session:
        entries = registry.listed(session)
    for entry in entries:
        if as_json:
            click.echo(json.dumps(asdict(entry)))
            continue
        code = "code" if entry.has_code else "-"
        training = "training" if entry.is_training else ""
        line = f"{entry.pseudonym:<14} {entry.area or '-':<10} {entry.language or '-':<4} {code:<5} {training}"
        click.echo(line.rstrip())


@reporter.command()
@click.argument("pseudonym")
@_JSON
def code(pseudonym: str, as_json: bool) -> None:
    """Give a reporter a new personal code and print it; the one before it ends.

    Typed in front of a text (@482193 ENF ...), it says who writes, whosever the phone is.
    """
    with opened(), transaction() as session:
        found = registry.by_pseudonym(session, pseudonym)
        given = personal_codes.give(session, found, officer=None, now=clock.now())
    if as_json:
        click.echo(json.dumps({"pseudonym": pseudonym, "code": given}))
        return
    click.echo(f"Personal code of {pseudonym}: {given}")
    click.echo("It is shown only now. Hand it over in person; whoever has it can write as this reporter.")


@reporter.command("end-code")
@click.argument("pseudonym")
@_JSON
def end_code(pseudonym: str, as_json: bool) -> None:
    """End a reporter's personal code: from now on it is worth nothing."""
    with opened(), transaction() as session:
        found = registry.by_pseudonym(session, pseudonym)
        if not personal_codes.end(session, found, officer=None, now=clock.now()):
            raise NotFound(f"{pseudonym} has no personal code")
    click.echo(json.dumps({"pseudonym": pseudonym, "code": None}) if as_json else f"The code of {pseudonym} has ended.")
