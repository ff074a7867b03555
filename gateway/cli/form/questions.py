"""Turns the rows of an XLSForm into fields: what can be asked by text, what is left out, and what stands in the way."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.cli.form.workbook import Cell, Row, Workbook
from parsers.codebook import form_rules
from parsers.codebook.phrases import expand

SELECT = re.compile(
    r"(select[_ ]one|select1|select[_ ]multiple|select all that apply)(?: from)?\s+(\S+)(?:\s+or[_ ]other)?",
    re.IGNORECASE,
)
MANY = ("select_multiple", "select multiple", "select all that apply")
READERS = {
    "integer": "numbers", "int": "numbers", "decimal": "numbers", "range": "numbers",
    "text": "texts", "string": "texts", "date": "dates", "today's date": "dates",
    "geopoint": "places", "location": "places",
}  # fmt: skip
# What the phone of a survey fills in by itself, what is only shown, and what frames other questions.
SILENT = frozenset(
    ("start", "end", "today", "deviceid", "device id", "phonenumber", "phone number", "username", "simserial",
     "subscriberid", "email", "audit", "calculate", "hidden", "acknowledge", "note", "start-geopoint",
     "background-audio")
)  # fmt: skip
FRAMES = re.compile(r"(begin|end)[_ ]group")
BOUND = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
WORDS = re.compile(r"[^\W\d_]+( [^\W\d_]+)?")
YES = frozenset(("yes", "true", "true()", "1", "oui"))
PLACE_NAMES = frozenset(("place", "lieu", "village", "commune", "localite"))
MOST = 9


@dataclass
class Question:
    """One question: the field it becomes, and the row it stands in."""

    row: Row
    number: int
    name: str
    reader: str
    says: Mapping[str, str]
    labels: list[str]
    list_name: str = ""
    is_list: bool = False
    is_required: bool = False
    bounds: dict[str, float] = field(default_factory=dict)


@dataclass
class Reading:
    """All questions, what is worth knowing about them, and what stands in the way."""

    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[tuple[Cell, str]] = field(default_factory=list)


def read(workbook: Workbook) -> Reading:
    """The questions of the survey sheet."""
    reading = Reading()
    for row in workbook.survey:
        kind = " ".join(row.get("type").lower().split())
        if not kind or kind in SILENT or FRAMES.fullmatch(kind) or row.get("disabled").lower() in YES:
            continue
        _take(reading, row, kind, workbook)
    questions = reading.questions
    if not questions and not reading.faults:
        reading.faults.append((Cell("survey", 1, "type"), "no question of this form can be asked by text"))
    if questions and not any(question.is_required for question in questions):
        questions[0].is_required = True
        reading.notes.append(
            f"no question is required: {questions[0].name!r} is now, or an empty text would be complete"
        )
    return reading


def _take(reading: Reading, row: Row, kind: str, workbook: Workbook) -> None:
    chosen = SELECT.fullmatch(" ".join(row.get("type").split()))
    reader = "choices" if chosen else READERS.get(kind)
    if reader == "texts" and (row.get("name").lower() in PLACE_NAMES or row.get("appearance").lower() == "place"):
        reader = "places"
    if reader is None:
        reading.faults.append(
            (row.cell("type"), f"a question of the type {kind!r} cannot be asked by text; take it out")
        )
        return
    if len(reading.questions) == MOST:
        reading.faults.append((row.cell("name"), "a card has nine lines: this is the tenth question"))
        return
    question = Question(
        row=row,
        number=len(reading.questions) + 1,
        name=_name(row.get("name"), reader, taken={each.name for each in reading.questions}),
        reader=reader,
        says=row.labels(workbook.unnamed_language),
        labels=[],
        list_name=chosen[2] if chosen else "",
        is_list=bool(chosen and chosen[1].lower() in MANY),
        is_required=row.get("required").lower() in YES and not row.get("relevant"),
        bounds=_bounds(reading, row, kind) | _range(row, kind) if reader == "numbers" else {},
    )
    if row.get("relevant") and row.get("required").lower() in YES:
        reading.notes.append(f"{question.name!r} is asked under a condition: it is not required in a text")
    _check(reading, question)
    question.labels = _labels(question, {label for each in reading.questions for label in each.labels})
    reading.questions.append(question)


def _check(reading: Reading, question: Question) -> None:
    row = question.row
    if any(each.name == question.name for each in reading.questions):
        reading.faults.append((row.cell("name"), f"two questions would be called {question.name!r}"))
    if row.get("sms_field") and not WORDS.fullmatch(row.get("sms_field")):
        reading.faults.append(
            (row.cell("sms_field"), f"{row.get('sms_field')!r} must be words without digits: it is typed as a label")
        )


def _bounds(reading: Reading, row: Row, kind: str) -> dict[str, float]:
    """`. >= 0 and . <= 500`; any other condition is for people to look at."""
    constraint = row.get("constraint")
    parts = [part.strip(" ()") for part in re.split(r"\band\b", constraint)] if constraint else []
    found: dict[str, float] = {}
    for part in parts:
        bound = BOUND.fullmatch(part)
        if bound is None:
            reading.notes.append(f"the condition of {row.get('name')!r} was not taken over: {part}")
            continue
        sign, number = bound[1], float(bound[2])
        step = 1 if kind in ("integer", "int") and number == int(number) else 0
        if sign.startswith(">"):
            found["lowest"] = number + (step if sign == ">" else 0)
        else:
            found["highest"] = number - (step if sign == "<" else 0)
    return found


def _range(row: Row, kind: str) -> dict[str, float]:
    """`start=1 end=5` of a question that is a slider on a screen."""
    given = dict(re.findall(r"(start|end)\s*=\s*(-?\d+(?:\.\d+)?)", row.get("parameters"))) if kind == "range" else {}
    return {bound: float(given[name]) for name, bound in (("start", "lowest"), ("end", "highest")) if name in given}


def _name(name: str, reader: str, *, taken: set[str]) -> str:
    """The name that the reader wants of its first field, or the survey's own, made plain."""
    wanted = form_rules.NAMED_READERS.get(reader)
    if wanted and wanted not in taken:
        return wanted
    made = plain(name, longest=28) or "question"
    return f"own_{made}" if made in form_rules.TAKEN or made in form_rules.NAMED_READERS.values() else made


def plain(text: str, *, longest: int) -> str:
    """Small letters, digits and _, beginning with a letter."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    made = re.sub(r"[^a-z0-9]+", "_", decomposed.encode("ascii", "ignore").decode())[:longest].strip("_")
    return made if made[:1].isalpha() else f"c_{made}"[:longest] if made else ""


def _labels(question: Question, taken: set[str]) -> list[str]:
    """What people may type in front of the answer: the survey's own label, or its name and its short questions."""
    given = question.row.get("sms_field")
    wanted = [given] if given else [question.row.get("name").replace("_", " "), *question.says.values()]
    plain_ones = [expand(each)[0] for each in wanted if given or WORDS.fullmatch(each)]
    return [each for each in dict.fromkeys(plain_ones) if given or each not in taken]
