"""The one answer to a message of several reports: references and lines of the card, and it fits one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.texts import gsm
from gateway.texts.catalogue import ReplyKind, ReplyRefused, several
from parsers.several import MOST
from tests.gateway.texts.test_catalogue import LANGUAGES, OF_SEVERAL, is_in_the_catalogue, lines, references


@pytest.mark.parametrize(
    "lacking", [[], [("K7Q28", ())], [("K7Q29", (4,))], [("K7Q28", (0,))], [("K7Q28", ("GAO",))], [("GAO", (4,))]]
)
def test_of_several_reports_only_references_and_lines_are_let_in(lacking: list[tuple[str, tuple[int, ...]]]) -> None:
    with pytest.raises(ReplyRefused):
        several(ReplyKind.SEVERAL_MISSING, "fr", lacking=lacking)
    with pytest.raises(ReplyRefused):
        several(ReplyKind.COMPLETE, "fr", lacking=[("K7Q28", (4,))])


@given(
    kind=st.sampled_from(OF_SEVERAL),
    language=st.sampled_from(LANGUAGES),
    lacking=st.lists(st.tuples(references, lines), min_size=2, max_size=MOST),
)
def test_an_answer_to_several_reports_names_them_all_in_one_message(
    kind: ReplyKind, language: str, lacking: list[tuple[str, list[int]]]
) -> None:
    try:
        text = several(kind, language, lacking=lacking)
    except ReplyRefused:
        assert not any(asked for _, asked in lacking)
        return
    assert is_in_the_catalogue(text, language)
    assert (gsm.septets(text) or 999) <= 160
    assert all(reference in text for reference, _ in lacking)
