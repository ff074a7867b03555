"""`lakana reconcile`: the provider's own log beside the inbox; what never reached us is taken in when asked."""

import json
import re
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from gateway.cli.opening import opened
from gateway.errors import SettingWrong

if TYPE_CHECKING:
    from workers.reconcile import Report

EXIT = {"equal": 0, "missing": 3, "extra": 4, "unreachable": 5}
SHOWN = 20
_AGO = re.compile(r"([1-9][0-9]{0,3})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_FORMS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")


def _moment(_context: click.Context, _option: click.Parameter, value: str) -> timedelta | datetime:
    """A time ago, or a moment."""
    if ago := _AGO.fullmatch(value):
        return timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    for form in _FORMS:
        with suppress(ValueError):
            return datetime.strptime(value, form).replace(tzinfo=UTC)
    raise click.BadParameter(f"{value}: write it like 48h, 90m, 7d or 2026-11-20T08:00 (UTC)")


@click.command()
@click.option("--provider", default="twilio", type=click.Choice(["twilio"]), show_default=True, help="Whose log.")
@click.option("--since", required=True, callback=_moment, help="How far back: 48h, 90m, 7d, or a moment (UTC).")
@click.option("--insert", is_flag=True, help="Take in what is missing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def reconcile(provider: str, since: timedelta | datetime, insert: bool, as_json: bool) -> None:
    """Compare the provider's own log with the inbox.

    Exit code: 0 equal, 3 something was missing (taken in with --insert), 4 the provider does not know a message of
    ours (forged), 5 the provider did not answer; as always 2 for what was asked wrongly, 1 for all else.
    """
    from gateway import clock, dispatch
    from gateway.channels.registry import logs
    from workers import reconcile as comparing

    with opened() as settings:
        log = next((each for each in logs(settings) if each.channel == provider), None)
        if log is None:
            raise SettingWrong("TWILIO_AUTH_TOKEN", "must be set: without an account there is no log to compare with")
        if settings.redis_url:
            dispatch.choose(settings)
        from_then = since if isinstance(since, datetime) else clock.now() - since
        report = comparing.run(log, since=from_then, insert=insert)
    click.echo(json.dumps(_as_dict(report)) if as_json else _told(report, insert))
    sys.exit(EXIT[report.result.value])


def _as_dict(report: "Report") -> dict[str, object]:
    told = asdict(report) | {"result": report.result.value, "since": report.since.isoformat()}
    return told | {"exit": EXIT[report.result.value]}


def _told(report: "Report", insert: bool) -> str:
    if report.result.value == "unreachable":
        return f"{report.provider} did not answer: nothing was compared. Try again; nothing was changed."
    lines = [
        f"{kind:11}{counted.listed:>8} in the log, {counted.missing} of them not here"
        for kind, counted in report.kinds.items()
    ]
    if report.missing:
        done = f"{report.taken_in} taken in, {report.lost} of them without their content"
        lines.append(done if insert else "Nothing was changed; --insert takes in what is missing.")
        lines += [f"  missing  {each}" for each in report.missing[:SHOWN]]
    if report.extra:
        lines.append("ALARM: the provider does not know these messages. Somebody may have its secret: change it now.")
        lines += [f"  unknown  {each}" for each in report.extra[:SHOWN]]
    return "\n".join(lines)
