"""One message from end to end: fold, cut, find its kind, read its form, account for every character."""

from datetime import date
from typing import Final, NamedTuple

from parsers import commands, forms, seconds
from parsers.accounting import account, find_cut
from parsers.codebook.book import Codebook, Keyword
from parsers.draft import KEYWORD, NOTE, UNREAD, Draft, Second
from parsers.fold import fold
from parsers.kinds import Opening, open_message, over_greeting, part_keyword, reference_at, word_at
from parsers.leftovers import Located
from parsers.reading import Flag, Scene
from parsers.result import Parsed, Problem, ReporterContext, State
from parsers.tokens import SIGN, WORD, Tokens

FREE_TEXT: Final = "incident"
SPOKEN: Final = ("fr", "en")


class Part(NamedTuple):
    """What the reading of a part of a message must know of the rest of it."""

    measured: str
    """The text that may have been cut behind this part; empty when another part follows."""
    assumed: Keyword | None = None
    """The keyword of the report before it, for a part that has none."""


class Case:
    """What the reading of one message works on; its language is the keyword's, else the reporter's."""

    __slots__ = ("assumed", "book", "draft", "end", "language", "opening", "reporter", "today")

    def __init__(  # noqa: PLR0913  a record, written out so that it is quick when compiled
        self, draft: Draft, opening: Opening, end: int, *, book: Codebook, today: date, reporter: ReporterContext
    ) -> None:
        self.draft = draft
        self.opening = opening
        self.end = end
        self.book = book
        self.today = today
        self.reporter = reporter
        self.assumed: Keyword | None = None
        self.language = _language(opening.keyword, reporter)


def _language(keyword: Keyword | None, reporter: ReporterContext) -> str | None:
    if keyword and keyword.language in SPOKEN:
        return keyword.language
    return reporter.language or (keyword.language if keyword else None)


def read_message(text: str, *, today: date, reporter: ReporterContext, book: Codebook) -> Parsed:
    """Reads any text as one report."""
    return read_one(text, today=today, reporter=reporter, book=book)[0]


def read_one(
    text: str, *, today: date, reporter: ReporterContext, book: Codebook, part: Part | None = None
) -> tuple[Parsed, list[Second]]:
    """Reads any text as one report, and finds the keywords that may begin others."""
    folded = fold(text)
    tokens = Tokens(folded)
    draft = Draft(text, folded, tokens)
    end, note = _cut_note(draft, tokens)
    if _is_network(tokens, book):
        draft.use("network", 0, tokens.size)
        return draft.finish("network", language=None, fields={}, state="complete"), draft.seconds
    opening = open_message(tokens, end, book)
    if opening.keyword is None and part_keyword(tokens, opening.after, end, book):
        end += 1
        opening = open_message(tokens, end, book)
        opening.parted = True
    case = Case(draft, opening, end, book=book, today=today, reporter=reporter)
    if part is not None:
        draft.measured, case.assumed = part.measured, part.assumed
        case.language = _language(opening.keyword or part.assumed, reporter)
    _mark_opening(case)
    draft.notes.append(note)
    draft.test, draft.sender_code = opening.test_at is not None, opening.sender_code
    return _read_kind(case), draft.seconds


def _cut_note(draft: Draft, tokens: Tokens) -> tuple[int, str]:
    """Where the form ends and, after `//`, the note begins; what was too long to read is for a person."""
    if tokens.read_to < len(draft.folded.text):
        start = draft.folded.start(tokens.read_to)
        draft.use_characters(UNREAD, start, len(draft.text))
        draft.problems.append(_problem("unread", start, len(draft.text)))
    words = tokens.words
    for at in range(tokens.size - 1 if "//" in draft.folded.text else 0):
        if words[at] == "/" and tokens.glued_words[at + 1] == "/" and not _in_address(tokens, at):
            start = draft.folded.end(tokens.lasts[at + 1])
            draft.use_characters(NOTE, start, len(draft.text))
            return at, draft.text[start:].strip()
    return tokens.size, ""


def _in_address(tokens: Tokens, at: int) -> bool:
    return at > 0 and tokens.words[at - 1] == ":" and bool(tokens.glued[at])


def _is_network(tokens: Tokens, book: Codebook) -> bool:
    if WORD not in tokens.kinds:
        return False
    first = tokens.words[tokens.kinds.index(WORD)]
    if first not in book.network:
        return False
    last = 2 * book.longest_network
    words = tuple(word for word, kind in zip(tokens.words[:last], tokens.kinds, strict=False) if kind == WORD)
    return any(words[: len(begins)] == begins for begins in book.network[first])


def _mark_opening(case: Case) -> None:
    opening, draft = case.opening, case.draft
    if opening.sender_code_at:
        draft.use("sender_code", *opening.sender_code_at)
    if opening.test_at is not None:
        draft.use("test", opening.test_at, opening.test_at + 1)
    if opening.keyword is None:
        return
    start, end = draft.place(opening.keyword_at, opening.after)
    draft.use_characters(KEYWORD, start, end)
    if opening.parted:  # a keyword is a whole word: whether two were meant is for a person
        draft.note_flag(Flag("corrected_keyword", detail=draft.text[start:end]), opening.keyword_at, opening.after)
    elif opening.corrected or not draft.folded.disguised.isdisjoint(range(start, end)):
        typed = draft.text[start:end]
        draft.note_flag(Flag("corrected_keyword", "note", typed), opening.keyword_at, opening.after)


def _read_kind(case: Case) -> Parsed:
    keyword = case.opening.keyword
    if keyword is None:
        return _assumed(case) or _answer(case) or _asked(case) or _unknown(case)
    if keyword.kind == "complaint":
        return _complaint(case)
    if keyword.kind == "command":
        fields = commands.read(case.draft, case.opening, case.end, case.book)
        if fields is None:
            return _unknown(case)
        return case.draft.finish("command", language=case.language, fields=fields)
    return _form(case, keyword)


def _assumed(case: Case) -> Parsed | None:
    """Another report of the same kind, without its keyword; a reference that holds is a reference."""
    if case.assumed is None or _holds_reference(case):
        return None
    case.draft.note_flag(Flag("assumed_kind", "note", case.assumed.kind))
    return _form(case, case.assumed)


def _holds_reference(case: Case) -> bool:
    found = reference_at(case.draft.tokens, case.opening.after, case.end, codes=case.book.codes)
    return found is not None and found[2] is not None


def _complaint(case: Case) -> Parsed:
    """Nothing is read but a reference; the text is for the conduct unit alone."""
    draft, fields = case.draft, {}
    draft.use("complaint", case.opening.after, draft.tokens.size)
    found = reference_at(draft.tokens, case.opening.after, case.end, codes=case.book.codes)
    if found and found[2]:
        fields["ref"] = found[2]
        draft.use("ref", case.opening.after, found[0])
    return draft.finish("complaint", language=case.language, fields=fields)


def _form(case: Case, keyword: Keyword) -> Parsed:
    scene = _scene(case, keyword.kind, case.opening.after)
    scene.bare_code = "violation" in scene.form.by_name
    outcome = forms.read(scene)
    _assume_project(case, outcome)
    account(case.draft, scene, outcome)
    seconds.find(case.draft, scene, outcome, case.opening)
    find_cut(case.draft, scene)
    return case.draft.finish(keyword.kind, language=case.language, fields=outcome.fields)


def _scene(case: Case, form: str, start: int) -> Scene:
    tokens = case.draft.tokens
    while start < case.end and tokens.kinds[start] == SIGN and tokens.words[start] != "-":
        start += 1
    return Scene(
        tokens=tokens,
        book=case.book,
        form=case.book.forms[form],
        today=case.today,
        start=start,
        end=max(case.end, start),
        language=case.language,
        area=case.reporter.area,
    )


def _assume_project(case: Case, outcome: forms.Outcome) -> None:
    """The one project that the sender is enrolled in stands for a code that was left out."""
    missing = [each for each in outcome.located if each.flag.code == "missing_project"]
    if missing and case.reporter.project:
        outcome.located = [each for each in outcome.located if each not in missing]
        outcome.fields["project"] = case.reporter.project
        outcome.located.append(Located(Flag("assumed_project", "note"), 0, 0, "project"))


def _answer(case: Case) -> Parsed | None:
    """A reference alone or first, then fields by number: an answer to the report with that reference."""
    draft, at = case.draft, case.opening.after
    found = reference_at(draft.tokens, at, case.end, codes=case.book.codes)
    if found is None:
        return None
    last, typed, reference = found
    draft.use("ref", at, last)
    if reference is None:
        draft.note_flag(Flag("invalid_ref", detail=typed), at, last, "ref")
    elif reference != typed:
        draft.note_flag(Flag("corrected_ref", "note", typed), at, last, "ref")
    form = case.reporter.asked[0] if case.reporter.asked and case.reporter.asked[0] in case.book.forms else FREE_TEXT
    scene = _scene(case, form, last)
    scene.loose_labels = True
    return _finish_answer(case, scene, {"ref": reference} if reference else {})


def _finish_answer(case: Case, scene: Scene, fields: dict[str, object]) -> Parsed:
    outcome = forms.read(scene, demand=False)
    account(case.draft, scene, outcome)
    find_cut(case.draft, scene)
    return case.draft.finish("answer", language=case.language, fields=fields | outcome.fields)


def _asked(case: Case) -> Parsed | None:
    """A bare answer to the question that was asked last."""
    if not case.reporter.asked or case.reporter.asked[0] not in case.book.forms:
        return None
    form, name = case.reporter.asked
    scene = _scene(case, form, case.opening.after)
    named = scene.form.by_name.get(name)
    scene.asked = scene.form.by_number.get(int(name)) if name.isdecimal() else named
    if scene.asked is None or scene.start >= scene.end:
        return None
    return _finish_answer(case, scene, {})


def _unknown(case: Case) -> Parsed:
    """Free text: what is found is kept, the kind is only a guess, and a person looks."""
    form, start = _guess(case)
    scene = _scene(case, form or FREE_TEXT, start)
    outcome = forms.read(scene, demand=False)
    account(case.draft, scene, outcome)
    guess = form or (FREE_TEXT if {"violation", "boys"} & outcome.fields.keys() else "")
    case.draft.note_flag(Flag("guessed_kind", detail=guess))
    state: State = "check" if outcome.fields or guess or case.draft.test else "unreadable"
    return case.draft.finish("unknown", language=case.reporter.language, fields=outcome.fields, state=state)


def _guess(case: Case) -> tuple[str, int]:
    """The form of a keyword somewhere later in the text, and where its fields begin."""
    start = over_greeting(case.draft.tokens, case.opening.after, case.end, case.book)
    for at in range(start, case.end):
        word = word_at(case.draft.tokens, at, case.end)[0]
        keyword = case.book.keywords.get(word)
        if keyword and keyword.kind in case.book.forms and word not in case.book.ordinary:
            return keyword.kind, start
    return "", start


def _problem(code: str, start: int, end: int) -> Problem:

    return Problem(code, None, "check", start, end)
