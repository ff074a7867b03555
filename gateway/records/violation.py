"""A violation: one of the ten codes within an incident; verification lives here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gateway.records.codes import COUNTED_BY_VICTIMS, ViolationType
from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.party import Party
from gateway.records.record import Record
from gateway.records.source import Source
from gateway.records.states import VerificationStatus
from gateway.records.verification_step import VerificationStep
from gateway.records.victim import Victim

violation_parties = Table(
    "violation_parties",
    Record.metadata,
    Column("violation_id", RowId, ForeignKey("violations.id"), primary_key=True),
    Column("party_id", RowId, ForeignKey("parties.id"), primary_key=True),
)
violation_victims = Table(
    "violation_victims",
    Record.metadata,
    Column("violation_id", RowId, ForeignKey("violations.id"), primary_key=True),
    Column("victim_id", RowId, ForeignKey("victims.id"), primary_key=True),
)
violation_sources = Table(
    "violation_sources",
    Record.metadata,
    Column("violation_id", RowId, ForeignKey("violations.id"), primary_key=True),
    Column("source_id", RowId, ForeignKey("sources.id"), primary_key=True),
)


class Violation(Record):
    """Children by sex with a flag for each estimate; `details` holds the fields proper to the type, as codes.

    `verified_on` is the date of the final decision, whichever it was; parties are alleged, never established.
    """

    __tablename__ = "violations"
    __table_args__ = (UniqueConstraint("incident_id", "type"), Index(None, "status", "type", "verified_on"))

    incident_id: Mapped[str] = mapped_column(RowId, ForeignKey("incidents.id"))
    type: Mapped[ViolationType] = mapped_column(coded(ViolationType, "type"))
    boys: Mapped[int] = mapped_column(default=0)
    girls: Mapped[int] = mapped_column(default=0)
    unknown: Mapped[int] = mapped_column(default=0)
    is_boys_estimated: Mapped[bool] = mapped_column(default=False)
    is_girls_estimated: Mapped[bool] = mapped_column(default=False)
    is_unknown_estimated: Mapped[bool] = mapped_column(default=False)
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[VerificationStatus] = mapped_column(
        coded(VerificationStatus, "status"), default=VerificationStatus.PENDING
    )
    verified_on: Mapped[date | None]
    opened_by_id: Mapped[str] = mapped_column(RowId, ForeignKey("officers.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    parties: Mapped[list[Party]] = relationship(secondary=violation_parties, order_by=Party.code)
    victims: Mapped[list[Victim]] = relationship(secondary=violation_victims, order_by=Victim.code)
    sources: Mapped[list[Source]] = relationship(secondary=violation_sources, order_by=Source.recorded_at)
    steps: Mapped[list[VerificationStep]] = relationship(order_by=VerificationStep.at)

    @property
    def total(self) -> int:
        """All children it counts."""
        return self.boys + self.girls + self.unknown

    @property
    def is_counted_by_victims(self) -> bool:
        """Whether tables add its children, rather than count it as one."""
        return self.type in COUNTED_BY_VICTIMS
