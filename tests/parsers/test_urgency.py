"""Words that call for help are noticed however they are written; ordinary texts are not."""

import pytest

from parsers.codebook import reader
from parsers.urgency import calls_for_help

CASES = [
    ("ALERTE ATTAQUE Bourem", True),
    ("bonjour, alerte attaque", True),
    ("SOS!!!", True),
    ("ALERT attack", True),
    ("ENF REC 3G Ansongo URGENT", True),
    ("ＳＯＳ", True),
    ("АLERTE", True),
    ("ENF REC 3G ANSONGO 14/11", False),
    ("Alertement", False),
    ("", False),
    ("\x00\ud800", False),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_call_for_help_is_noticed(text, expected):
    assert calls_for_help(text, reader.load()) is expected
