"""An alert step: one move of an alert on the desk, who made it and why; append-only."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import AlertStatus
from gateway.vault.encrypted import EncryptedText


class AlertStep(Record):
    """One change of an alert's status."""

    __tablename__ = "alert_steps"

    alert_id: Mapped[str] = mapped_column(RowId, ForeignKey("alerts.id"), index=True)
    before: Mapped[AlertStatus] = mapped_column(coded(AlertStatus, "before"))
    after: Mapped[AlertStatus] = mapped_column(coded(AlertStatus, "after"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = EncryptedText("reason_sealed")
    officer_id: Mapped[str] = mapped_column(RowId, ForeignKey("officers.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
