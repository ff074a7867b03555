"""What every life of the demonstration knows: chance, the officers, the keys, the agenda, and who has written."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from gateway.casework.office import Office
from gateway.cli.demo.agenda import Agenda
from gateway.cli.demo.desk import Desk
from gateway.cli.demo.words import texts
from gateway.vault.keyring import InboxKeys


@dataclass(frozen=True)
class World:
    """One demonstration while it is made."""

    rng: Random
    desk: Desk
    keys: InboxKeys
    office: Office
    agenda: Agenda
    arrived: dict[int, str] = field(default_factory=dict)
    """The message of each story that was told, by its place in the plan."""

    def later(self, now: datetime, hours: tuple[float, float]) -> datetime:
        """A moment within so many hours from now."""
        return now + timedelta(seconds=round(self.rng.uniform(*hours) * 3600))

    def words(self, occasion: str) -> str:
        """What an officer writes on this occasion."""
        said: list[str] = texts()["desk"]["fr"][occasion]
        return self.rng.choice(said)
