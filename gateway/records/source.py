"""A source: who or what supports a violation, and how far it can be trusted."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gateway.records.alert import Alert
from gateway.records.codes import Grade, SourceCategory, SourceType
from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.vault.encrypted import EncryptedText


class Source(Record):
    """`reliability` is of the source, `credibility` of what it says; a text alone is unassessed."""

    __tablename__ = "sources"

    incident_id: Mapped[str] = mapped_column(RowId, ForeignKey("incidents.id"), index=True)
    alert_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("alerts.id"), index=True)
    alert: Mapped[Alert | None] = relationship()
    category: Mapped[SourceCategory] = mapped_column(coded(SourceCategory, "category"))
    type: Mapped[SourceType] = mapped_column(coded(SourceType, "type"))
    reliability: Mapped[Grade] = mapped_column(coded(Grade, "reliability"), default=Grade.UNASSESSED)
    credibility: Mapped[Grade] = mapped_column(coded(Grade, "credibility"), default=Grade.UNASSESSED)
    is_un_eyewitness: Mapped[bool] = mapped_column(default=False)
    may_be_contacted: Mapped[bool] = mapped_column(default=False)
    may_be_shared: Mapped[bool] = mapped_column(default=False)
    collected_on: Mapped[date | None]
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = EncryptedText("note_sealed")
    recorded_by_id: Mapped[str] = mapped_column(RowId, ForeignKey("officers.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_primary(self) -> bool:
        """Whether it comes from a victim, a witness or an alleged perpetrator."""
        return self.category is not SourceCategory.SECONDARY
