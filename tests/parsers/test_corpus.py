"""The invented corpus: hundreds of texts as people type them, each with what it says. Run with -s to see the table."""

from collections import Counter

import pytest

from tests.parsers import scoring
from tests.parsers.measuring import FILES, OUTCOMES, read, share

LEAST_OK, MOST_SILENT = 90.0, 0.5  # in per cent: the bar of the codebook


def table(rows: dict[str, Counter[str]]) -> str:
    """One line a file, in counts and in per cent."""
    lines = [f"\n{'':28} {'n':>5} {'ok':>8} {'flagged':>8} {'silent':>8}"]
    for name, outcomes in rows.items():
        shares = [f"{share(outcomes, what):6.1f} %" for what in OUTCOMES]
        lines.append(f"{name:28} {outcomes.total():5} {' '.join(shares)}")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, tuple[scoring.Sample, scoring.Score]]]:
    return {
        path.stem.removeprefix("texts_"): {sample.id: (sample, read(sample)) for sample in scoring.load(path)}
        for path in FILES
    }


def test_the_parser_reaches_the_bar_on_the_whole_corpus(scores):
    rows = {name: Counter(score.outcome for _, score in cases.values()) for name, cases in scores.items()}
    rows["TOTAL"] = sum(rows.values(), Counter())
    print(table(rows))  # noqa: T201  this is what -s is for
    total = rows["TOTAL"]
    silent = [
        f"{sample.id} {sample.text!r}: {score.differences}"
        for cases in scores.values()
        for sample, score in cases.values()
        if score.outcome == "silent"
    ]
    assert 100 * total["silent"] / total.total() <= MOST_SILENT, "\n".join(silent)
    assert 100 * total["ok"] / total.total() >= LEAST_OK, table(rows)


def test_every_text_has_an_id_of_its_own_and_a_reason(scores):
    ids = [sample.id for path in FILES for sample in scoring.load(path)]
    assert len(ids) >= 420
    assert len(set(ids)) == len(ids)
    assert all(sample.why for cases in scores.values() for sample, _ in cases.values())


def test_no_text_stands_twice_with_the_same_sender(scores):
    asked = Counter(
        (sample.text, sample.today, sample.lang, sample.area)
        for cases in scores.values()
        for sample, _ in cases.values()
    )
    assert [text for text, times in asked.items() if times > 1] == []


def test_a_fifth_of_the_texts_need_a_person(scores):
    samples = [sample for cases in scores.values() for sample, _ in cases.values()]
    assert 0.15 < sum(sample.must_check for sample in samples) / len(samples) < 0.30
