"""The names of officers, for pages that say who did what."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.records.officer import Officer


def of(session: Session, officer_ids: Iterable[str]) -> dict[str, str]:
    """The shown name of each of these officers."""
    wanted = {officer_id for officer_id in officer_ids if officer_id}
    found = session.execute(select(Officer.id, Officer.display_name).where(Officer.id.in_(wanted)))
    return {row.id: row.display_name for row in found}
