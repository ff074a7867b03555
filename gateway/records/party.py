"""A party to the conflict: the registry that alleged perpetrators are chosen from."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.record import Record


class Party(Record):
    """Codes are retired by `valid_to`, never removed; `category` is armed_force, armed_group, other or unknown."""

    __tablename__ = "parties"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_fr: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(32))
    parent: Mapped[str | None] = mapped_column(String(40))
    aliases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
