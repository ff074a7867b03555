"""Reads one form: the best readings, settled into values, with every doubt named."""

from collections.abc import Callable
from typing import Final

from parsers import corrections, leftovers, parted
from parsers.assignment import Assigned, assign, with_correction_flags
from parsers.fields import ages, choices, counts, dates, further, places, projects
from parsers.fields.weak import Weak
from parsers.leftovers import Leftover, Located
from parsers.reading import Flag, Reading, Scene
from parsers.worth import NOISE

SETTLED_BY_ONE: Final = frozenset(("projects", "ratings", "numbers", "texts"))


class Outcome:
    """The values and doubts of one form, and which atoms were used for what."""

    __slots__ = ("fields", "located", "readings", "tail", "unread")

    def __init__(self, readings: list[Reading]) -> None:
        self.readings = readings
        self.fields: dict[str, object] = {}
        self.located: list[Located] = []
        self.tail: Leftover | None = None
        self.unread: list[Leftover] = []

    @property
    def needs_check(self) -> bool:
        """Whether any doubt so far is for a person."""
        return "check" in [each.flag.severity for each in self.located]

    def flag(self, flag: Flag, first: int, last: int, name: str | None = None) -> None:
        """Notes a doubt about some atoms."""
        if not any(each.says(flag, first, last, name) for each in self.located):
            self.located.append(Located(flag, first, last, name))


def read(scene: Scene, *, demand: bool = True) -> Outcome:
    """Reads the scene as its form; `demand` says whether the required fields must be there."""
    assigned = assign(scene)
    if corrections.correct(scene, assigned):
        assigned = assign(scene)
    if assigned.unread and parted.rejoin(scene, assigned):
        assigned = assign(scene)
    outcome = Outcome(assigned.readings)
    members = _members(outcome, scene)
    for name in scene.form.by_name:
        if name in members:
            _settle(scene, outcome, name, members[name])
    outcome.located += leftovers.denials(scene, assigned)
    outcome.located += leftovers.questions(scene, assigned.readings)
    outcome.located += leftovers.bounded(scene, assigned.readings)
    outcome.located += leftovers.dangling(scene, assigned.readings)
    outcome.located += leftovers.glued_letters(scene, assigned)
    outcome.located += leftovers.broken(scene, assigned.readings)
    if demand:
        _missing(scene, outcome, assigned.unread)
    _leftovers(scene, outcome, assigned)
    return outcome


def _members(outcome: Outcome, scene: Scene) -> dict[str, list[Reading]]:
    """The readings of each field, those under a label one by one."""
    members: dict[str, list[Reading]] = {}
    mended = bool(scene.corrected) or bool(scene.tokens.repaired)
    for reading in outcome.readings:
        name = reading.field
        if name == NOISE:
            continue
        if not (reading.labelled or reading.flags or mended):
            members.setdefault(name, []).append(reading)
            continue
        several = reading.labelled and isinstance(reading.value, tuple) and reading.field != "note"
        inner = reading.value if several and isinstance(reading.value, tuple) else (reading,)
        for each in inner:
            for flag in with_correction_flags(scene, each):
                outcome.flag(flag, each.first, each.last, each.field)
            if each.field != "note":
                members.setdefault(each.field, []).append(each)
    return members


def _settle(scene: Scene, outcome: Outcome, name: str, readings: list[Reading]) -> None:
    field = scene.form.by_name[name]
    settler = SETTLERS.get(further.FIRST[field.reader] if further.is_further(field) else name)
    if settler:
        values, flags = settler(scene, readings)
        if further.is_further(field):
            values, flags = further.settled(values, flags, field)
        elif len(readings) > 1:
            flags = [*flags, *further.in_doubt(scene.form, name, readings)]
    elif field.is_list:
        several, flags = choices.settle_list(name, readings)
        values = {name: several} if several else {}
    else:
        one, flags = projects.settle(readings) if field.reader in SETTLED_BY_ONE else choices.settle_one(name, readings)
        values = {name: one} if one is not None else {}
    outcome.fields.update(values)
    if flags:
        first, last = readings[0].first, readings[-1].last
        for flag in flags:
            outcome.flag(flag, first, last, name)
    if name == "children":
        _check_victims(scene, outcome, readings[0].first, readings[-1].last)
        if flags:
            _check_repeats(outcome, flags, readings[-1])


def _children(scene: Scene, readings: list[Reading]) -> tuple[dict[str, object], list[Flag]]:
    values, flags = counts.settle(readings, scene.language)
    if len(readings) > 1 and values and counts.may_add_up(scene, readings):
        return {}, [*flags, Flag("ambiguous_children")]
    return values, flags


def _needs(_scene: Scene, readings: list[Reading]) -> tuple[dict[str, object], list[Flag]]:
    values, flags = choices.settle_list("needs", readings)
    others = [value for value in values if value != "urgent"]
    fields: dict[str, object] = {"urgent": True} if "urgent" in values else {}
    return (fields | {"needs": others} if others else fields), flags


def _contradicted(name: str, readings: list[Reading]) -> list[Flag]:
    """A list said under its label and differently elsewhere is said twice, not one list."""
    labelled = {each.value for each in readings if each.labelled and each.value is not None}
    elsewhere = {each.value for each in readings if not each.labelled and each.value is not None}
    return [Flag(f"conflicting_{name}")] if labelled and elsewhere - labelled else []


def _violations(scene: Scene, readings: list[Reading]) -> tuple[dict[str, object], list[Flag]]:
    values, flags = choices.settle_list("violation", readings)
    if len(values) > 1 and any(_may_be_other(scene, each) for each in readings):
        flags.append(Flag("ambiguous_violation", detail=" ".join(values)))
    flags += _contradicted("violation", readings)
    return ({"violation": values} if values else {}), flags


def _may_be_other(scene: Scene, reading: Reading) -> bool:
    """Whether a bare number may be a count, or a bare code the name of a place, now that another violation is named."""
    if reading.labelled or reading.last != reading.first + 1 or reading.value is None:
        return False
    if scene.kinds[reading.first] == "n":
        return reading.first == scene.start
    return bool(scene.book.places.exact(scene.words[reading.first]))


def _parties(scene: Scene, readings: list[Reading]) -> tuple[dict[str, object], list[Flag]]:
    """`hommes armés du JNIM`, `soldats de la CMA`: a party named beside a kind of armed men is meant instead."""
    named = [each for each in readings if each.value is not None and not isinstance(each.value, Weak)]
    kept = [
        each
        for each in readings
        if not (isinstance(each.value, Weak) and any(_beside(scene, each, one) for one in named))
    ]
    values, flags = choices.settle_list("party", kept)
    if "unidentified" in values and len(values) > 1:
        flags.append(Flag("ambiguous_party", detail=" ".join(values)))
    flags += _contradicted("party", kept)
    return ({"party": values} if values else {}), flags


def _beside(scene: Scene, left: Reading, right: Reading) -> bool:
    """Whether only small words stand between two readings."""
    first, last = min(left.last, right.last), max(left.first, right.first)
    return all(scene.kinds[at] != "n" and scene.words[at] in scene.book.between for at in range(first, last))


Settled = tuple[dict[str, object], list[Flag]]
SETTLERS: Final[dict[str, Callable[[Scene, list[Reading]], Settled]]] = {
    "children": _children,
    "place": places.settle,
    "violation": _violations,
    "party": _parties,
    "age": ages.settle,
    "date": dates.settle,
    "needs": _needs,
}


def _check_victims(scene: Scene, outcome: Outcome, first: int, last: int) -> None:
    """No victim at all is impossible where victims are counted."""
    numbers = [outcome.fields.get(sex) for sex in ("boys", "girls", "unknown")]
    if any(numbers) or None in numbers or not _needs_count(scene, outcome):
        return
    for name in ("boys", "girls", "unknown", "children_approximate"):
        outcome.fields.pop(name, None)
    outcome.flag(Flag("out_of_range_children"), first, last, "children")


def _check_repeats(outcome: Outcome, flags: list[Flag], last: Reading) -> None:
    """`1 garçon tué, 1 garçon blessé`: with two violations the same number twice may be other children."""
    violations = outcome.fields.get("violation")
    if isinstance(violations, list) and len(violations) > 1 and any(f.code == "repeated_children" for f in flags):
        outcome.flag(Flag("ambiguous_children"), last.first, last.last, "children")


def _needs_count(scene: Scene, outcome: Outcome) -> bool:
    violations = outcome.fields.get("violation")
    if not isinstance(violations, list) or not violations:
        return True
    return any(value in scene.book.counted_by_victims for value in violations)


def _missing(scene: Scene, outcome: Outcome, unread: list[int]) -> None:
    """Required fields that nobody read; one already in doubt is not missing too."""
    doubted = {each.field for each in outcome.located if each.flag.severity == "check"}
    for name in scene.form.required:
        given = scene.form.by_name[name].parts[0]
        if given in outcome.fields or name in doubted or (name == "needs" and "urgent" in outcome.fields):
            continue
        if name == "children" and not _needs_count(scene, outcome):
            continue
        offered = corrections.offered(scene, unread) if name == "place" else ""
        code = f"unknown_{name}" if offered else f"missing_{name}"
        outcome.flag(Flag(code, detail=offered), scene.start, scene.start, name)


def _leftovers(scene: Scene, outcome: Outcome, assigned: Assigned) -> None:
    """Words at the end of a full report become its note; all others are for a person."""
    runs = leftovers.find(scene, assigned)
    used = leftovers.covered(outcome.readings, noise=True) if runs else set()
    for run in runs:
        is_note = run.is_tail and not outcome.needs_check and leftovers.is_story(scene, run, used)
        is_note = is_note and not leftovers.is_answer(scene, run, outcome.fields)
        if run.is_tail:
            outcome.tail = run
        else:
            outcome.unread.append(run)
        outcome.flag(Flag("unread", "note" if is_note else "check"), run.first, run.last)
        if is_note:
            _doubt_story(outcome)
            _doubt_answer(scene, outcome)


def _doubt_story(outcome: Outcome) -> None:
    """`JNIM VU, FAMA sont arrivés après`: a second value that opens the story may not be one."""
    for name in ("party", "violation"):
        places = [(each.first, each.last) for each in outcome.readings if each.field == name and not each.labelled]
        values = outcome.fields.get(name)
        if places and isinstance(values, list) and len(values) > 1 and places[-1][1] == _closing(outcome):
            outcome.flag(Flag(f"ambiguous_{name}", detail=" ".join(values)), *places[-1], name)


def _doubt_answer(scene: Scene, outcome: Outcome) -> None:
    """`RVC GAO-22-014 l'eau coule bien`: in a survey a bare word that opens the story may be no answer."""
    if not leftovers.is_survey(scene):
        return
    for each in outcome.readings:
        field = scene.form.by_name.get(each.field)
        if each.last == _closing(outcome) and field and field.reader == "choices" and not each.labelled:
            outcome.flag(Flag(f"ambiguous_{each.field}"), each.first, each.last, each.field)


def _closing(outcome: Outcome) -> int:
    return max((each.last for each in outcome.readings if each.field != NOISE), default=-1)
