"""An audit entry: who did or read what; each is chained to the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime
from gateway.records.record import Record


class AuditEntry(Record):
    """Ids and codes only, never content; `link` covers every other column and the link before it."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "subject_kind", "subject_id"), Index(None, "officer_id", "at"))

    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    officer_id: Mapped[str | None] = mapped_column(RowId)
    action: Mapped[str] = mapped_column(String(48), index=True)
    subject_kind: Mapped[str | None] = mapped_column(String(24))
    subject_id: Mapped[str | None] = mapped_column(String(80))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    link: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Record):
    """The one row that holds the end of the chain; locked for each new entry."""

    __tablename__ = "audit_heads"

    number: Mapped[int] = mapped_column(BigInteger)
    link: Mapped[bytes] = mapped_column(LargeBinary(32))
