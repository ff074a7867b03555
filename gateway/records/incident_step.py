"""An incident step: closed, set aside as a duplicate, or reopened, by whom and why; append-only."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import IncidentStatus
from gateway.vault.encrypted import EncryptedText


class IncidentStep(Record):
    """One change of an incident's status; `original_id` is the incident that a duplicate repeats."""

    __tablename__ = "incident_steps"

    incident_id: Mapped[str] = mapped_column(RowId, ForeignKey("incidents.id"), index=True)
    before: Mapped[IncidentStatus] = mapped_column(coded(IncidentStatus, "before"))
    after: Mapped[IncidentStatus] = mapped_column(coded(IncidentStatus, "after"))
    original_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("incidents.id"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = EncryptedText("reason_sealed")
    officer_id: Mapped[str] = mapped_column(RowId, ForeignKey("officers.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
