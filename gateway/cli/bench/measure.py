"""Rounds of product and floor in turn, and what they say: medians, spread, and the ratio round by round."""

import platform
import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any


@dataclass(frozen=True)
class Run:
    """One measured stretch: finished things per second, and the slow end of their waits in milliseconds."""

    per_second: float
    p50_ms: float = 0.0
    p99_ms: float = 0.0


@dataclass(frozen=True)
class Comparison:
    """All rounds of one benchmark; the ratio is the product's rate over the floor's in the same round."""

    name: str
    product: tuple[Run, ...]
    floor: tuple[Run, ...]
    facts: dict[str, str]

    @property
    def ratios(self) -> list[float]:
        """Product over floor, round by round."""
        return [ours.per_second / floor.per_second for ours, floor in zip(self.product, self.floor, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return statistics.median(self.ratios)

    def as_dict(self) -> dict[str, Any]:
        """For --json: every round as it was measured."""
        return {
            "name": self.name,
            "ratio": round(self.ratio, 3),
            "ratios": [round(ratio, 3) for ratio in self.ratios],
            "product": [asdict(run) for run in self.product],
            "floor": [asdict(run) for run in self.floor],
            "facts": self.facts,
        }

    def as_text(self) -> str:
        """A small table for a person."""
        lines = [self.name, *(f"  {name}: {value}" for name, value in self.facts.items())]
        lines += [_line("product", self.product), _line("floor", self.floor)]
        spread = f"{min(self.ratios):.2f} to {max(self.ratios):.2f} in {len(self.ratios)} rounds"
        return "\n".join([*lines, f"  product / floor: {self.ratio:.2f}  ({spread})"])


def _line(who: str, runs: tuple[Run, ...]) -> str:
    rates = [run.per_second for run in runs]
    waits = f"  p99 {statistics.median(run.p99_ms for run in runs):.1f} ms" if any(run.p99_ms for run in runs) else ""
    middle = statistics.median(rates)
    return f"  {who:8} {middle:10,.0f} a second  (lowest {min(rates):,.0f}, highest {max(rates):,.0f}){waits}"


def compare(
    name: str,
    product: Callable[[], Run],
    floor: Callable[[], Run],
    *,
    rounds: int,
    say: Callable[[str], None],
) -> Comparison:
    """Runs floor and product in turn, so that a slow minute of the machine hits both."""
    ours, floors = [], []
    for number in range(1, rounds + 1):
        floors.append(floor())
        ours.append(product())
        rates = floors[-1].per_second, ours[-1].per_second
        say(
            f"round {number} of {rounds}: floor {rates[0]:,.0f}/s, product {rates[1]:,.0f}/s, {rates[1] / rates[0]:.2f}"
        )
    return Comparison(name, tuple(ours), tuple(floors), {"machine": machine()})


def machine() -> str:
    """What the figures were taken on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("flask", "sqlalchemy", "twilio"))
    return f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, {libraries}"


def percentile(values: list[float], share: float) -> float:
    """The value below which that share of the values lies; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
