"""An alert: what a message says, not yet verified by anybody."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gateway.records.codes import AlertKind
from gateway.records.columns import CodeList, RowId, UtcDateTime, coded
from gateway.records.message import Message
from gateway.records.record import Record
from gateway.records.states import AlertStatus
from gateway.vault.encrypted import EncryptedJson


class Alert(Record):
    """One report on the desk: a message, or one of the reports in it.

    `parsed` is the whole parse object (fields, problems, spans, note) under encryption; the clear columns hold only
    what the queue filters on and the tables count. `region` is None when no place is known: seen nationally only.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("message_id", "part"),
        # The queue reads ids from this one alone: whatever the filter, it never walks the rows with their texts.
        Index(
            "ix_alerts_queue",
            "status",
            "received_at",
            "id",
            "region",
            "kind",
            "types",
            "is_urgent",
            "needs_check",
            "language",
            "channel",
            "claimed_by_id",
            "claimed_until",
            "is_restricted",
        ),
        Index(None, "status", "region", "received_at"),
        Index(None, "has_answer_waiting", "received_at"),
        Index(None, "has_reading_waiting", "received_at"),
    )

    message_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("messages.id"))
    message: Mapped[Message | None] = relationship()
    part: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Which report of its message it is; the others came with it."""
    reporter_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("reporters.id"), index=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    kind: Mapped[AlertKind] = mapped_column(coded(AlertKind, "kind"))
    status: Mapped[AlertStatus] = mapped_column(coded(AlertStatus, "status"), default=AlertStatus.NEW)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    language: Mapped[str] = mapped_column(String(8), default="fr")
    channel: Mapped[str | None] = mapped_column(String(24))
    """The channel of its message, kept here so that the queue filters on one table."""
    parsed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    parsed = EncryptedJson("parsed_sealed")

    region: Mapped[str | None] = mapped_column(String(16))
    place: Mapped[str | None] = mapped_column(String(40))
    happened_from: Mapped[date | None]
    happened_to: Mapped[date | None]
    types: Mapped[list[str]] = mapped_column(CodeList, default=list)
    """Codes of the violations it speaks of; for an early warning, of the threats; for an own form, its name."""
    missing: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """Names of the card's fields that are missing or to be checked."""
    children: Mapped[int | None]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    needs_check: Mapped[bool] = mapped_column(default=False)
    has_answer_waiting: Mapped[bool] = mapped_column(default=False)
    has_reading_waiting: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_restricted: Mapped[bool] = mapped_column(default=False)
    """Handed to the conduct unit, or read again as another desk's: no officer of this desk sees it any more."""

    claimed_by_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("officers.id"))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    incident_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("incidents.id"), index=True)
    duplicate_of_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("alerts.id"))
    version: Mapped[int] = mapped_column(default=1)
