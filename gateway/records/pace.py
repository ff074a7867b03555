"""The pace of a channel: when its next text may leave, known to all workers at once."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import UtcDateTime
from gateway.records.record import Record


class Pace(Record):
    """One row for each channel that sends."""

    __tablename__ = "paces"

    channel: Mapped[str] = mapped_column(String(24), unique=True)
    free_at: Mapped[datetime] = mapped_column(UtcDateTime)
