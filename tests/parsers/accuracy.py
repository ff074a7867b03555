"""Writes the accuracy page: the figures of the corpus and of the noise as tables, the same on every machine."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tests.noise import generator
from tests.parsers.measuring import OUTCOMES, Sums, corpus, noise, share

PAGE = Path(__file__).parent.parent.parent / "docs" / "accuracy.md"
MESSAGES, SEED = 100, "lakana"  # of the page, for each kind of noise
COMMAND = "scripts/accuracy"

HEAD = """# How well texts are read

Made by `{command}`; do not edit. `{command} --check` fails when this page is not what the parser gives, and so do the
tests.

**ok**: every field has its true value and nothing is left to ask; or the text leaves something open, and a person is
asked. **flagged**: a person is asked, though a careful reader would not have to. **silent**: wrong or incomplete, and
nobody is asked. The last one is the one that counts: it may not pass 0.5 %.

All texts are invented. The rules they are judged by are those of the codebook; the judge is `tests/parsers/scoring.py`.
"""
CORPUS = """## Texts written by hand
{total:,} texts in `tests/samples/texts_*.jsonl`, each with what it says; {files} files. The `unseen` files were written
without running the parser. What it made of them at first contact, before anything was changed:

{first}
`unseen` and `unseen_2` were written from the codebook alone, `unseen_3` from the codebook to find what is silently
wrong, `unseen_4` and `unseen_5` after the lists of words had been read: their figures are kinder than those of a
stranger's texts. Of the 15 silent ones of `unseen_2` and `unseen_3`, 5 were truths that the codebook does not hold;
they were put right, as were 3 of the flagged ones.
"""
# (ok, flagged, silent) with the truths as they were first written.
FIRST_CONTACT = {
    "unseen": (156, 3, 1),
    "unseen_2": (410, 11, 6),
    "unseen_3": (152, 6, 9),
    "unseen_4": (129, 4, 0),
    "unseen_5": (82, 1, 1),
}
NOISE = """## Noise
{total:,} messages: {kinds} kinds of noise, {count} messages each, seed `{seed}` (`tests/noise`). Each message is drawn
as a report with a known truth, written down, and spoilt in one way.

### What a careful reader can still read
"""
OPEN = "### What loses something or leaves it open: ok is to ask a person\n"
FIELDS = """## Field by field
Single values, of all texts above in which nothing is open. A value counts as flagged when it is wrong or missing and a
person looks at the message.
"""


def page(*, messages: int = MESSAGES, seed: str = SEED) -> tuple[str, list[str]]:
    """The whole page, and every text that was silently wrong."""
    written, noised = corpus(), noise(messages, seed)
    readable = {name: noised.rows[name] for name in generator.READABLE}
    to_ask = {name: noised.rows[name] for name in generator.FOR_A_PERSON}
    total = written.total.total()
    parts = [
        HEAD.format(command=COMMAND),
        CORPUS.format(total=total, files=len(written.rows), first=_table("file", _first_contact(), {})),
        _table("file", written.rows, {"**all texts**": written.total}),
        NOISE.format(total=noised.total.total(), kinds=len(noised.rows), count=messages, seed=seed),
        _table("noise", readable, {}),
        OPEN,
        _table("noise", to_ask, {"**all kinds of both tables**": noised.total}),
        FIELDS,
        _table("field", dict(sorted(_both(written, noised).items())), {}),
    ]
    return "\n".join(parts), [*written.silent, *noised.silent]


def _first_contact() -> dict[str, Counter[str]]:
    return {name: Counter(dict(zip(OUTCOMES, counts, strict=True))) for name, counts in FIRST_CONTACT.items()}


def _both(written: Sums, noised: Sums) -> dict[str, Counter[str]]:
    names = {*written.fields, *noised.fields}
    return {name: written.fields.get(name, Counter()) + noised.fields.get(name, Counter()) for name in names}


def _table(what: str, rows: Mapping[str, Counter[str]], sums: Mapping[str, Counter[str]]) -> str:
    lines = [f"| {what} | n | {' | '.join(OUTCOMES)} |", f"|---|{'---:|' * (len(OUTCOMES) + 1)}"]
    for name, row in {**rows, **sums}.items():
        shares = " | ".join(f"{share(row, outcome):.1f} %" for outcome in OUTCOMES)
        lines.append(f"| {name} | {row.total():,} | {shares} |")
    return "\n".join(lines) + "\n"
