"""The only automatic answers there are: fixed texts per language, with a reference and line numbers of the card.

Whatever else is handed in is refused, so that nothing a person wrote can come back on a phone that was taken away.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache
from pathlib import Path
from string import Formatter

from gateway.errors import LakanaError
from gateway.texts import gsm
from parsers.references import is_reference, normalise

_FOLDER = Path(__file__).parent
_OWN = "replies.toml"
_AND = "and"
_FALLBACK = "fr"
_CARD_LINES = range(1, 10)
_CODE = re.compile(r"[A-Z0-9/+=.,-]+")
_NUMBER = re.compile(r"\+?[0-9]{3,15}")


class ReplyKind(StrEnum):
    """What a reply is about; its value is the key in the files."""

    COMPLETE = auto()
    MISSING = auto()
    READBACK = auto()
    NEUTRAL = auto()  # for a word of help, a question about a report, and any word after STOP: one line for all
    HELP_FORM = auto()
    UNREADABLE = auto()
    ALERT = auto()
    COMPLAINT = auto()
    COMPLAINT_NUMBER = auto()
    STOPPED = auto()
    STARTED = auto()
    LANGUAGE = auto()
    TEST = auto()
    TEST_MISSING = auto()
    SEVERAL = auto()  # for a message of several reports: one reply that names them all
    SEVERAL_MISSING = auto()
    SEVERAL_ALERT = auto()


class ReplyRefused(LakanaError):
    """A reply was asked for with something in it that no reply may carry, or without what it needs."""

    code = "reply_refused"


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language."""

    texts: Mapping[ReplyKind, str]
    word_and: str


def reply(
    kind: ReplyKind,
    language: str,
    *,
    reference: str | None = None,
    fields: Sequence[int] = (),
    own: Path | None = None,
) -> str:
    """The text for this kind, with exactly the variables it uses; an unknown language gets French.

    `own` is a deployment's codebook folder, whose replies go before ours.
    """
    given: dict[str, str] = {}
    if reference is not None:
        given["reference"] = _issued(reference)
    if fields:
        lines = [str(line) for line in sorted({_card_line(field) for field in fields})]
        given["fields"] = _listed(lines, _of(language, own).word_and)
        given["answers"] = " ".join(f"{line} ..." for line in lines)
    return _filled(kind, language, given, own)


def readback(language: str, *, reference: str, codes: Sequence[tuple[int, str]], own: Path | None = None) -> str:
    """What was understood, in codes, for senders set to it; the plain receipt when it would not fit one message."""
    written = []
    for line, code in codes:
        if not _CODE.fullmatch(code):
            raise ReplyRefused("a read-back holds codes of the card only")
        written.append(f"{_card_line(line)}={code}")
    given = {"reference": _issued(reference)} | ({"codes": " ".join(written)} if written else {})
    text = _filled(ReplyKind.READBACK, language, given, own)
    room = gsm.septets(text)
    if room is None or room > gsm.ONE_PART:
        return reply(ReplyKind.COMPLETE, language, reference=reference, own=own)
    return text


def several(
    kind: ReplyKind, language: str, *, lacking: Sequence[tuple[str, Sequence[int]]], own: Path | None = None
) -> str:
    """Each reference with the lines of the card that its report lacks: of those as many as fit one message."""
    if not lacking or (kind is ReplyKind.SEVERAL_MISSING and not any(lines for _, lines in lacking)):
        raise ReplyRefused(f"the reply {kind} names references, and what each lacks")
    word_and = _of(language, own).word_and
    given = {"references": _listed([_issued(reference) for reference, _ in lacking], word_and)}
    asked = [
        (reference, [str(_card_line(line)) for line in sorted(set(lines))]) for reference, lines in lacking if lines
    ]
    if kind is not ReplyKind.SEVERAL_MISSING:
        return _filled(kind, language, given, own)
    told = [f"{reference} {_listed(lines, word_and)}" for reference, lines in asked]
    given["reference"] = asked[0][0]
    for number in range(len(told), 0, -1):
        text = _filled(kind, language, given | {"lacking": "; ".join(told[:number])}, own)
        if (gsm.septets(text) or 0) <= gsm.ONE_PART:
            break
    return text


def complaint_number(language: str, *, reference: str, number: str, own: Path | None = None) -> str:
    """The receipt that names the number to call, which is the deployment's; without one, the plain receipt."""
    digits = "".join(number.split())
    if not digits:
        return reply(ReplyKind.COMPLAINT, language, reference=reference, own=own)
    if not _NUMBER.fullmatch(digits):
        raise ReplyRefused("the number to call is digits, with a + in front if it is international")
    return _filled(ReplyKind.COMPLAINT_NUMBER, language, {"reference": _issued(reference), "number": digits}, own)


@cache
def catalogues(own: Path | None = None) -> Mapping[str, Catalogue]:
    """Every language there is a file for, with a deployment's own replies in front; read once."""
    found = {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.toml"))}
    file = own / _OWN if own else None
    if file is None or not file.exists():
        return found
    for language, given in tomllib.loads(file.read_text("utf-8-sig")).items():
        ours = found.get(language, found[_FALLBACK])
        texts = {kind: given.get(kind.value, ours.texts[kind]) for kind in ReplyKind}
        found[language] = Catalogue(texts, given.get(_AND, ours.word_and))
    return found


def variables(template: str) -> frozenset[str]:
    """The names between braces in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def _read(path: Path) -> Catalogue:
    document = tomllib.loads(path.read_text("utf-8"))
    return Catalogue({kind: document["texts"][kind] for kind in ReplyKind}, document["words"]["and"])


def _of(language: str, own: Path | None) -> Catalogue:
    return catalogues(own).get(language) or catalogues(own)[_FALLBACK]


def _filled(kind: ReplyKind, language: str, given: Mapping[str, str], own: Path | None) -> str:
    template = _of(language, own).texts[kind]
    if variables(template) - {"answers"} != given.keys() - {"answers"}:
        raise ReplyRefused(f"the reply {kind} takes exactly: {', '.join(sorted(variables(template))) or 'nothing'}")
    return template.format_map(given)


def _listed(lines: Sequence[str], word_and: str) -> str:
    return f" {word_and} ".join(part for part in (", ".join(lines[:-1]), lines[-1]) if part)


def _issued(reference: str) -> str:
    if not is_reference(reference) or normalise(reference) != reference:
        raise ReplyRefused("a reply carries a reference as it was issued, nothing else")
    return reference


def _card_line(field: int) -> int:
    if field not in _CARD_LINES:
        raise ReplyRefused("a reply names lines of the card by their number, 1 to 9")
    return int(field)
