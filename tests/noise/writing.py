"""Writes a report as the card asks, field by field, so that each kind of noise can change one of them."""

from random import Random

from tests.noise import vocabulary
from tests.noise.report import Report

Parts = dict[str, str]  # field: its text, in the order of the card


def parts(report: Report, rng: Random) -> Parts:
    """The fields as the card shows them, in its order."""
    found = {"what": vocabulary.WHAT[report.kind][report.what][0]}
    if report.is_counted:
        found["children"] = counted(report)
    if report.age:
        found["age"] = aged(report)
    found["place"] = plain(report.place)
    found["date"] = f"{report.day:%d/%m}"
    found["party"] = rng.choice(vocabulary.PARTIES[report.party])
    if report.source:
        found["source"] = rng.choice(vocabulary.SOURCES[report.source])
    return found


def line(report: Report, found: Parts, *, joined: str = " ", keyword: str | None = None) -> str:
    """The whole text."""
    return joined.join([keyword or vocabulary.KEYWORDS[report.kind][0], *found.values()])


def card(report: Report, rng: Random, **changed: str) -> str:
    """The text of the card, with some fields written otherwise."""
    return line(report, parts(report, rng) | changed)


def counted(report: Report, *, boy: str = "G", girl: str = "F") -> str:
    """3G1F, or 5E when the sex is not known."""
    if report.unknown:
        return f"{report.unknown}E"
    return (f"{report.boys}{boy}" if report.boys else "") + (f"{report.girls}{girl}" if report.girls else "")


def aged(report: Report, unit: str = "ans") -> str:
    """12ans, 12-15ans; nothing when no age is known."""
    if report.age is None:
        return ""
    low, high = report.age
    return f"{low}{unit}" if low == high else f"{low}-{high}{unit}"


def in_words(report: Report, *, numbers: tuple[str, ...] | None = None, joined: str = " et ") -> str:
    """3 garçons et 1 fille, or with the numbers in words."""

    def said(number: int, one: str, many: str) -> str:
        figure = str(number) if numbers is None or number >= len(numbers) else numbers[number]
        if figure == "un" and one == "fille":
            figure = "une"
        return f"{figure} {one if number == 1 else many}"

    if report.unknown:
        return said(report.unknown, "enfant", "enfants")
    found = [said(report.boys, "garçon", "garçons")] if report.boys else []
    return joined.join(found + ([said(report.girls, "fille", "filles")] if report.girls else []))


def plain(text: str) -> str:
    """Without accents, as a plain phone types it."""
    return text.translate(str.maketrans("éèêëàâîïôûùçÉÈ", "eeeeaaiiouucEE"))
