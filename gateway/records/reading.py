"""A reading: what the machine made of a message when it read it again, beside what it had made of it before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import ReadingStatus
from gateway.vault.encrypted import EncryptedJson, EncryptedText


class Reading(Record):
    """One row each time a newer vocabulary understood a message differently; `before` and `after` are parse objects.

    `waiting` is a suggestion to an officer, who has already decided something on the earlier reading.
    """

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("message_id", "number"),)

    message_id: Mapped[str] = mapped_column(RowId, ForeignKey("messages.id"))
    part: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    number: Mapped[int]
    """Counts the readings of one message, so that two runs at once cannot both write the next one."""
    alert_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("alerts.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    edition_before: Mapped[str | None] = mapped_column(String(16))
    edition: Mapped[str] = mapped_column(String(16))
    kind_before: Mapped[str | None] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    before_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    before = EncryptedJson("before_sealed")
    after_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    after = EncryptedJson("after_sealed")
    missing: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """Names of the card's fields that this reading leaves missing or to be checked."""
    is_reconstructed: Mapped[bool] = mapped_column(default=False)
    """What was known of the sender at the first reading had not been kept and was pieced together."""
    status: Mapped[ReadingStatus] = mapped_column(coded(ReadingStatus, "status"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = EncryptedText("reason_sealed")
    decided_by_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
