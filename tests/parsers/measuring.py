"""Runs the parser over the corpus and the noise, and adds up: by file, by kind of noise, by field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from parsers import parse
from parsers.result import ReporterContext
from tests.noise import generator
from tests.parsers import scoring
from tests.parsers.scoring import Sample, Score

FILES = sorted((Path(__file__).parent.parent / "samples").glob("texts_*.jsonl"))
AREAS = {"Gao": "ML07", "Koulikoro": "ML02", "Menaka": "ML10", "Mopti": "ML05", "Segou": "ML04", "Tombouctou": "ML06"}
OUTCOMES = ("ok", "flagged", "silent")


@dataclass
class Sums:
    """What came of a set of texts; `fields` counts single values of the texts that can be read."""

    rows: dict[str, Counter[str]] = field(default_factory=dict)
    fields: dict[str, Counter[str]] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)

    @property
    def total(self) -> Counter[str]:
        """All rows together."""
        return sum(self.rows.values(), Counter())

    def mean(self, outcome: str) -> float:
        """Its share in per cent, each row with the same weight."""
        return sum(share(row, outcome) for row in self.rows.values()) / len(self.rows)


def share(row: Mapping[str, int], outcome: str) -> float:
    """In per cent of the row."""
    return 100 * row.get(outcome, 0) / sum(row.values())


def read(sample: Sample) -> Score:
    """Parses one sample as its sender would have sent it."""
    return scoring.score(sample, parsed(sample))


def parsed(sample: Sample) -> Mapping[str, object]:
    """The parse object of one sample."""
    sender = ReporterContext(language=sample.lang, area=AREAS[sample.area] if sample.area else None)
    return parse(sample.text, received_on=date.fromisoformat(sample.today), reporter=sender).as_dict()


def corpus() -> Sums:
    """The texts written by hand, a row a file."""
    return _summed((path.stem.removeprefix("texts_"), scoring.load(path)) for path in FILES)


def noise(count: int, seed: str) -> Sums:
    """The invented messages, a row a kind of noise, so many messages each."""
    names = (*generator.READABLE, *generator.FOR_A_PERSON)
    return _summed((name, generator.samples(name, count, seed)) for name in names)


def _summed(sets: Iterable[tuple[str, Iterable[Sample]]]) -> Sums:
    sums = Sums()
    for name, samples in sets:
        row = sums.rows.setdefault(name, Counter())
        for sample in samples:
            score = read(sample)
            row[score.outcome] += 1
            if score.outcome == "silent":
                sums.silent.append(f"{sample.id} {sample.text!r} of {sample.today}: {score.differences}")
            for asked, outcome in _values(sample, score):
                sums.fields.setdefault(asked, Counter())[outcome] += 1
    return sums


def _values(sample: Sample, score: Score) -> Iterator[tuple[str, str]]:
    """Each value the text gives, or was read to give: right, wrong but shown to a person, or silently wrong."""
    if sample.must_check:
        return
    wrong = {name for name, _, _ in score.differences} - {"kind"}
    for name in sorted({*sample.fields, *wrong}):
        if name not in wrong:
            yield name, "ok"
        else:
            yield name, "silent" if score.outcome == "silent" else "flagged"
