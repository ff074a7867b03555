"""Noise that loses nothing: whoever reads with care still finds the whole report."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.noise import vocabulary
from tests.noise.report import Report, draw
from tests.noise.writing import aged, card, counted, in_words, line, parts, plain


@dataclass(frozen=True)
class Noised:
    """A text, the report it came from, and what the noise changed about the truth."""

    text: str
    report: Report
    language: str = "fr"
    note: str = ""
    is_training: bool = False


Noise = Callable[[Random], Noised]


def as_on_the_card(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng), report)


def small_letters(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng).lower(), report)


def capitals(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(line(report, parts(report, rng) | _words(report, rng)).upper(), report)


def one_sentence(rng: Random) -> Noised:
    """A capital and a full stop, which telephones set by themselves."""
    report = draw(rng)
    return Noised(f"{card(report, rng).capitalize()}.", report)


def words_for_codes(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng, **_words(report, rng), place=report.place), report)


def a_sentence(rng: Random) -> Noised:
    """As people talk: the small words stand between the fields."""
    report = draw(rng, counted=True)
    found = {"children": in_words(report), **_words(report, rng)} if rng.random() < 0.5 else _turned(report, rng)
    if report.age:
        found["age"] = aged(report, " ans")
    said = parts(report, rng)
    found["place"] = rng.choice(("à ", "dans le village de ", "a ")) + report.place
    found["date"] = "le " + rng.choice((said["date"], f"{report.day.day} {vocabulary.MONTHS[report.day.month - 1]}"))
    found["party"] = rng.choice(("par ", "par les ")) + said["party"]
    if report.source:
        found["source"] = said["source"]
    return Noised(line(report, found), report)


def code_and_training(rng: Random) -> Noised:
    """A personal code in front, or the word for training."""
    report = draw(rng)
    if rng.random() < 0.5:
        return Noised(f"@{rng.randint(1000, 9999)} {card(report, rng)}", report)
    return Noised(f"{rng.choice(('TEST', 'test', 'Test'))} {card(report, rng)}", report, is_training=True)


def commas_without_blanks(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(line(report, parts(report, rng), joined=","), report)


def other_separators(rng: Random) -> Noised:
    report = draw(rng)
    joined = rng.choice((";", " ; ", "*", "#", " | ", " # ", "+", "_", " - ", "; ", "/ "))
    return Noised(line(report, parts(report, rng), joined=joined), report)


def new_lines(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(line(report, parts(report, rng), joined=rng.choice(("\n", "\r\n", "\n\n", " \n"))), report)


def stray_blanks(rng: Random) -> Noised:
    report = draw(rng)
    words = card(report, rng).split(" ")
    return Noised(rng.choice(("", " ", "  ")) + "".join(word + " " * rng.randint(1, 4) for word in words), report)


def greeting_first(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(f"{rng.choice(vocabulary.GREETINGS)} {card(report, rng)}", report)


def thanks_last(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng) + rng.choice((" ", ". ", ", ")) + rng.choice(vocabulary.CLOSINGS), report)


def short_words(rng: Random) -> Noised:
    """bjr, ds, svp, hier swar: as people save letters."""
    report = replace(draw(rng), days_ago=rng.choice((0, 1, 1, 2)))
    day = {0: ("ajd", "auj", "ce matin"), 1: ("hier swar", "hier", "hier soir"), 2: ("avant hier", "av hier")}
    found = parts(report, rng)
    found["place"] = rng.choice(("ds ", "a ", "")) + found["place"]
    found["date"] = rng.choice(day[report.days_ago])
    if "party" in found:
        found["party"] = rng.choice(("par ", "")) + found["party"]
    return Noised(
        rng.choice(("bjr ", "slt ", "")) + line(report, found).lower() + rng.choice((" svp", " mrc", "")), report
    )


def a_story_after(rng: Random) -> Noised:
    report = draw(rng)
    return Noised(card(report, rng) + rng.choice((" ", ". ", ", ")) + rng.choice(vocabulary.STORIES), report)


def a_note(rng: Random) -> Noised:
    """Behind // everything is the note, whatever words stand there."""
    report, note = draw(rng), rng.choice(vocabulary.NOTES)
    return Noised(card(report, rng) + rng.choice((" // ", "//", " //")) + note, report, note=note)


def forwarded(rng: Random) -> Noised:
    report = draw(rng)
    text = card(report, rng)
    return Noised(rng.choice((f"Fwd: {text}", f"Tr: {text}", f"FW: {text}", f'"{text}"', f"« {text} »")), report)


def invisible_and_alike(rng: Random) -> Noised:
    """What some telephones and copied texts put in: other alphabets, hard blanks, marks nobody sees."""
    report = draw(rng)
    text = card(report, rng)
    alike = dict(zip("AEOCPBHKMTXaeocpx", "АЕОСРВНКМТХаеосрх", strict=True))
    full = {str(digit): chr(ord("０") + digit) for digit in range(10)}
    way = rng.randrange(4)
    if way == 0:
        return Noised("".join(alike.get(letter, letter) if rng.random() < 0.3 else letter for letter in text), report)
    if way == 1:
        return Noised("".join(full.get(letter, letter) for letter in text), report)
    if way == 2:
        at = rng.randrange(len(text))
        return Noised(text[:at] + rng.choice("\u200b\u200d\ufeff\u00ad\u2060") + text[at:], report)
    return Noised(text.replace(" ", rng.choice("\u00a0\u202f\u2003")), report)


def letters_for_digits(rng: Random) -> Noised:
    report = draw(rng, counted=True)
    report = replace(report, unknown=0, boys=rng.choice((10, 11, 12, 20)), girls=rng.choice((0, 0, 3)))
    count = counted(report)
    count = count.replace("0", rng.choice("Oo"), 1) if "0" in count else count.replace("1", rng.choice("lI"), 1)
    return Noised(card(report, rng, children=count), report)


def units_written_out(rng: Random) -> Noised:
    report = draw(rng, counted=True)
    text = plain(in_words(report, joined=rng.choice((" ", " et "))))
    letter_first = " ".join(f"{letter}{number}" for letter, number in _by_letter(report))
    changed = {"children": rng.choice((text, text.replace(" garc", "garc").replace(" fill", "fill"), letter_first))}
    if report.age:
        changed["age"] = aged(report, rng.choice((" ans", "ans", "  ans")))
    return Noised(card(report, rng, **changed), report)


def numbers_in_words(rng: Random) -> Noised:
    report = draw(rng, counted=True)
    report = replace(report, unknown=min(report.unknown, 12))
    text = in_words(report, numbers=tuple(vocabulary.NUMBERS), joined=rng.choice((" et ", " ", " + ")))
    return Noised(card(report, rng, children=text), report)


def other_order(rng: Random) -> Noised:
    report = draw(rng)
    found = list(parts(report, rng).items())
    rng.shuffle(found)
    return Noised(line(report, dict(found)), report)


def labels_by_number(rng: Random) -> Noised:
    report = draw(rng, kind="incident")
    signs = rng.choice(("=", ":", " = ", ": "))
    found = parts(report, rng)
    if rng.random() < 0.5:
        found["what"] = str(vocabulary.NUMBER[report.what])
    said = {field: f"{vocabulary.FIELD_NUMBERS[field]}{signs}{text}" for field, text in found.items()}
    return Noised(line(report, said, joined=rng.choice((" ", ", ", "\n"))), report)


def labels_by_name(rng: Random) -> Noised:
    report = draw(rng)
    signs = rng.choice((":", "=", ": ", " : "))
    said = {}
    for field, text in parts(report, rng).items():
        label = vocabulary.LABELS[field]
        said[field] = f"{label if isinstance(label, str) else label[report.kind]}{signs}{text}"
    return Noised(line(report, said, joined=rng.choice((" ", ", ", "\n", "; "))), report)


def glued(rng: Random) -> Noised:
    report = draw(rng, counted=True)
    found = parts(report, rng)
    way = rng.randrange(3)
    if way == 0:
        found["what"] += found.pop("children")
    elif way == 1:
        found["children"] += found.pop("age", "")
    else:
        found["place"] += found.pop("date")
    return Noised(line(report, found), report)


def _by_letter(report: Report) -> list[tuple[str, int]]:
    numbers = {"G": report.boys, "F": report.girls, "E": report.unknown}
    return [(letter, number) for letter, number in numbers.items() if number]


def _turned(report: Report, rng: Random) -> dict[str, str]:
    """The word before the children it happened to."""
    return {**_words(report, rng), "children": rng.choice(("de ", "")) + in_words(report)}


def _words(report: Report, rng: Random) -> dict[str, str]:
    return {"what": rng.choice(vocabulary.WHAT[report.kind][report.what][1])}
