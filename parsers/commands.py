"""Commands: AIDE, STOP, REPRISE, LANGUE xx, ETAT ref, MOD ref n valeur, ANNUL ref."""

from typing import Final

from parsers.codebook.book import Codebook
from parsers.draft import KEYWORD, UNREAD, Draft
from parsers.kinds import Opening, over_greeting, reference_at, word_at
from parsers.reading import Flag

JOINTS: Final = "=:"
FIELD_NUMBERS: Final = range(1, 10)


def read(draft: Draft, opening: Opening, end: int, book: Codebook) -> dict[str, object] | None:
    """The fields of a command, or nothing when the words after it make it none."""
    if opening.keyword is None or opening.keyword.command is None:
        return None
    command, at = opening.keyword.command, opening.after
    draft.use(KEYWORD, opening.keyword_at, at)
    if command == "stop":
        is_whole = all(kind == "s" for kind in draft.tokens.kinds[at:end])
        return {"command": command} if is_whole and opening.keyword_at == 0 else None
    if command in ("help", "start"):
        return _plain(draft, command, at, end, book)
    if command == "language":
        return _language(draft, at, end, book)
    if command in ("status", "correct", "cancel"):
        return _about(draft, command, at, end, book)
    return None


def _plain(draft: Draft, command: str, at: int, end: int, book: Codebook) -> dict[str, object] | None:
    fields: dict[str, object] = {"command": command}
    here = over_greeting(draft.tokens, at, end, book)
    word, last = word_at(draft.tokens, here, end)
    keyword = book.keywords.get(word)
    if command == "help" and keyword and keyword.kind in book.forms:
        fields["value"] = keyword.kind
        draft.use("value", here, last)
        here = over_greeting(draft.tokens, last, end, book)
    return fields if here >= end else None


def _language(draft: Draft, at: int, end: int, book: Codebook) -> dict[str, object] | None:
    here = over_greeting(draft.tokens, at, end, book)
    word, last = word_at(draft.tokens, here, end)
    code = book.languages.get(word)
    if code is None:
        draft.note_flag(Flag("missing_value" if not word else "unknown_value", detail=word), here, last, "value")
        draft.use(UNREAD, here, end)
        return {"command": "language"}
    draft.use("value", here, last)
    if over_greeting(draft.tokens, last, end, book) < end:
        draft.use(UNREAD, last, end)
        draft.note_flag(Flag("unread"), last, end)
    return {"command": "language", "value": code}


def _about(draft: Draft, command: str, at: int, end: int, book: Codebook) -> dict[str, object]:
    """A command about one report: the reference, and for a correction the fields and their new values."""
    fields: dict[str, object] = {"command": command}
    here = _over_signs(draft, at, end)
    found = reference_at(draft.tokens, here, end)
    if found is None or found[2] is None:
        code, last = ("invalid_ref", here + 1) if here < end else ("missing_ref", here)
        draft.note_flag(Flag(code), here, found[0] if found else last, "ref")
        draft.use(UNREAD, here, end)
        return fields
    last, typed, reference = found
    fields["ref"] = reference
    draft.use("ref", here, last)
    if reference != typed:
        draft.note_flag(Flag("corrected_ref", "note", typed), here, last, "ref")
    if command == "correct":
        return fields | _corrections(draft, last, end)
    rest = over_greeting(draft.tokens, last, end, book)
    if rest < end:
        draft.use(UNREAD, rest, end)
        draft.note_flag(Flag("unread", "note"), rest, end)
    return fields


def _over_signs(draft: Draft, at: int, end: int) -> int:
    while at < end and draft.tokens.kinds[at] == "s":
        at += 1
    return at


def _corrections(draft: Draft, at: int, end: int) -> dict[str, object]:
    """`4 Ansongo 5=14/11`: numbers of fields, each with the raw text up to the next one."""
    starts = [here for here in range(at, end) if _is_label(draft, here, end)]
    if not starts or any(draft.tokens.kinds[here] != "s" for here in range(at, starts[0])):
        draft.note_flag(Flag("missing_field"), at, end, "field")
        draft.use(UNREAD, at, end)
        return {}
    names, values = [], []
    for first, last in zip(starts, [*starts[1:], end], strict=True):
        names.append(draft.tokens.words[first])
        values.append(_raw(draft, first + 1, last))
        draft.use("field", first, first + 1)
        draft.use("value", first + 1, last)
    if "" in values:
        draft.note_flag(Flag("missing_value"), at, end, "value")
    if len(names) == 1:
        return {"field": names[0], "value": values[0]}
    return {"field": names, "value": values}


def _is_label(draft: Draft, at: int, end: int) -> bool:
    """A field's number: with a sign behind it, or alone between blanks and not the number of `5 garcons`."""
    tokens = draft.tokens
    if tokens.numbers[at] not in FIELD_NUMBERS or len(tokens.words[at]) > 1 or tokens.glued[at] or at + 1 >= end:
        return False
    return tokens.words[at + 1] in JOINTS or not tokens.glued[at + 1]


def _raw(draft: Draft, first: int, last: int) -> str:
    while first < last and draft.tokens.words[first] in JOINTS:
        first += 1
    start, end = draft.place(first, last)
    return draft.text[start:end].strip(" \t\r\n,;|")
