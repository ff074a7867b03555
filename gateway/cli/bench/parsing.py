"""`lakana bench parse`: our parser beside splitting and looking words up."""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from gateway import compiled
from gateway.cli.bench.load import TEXTS
from gateway.cli.bench.measure import Comparison, Run, compare
from gateway.cli.bench.worst import worst_texts

_TODAY = date(2026, 11, 16)
_WORDS = {word.casefold(): number for number, text in enumerate(TEXTS) for word in text.split()}
MORE_TEXTS = (
    *TEXTS,
    "bonjour enf enlèvement de 2 garçons et 1 fille à Ménaka avant hier par des hommes armés non identifiés",
    "inc VS 1F 14 ans lieu: Douentza date: 12/11/2026 source: VIC // la famille demande de l'aide",
    "K7Q28 4 ANSONGO 5 HIER",
    "LIB 4G2F REMIS Gao 10/11 CMA",
)


def _timed(act: Callable[[str], object], seconds: float) -> Run:
    done, begun = 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < seconds:
        for text in MORE_TEXTS:
            act(text)
        done += len(MORE_TEXTS)
    return Run(done / spent)


@contextmanager
def many_places(own: Path | None) -> Iterator[Path]:
    """A codebook with a whole country's villages: the deployment's own when it has them, else invented ones."""
    from gateway.casework.placelist import writing
    from gateway.cli.bench import villages
    from parsers.codebook import reader
    from parsers.codebook.place import as_place

    if own and len(reader.load_places(own)) >= villages.COUNT:
        yield own
        return
    with tempfile.TemporaryDirectory() as folder:
        writing.write(Path(folder), map(as_place, villages.rows()))
        yield Path(folder)


def _parser() -> str:
    return (
        "compiled"
        if compiled.is_compiled()
        else "as it is written; `make install` compiles it where there is a C compiler"
    )


def bench_parse(codebook: Path | None = None, *, rounds: int, seconds: float, say: Callable[[str], None]) -> Comparison:
    """Messages a second on one core with the places of a codebook, and the milliseconds of the worst long texts."""
    # Imported here: the command line starts without the vocabulary.
    from parsers import parse
    from parsers.codebook import reader

    def ours(text: str) -> object:
        return parse(text, received_on=_TODAY, codebook=codebook)

    def split_and_look_up(text: str) -> object:
        return [_WORDS.get(word.casefold()) for word in re.split(r"[\s,;.:|*#+_/=-]+", text)]

    ours(TEXTS[0])
    measured = compare(
        f"parse, {len(reader.load_places(codebook))} places: messages a second a core, beside splitting and look-ups",
        lambda: _timed(ours, seconds),
        lambda: _timed(split_and_look_up, seconds),
        rounds=rounds,
        say=say,
    )
    return replace(measured, facts=measured.facts | {"parser": _parser()} | worst_texts(ours))
