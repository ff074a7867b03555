"""A victim: one child under a code, or a group; never a name."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.codes import Sex, VictimKind
from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.vault.encrypted import EncryptedText


class Victim(Record):
    """Ages are in whole years at the time of the violation; `size` counts a group."""

    __tablename__ = "victims"
    __table_args__ = (UniqueConstraint("incident_id", "code"),)

    incident_id: Mapped[str] = mapped_column(RowId, ForeignKey("incidents.id"))
    code: Mapped[str] = mapped_column(String(16))
    kind: Mapped[VictimKind] = mapped_column(coded(VictimKind, "kind"))
    sex: Mapped[Sex] = mapped_column(coded(Sex, "sex"), default=Sex.UNKNOWN)
    age_min: Mapped[int | None]
    age_max: Mapped[int | None]
    is_age_estimated: Mapped[bool] = mapped_column(default=False)
    size: Mapped[int] = mapped_column(default=1)
    is_size_estimated: Mapped[bool] = mapped_column(default=False)
    may_be_contacted: Mapped[bool] = mapped_column(default=False)
    may_be_reported: Mapped[bool] = mapped_column(default=False)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = EncryptedText("note_sealed")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
