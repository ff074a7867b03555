"""`lakana reparse`: stored messages read again with today's vocabulary; names and codes, never a text or a value."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy.orm import Session

from gateway import clock
from gateway.casework import rereading, stored
from gateway.casework.cursor import Cursor
from gateway.casework.differences import Difference, Doubt
from gateway.casework.fates import Fate
from gateway.casework.office import Office, office
from gateway.casework.rereading import Reread
from gateway.casework.stored import Stored
from gateway.cli.opening import opened
from gateway.errors import LakanaError
from gateway.records import db
from workers.suspect import parser_for

_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
_PENDING = {
    Fate.REPLACED: "would be replaced",
    Fate.ROUTED: "would go where a first reading brings it",
    Fate.SUGGESTED: "would be suggested to an officer",
    Fate.KEPT: "would stay as it is",
}
_WRITTEN = {
    Fate.REPLACED: "replaced",
    Fate.ROUTED: "went where a first reading brings it",
    Fate.SUGGESTED: "suggested to an officer",
    Fate.KEPT: "stays as it is",
}


class NotAllRead(LakanaError):
    """Some messages could not be read again; they are as they were."""

    code = "not_all_read"


@dataclass
class _Run:
    """One run: what it shall do, and what it has counted so far."""

    office: Office
    since: datetime | None
    is_applied: bool
    is_json: bool
    fates: Counter[Fate] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    reconstructed: int = 0
    failed: int = 0
    done: int = 0


@click.command()
@click.option("--since", type=_MOMENT, help="Only what came in from then on (UTC).")
@click.option("--apply", "is_applied", is_flag=True, help="Write today's readings; the earlier ones are kept.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object a changed message, then one with the sums.")
def reparse(since: datetime | None, is_applied: bool, is_json: bool) -> None:
    """Read stored messages again with today's vocabulary and show what differs.

    Shows references, names of fields and codes of doubts, never a text, a value or a number. Nothing is written without
    --apply, and nobody is texted. It may be interrupted and run again; what this vocabulary has read is passed over.
    """
    with opened() as settings:
        run = _Run(office(settings), since.replace(tzinfo=UTC) if since else None, is_applied, is_json)
        with db.transaction() as session:
            rereading.note_run(session, run.office, since=run.since, is_applied=is_applied, now=clock.now())
            total = rereading.count_due(session, run.office, since=run.since)
        for page in _pages(run):
            _do(run, page)
            click.echo(f"{run.done:,} of {total:,} read again", err=True)
        _sum_up(run)
    if run.failed:
        raise NotAllRead(f"{run.failed} could not be read again and stay as they are")


def _pages(run: _Run) -> Iterator[list[list[Reread]]]:
    """A page at a time, looked at without a lock, each with a session of its own, so that memory stays flat."""
    after = None
    while True:
        with db.reading() as session:
            found = rereading.due(session, run.office, since=run.since, after=after)
            looked = [_look(run, session, each) for each in stored.load(session, found)]
        if not found:
            return
        after = Cursor(found[-1].received_at, found[-1].id)
        run.done += len(found)
        yield [reports for reports in looked if reports]


def _look(run: _Run, session: Session, reports: Sequence[Stored]) -> list[Reread]:
    try:
        return rereading.look(session, reports, run.office, parser_for=parser_for, now=clock.now())
    except LakanaError as error:
        _failed(run, reports[0].message.id, error)
        return []


def _do(run: _Run, page: list[list[Reread]]) -> None:
    """Only what changes is read once more under a lock, in a transaction of its own."""
    same = {reports[0].message_id for reports in page if all(map(_says_the_same, reports))}
    if run.is_applied and same:
        with db.transaction() as session:
            rereading.mark_unchanged(session, same, run.office)
    for reports in page:
        message_id = reports[0].message_id
        for told in _write(run, message_id) if run.is_applied and message_id not in same else reports:
            _count(run, told)


def _says_the_same(reread: Reread) -> bool:
    return reread.fate is Fate.UNCHANGED and not reread.has_suggestion


def _write(run: _Run, message_id: str) -> list[Reread]:
    try:
        with db.transaction() as session:
            return rereading.again(session, message_id, run.office, parser_for=parser_for, now=clock.now())
    except LakanaError as error:
        _failed(run, message_id, error)
        return []


def _failed(run: _Run, message_id: str, error: LakanaError) -> None:
    """One that cannot be read stays as it is and holds up no other."""
    run.failed += 1
    click.echo(f"{message_id}  could not be read again: {error.code}", err=True)


def _count(run: _Run, reread: Reread) -> None:
    run.fates[reread.fate] += 1
    run.reconstructed += reread.is_reconstructed
    if reread.fate is Fate.UNCHANGED:
        return
    run.changes.update(_changes(reread.difference) + ["reports"] * (reread.reports is not None))
    click.echo(json.dumps(_as_dict(reread)) if run.is_json else _line(run, reread))


def _changes(difference: Difference) -> list[str]:
    """The kinds of change in one message."""
    named = {"kind": difference.kind, "state": difference.state, "doubts": difference.gained or difference.lost}
    return [name for name, changed in named.items() if changed] + [f"field {name}" for name in difference.fields]


def _as_dict(reread: Reread) -> dict[str, Any]:
    difference = reread.difference
    return {
        "id": reread.message_id,
        "reference": reread.reference,
        "fate": reread.fate.value,
        "kind": difference.kind,
        "state": difference.state,
        "fields": {name: turn.value for name, turn in difference.fields.items()},
        "gained": [_doubt(each) for each in difference.gained],
        "lost": [_doubt(each) for each in difference.lost],
        "reports": reread.reports,
        "reconstructed": reread.is_reconstructed,
    }


def _line(run: _Run, reread: Reread) -> str:
    difference = reread.difference
    told = [f"{name} {pair[0] or 'none'} → {pair[1] or 'none'}" for name, pair in _pairs(difference) if pair]
    told += [f"{name} {turn.value}" for name, turn in difference.fields.items()]
    told += [f"+{_doubt(each)}" for each in difference.gained] + [f"-{_doubt(each)}" for each in difference.lost]
    if reread.reports:
        told.append(f"reports {reread.reports[0]} → {reread.reports[1]}")
    words = (_WRITTEN if run.is_applied else _PENDING)[reread.fate]
    return f"{reread.message_id}  {reread.reference or '-':8}  {'; '.join(told)}  ({words})"


def _pairs(difference: Difference) -> list[tuple[str, tuple[str | None, str | None] | None]]:
    return [("kind", difference.kind), ("state", difference.state)]


def _doubt(doubt: Doubt) -> str:
    code, name = doubt
    return f"{code}:{name}" if name else code


def _sum_up(run: _Run) -> None:
    sums = {
        "edition": run.office.edition,
        "applied": run.is_applied,
        "read": run.done - run.failed,
        **{fate.value: run.fates[fate] for fate in Fate},
        "changes": dict(run.changes.most_common()),
        "reconstructed": run.reconstructed,
        "failed": run.failed,
    }
    if run.is_json:
        click.echo(json.dumps({"summary": sums}))
        return
    words = _WRITTEN if run.is_applied else _PENDING
    click.echo(f"{sums['read']:,} read again: {run.fates[Fate.UNCHANGED]:,} say the same")
    for fate in words:
        if run.fates[fate]:
            click.echo(f"{run.fates[fate]:6,}  {words[fate]}")
    for name, count in run.changes.most_common():
        click.echo(f"{count:6,}  {name}")
    if run.reconstructed:
        click.echo(f"{run.reconstructed:6,}  read before the sender's context was kept: pieced together from today's")
    if not run.is_applied and run.done and run.fates.total() > run.fates[Fate.UNCHANGED]:
        click.echo("Nothing was written; --apply writes it.")
