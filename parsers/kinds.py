"""Which kind of message this is: greeting, personal code, TEST, then the first whole word decides."""

import re
from typing import Final

from parsers import references
from parsers.codebook.book import Codebook, Keyword
from parsers.codebook.phrases import Node
from parsers.codebook.spelling import distance
from parsers.tokens import Tokens

SHORTEST_CORRECTED: Final = 3
DIGIT_LETTERS: Final = str.maketrans("01", "oi")
MOST_CHUNKS: Final = 2
CODE_SIGN: Final = "@"
# 3G1F2, 14NOV, 12ANS, GAO22: of the length of a reference, but of the look of something else.
SOMETHING_ELSE: Final = re.compile(r"(?:\d{1,2}[GFEB])+\d*$|[A-Z]{2,}\d+$|\d{1,2}[A-Z]{2,}$")


class Opening:
    """How a message begins: the keyword if any, where the rest begins, and what came before it."""

    __slots__ = ("after", "corrected", "keyword", "keyword_at", "sender_code", "sender_code_at", "test_at")

    def __init__(self, after: int, keyword: Keyword | None, keyword_at: int, *, corrected: bool) -> None:
        self.after = after
        self.keyword = keyword
        self.keyword_at = keyword_at
        self.corrected = corrected
        self.test_at: int | None = None
        self.sender_code: str | None = None
        self.sender_code_at: tuple[int, int] | None = None


def open_message(tokens: Tokens, end: int, book: Codebook) -> Opening:
    """Steps over greeting, personal code and TEST, and finds the keyword."""
    at, test_at, code, code_at = 0, None, None, None
    while at < end:
        at = over_greeting(tokens, at, end, book)
        if code is None and (typed := _sender_code(tokens, at, end)):
            code, code_at = typed[1], (at, typed[0])
            at = typed[0]
            continue
        found = book.keywords.get(word_at(tokens, at, end)[0])
        if test_at is not None or not found or found.command != "test":
            break
        test_at, at = at, at + 1
    keyword, last, corrected = _keyword(tokens, at, end, book)
    if keyword and keyword.kind in book.forms:
        last = _over_repeats(tokens, last, end, keyword)
    opening = Opening(last, keyword, at, corrected=corrected)
    opening.test_at, opening.sender_code, opening.sender_code_at = test_at, code, code_at
    return opening


def _over_repeats(tokens: Tokens, at: int, end: int, keyword: Keyword) -> int:
    """`Alerte! Alerte!` is said twice and meant once."""
    here = at
    while here < end and (tokens.words[here] in "!,. " or tokens.words[here] == keyword.word):
        here += 1
        if tokens.words[here - 1] == keyword.word:
            at = here
    return at


def word_at(tokens: Tokens, at: int, end: int) -> tuple[str, int]:
    """The whole token that begins here, letters and digits run together, and the atom after it."""
    if at >= end or tokens.kinds[at] == "s":
        return "", at
    word, here = tokens.words[at], at + 1
    while here < end and tokens.glued[here] and tokens.kinds[here] != "s":
        word += tokens.words[here]
        here += 1
    return word, here


def over_greeting(tokens: Tokens, at: int, end: int, book: Codebook) -> int:
    tree = book.polite.root
    while at < end:
        if tokens.kinds[at] == "s" and tokens.words[at] != CODE_SIGN:
            at += 1
            continue
        last = _longest(tree, tokens, at, end)
        if (
            last is None
            or (last < end and tokens.glued[last] and tokens.kinds[last] == "n")
            or _holds_at(tokens, at, end, book)
        ):
            break
        at = last
    return at


def _longest(node: Node, tokens: Tokens, at: int, end: int) -> int | None:
    found, here = None, at
    while here < end:
        if tokens.words[here] == "'" and here > at:
            here += 1
            continue
        step = node.steps.get(tokens.words[here])
        if step is None:
            break
        node, here = step, here + 1
        if node.meanings:
            found = here
    return found


def _sender_code(tokens: Tokens, at: int, end: int) -> tuple[int, str] | None:
    """`@4821` in front: the personal code of a known reporter."""
    if at + 1 >= end or tokens.words[at] != CODE_SIGN or tokens.kinds[at + 1] == "s" or not tokens.glued[at + 1]:
        return None
    word, last = word_at(tokens, at + 1, end)
    return last, CODE_SIGN + word.upper()


def _keyword(tokens: Tokens, at: int, end: int, book: Codebook) -> tuple[Keyword | None, int, bool]:
    whole, last = word_at(tokens, at, end)
    if whole in book.keywords:
        return book.keywords[whole], last, False
    if tokens.words[at] in book.keywords and whole[len(tokens.words[at]) :][:1].isdigit():
        return book.keywords[tokens.words[at]], at + 1, True
    if _holds_at(tokens, at, end, book):
        return None, at, False
    mended = whole.translate(DIGIT_LETTERS)
    if mended != whole and mended in book.keywords:
        return book.keywords[mended], last, True
    near = near_keyword(mended, book)
    return (near, last, True) if near else (None, at, False)


def near_keyword(word: str, book: Codebook) -> Keyword | None:
    """The one keyword within one edit, unless the word is an ordinary one."""
    if len(word) < SHORTEST_CORRECTED or not word.isalpha() or word in book.ordinary:
        return None
    near = [
        each
        for each in book.keywords.values()
        if len(each.word) >= SHORTEST_CORRECTED and distance(word, each.word, 1) <= 1
    ]
    return near[0] if len(near) == 1 else None


def reference_at(
    tokens: Tokens, at: int, end: int, *, codes: frozenset[str] | None = None
) -> tuple[int, str, str | None] | None:
    """One or two tokens that are a reference: the atom after, what was typed, and the reference if one holds.

    Where none is expected, `codes` are the words that begin something else, and a slip is told from another token.
    """
    for chunks in range(1, MOST_CHUNKS + 1):
        last = _over_chunks(tokens, at, end, chunks)
        if last is None:
            return None
        word = "".join(tokens.words[here] for here in range(at, last) if tokens.kinds[here] != "s").upper()
        if len(word) > max(references.LENGTHS):
            return None
        if len(word) not in references.LENGTHS or not word.isalnum() or (chunks > 1 and len(word) > references.LENGTH):
            continue
        if codes is not None and (not references.has_both(word) or (chunks > 1 and tokens.words[at] in codes)):
            continue
        holds = word if references.is_reference(word) else references.repair(word)
        if holds or (codes is not None and chunks == 1 and not SOMETHING_ELSE.match(word)):
            return last, word, holds
    return None


def _holds_at(tokens: Tokens, at: int, end: int, book: Codebook) -> bool:
    """Whether a reference that holds as it was typed stands here: it goes before any greeting and any correction."""
    found = reference_at(tokens, at, end, codes=book.codes)
    return found is not None and found[1] == found[2]


def _over_chunks(tokens: Tokens, at: int, end: int, chunks: int) -> int | None:
    here = at
    for chunk in range(chunks):
        if chunk and here < end and tokens.words[here] == "-":
            here += 1
        if here >= end or tokens.kinds[here] == "s" or (chunk and tokens.new_line[here]):
            return None
        here = word_at(tokens, here, end)[1]
    return here
