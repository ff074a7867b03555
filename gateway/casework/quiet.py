"""Quiet hours: a phone that rings at night tells everybody in the house that somebody is texting with somebody.

Who has just written holds the phone and waits: that answer goes at once, at any hour. Any other waits for the morning.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

JUST_WRITTEN = timedelta(minutes=10)


@dataclass(frozen=True)
class QuietHours:
    """From when to when, by the clock on the wall; the night may lie between."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        """Whether it is quiet at this time of day."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def end_after(self, moment: datetime) -> datetime:
        """The first end of quiet hours after a moment (which knows its zone)."""
        today = moment.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return today if today > moment else today + timedelta(days=1)


def held_until(quiet: QuietHours | None, *, written_at: datetime, now: datetime, timezone: ZoneInfo) -> datetime | None:
    """Until when an answer to what was written then has to wait; None when it may go."""
    local = now.astimezone(timezone)
    if quiet is None or now - written_at <= JUST_WRITTEN or not quiet.covers(local.time()):
        return None
    return quiet.end_after(local)
