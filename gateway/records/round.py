"""A round: something done by the clock, once for the whole service, whichever process comes first."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import UtcDateTime
from gateway.records.record import Record


class Round(Record):
    """Its id is the name of the round."""

    __tablename__ = "rounds"

    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
