"""A completed community project that beneficiaries report on."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.record import Record


class Project(Record):
    """`code` is AAA-NN-NNN, as printed on the card."""

    __tablename__ = "projects"

    code: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    region: Mapped[str | None] = mapped_column(String(16), index=True)
    place: Mapped[str | None] = mapped_column(String(40))
    completed_on: Mapped[date | None]
