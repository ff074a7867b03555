"""The phones in the browser: invented senders whose texts go the way of every other message.

A text is sealed, stored and read like one from a real phone; only its channel says where it was typed. In training
mode every one of these phones belongs to a trainee, so that nothing typed on it is ever counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework import intake, personal_codes, reading, replies, reporters
from gateway.casework.intake import Received
from gateway.casework.manners import Manner, handed_over
from gateway.casework.office import Office
from gateway.casework.written import required_text
from gateway.channels import simulator
from gateway.errors import NotFound
from gateway.records.alert import Alert
from gateway.records.codes import ReplyMode
from gateway.records.ids import new_id
from gateway.records.message import Message
from gateway.records.officer import Officer
from gateway.records.reply import Reply
from gateway.records.reporter import Reporter
from gateway.records.states import MessageState, ReplyState
from gateway.trust import access, audit
from gateway.vault.keyring import InboxKeys
from parsers import parse
from parsers.result import Parsed, ReporterContext

SHOWN = 40
_ARRIVED = (ReplyState.SENT, ReplyState.DELIVERED, ReplyState.SUPPRESSED)
_READ = (MessageState.DONE, MessageState.DUPLICATE)


@dataclass(frozen=True, kw_only=True)
class Phone:
    """An invented sender, and what is known of them."""

    key: str
    number: str
    language: Literal["fr", "en"] = "fr"
    mode: ReplyMode = ReplyMode.NEUTRAL
    area: str | None = None
    project: str | None = None
    is_registered: bool = True
    is_training: bool = False
    has_stopped: bool = False
    code: str | None = None
    """A personal code that everybody at the simulator knows: it is worth something only where there is one."""


PHONES = (
    Phone(key="relay", number="+22370009001", area="ML0703", code="@000013"),
    Phone(key="readback", number="+22370009002", area="ML0506", mode=ReplyMode.READBACK),
    Phone(key="stranger", number="+22370009003", is_registered=False),
    Phone(key="trainee", number="+22370009004", area="ML1001", is_training=True),
    Phone(key="beneficiary", number="+22370009005", area="ML0703", project="GAO-23-004"),
    Phone(key="english", number="+22370009006", area="ML0605", language="en"),
    Phone(key="stopped", number="+22370009007", area="ML0505", has_stopped=True),
)


@dataclass(frozen=True)
class Bubble:
    """One text on the phone; `alerts` (reference and id) are there for officers who may open what became of it."""

    id: str
    text: str
    at: datetime
    is_ours: bool
    is_waiting: bool = False
    is_repeat: bool = False
    silence: str | None = None
    """Why this text got no answer, as a code."""
    understood: Parsed | None = None
    alerts: tuple[tuple[str, str], ...] = ()


def find(key: str, *, for_training: bool) -> Phone:
    """The phone with this name; NotFound if there is none. In training every phone is a trainee's."""
    for phone in PHONES:
        if phone.key == key:
            return replace(phone, is_training=for_training or phone.is_training)
    raise NotFound("no such phone")


def introduce(session: Session, phone: Phone, *, now: datetime) -> Reporter:
    """The reporter behind a phone, made known the first time; what it chose for itself since then stays."""
    known = reporters.find(session, phone.number)
    reporter = known or reporters.find_or_create(session, phone.number, now=now)
    if known is None:
        reporter.is_registered = phone.is_registered
        reporter.language = phone.language if phone.is_registered else None
        reporter.mode = phone.mode
        reporter.area = phone.area
        reporter.project = phone.project
        reporter.stopped_at = now if phone.has_stopped else None
        if phone.code is not None:
            personal_codes.hand(session, reporter, phone.code, now=now)
    reporter.is_training = phone.is_training
    session.flush()
    return reporter


def send(  # noqa: PLR0913 - who, with what, how, from where, when: nothing to leave out
    session: Session,
    phone: Phone,
    text: str,
    *,
    keys: InboxKeys,
    officer: Officer,
    now: datetime,
    manner: Manner = Manner.WHOLE,
) -> list[Received]:
    """Takes in what an officer typed on this phone."""
    typed = simulator.inbound(phone.number, required_text("text", text))
    introduce(session, phone, now=now)
    for other in PHONES:  # whose code is typed on this phone
        if other.code is not None and other.code in text and reporters.find(session, other.number) is None:
            introduce(session, replace(other, is_training=phone.is_training), now=now)
    received = [
        intake.receive(session, replace(each, provider_id=f"{phone.key}-{new_id()}"), keys=keys, now=now)
        for each in handed_over(typed, manner)
    ]
    message = session.get_one(Message, received[0].message_id)
    audit.record(
        session, audit.Action.SIMULATED, officer=officer, now=now, subject=message, detail={"phone": phone.key}
    )
    return received


def conversation(session: Session, phone: Phone, *, officer: Officer, office: Office) -> list[Bubble]:
    """What stands on this phone, the oldest first."""
    messages = _typed_on(session, phone)
    read = _read_as(session, messages)
    said = _replies_to(session, list(read.values()))
    alerts = _alerts_of(session, list(read.values()), officer)
    bubbles = []
    for message in messages:
        whole = read.get(message.id)
        theirs = [reply for reply in said if whole is not None and reply.message_id == whole.id]
        silence = next((reply.reason for reply in theirs if reply.state is ReplyState.SUPPRESSED), None)
        told = tuple(alerts.get(whole.id, ())) if whole else ()
        bubbles.append(replace(_theirs(message, whole, phone, told, office), silence=silence))
        bubbles += [_ours(reply, office) for reply in theirs if reply.state is not ReplyState.SUPPRESSED]
    return bubbles


def _read_as(session: Session, messages: Sequence[Message]) -> dict[str, Message]:
    """What each was read as: itself, or, for the last part of a long text, the whole; earlier parts are not listed."""
    wholes = {message.part_of_id: message.id for message in messages if message.part_of_id}
    joined = session.scalars(select(Message).where(Message.id.in_(list(wholes))))
    read = {message.id: message for message in messages if not message.part_of_id}
    return read | {wholes[whole.id]: whole for whole in joined}


def _typed_on(session: Session, phone: Phone) -> list[Message]:
    # The name of the phone stands in the provider's id: nothing has to be opened to know where it was typed.
    typed_here = (Message.channel == simulator.CHANNEL) & Message.provider_id.startswith(f"{phone.key}-")
    latest = select(Message).where(typed_here).order_by(Message.received_at.desc(), Message.id).limit(SHOWN)
    return list(reversed(session.scalars(latest).all()))


def _replies_to(session: Session, messages: Sequence[Message]) -> list[Reply]:
    theirs = [message.id for message in messages]
    arrived = select(Reply).where(Reply.message_id.in_(theirs), Reply.state.in_(_ARRIVED))
    return list(session.scalars(arrived.order_by(Reply.prepared_at)))


def _alerts_of(
    session: Session, messages: Sequence[Message], officer: Officer
) -> dict[str | None, list[tuple[str, str]]]:
    theirs = [message.id for message in messages]
    seen = select(Alert).where(Alert.message_id.in_(theirs), access.alerts_seen_by(officer)).order_by(Alert.part)
    found: dict[str | None, list[tuple[str, str]]] = {}
    for alert in session.scalars(seen):
        found.setdefault(alert.message_id, []).append((alert.reference, alert.id))
    return found


def _theirs(
    message: Message, whole: Message | None, phone: Phone, alerts: tuple[tuple[str, str], ...], office: Office
) -> Bubble:
    shown = whole or message
    is_read = message.state in _READ and shown.state in _READ
    return Bubble(
        id=message.id,
        text=_text(message),
        at=message.received_at,
        is_ours=False,
        is_waiting=not is_read,
        is_repeat=shown.state is MessageState.DUPLICATE,
        understood=_understood(whole, _text(whole), phone, office) if is_read and whole is not None else None,
        alerts=alerts,
    )


def _text(message: Message) -> str:
    return message.body or str(reading.opened(message)["body"])


def _ours(reply: Reply, office: Office) -> Bubble:
    text = replies.text_of(reply, office)
    return Bubble(id=reply.id, text=text, at=reply.settled_at or reply.prepared_at, is_ours=True)


def _understood(message: Message, text: str, phone: Phone, office: Office) -> Parsed:
    """Read anew for the page, since a trainee's message leaves no alert to look at."""
    day = message.received_at.astimezone(office.timezone).date()
    language = phone.language if phone.is_registered else None
    context = ReporterContext(language=language, area=phone.area, project=phone.project)
    return parse(text, received_on=day, reporter=context, codebook=office.codebook_folder)
