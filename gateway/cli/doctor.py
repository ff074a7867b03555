"""`lakana doctor`: looks at everything that has to be right, and says what to mend."""

import json
import os
import sys
from dataclasses import asdict

import click

from gateway.cli import DONE, FAILED
from gateway.cli.checkup import Finding, State, examine
from gateway.errors import SettingWrong
from gateway.records import db
from gateway.settings import SETTINGS, Setting, load

_SIGNS = {State.GOOD: "ok", State.NOTICE: "note", State.BAD: "BAD"}


@click.command()
@click.option("--settings", "of_settings", is_flag=True, help="List every setting with its meaning.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(of_settings: bool, as_json: bool) -> None:
    """Check settings, keys, database, queue, clock, disk and provider; say what to mend."""
    if of_settings:
        _tell_settings(as_json)
        return
    findings = _findings()
    is_well = all(finding.state is not State.BAD for finding in findings)
    if as_json:
        click.echo(json.dumps({"well": is_well, "findings": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            click.echo(f"{_SIGNS[finding.state]:<5} {finding.subject:<14} {finding.found}")
            if finding.mend:
                click.echo(f"      {'':<14} → {finding.mend}")
    sys.exit(DONE if is_well else FAILED)


def _findings() -> list[Finding]:
    try:
        settings = load(os.environ)
    except SettingWrong as wrong:
        return [Finding("settings", State.BAD, wrong.name, f"{wrong.name} {wrong.reason}")]
    try:
        return [Finding("settings", State.GOOD, f"{settings.mode} mode"), *examine(settings)]
    finally:
        db.disconnect()


def _tell_settings(as_json: bool) -> None:
    for setting in SETTINGS:
        told = {"name": setting.name, "value": _value(setting), "default": setting.default, "help": setting.help}
        if as_json:
            click.echo(json.dumps(told))
        else:
            click.echo(f"{setting.name}={told['value']}\n    {setting.help}")


def _value(setting: Setting) -> str:
    given = os.environ.get(setting.name, "").strip()
    if setting.secret:
        return "(set, not shown)" if given else ""
    return given or setting.default
