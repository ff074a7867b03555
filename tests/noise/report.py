"""What happened, before anybody writes it down: drawn from a seed, so that the truth is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.noise import vocabulary

FIRST_DAY = date(2026, 4, 1)
DAYS = 600
KINDS = ("incident",) * 14 + ("release",) * 3 + ("alert",) * 3
WHAT_FIELD = {"incident": "violation", "release": "how", "alert": "threat"}


@dataclass(frozen=True)
class Report:
    """One report as its sender knows it."""

    kind: str
    today: date
    what: str
    place: str
    days_ago: int
    party: str
    source: str | None
    boys: int = 0
    girls: int = 0
    unknown: int = 0
    age: tuple[int, int] | None = None

    @property
    def day(self) -> date:
        """The day it happened."""
        return self.today - timedelta(days=self.days_ago)

    @property
    def is_counted(self) -> bool:
        """Whether it is about children one counts."""
        return vocabulary.WHAT[self.kind][self.what][3]

    @property
    def truth(self) -> dict[str, object]:
        """The fields that a perfect reader finds."""
        day = self.day.isoformat()
        what = self.what if self.kind == "release" else [self.what]
        found: dict[str, object] = {WHAT_FIELD[self.kind]: what, "place": {"name": self.place}}
        found |= {"date_from": day, "date_to": day, "party": [self.party]}
        found |= {name: value for name, value in self._counts().items() if value}
        if self.age:
            found |= {"age_min": self.age[0], "age_max": self.age[1]}
        return found | ({"source": self.source} if self.source else {})

    def _counts(self) -> Mapping[str, int]:
        return {"boys": self.boys, "girls": self.girls, "unknown": self.unknown}


def draw(rng: Random, *, counted: bool = False, kind: str | None = None) -> Report:
    """One report; `counted` asks for one about children."""
    kind = kind or rng.choice(KINDS[:-3] if counted else KINDS)
    whats = [code for code, row in vocabulary.WHAT[kind].items() if row[3] or not counted]
    what = rng.choice(whats)
    boys, girls, unknown, age = _children(rng) if vocabulary.WHAT[kind][what][3] else (0, 0, 0, None)
    return Report(
        kind=kind,
        today=FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
        what=what,
        place=rng.choice(vocabulary.PLACES),
        days_ago=rng.randint(1, 10) if kind == "alert" else rng.randint(1, 70),
        party=rng.choice(list(vocabulary.PARTIES)),
        source=None if kind == "alert" else rng.choice([*vocabulary.SOURCES, None]),
        boys=boys,
        girls=girls,
        unknown=unknown,
        age=age,
    )


def _children(rng: Random) -> tuple[int, int, int, tuple[int, int] | None]:
    boys, girls, unknown = rng.choice(
        [
            (rng.randint(1, 9), 0, 0),
            (0, rng.randint(1, 9), 0),
            (rng.randint(1, 9), rng.randint(1, 9), 0),
            (0, 0, rng.randint(2, 30)),
        ]
    )
    low = rng.randint(3, 16)
    return boys, girls, unknown, rng.choice([None, (low, low), (low, rng.randint(low + 1, 17))])
