"""A signed-in browser: the database keeps only the hash of its token."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime
from gateway.records.record import Record


class OfficerSession(Record):
    """One browser; `officer_id` is None until the password and the code were right."""

    __tablename__ = "officer_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    officer_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("officers.id"), index=True)
    pending_officer_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("officers.id"), index=True)
    """Whose password was right, while the code is still awaited."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
