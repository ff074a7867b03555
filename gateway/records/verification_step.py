"""A verification step: one decision on a violation, with the evidence as it stood; append-only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.codes import Level
from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import VerificationStatus
from gateway.vault.encrypted import EncryptedText


class VerificationStep(Record):
    """Who moved a violation from where to where, at which level, when, on what evidence, and why."""

    __tablename__ = "verification_steps"

    violation_id: Mapped[str] = mapped_column(RowId, ForeignKey("violations.id"), index=True)
    level: Mapped[Level] = mapped_column(coded(Level, "level"))
    before: Mapped[VerificationStatus] = mapped_column(coded(VerificationStatus, "before"))
    after: Mapped[VerificationStatus] = mapped_column(coded(VerificationStatus, "after"))
    officer_id: Mapped[str] = mapped_column(RowId, ForeignKey("officers.id"))
    decided_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = EncryptedText("reason_sealed")
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = EncryptedText("note_sealed")
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Counts of sources by category and grade, and the ids of those sources, at the time of the decision."""
