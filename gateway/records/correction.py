"""A correction: an officer's own value for one field of an alert, with the reason; the first reading stays."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime
from gateway.records.record import Record
from gateway.vault.encrypted import EncryptedJson, EncryptedText


class Correction(Record):
    """Append-only; the latest correction of a field is the one that counts."""

    __tablename__ = "corrections"

    alert_id: Mapped[str] = mapped_column(RowId, ForeignKey("alerts.id"), index=True)
    field: Mapped[str] = mapped_column(String(32))
    before_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    before = EncryptedJson("before_sealed")
    after_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    after = EncryptedJson("after_sealed")
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = EncryptedText("reason_sealed")
    officer_id: Mapped[str] = mapped_column(RowId, ForeignKey("officers.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
