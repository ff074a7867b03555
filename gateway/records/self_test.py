"""A self-test: a text of our own, sent the way of the provider's, that has to be read in time."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import UtcDateTime
from gateway.records.record import Record


class SelfTest(Record):
    """One text for one of our numbers; `arrived_at` stays empty when it was never read."""

    __tablename__ = "self_tests"
    __table_args__ = (UniqueConstraint("channel", "provider_id"), Index(None, "our_number", "begun_at"))

    channel: Mapped[str] = mapped_column(String(24))
    our_number: Mapped[str] = mapped_column(String(32))
    provider_id: Mapped[str] = mapped_column(String(80))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refusal: Mapped[str | None] = mapped_column(String(48))
    """Why our own intake did not take it, if it did not."""
