"""Looks a deployment's own files over before any of them counts: every fault is named at once, none is passed over."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from parsers.codebook import form_rules, keyword_rules, list_rules, shapes, sources
from parsers.codebook.faults import Fault
from parsers.codebook.gazetteer import Gazetteer
from parsers.codebook.sources import Source

# Tables of words that every form may use; the others belong to the forms whose fields name them.
SHARED = (
    "number", "about", "unit", "age_unit", "age_word", "month", "weekday", "day", "day_part", "month_part", "ago",
    "ago_unit", "last", "last_before", "next", "next_before", "hour", "about_word", "or", "place_word", "near",
    "distance", "negation", "doubt",
)  # fmt: skip


def check(own: list[Source], places: Gazetteer) -> list[Fault]:
    """The faults of a deployment's own files."""
    if faults := [fault for source in own for fault in _tops(source)]:
        return faults  # what is not even laid out like its file cannot be looked at further
    lists = _lists(own)
    noise = {language: sources.merged(name, own) for name, language in sources.NOISE.items()}
    shared = frozenset(SHARED)
    faults = [fault for source in own for fault in list_rules.check(source, lists, shared)]
    faults += [fault for source in own if source.holds_forms for fault in form_rules.check(source, lists.keys())]
    faults += _defined_twice(own)
    if not all(shapes.TYPES[shapes.TEXTS](words) for file in noise.values() for words in file.values()):
        return faults
    forms = frozenset(sources.merged(sources.FORMS, own)["forms"])
    return [*faults, *keyword_rules.check(own, forms, noise, places)]


def _tops(source: Source) -> Iterator[Fault]:
    """Entries at the top of a file of forms that are of another type than they must be."""
    if not source.holds_forms:
        return
    for key, wanted in shapes.FILE_OF_FORMS.allowed.items():
        if key in source.document and not shapes.TYPES[wanted](source.document[key]):
            yield source.fault((key,), f"`{key}` must be {wanted}")
    for key in ("forms", "words"):
        holder = source.document.get(key)
        for name, table in holder.items() if isinstance(holder, dict) else ():
            if not isinstance(table, dict):
                yield source.fault((key, name), f"`{key}.{name}` must be {shapes.TABLE}")
    languages = source.document.get("languages")
    for name, words in languages.items() if isinstance(languages, dict) else ():
        if not shapes.is_texts(words):
            yield source.fault(("languages", name), f"the words for the language {name!r} must be {shapes.TEXTS}")


def _lists(own: list[Source]) -> dict[str, frozenset[str]]:
    """The codes of every list that counts."""
    rows: dict[str, Any] = sources.merged(sources.VALUES, own) | sources.merged(sources.PARTIES, own)
    return {
        name: frozenset(str(row.get("code")) for row in each if isinstance(row, dict))
        for name, each in rows.items()
        if isinstance(each, list)
    }


def _defined_twice(own: list[Source]) -> Iterator[Fault]:
    """Forms and lists that two files define: which of them counts would be chance."""
    files = [source for source in own if source.holds_forms]
    for key in ("forms", "values"):
        names = [(source, name) for source in files for name in source.document.get(key, {})]
        times = Counter(name for _, name in names)
        for source, name in names:
            others = [each.name for each, other in names if other == name and each is not source]
            if times[name] > 1 and others:
                yield source.fault((key, name), f"{name!r} is defined in {others[0]} too")
