"""A place in a list ordered by time: pages go on from a row, so that nothing shifts when new rows come in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from gateway.errors import Invalid
from gateway.records.ids import is_id

_Moment = InstrumentedAttribute[datetime]
_Id = InstrumentedAttribute[str]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The moment and the id of the last row seen."""

    at: datetime
    row_id: str

    @classmethod
    def read(cls, written: str) -> "Cursor":
        """A cursor out of an address; Invalid for anything that we did not write."""
        moment, _, row_id = written.partition("_")
        if not is_id(row_id) or len(moment) > 40:
            raise Invalid("after", "unknown")
        try:
            at = datetime.fromisoformat(moment)
        except ValueError as error:
            raise Invalid("after", "unknown") from error
        if at.tzinfo is None:
            raise Invalid("after", "unknown")
        return cls(at, row_id)

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.row_id}"

    def older_than(self, moment: _Moment, row_id: _Id) -> ColumnElement[bool]:
        """The rows that come after it when the newest is first."""
        return and_(moment <= self.at, or_(moment < self.at, row_id < self.row_id))

    def newer_than(self, moment: _Moment, row_id: _Id) -> ColumnElement[bool]:
        """The rows that come after it when the oldest is first."""
        return and_(moment >= self.at, or_(moment > self.at, row_id > self.row_id))
