from enum import StrEnum

import pytest
from flask import Flask
from flask_babel import force_locale

from admin.wording import label, visible
from admin.words import WORDS
from gateway.records import codes, states

# Shown to nobody: how a number is written and which way a text came, not what happened. Alarms have the words that
# those on duty are told.
_SILENT = {codes.SenderKind, codes.MessageSource, codes.AlarmKind}
KINDS = [
    kind
    for module in (codes, states)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum and kind not in _SILENT
]


@pytest.mark.parametrize("kind", [*KINDS, *WORDS])
def test_every_code_has_words_and_every_word_its_code(kind: type[StrEnum]) -> None:
    assert set(WORDS[kind]) == {code.value for code in kind}


def test_the_words_change_with_the_language(sqlite_panel: Flask) -> None:
    with sqlite_panel.test_request_context():
        with force_locale("fr"):
            assert label(codes.Role.CONDUCT) == "Unité de déontologie"
        with force_locale("en"):
            assert label(codes.Role.CONDUCT) == "Conduct unit"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("plain é 日本 🐫\nsecond line\tx", "plain é 日本 🐫\nsecond line\tx"),
        ("a\x00b\x1b[31m", "a␀b␛[31m"),
        ("abc\u202edcba", "abc⟨U+202E⟩dcba"),
        ("zero\u200bwidth\ufeff", "zero⟨U+200B⟩width⟨U+FEFF⟩"),
        ("no\u00a0break\u202fspace", "no break space"),
        ("half \ud800 pair", "half ⟨U+D800⟩ pair"),
        (None, ""),
    ],
)
def test_what_hides_in_a_text_is_made_visible(sent: str | None, shown: str) -> None:
    assert visible(sent) == shown
