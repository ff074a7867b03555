"""A reporter: a pseudonym, and behind it a number that only the vault can read."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.codes import ReplyMode
from gateway.records.columns import UtcDateTime, coded
from gateway.records.record import Record
from gateway.vault.encrypted import EncryptedText


class Reporter(Record):
    """Who texts. `number_index` finds the number again without storing it in the clear."""

    __tablename__ = "reporters"

    pseudonym: Mapped[str] = mapped_column(String(16), unique=True)
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    number = EncryptedText("number_sealed")
    number_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    is_registered: Mapped[bool] = mapped_column(default=False)
    is_training: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str | None] = mapped_column(String(8))
    mode: Mapped[ReplyMode] = mapped_column(coded(ReplyMode, "mode"), default=ReplyMode.NEUTRAL)
    area: Mapped[str | None] = mapped_column(String(40))
    project: Mapped[str | None] = mapped_column(String(16))
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
