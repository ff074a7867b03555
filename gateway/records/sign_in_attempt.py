"""A failed sign-in, kept in the database so that a restart forgives nobody."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import UtcDateTime
from gateway.records.record import Record


class SignInAttempt(Record):
    """`subject` is a keyed hash of an account name or of an address, never either in the clear."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "subject", "at"),)

    subject: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
