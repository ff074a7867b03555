"""Lays the text of a card out on its faces: the largest type at which all of it stands on one, else on two at 8 pt."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import reportlab
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from gateway.cli.card.content import Card, Line
from gateway.errors import Invalid
from gateway.texts import gsm

WIDTH, HEIGHT = 105 * mm, 148.5 * mm  # a quarter of an A4 sheet, an eighth of an A3 sheet
INSET = 7 * mm  # beyond what office printers leave white at the edge
LARGEST, SMALLEST, STEP = 10.5, 8.0, 0.25
LEADING, GAP = 1.24, 0.42
NUMBER_COLUMN, HEADING_COLUMN = 1.5, 5.7
PLAIN, BOLD = "Vera", "VeraBd"
MOST_FACES = 2


@dataclass(frozen=True)
class Run:
    """Letters of one kind: where they stand, in what size, and what they are."""

    x: float
    y: float
    text: str
    size: float
    font: str = PLAIN
    is_white: bool = False


@dataclass(frozen=True)
class Band:
    """A filled bar behind the heading, or a hairline."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Face:
    """One side of a card, measured from its lower left corner."""

    runs: tuple[Run, ...]
    bands: tuple[Band, ...]


Word = tuple[str, str]
Block = list[list[Run]]


def lay_out(card: Card) -> list[Face]:
    """The faces of a card."""
    _open_fonts()
    steps = int((LARGEST - SMALLEST) / STEP) + 1
    for size in (LARGEST - STEP * step for step in range(steps)):
        faces = _paged(card, size)
        if len(faces) == 1:
            return faces
    if len(faces) > MOST_FACES:
        raise Invalid("card", f"the form is too long: at {SMALLEST:g} pt it takes {len(faces)} faces")
    return faces


def _open_fonts() -> None:
    """Bitstream Vera, which comes with the library and may be embedded by anybody."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (PLAIN, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))


def _paged(card: Card, size: float) -> list[Face]:
    """Fills face after face; a line of the card is never torn apart."""
    faces: list[list[Run]] = [[]]
    bottom = HEIGHT - INSET - size * 2.6
    y = bottom
    for block in _blocks(card, size):
        height = len(block) * size * LEADING
        if y - height < INSET and faces[-1]:
            faces.append([])
            y = bottom
        for row in block:
            y -= size * LEADING
            faces[-1] += [Run(run.x, y, run.text, run.size, run.font) for run in row]
        y -= size * GAP
    return [_face(card, runs, size, at + 1, len(faces)) for at, runs in enumerate(faces)]


def _face(card: Card, runs: list[Run], size: float, side: int, sides: int) -> Face:
    """The heading: what to begin with, white on black, and what the card is called."""
    height = size * 2.1
    base = HEIGHT - INSET - height
    band = Band(INSET, base, WIDTH - 2 * INSET, height)
    keyword = Run(INSET + size * 0.5, base + size * 0.58, card.keywords[0], size * 1.5, BOLD, is_white=True)
    room = band.width - size * 1.5 - _width(card.keywords[0], BOLD, size * 1.5)
    told = card.words["side"].format(side=side, sides=sides) if sides > 1 else _fitting(_plain(card.title), room, size)
    title = Run(
        band.x + band.width - size * 0.5 - _width(told, PLAIN, size), base + size * 0.7, told, size, PLAIN, True
    )
    return Face((keyword, title, *runs), (band,))


def _fitting(text: str, room: float, size: float) -> str:
    """A title that is too long ends in three points."""
    if _width(text, PLAIN, size) <= room:
        return text
    while text and _width(f"{text}…", PLAIN, size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _blocks(card: Card, size: float) -> Iterator[Block]:
    others = f" {card.words['or']} ".join(card.keywords[1:])
    begin = [(f"{card.words['begin']} ", PLAIN), (card.keywords[0], BOLD)]
    yield _wrapped([*begin, *([(f" ({card.words['or']} {others})", PLAIN)] if others else [])], INSET, size)
    if card.is_for_training:
        yield _wrapped([(card.words["training"], BOLD)], INSET, size)
    for line in card.lines:
        yield _line(line, size)
    required = ", ".join(str(line.number) for line in card.lines if line.is_required)
    yield _wrapped([(card.words["required"] + card.words["colon"], PLAIN), (required, BOLD)], INSET, size)
    example = _wrapped([(card.words["example"] + card.words["colon"], PLAIN)], INSET, size)
    yield [*example, *_wrapped([(card.example, BOLD)], INSET, size)]
    for note in card.notes:
        yield _wrapped([(note, PLAIN)], INSET, size)


def _line(line: Line, size: float) -> Block:
    """The number, what is asked, and beside them the codes in bold."""
    at_heading = INSET + NUMBER_COLUMN * size
    at_values = at_heading + HEADING_COLUMN * size
    heading = _plain(line.asks)
    number = Run(INSET, 0, str(line.number), size, BOLD)
    if _width(heading, PLAIN, size) > at_values - at_heading - size * 0.3:
        first = _wrapped([(heading, PLAIN)], at_heading, size)
        rows = [*first, *_values(line, at_heading + size, size)]
    else:
        rows = _values(line, at_values, size)
        rows[0] = [Run(at_heading, 0, heading, size), *rows[0]]
    rows[0] = [number, *rows[0]]
    return rows


def _values(line: Line, x: float, size: float) -> Block:
    """The codes one after the other; with their meanings, in two columns where they fit."""
    words: list[Word] = []
    if any(choice.means for choice in line.choices) and (table := _table(line, x, size)):
        return table
    for at, choice in enumerate(line.choices):
        # A code and its number stay together, and so does what it means.
        words.append((choice.typed.replace(" ", "\u00a0"), BOLD))
        words += [(f" {choice.means}", PLAIN)] if choice.means else []
        words += [("\u00a0· ", PLAIN)] if at + 1 < len(line.choices) else []
    return _wrapped(words or [(line.hint, PLAIN)], x, size)


def _table(line: Line, x: float, size: float) -> Block:
    """Codes and meanings in two columns, read downwards; nothing when a meaning is too long for its column."""
    half = (WIDTH - INSET - x) / 2
    rows: Block = [[] for _ in range((len(line.choices) + 1) // 2)]
    for at, choice in enumerate(line.choices):
        left = x + half * (at // len(rows))
        typed, means = _plain(choice.typed), _plain(choice.means)
        after = left + _width(f"{typed} ", BOLD, size)
        if after + _width(means, PLAIN, size) > left + half:
            return []
        rows[at % len(rows)] += [Run(left, 0, typed, size, BOLD), Run(after, 0, means, size)]
    return rows


def _wrapped(words: list[Word], x: float, size: float) -> Block:
    """Breaks at blanks; a word that is wider than the card is cut."""
    rows: Block = [[]]
    here, right = x, WIDTH - INSET
    for text, font in words:
        for part in _pieces(_plain(text), font, right - x, size):
            width = _width(part, font, size)
            if rows[-1] and part[0] != "\u00a0" and here + _width(part.rstrip(), font, size) > right:
                rows.append([])
                here, part = x, part.lstrip(" ")
                width = _width(part, font, size)
            if part.strip(" "):
                rows[-1].append(Run(here, 0, part.replace("\u00a0", " "), size, font))
            here += width if rows[-1] else 0
    return rows


def _pieces(text: str, font: str, room: float, size: float) -> Iterator[str]:
    """Words, each with the blank behind it."""
    for word in text.replace(" ", " \n").split("\n"):
        piece = ""
        for letter in word:
            if _width(piece + letter, font, size) > room:
                yield piece
                piece = ""
            piece += letter
        if piece:
            yield piece


def _plain(text: str) -> str:
    """A letter that the type does not have is written the way people text it."""
    glyphs = pdfmetrics.getFont(PLAIN).face.charToGlyph
    return "".join(letter if letter == "\u00a0" or ord(letter) in glyphs else gsm.fold(letter) for letter in text)


def _width(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))
