"""The only automatic answers there are."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gateway.texts
from gateway.texts import gsm
from gateway.texts.catalogue import (
    ReplyKind,
    ReplyRefused,
    catalogues,
    complaint_number,
    readback,
    reply,
    several,
    variables,
)
from parsers.references import complete
from parsers.several import MOST

LANGUAGES = ("fr", "en")
REFERENCE = "K7Q28"
LONG_REFERENCE = complete("K7Q2Z")
ALL_LINES = tuple(range(1, 10))
OF_SEVERAL = (ReplyKind.SEVERAL, ReplyKind.SEVERAL_MISSING, ReplyKind.SEVERAL_ALERT)
CLOSED = [kind for kind in ReplyKind if kind not in (ReplyKind.READBACK, ReplyKind.COMPLAINT_NUMBER, *OF_SEVERAL)]

references = (
    st.text("23456789ACDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=5)
    .filter(lambda payload: payload.isalnum() and not payload.isalpha() and not payload.isdigit())
    .map(complete)
)
lines = st.lists(st.sampled_from(ALL_LINES), max_size=12)

REF = r"[2-9ACDEFGHJKMNPQRSTVWXYZ]{5,6}"
REFS = rf"{REF}(, {REF})* (et|and) {REF}"
LIST = r"[1-9](, [1-9])*( (et|and) [1-9])?"
ANSWERS = r"[1-9] \.\.\.( [1-9] \.\.\.)*"
PATTERNS = {
    "fr": [
        rf"{REF} recu\. Merci\.",
        rf"{REF} recu\. Il manque {LIST}\. Repondez: {REF} {ANSWERS}",
        rf"{REF}: [1-9]=[A-Z0-9/+=.,-]+( [1-9]=[A-Z0-9/+=.,-]+)*\. Pour corriger: MOD {REF} 4 \.\.\.",
        r"Merci de votre message\. Mots utiles: AIDE, STOP, REPRISE, LANGUE EN\.",
        rf"Lignes de la carte a remplir: {LIST}\.",
        rf"Message recu {REF}\. Nous vous rappelons\. Aide: AIDE",
        rf"{REF} recu\. Restez en lieu sur\.",
        rf"Recu {REF}\.( Vous pouvez appeler le \+?[0-9]+\.)?",
        r"Vous ne recevrez plus de messages\. Pour reprendre: REPRISE",
        r"Vous recevrez de nouveau nos messages\. Pour arreter: STOP",
        r"Langue: francais\.",
        rf"{REF} recu \(TEST\)\. (Merci|Il manque {LIST})\.",
        rf"{REFS} recus\. (Merci|Restez en lieu sur)\.",
        rf"{REFS} recus\. Manque: {REF} {LIST}(; {REF} {LIST})*\. Repondez: {REF} \.\.\.",
    ],
    "en": [
        rf"{REF} received\. Thank you\.",
        rf"{REF} received\. Missing: {LIST}\. Reply: {REF} {ANSWERS}",
        rf"{REF}: [1-9]=[A-Z0-9/+=.,-]+( [1-9]=[A-Z0-9/+=.,-]+)*\. To correct: FIX {REF} 4 \.\.\.",
        r"Thank you for your message\. Useful words: HELP, STOP, START, LANG FR\.",
        rf"Lines of the card to fill in: {LIST}\.",
        rf"Message received {REF}\. We will call you back\. Help: HELP",
        rf"{REF} received\. Stay somewhere safe\.",
        rf"Received {REF}\.( You can call \+?[0-9]+\.)?",
        r"You will receive no more messages\. To start again: START",
        r"You will receive our messages again\. To stop: STOP",
        r"Language: English\.",
        rf"{REF} received \(TEST\)\. (Thank you|Missing: {LIST})\.",
        rf"{REFS} received\. (Thank you|Stay somewhere safe)\.",
        rf"{REFS} received\. Missing: {REF} {LIST}(; {REF} {LIST})*\. Reply: {REF} \.\.\.",
    ],
}


def is_in_the_catalogue(text: str, language: str) -> bool:
    return any(re.fullmatch(pattern, text) for pattern in PATTERNS[language])


def longest(kind: ReplyKind, language: str) -> str:
    needed = variables(catalogues()[language].texts[kind])
    reference = LONG_REFERENCE if "reference" in needed else None
    if kind is ReplyKind.COMPLAINT_NUMBER:
        return complaint_number(language, reference=LONG_REFERENCE, number="+" + "9" * 15)
    if kind in OF_SEVERAL:
        return several(kind, language, lacking=[(LONG_REFERENCE, ALL_LINES)] * MOST)
    if kind is ReplyKind.READBACK:
        return readback(language, reference=LONG_REFERENCE, codes=[(line, "10-12/11") for line in ALL_LINES])
    return reply(kind, language, reference=reference, fields=ALL_LINES if "fields" in needed else ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (reply(ReplyKind.COMPLETE, "fr", reference=REFERENCE), "K7Q28 recu. Merci."),
        (
            reply(ReplyKind.MISSING, "fr", reference=REFERENCE, fields=[4, 5]),
            "K7Q28 recu. Il manque 4 et 5. Repondez: K7Q28 4 ... 5 ...",
        ),
        (
            reply(ReplyKind.MISSING, "fr", reference=REFERENCE, fields=[2]),
            "K7Q28 recu. Il manque 2. Repondez: K7Q28 2 ...",
        ),
        (
            reply(ReplyKind.MISSING, "en", reference=REFERENCE, fields=[5, 2, 4, 2]),
            "K7Q28 received. Missing: 2, 4 and 5. Reply: K7Q28 2 ... 4 ... 5 ...",
        ),
        (
            reply(ReplyKind.UNREADABLE, "fr", reference=REFERENCE),
            "Message recu K7Q28. Nous vous rappelons. Aide: AIDE",
        ),
        (reply(ReplyKind.ALERT, "fr", reference=REFERENCE), "K7Q28 recu. Restez en lieu sur."),
        (reply(ReplyKind.COMPLAINT, "fr", reference=REFERENCE), "Recu K7Q28."),
        (reply(ReplyKind.HELP_FORM, "fr", fields=[1, 2, 4, 5]), "Lignes de la carte a remplir: 1, 2, 4 et 5."),
        (
            readback("fr", reference=REFERENCE, codes=[(1, "3"), (2, "3G1F"), (4, "ML0701"), (5, "14/11")]),
            "K7Q28: 1=3 2=3G1F 4=ML0701 5=14/11. Pour corriger: MOD K7Q28 4 ...",
        ),
        (
            complaint_number("fr", reference=REFERENCE, number="+223 70 00 00 01"),
            "Recu K7Q28. Vous pouvez appeler le +22370000001.",
        ),
        (complaint_number("fr", reference=REFERENCE, number=""), "Recu K7Q28."),
        (several(ReplyKind.SEVERAL, "fr", lacking=[("K7Q28", ()), ("A3DCA", ())]), "K7Q28 et A3DCA recus. Merci."),
        (
            several(ReplyKind.SEVERAL_MISSING, "fr", lacking=[("K7Q28", ()), ("A3DCA", (5, 4)), ("K7Q28", (4,))]),
            "K7Q28, A3DCA et K7Q28 recus. Manque: A3DCA 4 et 5; K7Q28 4. Repondez: A3DCA ...",
        ),
        (
            several(ReplyKind.SEVERAL_ALERT, "en", lacking=[("K7Q28", ()), ("A3DCA", ())]),
            "K7Q28 and A3DCA received. Stay somewhere safe.",
        ),
    ],
)
def test_the_answers_read_as_the_codebook_promises(text: str, expected: str) -> None:
    assert text == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ReplyKind)
def test_each_answer_fits_one_message_even_at_its_longest(kind: ReplyKind, language: str) -> None:
    room = gsm.septets(longest(kind, language))
    assert room is not None
    assert room <= 160


def test_both_languages_have_the_same_texts_with_the_same_variables() -> None:
    folder = Path(gateway.texts.__file__).parent
    assert sorted(path.stem for path in folder.glob("*.toml")) == sorted(LANGUAGES)
    documents = [tomllib.loads((folder / f"{language}.toml").read_text("utf-8")) for language in LANGUAGES]
    for document in documents:
        assert document["texts"].keys() == {kind.value for kind in ReplyKind}
        assert document.keys() == {"texts", "words"}
    for kind in ReplyKind:
        assert len({variables(document["texts"][kind]) for document in documents}) == 1


def test_a_language_we_have_no_texts_for_gets_french() -> None:
    for language in ("bm", "", "xx", "../fr"):
        assert reply(ReplyKind.NEUTRAL, language) == reply(ReplyKind.NEUTRAL, "fr")
        assert reply(ReplyKind.HELP_FORM, language, fields=[1, 2]) == reply(ReplyKind.HELP_FORM, "fr", fields=[1, 2])


@pytest.mark.parametrize(
    "reference",
    ["", "K7Q2", "K7Q29", "k7q28", "K7 Q28", "K7Q28 ", "K7Q28\n", "ANSONGO", "22370000001", "{codes}", "K7Q28A9"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_reference_as_it_was_issued_is_let_in(reference: str, language: str) -> None:
    with pytest.raises(ReplyRefused) as caught:
        reply(ReplyKind.COMPLETE, language, reference=reference)
    assert not reference.strip() or reference not in str(caught.value)
    with pytest.raises(ReplyRefused):
        readback(language, reference=reference, codes=[(1, "3")])
    with pytest.raises(ReplyRefused):
        complaint_number(language, reference=reference, number="+22370000001")


@pytest.mark.parametrize("field", [0, 10, -1, 2.5, "4", "GAO", None])
def test_only_lines_of_the_card_are_let_in(field: int) -> None:
    with pytest.raises(ReplyRefused):
        reply(ReplyKind.MISSING, "fr", reference=REFERENCE, fields=[4, field])
    with pytest.raises(ReplyRefused):
        readback("fr", reference=REFERENCE, codes=[(field, "3")])


@pytest.mark.parametrize("code", ["", "Gao", "à", "3 G", "3\n", "TUE!", "{reference}", "ﬁ", "٣"])
def test_only_codes_are_read_back(code: str) -> None:
    with pytest.raises(ReplyRefused):
        readback("fr", reference=REFERENCE, codes=[(1, "3"), (4, code)])


@pytest.mark.parametrize("number", ["call me", "+", "12", "+223 7O 00 00 01", "1" * 16, "٣٣٣٣", "{reference}"])
def test_only_a_number_is_named_as_the_one_to_call(number: str) -> None:
    with pytest.raises(ReplyRefused):
        complaint_number("fr", reference=REFERENCE, number=number)


def test_a_read_back_that_would_not_fit_becomes_the_plain_receipt() -> None:
    codes = [(line, "ML0701010203,ML07") for line in ALL_LINES]
    assert readback("fr", reference=REFERENCE, codes=codes) == "K7Q28 recu. Merci."


def test_a_read_back_may_fill_one_message_to_the_last_character() -> None:
    fixed = len(readback("fr", reference=REFERENCE, codes=[(4, "A")])) - 1
    assert len(readback("fr", reference=REFERENCE, codes=[(4, "A" * (160 - fixed))])) == 160
    assert readback("fr", reference=REFERENCE, codes=[(4, "A" * (161 - fixed))]) == "K7Q28 recu. Merci."


@pytest.mark.parametrize("kind", CLOSED)
def test_an_answer_takes_exactly_what_its_text_uses(kind: ReplyKind) -> None:
    needed = variables(catalogues()["fr"].texts[kind])
    for reference in (None, REFERENCE):
        for fields in ((), (4,)):
            fits = (reference is not None) == ("reference" in needed) and bool(fields) == ("fields" in needed)
            if not fits:
                with pytest.raises(ReplyRefused, match="takes exactly"):
                    reply(kind, "fr", reference=reference, fields=fields)


def test_read_back_and_number_have_their_own_ways_in() -> None:
    for kind in (ReplyKind.READBACK, ReplyKind.COMPLAINT_NUMBER):
        with pytest.raises(ReplyRefused):
            reply(kind, "fr", reference=REFERENCE)
    with pytest.raises(ReplyRefused):
        readback("fr", reference=REFERENCE, codes=[])


@given(
    kind=st.sampled_from(ReplyKind),
    language=st.sampled_from(LANGUAGES),
    reference=st.none() | references | st.text(max_size=8),
    fields=lines | st.lists(st.integers(), max_size=3),
)
def test_whatever_is_asked_the_answer_is_in_the_catalogue_or_there_is_none(
    kind: ReplyKind, language: str, reference: str | None, fields: list[int]
) -> None:
    try:
        text = reply(kind, language, reference=reference, fields=fields)
    except ReplyRefused:
        return
    assert is_in_the_catalogue(text, language)
    assert (gsm.septets(text) or 999) <= 160


@given(
    language=st.sampled_from(LANGUAGES),
    reference=references,
    codes=st.lists(
        st.tuples(st.sampled_from(ALL_LINES), st.text("AGZ059/+=.,-", min_size=1, max_size=15) | st.text(max_size=3)),
        max_size=9,
    ),
)
def test_whatever_is_read_back_the_answer_is_in_the_catalogue_or_there_is_none(
    language: str, reference: str, codes: list[tuple[int, str]]
) -> None:
    try:
        text = readback(language, reference=reference, codes=codes)
    except ReplyRefused:
        return
    assert is_in_the_catalogue(text, language)
    assert (gsm.septets(text) or 999) <= 160


@given(language=st.sampled_from(LANGUAGES), reference=references, fields=lines.filter(bool))
def test_every_issued_reference_and_every_set_of_lines_is_accepted(
    language: str, reference: str, fields: list[int]
) -> None:
    text = reply(ReplyKind.MISSING, language, reference=reference, fields=fields)
    assert text.startswith(reference)
    assert {int(line) for line in re.findall(r"([1-9]) \.\.\.", text)} == set(fields)
