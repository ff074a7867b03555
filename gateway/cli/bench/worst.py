"""Texts as long as one may be, each as costly as its kind can be made, and what the parser pays for them."""

import time
from collections.abc import Callable

LONGEST = 1_600  # characters the provider hands on
TIMES = 9


def _repeated(piece: str, size: int, before: str = "") -> str:
    return (before + piece * (size // len(piece) + 1))[:size]


# name: the text of that many characters
KINDS: dict[str, Callable[[int], str]] = {
    "a report over and over": lambda size: _repeated("ENF REC 3G1F 12-15ans Ansongo 14/11 CMA VU ", size),
    "counts": lambda size: _repeated("3 G ", size, "ENF "),
    "counts the other way": lambda size: _repeated("G 3 ", size),
    "labels": lambda size: _repeated("4=x ", size),
    "labels without values": lambda size: _repeated("4=", size),
    "a path without end": lambda size: _repeated("Gao/", size),
    "misspelt places": lambda size: _repeated("Anxongo Zansongo Bourzm ", size, "ENF "),
    "words nobody knows": lambda size: _repeated("zkrbt vlopq mnxwy ", size, "ENF "),
    "one word": lambda size: "a" * size,
    "one number": lambda size: "1" * size,
    "letters in numbers": lambda size: _repeated("l1/O0/", size),
    "days": lambda size: _repeated("hier 14/11 lundi 10-12/11 ", size, "ENF "),
    "one letter and a blank": lambda size: _repeated("g ", size, "ENF "),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size - size // 2),
    "signs": lambda size: _repeated("=:;,|*#+_/-", size),
    "parts of phrases": lambda size: _repeated("attaque de la les du pas de ", size, "ENF "),
    "references": lambda size: _repeated("K7Q28 K7 Q28 ", size),
    "other alphabets": lambda size: _repeated("ЕNF RЕC ３Ｇ é́ ߊߟ ", size),
    "invisible marks": lambda size: _repeated("E\u200bN\u200dF ", size),
}


def worst_texts(parse: Callable[[str], object]) -> dict[str, str]:
    """What each costs in milliseconds of one core, the slowest first; of a few readings the least disturbed."""
    spent = {name: _spent(parse, make(LONGEST)) for name, make in KINDS.items()}
    slowest = sorted(spent.items(), key=lambda each: -each[1])
    return {f"worst {LONGEST:,} characters, {name}": f"{milliseconds:.1f} ms" for name, milliseconds in slowest}


def _spent(parse: Callable[[str], object], text: str) -> float:
    took = []
    for _ in range(TIMES):
        begun = time.process_time()
        parse(text)
        took.append((time.process_time() - begun) * 1000)
    return min(took)
