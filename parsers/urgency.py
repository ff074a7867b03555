"""Whether a text calls for help at once: looked at before it is read, only to decide what is read first."""

import re
from typing import Final

from parsers.codebook.book import Codebook
from parsers.fold import fold

_WORDS: Final = re.compile(r"[a-z]+")


def calls_for_help(text: str, book: Codebook) -> bool:
    """A word too many here costs a place in the queue and nothing else."""
    return not book.calls_for_help.isdisjoint(_WORDS.findall(fold(text).text))
