"""An incident: what happened, once, as the officers hold it; opened by a person, never by a machine."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gateway.records.alert import Alert
from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.source import Source
from gateway.records.states import IncidentStatus
from gateway.records.victim import Victim
from gateway.records.violation import Violation
from gateway.vault.encrypted import EncryptedText


class Incident(Record):
    """Holds its violations, victims and sources; `account` is confidential, `public_account` may be shared."""

    __tablename__ = "incidents"
    __table_args__ = (Index(None, "status", "region", "happened_from"), Index(None, "opened_at", "id"))

    reference: Mapped[str] = mapped_column(String(8), unique=True)
    status: Mapped[IncidentStatus] = mapped_column(coded(IncidentStatus, "status"), default=IncidentStatus.OPEN)
    region: Mapped[str | None] = mapped_column(String(16), index=True)
    place: Mapped[str | None] = mapped_column(String(40))
    place_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    place_note = EncryptedText("place_note_sealed")
    happened_from: Mapped[date | None]
    happened_to: Mapped[date | None]
    is_date_estimated: Mapped[bool] = mapped_column(default=False)
    reported_on: Mapped[date]
    account_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    account = EncryptedText("account_sealed")
    public_account_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    public_account = EncryptedText("public_account_sealed")
    is_manual: Mapped[bool] = mapped_column(default=False)
    """Typed in by the officer without an alert; that officer may not verify it."""
    opened_by_id: Mapped[str] = mapped_column(RowId, ForeignKey("officers.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    violations: Mapped[list[Violation]] = relationship(order_by=Violation.opened_at)
    victims: Mapped[list[Victim]] = relationship(order_by=Victim.code)
    sources: Mapped[list[Source]] = relationship(order_by=Source.recorded_at)
    alerts: Mapped[list[Alert]] = relationship(order_by=Alert.received_at)
