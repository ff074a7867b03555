"""Watching the service: what is wrong is noted in the database, and those on duty are told of it."""

import logging
import shutil
from collections.abc import Sequence

from gateway import clock, log
from gateway.casework import alarms, watching
from gateway.casework.watching import Post
from gateway.channels import mail, twilio
from gateway.channels.contract import Outgoing
from gateway.channels.mail import MailServer
from gateway.channels.registry import senders
from gateway.errors import ChannelError
from gateway.records import db
from gateway.records.alarm import Alarm
from gateway.settings import Settings
from gateway.texts import alarms as words


def look(settings: Settings) -> None:
    """One look at everything, and then to the telephone."""
    post = Post(
        now=clock.now(), silence=settings.watch.silence, waiting=settings.watch.waiting, disk_used=_disk_used(settings)
    )
    with db.transaction() as session:
        watching.look(session, post)
    tell(settings)


def check_audit(settings: Settings) -> None:
    """The whole chain of the audit, from the first link."""
    with db.transaction() as session:
        is_whole = watching.check_audit(session, now=clock.now())
    if not is_whole:
        tell(settings)


def tell(settings: Settings) -> None:
    """Tells those on duty what is due; when nobody could be reached, the next round tries again."""
    if not settings.watch.emails and not settings.watch.numbers:
        return
    with db.transaction() as session:
        due = alarms.due(session, now=clock.now())
    if not due:
        return
    ways = [_written(settings, due), *(_texted(settings, due, number) for number in settings.watch.numbers)]
    if any(ways):
        with db.transaction() as session:
            alarms.told(session, due, every=settings.watch.repeat, now=clock.now())


def _written(settings: Settings, due: Sequence[Alarm]) -> bool:
    """One e-mail to everybody on duty; whether it was taken."""
    if not settings.watch.emails:
        return False
    subject, body = words.letter(due, settings.watch.language, settings.panel_url)
    server = MailServer(settings.watch.smtp_url, settings.watch.smtp_from)
    try:
        mail.send(server, settings.watch.emails, subject=subject, body=body)
    except ChannelError as error:
        log.event("alarm_not_told", level=logging.ERROR, channel="mail", reason=error.reason, count=len(due))
        return False
    return True


def _texted(settings: Settings, due: Sequence[Alarm], number: str) -> bool:
    """One text message to one of them; one of unknown outcome counts as taken, like every text of ours."""
    sender = senders(settings).get(twilio.CHANNEL)
    if sender is None or not settings.twilio_from:
        log.event("alarm_not_told", level=logging.ERROR, channel="sms", reason="no_channel", count=len(due))
        return False
    text = words.short(due, settings.watch.language)
    try:
        sender.send(Outgoing(reply_id="alarm", our_number=settings.twilio_from[0], to=number, text=text))
    except ChannelError as error:
        log.event("alarm_not_told", level=logging.ERROR, channel="sms", reason=error.reason, count=len(due))
        return not error.outcome_known
    return True


def _disk_used(settings: Settings) -> int:
    usage = shutil.disk_usage(settings.home)
    return int(100 * usage.used / (usage.used + usage.free))
