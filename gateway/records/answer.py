"""An answer: a later message that names a report; shown beside it, accepted by an officer, never applied by itself."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.records.codes import AnswerKind
from gateway.records.columns import RowId, UtcDateTime, coded
from gateway.records.record import Record
from gateway.records.states import AnswerStatus
from gateway.vault.encrypted import EncryptedJson


class Answer(Record):
    """What a later message adds to, changes in, or takes back from the report behind `reference`."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("message_id", "part"),)

    message_id: Mapped[str] = mapped_column(RowId, ForeignKey("messages.id"))
    part: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    alert_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("alerts.id"), index=True)
    reference: Mapped[str] = mapped_column(String(8), index=True)
    kind: Mapped[AnswerKind] = mapped_column(coded(AnswerKind, "kind"))
    status: Mapped[AnswerStatus] = mapped_column(coded(AnswerStatus, "status"), default=AnswerStatus.WAITING)
    same_sender: Mapped[bool] = mapped_column(default=False)
    parsed_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    parsed = EncryptedJson("parsed_sealed")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[str | None] = mapped_column(RowId, ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
