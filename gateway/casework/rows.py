"""Guarded changes of rows: change under a condition, then look at the count."""

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session


def changed_one(session: Session, change: Update) -> bool:
    """Runs an update and says whether it found its one row as expected."""
    result = session.execute(change.execution_options(synchronize_session=False))
    return isinstance(result, CursorResult) and result.rowcount == 1
