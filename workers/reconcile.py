"""Comparing the providers' logs with the inbox, a page at a time; no transaction is open while a provider is asked."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from gateway import clock, log
from gateway.casework import reconciling
from gateway.casework.reconciling import Result, Unlisted
from gateway.channels.contract import Inbound, LoggedRecording, ProviderLog
from gateway.errors import ChannelError
from gateway.records import db
from gateway.records.codes import MessageSource
from gateway.records.reconciliation import Reconciliation
from gateway.vault.current import current
from workers.shop import shop

_T = TypeVar("_T")
PAGE = 500
# A log may be behind, and clocks differ: the scheduled comparison looks further back than to the last one.
OVERLAP = timedelta(hours=6)
FURTHEST = timedelta(hours=48)
JUST_DONE = timedelta(minutes=10)
MOST_ASKED_ONE_BY_ONE = 200


@dataclass
class Counted:
    """Of one kind: what the log has, and what of it the inbox did not have."""

    listed: int = 0
    missing: int = 0


@dataclass
class Report:
    """What one comparison found and did."""

    provider: str
    since: datetime
    result: Result = Result.EQUAL
    messages: Counted = field(default_factory=Counted)
    calls: Counted = field(default_factory=Counted)
    recordings: Counted = field(default_factory=Counted)
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    taken_in: int = 0
    lost: int = 0

    @property
    def kinds(self) -> dict[str, Counted]:
        """The counts by kind."""
        return {"messages": self.messages, "calls": self.calls, "recordings": self.recordings}


def run(provider: ProviderLog, *, since: datetime, insert: bool) -> Report:
    """One comparison; its counts are kept, and whatever asks for a person is logged by ids."""
    report = Report(provider.channel, since)
    try:
        missing = _missing(provider, report)
        extra = _extra(provider, report, _messages_listed(provider, report, missing))
    except ChannelError as error:
        report.result = Result.UNREACHABLE
        log.event("reconcile_unreachable", level=logging.ERROR, channel=provider.channel, reason=error.reason)
    else:
        _conclude(report, missing, extra, insert)
    _keep(report)
    return report


def scheduled() -> None:
    """Every provider with a log, unless another process has just asked it."""
    for provider in shop().logs:
        now = clock.now()
        with db.reading() as session:
            last = reconciling.last(session, provider.channel)
            answered = reconciling.last(session, provider.channel, is_answered=True)
        if last is None or last.at < now - JUST_DONE:
            since = max(now - FURTHEST, answered.at - OVERLAP) if answered else now - FURTHEST
            run(provider, since=since, insert=True)


def _missing(provider: ProviderLog, report: Report) -> list[Inbound]:
    """Calls that the inbox does not have, with what was recorded in them."""
    calls: list[Inbound] = []
    for page in _pages(provider.calls(since=report.since)):
        report.calls.listed += len({each.provider_id for each in page})
        with db.reading() as session:
            calls += reconciling.absent(session, page, now=clock.now())
    recorded: list[LoggedRecording] = []
    for some in _pages(provider.recordings(since=report.since)):
        report.recordings.listed += len({each.provider_id for each in some})
        with db.reading() as session:
            recorded += reconciling.without_call(session, some, provider.voice_channel)
    calls = list({each.provider_id: each for each in calls}.values())
    known = {each.provider_id for each in calls}
    older = {each.call_id for each in recorded} - known
    calls += [call for call_id in sorted(older) if (call := provider.call(call_id)) is not None]
    report.calls.missing = len(calls)
    of_ours = {each.provider_id for each in calls}
    recorded = [each for each in recorded if each.call_id in of_ours]
    report.recordings.missing = len({each.provider_id for each in recorded})
    report.missing += sorted({each.provider_id for each in recorded})
    return reconciling.with_recordings(calls, recorded)


def _messages_listed(provider: ProviderLog, report: Report, missing: list[Inbound]) -> set[str]:
    """Every id in the log; messages that the inbox does not have join the missing."""
    listed: set[str] = set()
    counted: set[str] = set()
    found: dict[str, Inbound] = {}
    for page in _pages(provider.messages(since=report.since - reconciling.CLOCKS_APART)):
        listed.update(each.provider_id for each in page)
        wanted = [each for each in page if each.sent_at is None or each.sent_at >= report.since]
        counted.update(each.provider_id for each in wanted)
        with db.reading() as session:
            found |= {each.provider_id: each for each in reconciling.absent(session, wanted, now=clock.now())}
    report.messages.listed, report.messages.missing = len(counted), len(found)
    missing += found.values()
    return listed


def _extra(provider: ProviderLog, report: Report, listed: set[str]) -> list[Unlisted]:
    """What the provider does not know even when it is asked for each by its id."""
    with db.reading() as session:
        suspects = reconciling.unlisted(session, provider.channel, listed, since=report.since, now=clock.now())
    asked = [each for each in suspects[:MOST_ASKED_ONE_BY_ONE] if not provider.has_message(each.provider_id)]
    return [*asked, *suspects[MOST_ASKED_ONE_BY_ONE:]]


def _conclude(report: Report, missing: list[Inbound], extra: list[Unlisted], insert: bool) -> None:
    report.missing += [each.provider_id for each in missing]
    report.extra = [each.provider_id for each in extra]
    if report.missing:
        report.result = Result.MISSING
        log.event("reconcile_missing", level=logging.WARNING, count=len(report.missing), channel=report.provider)
    if extra:
        report.result = Result.EXTRA
        log.event("forged_messages", level=logging.ERROR, count=len(extra), channel=report.provider)
    if insert:
        report.lost = sum(each.source is MessageSource.LOST for each in missing)
        for page in _pages(missing):
            with db.transaction() as session:
                report.taken_in += reconciling.take_in(session, page, keys=current().inbox(), now=clock.now())
    with db.transaction() as session:
        reconciling.doubt(session, extra, now=clock.now())


def _keep(report: Report) -> None:
    with db.transaction() as session:
        session.add(
            Reconciliation(
                provider=report.provider,
                at=clock.now(),
                since=report.since,
                result=report.result.value,
                listed=sum(each.listed for each in report.kinds.values()),
                missing=len(report.missing),
                taken_in=report.taken_in,
                lost=report.lost,
                extra=len(report.extra),
            )
        )


def _pages(listed: Iterable[_T]) -> Iterator[list[_T]]:
    going = iter(listed)
    while page := list(islice(going, PAGE)):
        yield page
