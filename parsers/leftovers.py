"""What nobody read: words before the end, denials, and the story at the end that becomes the note."""

from typing import Final

from parsers.assignment import Assigned
from parsers.codebook.phrases import Node
from parsers.reading import Flag, Reading, Scene
from parsers.tokens import WORD
from parsers.worth import NOISE

NEAR: Final = 3
SHORT_TAIL: Final = 2
SHORTEST_CODE: Final = 2
PHONE_DIGITS: Final = 8
LONGEST_HALF: Final = 3  # words of a phrase on either side of a comma
SMALL: Final = frozenset(("small",))
FAREWELL: Final = frozenset(("thanks",))
DENIED_BEFORE: Final = frozenset(
    ("violation", "violation_weak", "children", "party", "how", "threat", "needs", "functional")
)
DENIED_AFTER: Final = frozenset(("violation", "children", "how", "threat"))


class Leftover:
    """A run of atoms that were not read; `is_tail` when nothing but noise follows."""

    __slots__ = ("first", "is_tail", "last")

    def __init__(self, first: int, last: int, *, is_tail: bool) -> None:
        self.first = first
        self.last = last
        self.is_tail = is_tail


class Located:
    """A flag and the atoms it is about."""

    __slots__ = ("field", "first", "flag", "last")

    def __init__(self, flag: Flag, first: int, last: int, field: str | None = None) -> None:
        self.flag = flag
        self.first = first
        self.last = last
        self.field = field

    def says(self, flag: Flag, first: int, last: int, field: str | None) -> bool:
        """Whether it is this doubt about these atoms."""
        return self.first == first and self.last == last and self.field == field and self.flag == flag


def find(scene: Scene, assigned: Assigned) -> list[Leftover]:
    """The runs of unread words and numbers, with the noise inside the last one."""
    readings = assigned.readings
    closing = last_read(scene, readings)
    runs: list[Leftover] = []
    for at in assigned.unread:
        is_tail = at >= closing
        if runs and runs[-1].is_tail == is_tail and (is_tail or _only_noise_between(readings, runs[-1].last, at)):
            runs[-1] = Leftover(runs[-1].first, at + 1, is_tail=is_tail)
        else:
            runs.append(Leftover(at, at + 1, is_tail=is_tail))
    return runs


def covered(readings: list[Reading], *, noise: bool) -> set[int]:
    """The atoms of all readings, with or without those of noise."""
    return {at for each in readings if noise or each.field != NOISE for at in range(each.first, each.last)}


def last_read(scene: Scene, readings: list[Reading]) -> int:
    """The atom after the last one that gave a value."""
    last = -1
    for each in readings:
        if each.last > last and each.field != NOISE:
            last = each.last
    return scene.start if last < 0 else last


def _only_noise_between(readings: list[Reading], first: int, last: int) -> bool:
    return not any(each.field != NOISE and first <= each.first < last for each in readings)


def denials(scene: Scene, assigned: Assigned) -> list[Located]:
    """`pas de mort`, `recrutés non`, `fausse alerte`: what was read may be the opposite of what is meant."""
    found = []
    for at in assigned.unread:
        if not scene.said[at]:
            continue
        doubt = scene.hear(at, "doubt")
        denial = scene.hear(at, "negation")
        if doubt:
            found.append(Located(Flag("negated", detail=scene.words[at]), at, doubt[0]))
        elif denial and _denies(scene, assigned.readings, at, denial[0]):
            found.append(Located(Flag("negated", detail=scene.words[at]), at, denial[0]))
    return found


def questions(scene: Scene, readings: list[Reading]) -> list[Located]:
    """`Gao?`: a question mark right behind a value asks rather than tells."""
    if "?" not in scene.tokens.text:
        return []
    return [
        Located(Flag(f"ambiguous_{each.field}", detail="?"), each.first, each.last, each.field)
        for each in readings
        if each.field not in (NOISE, "note") and scene.glued_words[each.last] == "?"
    ]


def glued_letters(scene: Scene, assigned: Assigned) -> list[Located]:
    """`L5/11`: a letter typed onto a day may be one of its digits."""
    return [
        Located(Flag("ambiguous_date", detail=scene.words[each.first - 1]), each.first - 1, each.last, "date")
        for each in assigned.readings
        if each.field == "date" and not each.labelled and _is_letter_before(scene, each.first)
        if each.first - 1 not in assigned.unread
    ]


def _is_letter_before(scene: Scene, at: int) -> bool:
    return at > scene.start and scene.glued[at] == WORD and len(scene.words[at - 1]) == 1


def broken(scene: Scene, readings: list[Reading]) -> list[Located]:
    """`hommes, armés`: a phrase that a comma or a new line takes apart, of which no word gave a value."""
    words = scene.words
    if "," not in scene.tokens.text and "\n" not in scene.tokens.text:
        return []
    ends = [
        at
        for at in range(scene.start + 1, scene.end)
        if words[at] == "," or (scene.new_line[at] and scene.kinds[at - 1] == "w")
    ]
    if not ends:
        return []
    used = covered(readings, noise=False)
    found = [(first, last, name) for at in ends for first, last, name in _across(scene, at)]
    return [
        Located(Flag(f"ambiguous_{name}", detail=" ".join(scene.words[first:last])), first, last, name)
        for first, last, name in found
        if used.isdisjoint(range(first, last))
    ]


def _across(scene: Scene, at: int) -> list[tuple[int, int, str]]:
    """The phrases of two words or more that would hold but for what parts them here, and their fields."""
    after = at + 1 if scene.words[at] == "," else at
    found = []
    for first in range(max(scene.start, at - LONGEST_HALF), at):
        node: Node | None = scene.form.phrases.root
        for here in (*range(first, at), *range(after, min(after + LONGEST_HALF, scene.end))):
            node = node.steps.get(scene.words[here]) if node and scene.kinds[here] == "w" else None
            if node is None:
                break
            if here >= after:
                found += [(first, here + 1, name) for name in _fields(scene, node)]
    return found


def _fields(scene: Scene, node: Node) -> list[str]:
    owners = scene.form.choice_tables
    names = [owners.get(meaning.table) or ("date" if meaning.table == "day" else "") for meaning in node.meanings]
    return [name for name in dict.fromkeys(names) if name in scene.form.by_name]


def dangling(scene: Scene, readings: list[Reading]) -> list[Located]:
    """`... HANI au`: a small word that ends the text leads nowhere, and may be a misspelt code."""
    if not readings or readings[-1].field != NOISE or readings[-1].last != scene.end:
        return []
    first, last = readings[-1].first, readings[-1].last
    is_small = last == first + 1 and scene.says(first, SMALL)
    return [Located(Flag("unread"), first, last)] if is_small and scene.form.near_codes(scene.words[first]) else []


def _denies(scene: Scene, readings: list[Reading], at: int, last: int) -> bool:
    for each in readings:
        if each.field in DENIED_BEFORE and last <= each.first and _words(scene, last, each.first) <= NEAR:
            return True
        if each.field in DENIED_AFTER and each.last <= at and _words(scene, each.last, at) == 0:
            return True
    return False


def _words(scene: Scene, first: int, last: int) -> int:
    return sum(kind != "s" for kind in scene.kinds[first:last])


def is_story(scene: Scene, tail: Leftover, used: set[int]) -> bool:
    """Whether words at the end can be a note: several, no numbers, and none that may be a misspelt code."""
    unread = [at for at in range(tail.first, tail.last) if scene.kinds[at] != "s" and at not in used]
    words = _words(scene, tail.first, tail.last) + _signs_off(scene, tail.first)
    if words < SHORT_TAIL or any(scene.kinds[at] == "n" and not _is_phone(scene, at, tail.last) for at in unread):
        return False
    suspects = unread if words <= SHORT_TAIL + 1 else unread[:1]
    return not any(is_near_code(scene, scene.words[at]) for at in suspects)


def _signs_off(scene: Scene, at: int) -> bool:
    """Whether a farewell stands before the last words: what follows is a name."""
    return any(scene.says(before, FAREWELL) for before in range(max(scene.start, at - NEAR), at))


def _is_phone(scene: Scene, at: int, last: int) -> bool:
    """Whether a number is a telephone number, in one piece or in pairs."""
    first = at
    while first - 1 >= scene.start and scene.kinds[first - 1] == "n":
        first -= 1
    while at < last and scene.kinds[at] == "n":
        at += 1
    return sum(len(scene.words[each]) for each in range(first, at)) >= PHONE_DIGITS


def is_near_code(scene: Scene, word: str) -> bool:
    """Whether a word may be a misspelt short code, which nobody corrects."""
    if word in scene.book.ordinary_in.get(scene.language or "fr", scene.book.ordinary):
        return False
    return len(word) < SHORTEST_CODE or bool(scene.form.near_codes(word))
