"""A release: children freed, escaped or handed over, as a message reported it."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.columns import RowId
from gateway.records.record import Record


class Release(Record):
    """One reported release; `how` is handover, escaped or released."""

    __tablename__ = "releases"

    alert_id: Mapped[str] = mapped_column(RowId, ForeignKey("alerts.id"), unique=True)
    incident_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("incidents.id"), index=True)
    boys: Mapped[int] = mapped_column(default=0)
    girls: Mapped[int] = mapped_column(default=0)
    unknown: Mapped[int] = mapped_column(default=0)
    is_estimated: Mapped[bool] = mapped_column(default=False)
    party: Mapped[str | None] = mapped_column(String(40))
    how: Mapped[str | None] = mapped_column(String(24))
    region: Mapped[str | None] = mapped_column(String(16))
    place: Mapped[str | None] = mapped_column(String(40))
    released_on: Mapped[date | None]
