"""Says of every part of a text what it was used for: values, the note, what is unread, a cut."""

from parsers.draft import NOISE, NOTE, UNREAD, Draft
from parsers.fields.texts import Stretch
from parsers.forms import Outcome
from parsers.leftovers import last_read
from parsers.reading import Flag, Scene
from parsers.truncation import fills_a_part


def account(draft: Draft, scene: Scene, outcome: Outcome) -> None:
    """Says of every atom what it was used for; the words at the end become the note."""
    draft.use_all([each for each in outcome.readings if each.field != NOISE])
    for run in outcome.unread:
        draft.use(UNREAD, run.first, run.last)
    for located in outcome.located:
        draft.flag(located)
    draft.notes[:0] = _notes(draft, scene, outcome)
    if "texts" in scene.form.bare_readers:
        _quote(draft, outcome)


def _quote(draft: Draft, outcome: Outcome) -> None:
    """Free words become what was typed."""
    for name, value in outcome.fields.items():
        if isinstance(value, Stretch):
            start, end = draft.place(value.first, value.last)
            outcome.fields[name] = draft.text[start:end].strip()


def _notes(draft: Draft, scene: Scene, outcome: Outcome) -> list[str]:
    notes = []
    for reading in outcome.readings if NOTE in scene.form.by_name else ():
        if reading.field == NOTE and isinstance(reading.value, tuple):
            start, end = draft.place(*reading.value)
            notes.append(draft.text[start:end].strip())
    if outcome.tail:
        first = last_read(scene, outcome.readings)
        while first < outcome.tail.first and scene.kinds[first] == "s":
            first += 1
        draft.use(NOTE, first, scene.end)
        start, end = draft.place(first, scene.end)
        notes.append(draft.text[start:end].strip())
    return notes


def find_cut(draft: Draft, scene: Scene) -> None:
    """A text that stops inside a word at just the length where networks cut."""
    tokens, last = draft.tokens, draft.tokens.size - 1
    text = draft.text if draft.measured is None else draft.measured
    if last < 0 or not fills_a_part(text) or tokens.lasts[last] != len(draft.folded.text):
        return
    kind = tokens.kinds[last]
    if kind == "s" or (kind == "w" and _is_known(scene, tokens.words[last])):
        return
    draft.note_flag(Flag("truncated"), last, last + 1)


def _is_known(scene: Scene, word: str) -> bool:
    """Whether the last word is one that the text's language or the codebook has, and not the beginning of another."""
    book, language = scene.book, scene.language or "fr"
    ordinary = book.ordinary_in.get(language, frozenset())
    step = scene.form.phrases.root.steps.get(word)
    if step and any(meaning.language in ("", language) and meaning.table != "small" for meaning in step.meanings):
        return True
    if word in ordinary:
        return not any(other != word and other.startswith(word) for other in ordinary)
    return bool(book.places.exact(word))
