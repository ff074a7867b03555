"""Fills a database with eighteen invented months, through the very functions that real messages and officers use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from gateway.casework import parties
from gateway.casework.office import Office
from gateway.cli.demo import desk, lives, people, plan
from gateway.cli.demo.agenda import Agenda
from gateway.cli.demo.desk import Desk
from gateway.cli.demo.words import regions
from gateway.cli.demo.world import World
from gateway.records.db import transaction
from gateway.records.project import Project
from gateway.vault.keyring import InboxKeys

SIZE = 430
SEED = 2026
Progress = Callable[[datetime], None]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How large, from which seed, up to which moment; the same seed tells the same stories."""

    now: datetime
    size: int = SIZE
    seed: int = SEED
    password: str


def fill(wanted: Wanted, *, keys: InboxKeys, office: Office, progress: Progress) -> Desk:
    """The database is connected, empty and up to date, and the vault is open."""
    rng = Random(wanted.seed)  # noqa: S311 - chance for stories, not for secrets
    stories = plan.plan(rng, people.phones(rng), size=wanted.size, now=wanted.now)
    before = min(story.at for story in stories) - timedelta(days=3)
    with transaction() as session:
        officers = desk.enrol(session, wanted.password, now=before)
        parties.seed(session)
        _register_projects(session, before)
    world = World(rng, officers, keys, office, Agenda(until=wanted.now))
    for place, story in enumerate(stories):
        world.agenda.add(lives.told(world, place, story))
    world.agenda.live(progress)
    return officers


def _register_projects(session: Session, now: datetime) -> None:
    session.add_all(
        Project(
            code=code,
            title=title,
            region=region.code,
            completed_on=(now - timedelta(days=200)).date(),
        )
        for region in regions()
        for code, title in region.projects
    )
