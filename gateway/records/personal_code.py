"""A personal code: digits in front of a text that say who writes, whosever the phone is."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime
from gateway.records.record import Record


class PersonalCode(Record):
    """One code that was ever given, known by its keyed fingerprint alone; an ended one is never given again."""

    __tablename__ = "personal_codes"

    reporter_id: Mapped[str] = mapped_column(RowId, ForeignKey("reporters.id"), index=True)
    code_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
