"""How long to wait before the next attempt: longer each time, and not all at the same moment."""

import secrets
from datetime import timedelta

SHORTEST = timedelta(seconds=10)
LONGEST = timedelta(hours=1)
_SPREAD = 0.2


def wait_after(attempt: int) -> timedelta:
    """10 s after the first attempt, four times as long after each one more, an hour at most."""
    plain: timedelta = min(SHORTEST * 4 ** (attempt - 1), LONGEST / (1 + _SPREAD))
    return plain * (1 + _SPREAD * (2 * secrets.randbelow(1001) / 1000 - 1))
