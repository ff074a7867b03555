"""What came in, what waits or failed, and running it again; never a text, never a number."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from gateway.casework import inbox
from gateway.casework.inbox import Line
from gateway.cli.opening import connected, opened
from gateway.records.states import MessageState

_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--since", type=_MOMENT, help="Only what came in from then on (UTC).")
@click.option(
    "--state", "states", multiple=True, type=click.Choice([s.value for s in MessageState]), help="May repeat."
)
def messages(as_json: bool, since: datetime | None, states: tuple[str, ...]) -> None:
    """List what came in, one line or JSON object each."""
    _list([MessageState(state) for state in states], since, as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def unfinished(as_json: bool) -> None:
    """List what waits to be read, failed, or is kept apart."""
    _list(inbox.UNFINISHED, None, as_json)


@click.command()
@click.argument("ids", nargs=-1, required=True)
def replay(ids: tuple[str, ...]) -> None:
    """Read messages again that wait or failed; each leaves an entry in the audit."""
    from gateway import clock, dispatch
    from gateway.records import db

    with opened() as settings:
        if settings.redis_url:
            dispatch.choose(settings)
        with db.transaction() as session:
            for message_id in ids:
                inbox.replay(session, message_id, now=clock.now())
    click.echo(f"{len(ids)} will be read again")


def _list(states: Sequence[MessageState], since: datetime | None, as_json: bool) -> None:
    from gateway.records import db

    with connected(), db.reading() as session:
        found = inbox.lines(session, since=since.replace(tzinfo=UTC) if since else None, states=states)
    for line in found:
        click.echo(json.dumps(vars(line) | {"received_at": line.received_at.isoformat()}) if as_json else _told(line))


def _told(line: Line) -> str:
    parts = (line.kind, line.reference, line.reason)
    told = " ".join(part for part in parts if part)
    return f"{line.id}  {line.received_at:%Y-%m-%d %H:%M:%S}  {line.channel:9}  {line.state:11}  {told}".rstrip()
