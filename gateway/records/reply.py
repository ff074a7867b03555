"""A reply: one text to one phone, prepared with the outcome and sent at most once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import ReplyState


class Reply(Record):
    """What the catalogue says, by kind and card fields: the text itself is rebuilt when it is sent or shown."""

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("message_id", "kind"),
        Index(None, "state", "next_try_at"),
        Index(None, "reporter_id", "prepared_at"),
        UniqueConstraint("channel", "provider_id"),
    )

    message_id: Mapped[str] = mapped_column(RowId, ForeignKey("messages.id"))
    reporter_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("reporters.id"))
    channel: Mapped[str] = mapped_column(String(24))
    our_number: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(24))
    language: Mapped[str] = mapped_column(String(8))
    reference: Mapped[str | None] = mapped_column(String(8))
    fields: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[ReplyState] = mapped_column(coded(ReplyState, "state"), default=ReplyState.PENDING)
    reason: Mapped[str | None] = mapped_column(String(48))
    provider_id: Mapped[str | None] = mapped_column(String(80))
    attempt: Mapped[int] = mapped_column(default=0)
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asks: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often the provider's log was asked, while the outcome was unknown, and did not have it."""
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_resent: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It was handed over a second time, after the provider's log had shown that the first never arrived there."""
