"""A response: what a beneficiary says of a completed community project."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime
from gateway.records.record import Record
from gateway.vault.encrypted import EncryptedJson


class Response(Record):
    """One message about one project; the words around the codes are encrypted.

    `answers` are the codes that count now: what `parsed` read first, under the later messages that an officer accepted.
    """

    __tablename__ = "responses"
    __table_args__ = (UniqueConstraint("message_id", "part"),)

    message_id: Mapped[str] = mapped_column(RowId, ForeignKey("messages.id"))
    part: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    reporter_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("reporters.id"), index=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    project: Mapped[str | None] = mapped_column(String(16), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    parsed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    parsed = EncryptedJson("parsed_sealed")
    needs_check: Mapped[bool] = mapped_column(default=False)
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    has_answer_waiting: Mapped[bool] = mapped_column(default=False, server_default=false())
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
