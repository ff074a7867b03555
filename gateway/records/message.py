"""A message as it came: sealed before it is stored, untouched ever after."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.codes import MessageSource, Outcome, SenderKind
from gateway.records.columns import CodeList, RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import MessageState
from gateway.vault.encrypted import EncryptedJson, EncryptedText

_FIRST, _AGAIN = text("state = 'received' AND attempt = 0"), text("state = 'received' AND attempt > 0")
_IN_PARTS, _PART_OF = text("part_key IS NOT NULL"), text("part_of_id IS NOT NULL")


class Message(Record):
    """One row for each message a provider handed over, and one for what was joined from several parts.

    `sealed` is what came in (JSON with sender, receiver, body), readable by workers and panel only; `body` is the text
    again after reading, under the field key. `digest` recognises the same content without telling it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel", "account", "provider_id"),
        Index(None, "state", "received_at"),
        # Only what waits stands in these two: picking the next costs the same with ten rows done as with millions.
        Index("ix_messages_turn", "urgency", "lane", "received_at", "id", postgresql_where=_FIRST, sqlite_where=_FIRST),
        Index("ix_messages_again", "next_try_at", postgresql_where=_AGAIN, sqlite_where=_AGAIN),
        # Only the parts of long texts stand in these two: storing any other message costs nothing more.
        Index("ix_messages_part_key", "part_key", postgresql_where=_IN_PARTS, sqlite_where=_IN_PARTS),
        Index("ix_messages_part_of_id", "part_of_id", postgresql_where=_PART_OF, sqlite_where=_PART_OF),
    )

    channel: Mapped[str] = mapped_column(String(24))
    account: Mapped[str] = mapped_column(String(64))
    provider_id: Mapped[str] = mapped_column(String(80))
    our_number: Mapped[str] = mapped_column(String(32))
    sender_kind: Mapped[SenderKind] = mapped_column(coded(SenderKind, "sender_kind"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    segments: Mapped[int] = mapped_column(default=1)
    lane: Mapped[int] = mapped_column(default=0, server_default="0")
    """Sixteen bits of a keyed digest of the sender: enough to take turns by, too little to find a number."""
    urgency: Mapped[int] = mapped_column(default=0, server_default="0")
    """1 where the text calls for help at once; it is read before the others."""
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the phone or the network says it was sent; told and weighed, never what a list is ordered by."""
    source: Mapped[str] = mapped_column(String(12), default=MessageSource.PROVIDER, server_default="provider")

    part_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """The same for all parts of one message: a keyed hash of sender, receiver, and the number the phone gave it."""
    part_number: Mapped[int | None]
    part_total: Mapped[int | None]
    part_of_id: Mapped[str | None] = mapped_column(RowId)
    """The message that this part was joined into."""
    parts_missing: Mapped[list[str] | None] = mapped_column(CodeList)
    """Of a joined message: the numbers of the parts that never came."""
    continues_id: Mapped[str | None] = mapped_column(RowId)
    """The joined message that this part came too late for."""

    state: Mapped[MessageState] = mapped_column(coded(MessageState, "state"), default=MessageState.RECEIVED)
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(48))
    """Why it was quarantined, or the class of the error that stopped its reading."""

    edition: Mapped[str | None] = mapped_column(String(16))
    """The vocabulary that made the reading we hold."""
    compared_with: Mapped[str | None] = mapped_column(String(16))
    """The last vocabulary that it was read again with, whatever came of it."""
    known_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    known = EncryptedJson("known_sealed")
    """The day and the sender's context, as they were at the first reading."""
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body = EncryptedText("body_sealed")
    reporter_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("reporters.id"), index=True)
    parts: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """How many reports were read in it; `kind`, `outcome` and `reference` are those of the first."""
    kind: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(8))
    reference: Mapped[str | None] = mapped_column(String(8), unique=True)
    outcome: Mapped[Outcome | None] = mapped_column(coded(Outcome, "outcome"))
    outcome_id: Mapped[str | None] = mapped_column(RowId)
    duplicate_of_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("messages.id"))
    is_training: Mapped[bool] = mapped_column(default=False)
