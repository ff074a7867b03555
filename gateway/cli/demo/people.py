"""The invented people of the demonstration: officers of every role, and the phones that write to them."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from gateway.cli.demo.words import Region, regions
from gateway.records.codes import ReplyMode, Role

_RELAYS, _STRANGERS, _BENEFICIARIES = 48, 40, 24


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """Somebody to sign in as."""

    name: str
    display_name: str
    roles: tuple[Role, ...]
    regions: tuple[str, ...] = ()
    language: str = "fr"


OFFICERS = (
    DemoOfficer("gao", "Demo, agent régional de Gao", (Role.REGIONAL,), ("ML07",)),
    DemoOfficer("mopti", "Demo, agent régional de Mopti", (Role.REGIONAL,), ("ML05",)),
    DemoOfficer("menaka", "Demo, agent régional de Ménaka", (Role.REGIONAL,), ("ML10",)),
    DemoOfficer("nord", "Demo, agent régional du Nord", (Role.REGIONAL,), ("ML06", "ML08", "N23-09")),
    DemoOfficer("sud", "Demo, agent régional du Sud", (Role.REGIONAL,), ("ML01", "ML02", "ML03", "ML04", "ML09")),
    DemoOfficer("focal1", "Demo, point focal A", (Role.FOCAL_POINT,)),
    DemoOfficer("focal2", "Demo, focal point B", (Role.FOCAL_POINT,), language="en"),
    DemoOfficer("technique1", "Demo, niveau technique A", (Role.TECHNICAL,)),
    DemoOfficer("technique2", "Demo, technical level B", (Role.TECHNICAL,), language="en"),
    DemoOfficer("final1", "Demo, niveau final A", (Role.FINAL,)),
    DemoOfficer("final2", "Demo, niveau final B", (Role.FINAL,)),
    DemoOfficer("conduite", "Demo, unité de conduite", (Role.CONDUCT,)),
    DemoOfficer("suivi", "Demo, suivi des projets", (Role.MONITORING,)),
    DemoOfficer("direction", "Demo, administration", (Role.ADMINISTRATOR,)),
)


@dataclass(frozen=True, slots=True)
class Sender:
    """One invented phone; `region` is where it writes from."""

    number: str
    region: Region
    language: Literal["fr", "en"] = "fr"
    mode: ReplyMode = ReplyMode.NEUTRAL
    is_registered: bool = False
    is_training: bool = False
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Phones:
    """Everybody who writes, by how we know them."""

    relays: tuple[Sender, ...]
    strangers: tuple[Sender, ...]
    beneficiaries: tuple[Sender, ...]
    trainees: tuple[Sender, ...]

    def everybody(self) -> tuple[Sender, ...]:
        """All of them."""
        return self.relays + self.strangers + self.beneficiaries + self.trainees


def phones(rng: Random) -> Phones:
    """Invents the phones; every region has at least one relay."""
    everywhere, with_projects = regions(), [region for region in regions() if region.projects]
    relays = tuple(_relay(rng, at, everywhere[at] if at < len(everywhere) else _drawn(rng)) for at in range(_RELAYS))
    strangers = tuple(
        Sender(_number(2000 + at), _drawn(rng), language="en" if at % 9 == 8 else "fr") for at in range(_STRANGERS)
    )
    beneficiaries = tuple(_beneficiary(rng, at, with_projects[at % len(with_projects)]) for at in range(_BENEFICIARIES))
    trainees = tuple(
        Sender(_number(4000 + at), everywhere[at], is_registered=True, is_training=True) for at in range(3)
    )
    return Phones(relays, strangers, beneficiaries, trainees)


def _relay(rng: Random, at: int, region: Region) -> Sender:
    mode = ReplyMode.READBACK if at % 12 == 5 else ReplyMode.SILENT if at % 24 == 11 else ReplyMode.NEUTRAL
    return Sender(
        _number(1000 + at), region, language="en" if rng.random() < 0.06 else "fr", mode=mode, is_registered=True
    )


def _beneficiary(rng: Random, at: int, region: Region) -> Sender:
    return Sender(_number(3000 + at), region, is_registered=True, project=rng.choice(region.projects)[0])


def _drawn(rng: Random) -> Region:
    return rng.choices(regions(), [region.weight for region in regions()])[0]


def _number(at: int) -> str:
    return f"+2237000{at:04d}"
