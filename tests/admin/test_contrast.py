"""The colours that carry text, light and dark, have the contrast that WCAG AA asks for."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "admin" / "static" / "tokens.css").read_text(encoding="utf-8")
TEXT, LINE = 4.5, 3.0
SCHEMES = dict(zip(("light", "dark"), CSS.split("@media (prefers-color-scheme: dark)"), strict=True))
FIELDS = ("violation", "children", "age", "place", "date", "party", "source", "urgent", "note", "unread")
PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "sunken", TEXT),
    ("ink", "accent-soft", TEXT),
    ("muted", "paper", TEXT),
    ("muted", "surface", TEXT),
    ("muted", "sunken", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "surface", TEXT),
    ("accent-ink", "accent", TEXT),
    ("accent-soft-ink", "accent-soft", TEXT),
    ("head-ink", "head", TEXT),
    ("head-muted", "head", TEXT),
    ("good-ink", "good-soft", TEXT),
    ("warn-ink", "warn-soft", TEXT),
    ("bad-soft-ink", "bad-soft", TEXT),
    ("bad-soft-ink", "surface", TEXT),
    ("info-ink", "info-soft", TEXT),
    ("plain-ink", "plain-soft", TEXT),
    ("focus", "paper", LINE),
    ("focus", "surface", LINE),
    ("line-strong", "surface", LINE),
    ("head-line", "head", LINE),
    *((("ink", field, TEXT)) for field in FIELDS),
    *(((f"{field}-line", field, LINE)) for field in FIELDS),
]


def colours(scheme: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): #([0-9a-f]{6});", SCHEMES[scheme]))


def luminance(colour: str) -> float:
    def linear(channel: str) -> float:
        value = int(channel, 16) / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(colour[at : at + 2]) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_text_can_be_read_on_its_ground(scheme: str, front: str, back: str, least: float) -> None:
    known = colours(scheme)
    high, low = sorted((luminance(known[front]), luminance(known[back])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= least
