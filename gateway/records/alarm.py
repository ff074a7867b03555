"""An alarm: something about the service that somebody on duty has to know; never about a person or what they wrote."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.codes import AlarmKind
from gateway.records.columns import UtcDateTime, coded
from gateway.records.record import Record


class Alarm(Record):
    """`subject` is a region, a channel or a number of our own, or empty; `figure` says how much or how long.

    `open_key` is there while the alarm is open: the database itself refuses a second one about the same thing.
    """

    __tablename__ = "alarms"

    kind: Mapped[AlarmKind] = mapped_column(coded(AlarmKind, "kind"))
    subject: Mapped[str] = mapped_column(String(40), default="")
    figure: Mapped[int] = mapped_column(default=0)
    open_key: Mapped[str | None] = mapped_column(String(96), unique=True)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    absent_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_notice_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
