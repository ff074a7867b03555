"""Feedback: a complaint about conduct; for the conduct unit alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import FeedbackStatus
from gateway.vault.encrypted import EncryptedText


class Feedback(Record):
    """Nothing of it is parsed: the text goes as it is, encrypted, to the conduct unit."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("message_id", "part"),)

    message_id: Mapped[str] = mapped_column(RowId, ForeignKey("messages.id"))
    part: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    reporter_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("reporters.id"))
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    status: Mapped[FeedbackStatus] = mapped_column(coded(FeedbackStatus, "status"), default=FeedbackStatus.NEW)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    text = EncryptedText("text_sealed")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    version: Mapped[int] = mapped_column(default=1)
