"""The release that an alert reports, kept beside it for the tables; it follows what the machine read."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gateway.casework.understood import day
from gateway.records.alert import Alert
from gateway.records.codes import AlertKind
from gateway.records.release import Release


def keep(session: Session, alert: Alert, fields: Mapping[str, Any]) -> None:
    """Writes the release of this alert, or takes it away when the alert is none."""
    # An alert that is not written yet has left no release before.
    release = None if alert in session.new else _before(session, alert)
    if alert.kind is not AlertKind.RELEASE:
        if release is not None:
            session.delete(release)
        return
    release = release or Release(alert_id=alert.id)
    release.boys, release.girls, release.unknown = (fields.get(sex) or 0 for sex in ("boys", "girls", "unknown"))
    release.is_estimated = bool(fields.get("children_approximate"))
    release.party = next(iter(fields.get("party") or ()), None)
    release.how = fields.get("how")
    release.region, release.place = alert.region, alert.place
    release.released_on = day(fields, "date_from")
    session.add(release)


def _before(session: Session, alert: Alert) -> Release | None:
    session.flush()
    return session.scalar(select(Release).where(Release.alert_id == alert.id))
