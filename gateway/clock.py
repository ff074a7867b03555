"""The one place that reads the clock; everybody else is told the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, aware."""
    return datetime.now(UTC)
