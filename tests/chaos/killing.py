"""Kills processes at one point, again and again, while phones keep texting; then counts what is left."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gateway import clock
from gateway.casework.backlog import UNREAD
from gateway.records import db
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind, SenderKind
from gateway.records.message import Message
from gateway.records.reply import Reply
from gateway.records.states import MessageState, ReplyState
from gateway.trust import audit
from gateway.vault import current
from gateway.vault.keyring import load_keyring
from tests import services
from tests.chaos.offices import Embedded, Scale
from tests.stand_ins import twilio_webhooks as twilio

PHONES = 4
REPEATED = 0.1
SEVERAL = 3  # every third text holds two reports
MOST_TEXTS = 300
SETTLED_SECONDS = 300.0
POISON = {"state": MessageState.RECEIVED, "attempt": 4}, {"state": MessageState.PROCESSING, "attempt": 5}


@dataclass
class Siege:
    """One office, and everything it acknowledged."""

    office: Embedded | Scale
    acknowledged: set[str] = field(default_factory=set)
    tried: int = 0
    kills: int = 0
    ending: threading.Event = field(default_factory=threading.Event)

    def lay(self, texts: int) -> None:
        """The whole siege: texts, kills, and the quiet after it."""
        self._poison()
        with self._kept_alive():
            while not self.tried or (not self.kills and self.tried < MOST_TEXTS):
                self._text(texts)
                services.wait_until(self._is_quiet, "not everything was settled", SETTLED_SECONDS)

    @contextmanager
    def _kept_alive(self) -> Iterator[None]:
        self.office.start()
        keeper = threading.Thread(target=self._keep)
        keeper.start()
        try:
            yield
        finally:
            self.ending.set()
            keeper.join()
            self.office.stop()

    def _keep(self) -> None:
        while not self.ending.wait(0.02):
            self.kills += self.office.revive()

    def _text(self, count: int) -> None:
        with ThreadPoolExecutor(PHONES) as phones:
            list(phones.map(self._insist, range(self.tried, self.tried + count)))
        self.tried += count

    def _insist(self, number: int) -> None:
        """A provider: the same message until it is taken, and sometimes once more."""
        body = f"ENF REC {number % 400 + 1}G ANSONGO 14/11" + ";; ENF TUE 1F GAO 15/11" * (number % SEVERAL == 0)
        fields = twilio.fields(body, f"+2237000{number:04}")
        times = 2 if random.random() < REPEATED else 1
        end = time.monotonic() + 60
        while times and time.monotonic() < end:
            if self.office.running.text(fields) == 200:
                self.acknowledged.add(fields["MessageSid"])
                times -= 1
            else:
                time.sleep(0.05)

    def _poison(self) -> None:
        """Two messages that cannot be read, on their last attempt."""
        with self.database(), db.transaction() as session:
            for values in POISON:
                session.add(
                    Message(
                        channel="twilio",
                        account=twilio.ACCOUNT,
                        provider_id=twilio.message_sid(),
                        our_number=twilio.OUR_NUMBER,
                        sender_kind=SenderKind.PHONE,
                        sealed=b"\x01rubbish",
                        digest=random.randbytes(32),
                        received_at=clock.now(),
                        lease_until=clock.now(),
                        **values,
                    )
                )

    def _is_quiet(self) -> bool:
        with self.database(), db.reading() as session:
            unread = session.scalar(select(func.count()).where(Message.state.in_(UNREAD)))
            moving = (ReplyState.PENDING, ReplyState.SENDING)
            return not unread and not session.scalar(select(func.count()).where(Reply.state.in_(moving)))

    @contextmanager
    def database(self) -> Iterator[None]:
        """A look into the office's own records."""
        db.connect(self.office.database_url)
        try:
            yield
        finally:
            db.disconnect()


@dataclass(frozen=True)
class Findings:
    """What the checker counted: the first four have to be nothing."""

    lost: int
    doubled: int
    unexpected: int
    sent_twice: int
    dead: int
    recovered: int
    acknowledged: int
    kills: int
    is_whole: bool

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in vars(self).items())


def check(siege: Siege) -> Findings:
    """Everything acknowledged is stored; everything stored has one outcome; nothing else is there."""
    with siege.database(), db.reading() as session:
        messages = session.scalars(select(Message)).all()
        alerts = Counter(session.scalars(select(Alert.message_id)))
        unprocessed = set(session.scalars(select(Alert.message_id).where(Alert.kind == AlertKind.UNPROCESSED)))
        replies = Counter(session.scalars(select(Reply.message_id)))
        unknown = session.scalar(select(func.count()).where(Reply.state == ReplyState.UNKNOWN)) or 0
        is_whole = _is_whole(session, siege.office.home)
    read = [message for message in messages if message.state is MessageState.DONE]
    dead = [message for message in messages if message.state is MessageState.DEAD and message.id in unprocessed]
    sent = Counter(taken["To"] for taken in siege.office.api.taken)
    return Findings(
        lost=len(siege.acknowledged - {message.provider_id for message in messages}),
        doubled=sum(alerts[m.id] > m.parts or replies[m.id] > 1 for m in messages),
        unexpected=len(messages) - len(read) - len(dead)
        + sum(alerts[m.id] != m.parts or replies[m.id] != 1 for m in read)
        + len(set(alerts) - {m.id for m in messages}),
        sent_twice=sum(count > 1 for count in sent.values()),
        dead=len(dead),
        recovered=sum(message.attempt > 1 for message in read) + unknown,
        acknowledged=len(siege.acknowledged),
        kills=siege.kills,
        is_whole=is_whole,
    )  # fmt: skip


def _is_whole(session: Session, home: Path) -> bool:
    """The chain of the audit, and the file if there is one."""
    current.unlock(load_keyring(home / "keys" / "lakana.keys"))
    try:
        if audit.verify(session) is not None:
            return False
    finally:
        current.lock()
    if session.get_bind().dialect.name != "sqlite":
        return True
    return session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
