"""Keywords after the first one: where a second report may begin."""

from typing import Final

from parsers.codebook.book import Codebook, Keyword
from parsers.draft import Draft, Second
from parsers.forms import Outcome
from parsers.kinds import Opening, word_at
from parsers.leftovers import covered
from parsers.reading import Flag, Scene

LONGEST_CODE: Final = 4  # ENF, RVC, SOS: no words of a story, as `alerte` and `projet` are
COMPLAINT: Final = "complaint"


def find(draft: Draft, scene: Scene, outcome: Outcome, opening: Opening) -> None:
    """Notes every later keyword that gave no value; one set off from the rest is a doubt until it is taken apart."""
    book, tokens = scene.book, draft.tokens
    if book.keywords.keys().isdisjoint(tokens.words[scene.start : tokens.size]):
        return
    used = covered(outcome.readings, noise=False)
    for at in range(scene.start, tokens.size):
        if tokens.words[at] not in book.keywords or at in used:
            continue
        word, last = word_at(tokens, at, tokens.size)
        keyword = book.keywords.get(word)
        if keyword is None or (keyword.kind not in book.forms and keyword.kind != COMPLAINT):
            continue
        second = _second(draft, (at, last), keyword, first=opening, book=book)
        if at >= scene.end and not (second.begins_line and second.is_code):
            continue  # the words of a note are free
        if _may_begin(second):
            draft.seconds.append(second)
        if second.begins_line or (second.stands_out and keyword.kind != COMPLAINT):
            draft.note_flag(Flag("repeated_keyword"), at, last)


def _may_begin(second: Second) -> bool:
    """Codes may anywhere, other words where a line begins; a complaint must be both."""
    if second.keyword.kind == COMPLAINT:
        return second.begins_line and second.is_code
    return second.begins_line or second.is_code


def _second(draft: Draft, atoms: tuple[int, int], keyword: Keyword, *, first: Opening, book: Codebook) -> Second:
    """A code is the first keyword again, a short one in the same letters, or one in capitals among small ones."""
    at, typed = draft.place(*atoms)[0], _typed(draft, *atoms)
    stands_out = typed.isupper() and not draft.text.isupper()
    is_known = keyword == first.keyword or (len(keyword.word) <= LONGEST_CODE and keyword.word not in book.ordinary)
    is_typed_alike = typed.isupper() == _typed(draft, first.keyword_at, first.after).isupper()
    return Second(
        at=at,
        keyword=keyword,
        begins_line=draft.tokens.new_line[atoms[0]],
        stands_out=stands_out,
        is_code=stands_out or (is_known and is_typed_alike) or (keyword.kind == COMPLAINT and typed.isupper()),
    )


def _typed(draft: Draft, at: int, last: int) -> str:
    start, end = draft.place(at, last)
    return draft.text[start:end]
