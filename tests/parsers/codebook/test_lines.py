"""The line of each entry, which the standard reader of TOML does not tell."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.codebook import lines

TEXT = """\
# a comment
top = 1

[forms.water]
required = [
  "state",  # [[not.a.table]]
  "place",
]
title = { fr = "x = [y]" }

[[forms.water.field]]
number = 1

[[forms.water.field]]
"quoted key" = \"\"\"
number = 7
\"\"\"
dotted.name = 2
"""


@pytest.mark.parametrize(
    ("path", "literal", "line"),
    [
        (("top",), "", 2),
        (("forms", "water"), "", 4),
        (("forms", "water", "required"), "", 5),
        (("forms", "water", "required"), "place", 7),
        (("forms", "water", "title", "fr"), "", 9),
        (("forms", "water", "field", 0), "", 11),
        (("forms", "water", "field", 0, "number"), "", 12),
        (("forms", "water", "field", 1), "", 14),
        (("forms", "water", "field", 1, "number"), "", 14),
        (("forms", "water", "field", 1, "quoted key"), "", 15),
        (("forms", "water", "field", 1, "dotted", "name"), "", 18),
        (("nowhere",), "", 1),
    ],
)
def test_an_entry_is_found_on_its_line_or_on_that_of_what_holds_it(path, literal, line):
    assert lines.read(TEXT).of(path, literal) == line


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a = 1\nb = \n", 2, "invalid value"),
        ("a = [1,\n2\n", 2, "unclosed array"),
        ("a=1\na=2", 2, "cannot overwrite a value"),
    ],
)
def test_what_is_no_toml_is_told_by_line(text, line, reason):
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert lines.of_error(caught.value, text) == (line, reason)


@given(st.text(alphabet='ab.[]="\n# 1', max_size=40))
def test_whatever_toml_a_file_is_its_lines_are_found(text):
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = lines.read(text)
    for key in document:
        assert 1 <= found.of((key,)) <= max(len(text.splitlines()), 1)
