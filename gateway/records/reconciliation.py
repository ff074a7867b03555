"""One comparison of a provider's own log with the inbox, in counts."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import UtcDateTime
from gateway.records.record import Record


class Reconciliation(Record):
    """`result` is equal, missing, extra or unreachable; `missing` is before anything was taken in."""

    __tablename__ = "reconciliations"
    __table_args__ = (Index(None, "provider", "at"),)

    provider: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[str] = mapped_column(String(12))
    listed: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0)
    taken_in: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    """Taken in without its content, which the provider no longer has."""
    extra: Mapped[int] = mapped_column(default=0)
