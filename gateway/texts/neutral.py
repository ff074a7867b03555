"""Words that no automatic answer may hold: a phone that was taken away must not tell what its owner reported."""

import re
from functools import cache

from parsers.codebook.book import Codebook, Form
from parsers.codebook.gazetteer import fold_key
from parsers.fold import fold

# Lists whose words say what happened, to whom, and who did it; words of a yes or a no give nothing away.
_TELLING = ("violation", "party", "threat", "how", "unit")
_VARIABLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]+")
_ALWAYS = ("enfant", "enfants", "child", "children", "violence", "onu", "un", "unicef", "minusma", "ong", "ngo")


def giveaways(text: str, book: Codebook) -> list[str]:
    """The words of a text that name a kind of report, what happened, who did it, or a place."""
    words = dict.fromkeys(_WORD.findall(fold(_VARIABLE.sub(" ", text)).text))
    return [word for word in words if word in _telling(book) or (len(word) > 1 and book.places.exact(fold_key(word)))]


@cache
def _telling(book: Codebook) -> frozenset[str]:
    keywords = {word for word, keyword in book.keywords.items() if keyword.kind != "command"}
    return frozenset(keywords.union(_ALWAYS, *(_words(form) for form in book.forms.values())))


def _words(form: Form) -> set[str]:
    """The words that alone say something of the telling lists; those that are ordinary in an answer are no code."""
    roots = form.phrases.root.steps.items()
    return {word for word, node in roots if any(meaning.table in _TELLING for meaning in node.meanings)}
