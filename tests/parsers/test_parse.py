"""What holds for every text: nothing raises, nothing is lost, the same text gives the same parse, and soon."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import parse
from parsers.result import ReporterContext
from tests.parsers import properties

TODAY = date(2026, 11, 20)
SENDER = ReporterContext(language="fr", area="ML07")
PIECES = [
    *("ENF", "RVC", "ALERTE", "LIB", "K7Q28", "@4821", "TEST", "MOD", "ANNUL", "STOP", "bonjour", "merci", "//"),
    *("REC", "TUE", "VS", "San", "OUI", "PANNE", "REMIS", "CMA", "MAA", "JNIM", "VU", "DIT", "URG", "MED", "FAM-TRACE"),
    *("3G1F", "3", "G", "1F", "12-15", "12-15ans", "14/11", "10-12/11", "hier", "lundi", "il y a 3 jours", "4/5", "1O"),
    *(
        "Ansongo",
        "Ansomgo",
        "Gao/Ansongo",
        "route",
        "vers",
        "commune",
        "de",
        "pas",
        "GAO-22-014",
        "l2/11",
        "99999999999",
    ),
    *(
        "1=",
        "2=",
        "4=",
        "5=",
        "lieu:",
        "6=?",
        ",",
        ";",
        "|",
        "*",
        "#",
        "+",
        "_",
        "/",
        "-",
        "(",
        ")",
        "?",
        "'",
        "\n",
        "\u200b",
    ),
]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
)
ASKED = st.one_of(
    st.none(), st.tuples(st.sampled_from(("incident", "project", "alert", "release", "x")), st.text("0123456789ab"))
)


def _parse(text, reporter=SENDER):
    return parse(text, received_on=TODAY, reporter=reporter)


@settings(max_examples=400)
@given(TEXTS, ASKED)
def test_nothing_raises_and_every_character_has_one_use(text, asked):
    parsed = _parse(text, ReporterContext(language="fr", asked=asked))
    json.dumps(parsed.as_dict())
    properties.every_character_has_one_use(parsed)


@settings(max_examples=150)
@given(TEXTS)
def test_the_same_text_gives_the_same_parse(text):
    assert _parse(text) == _parse(text)


@settings(max_examples=150)
@given(TEXTS)
def test_a_parse_is_complete_exactly_when_nothing_is_for_a_person(text):
    parsed = _parse(text)
    has_check = any(problem.severity == "check" for problem in parsed.problems)
    assert (parsed.state == "complete") == (not has_check)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_a_complete_incident_has_all_that_the_card_requires(text):
    parsed = _parse("ENF " + text)
    if parsed.kind == "incident" and parsed.state == "complete":
        assert {"violation", "place", "date_from", "date_to"} <= parsed.fields.keys()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\n",
        "\x00",
        "\ud800",
        "\u202eENF",
        "1" * 10_000,
        "a" * 1_500,
        "(" * 3_000 + ")" * 3_000,
        "4=" * 700,
        "G 3 " * 400,
        "ENF " + "3 G " * 400,
        "Anxongo " * 200,
        "l1/" * 3_000,
        "Gao/" * 400,
        "4=x " * 400,
        "ENF " + "Zansongo Bourzm " * 100,
        "hier " * 400,
        "\\x %s {0} ${7*7} {{7*7}} %n",
        "<script>alert(1)</script>",
        "' OR 1=1--; DROP TABLE x",
        "=HYPERLINK(1)",
        "ENF\r\nfaux journal",
        "\x1b[31mENF",
        "QUJD" * 40,
    ],
)
def test_a_hostile_text_is_read_in_bounded_work_and_never_complete(text):
    properties.calls("ENF REC 3G Ansomgo 14/11 hier")  # the tables are made on the first message, not on this one
    assert properties.calls(text) < 100_000  # the time this takes is for `lakana bench parse`
    parsed = _parse(text)
    assert parsed.state != "complete"
    assert parsed.text == text


@pytest.mark.parametrize(
    "text",
    [
        "ENF REC ٣G Ansongo 14/11",
        "ENF REC ３G Ansongo 14／11",
        "ЕNF RЕC 3G Ansongo 14/11",
        "E\u200bNF REC 3G Ansongo\u00a014/11",
    ],
)
def test_other_digits_and_letters_that_look_alike_are_read(text):
    parsed = _parse(text)
    assert (parsed.state, parsed.fields["boys"]) == ("complete", 3)


def test_a_note_is_kept_as_it_was_typed():
    assert _parse("ENF REC 3G Ansongo 14/11 //  L'École est FERMÉE ").note == "L'École est FERMÉE"


def test_more_than_a_text_can_hold_is_left_unread():
    parsed = _parse("ENF REC 3G Ansongo 14/11 " + "x " * 1_000)
    assert parsed.state == "check"


@pytest.mark.parametrize(
    "text",
    [
        "ENF REC 3G Ansongo 14/11 JNMI",
        "ENF REC 3G Ansongo 14/11 VU ZKB",
        "ENF REC 3G Ansongo 14/11 CMA les 4 autres",
        "ENF REC 3G Ansongo 14/11 fausse alerte",
        "ENF REC 3G Ansongo 14/11 12/11",
        "ENF REC 3G Ansongo Menaka 14/11",
        "ENF TUE 3G 3B 2F Ansongo 14/11",
        "ENF 3 VS 2G Ansongo 14/11",
        "ENF REC 3G -15 ans Ansongo 14/11",
        "ENF REC mine 2G Ansongo 14/11",
        "ENF TUE 2G SAN Ansongo 14/11",
        "ENF REC plus de 3G Ansongo 14/11",
        "ENF REC 3 ou 4G Ansongo 14/11",
        "ENF REC 3 G 3 F 2 Ansongo 14/11",
        "ENF REC 3G Ansongo depuis 3 jours",
        "ENF REC 3G? Ansongo 14/11",
        "ENF REC 3G Ansongo 14/11 contre FAMA",
        "ENF REC 3G a 1h de Ansongo 14/11",
        "ENF REC 3G Gao ou Bourem 14/11",
        "ENF REC 3G Maina 14/11",
        "ENF REC 3G Ansongo 14/11 12/11 et 14/11",
        "ENF REC 3G Ansongo du 15 au 12/11",
        "ENF REC 3G Ansongo 1/O07",
        "ENF VS 1F la victime est a l'hopital Ansongo 14/11",
        "ENF TUE 3G Ansongo 14/11 1=5",
        "ENF garcons filles 7 REC Ansongo 14/11",
        "ENF 1: DES 2: 6F 4: Ansongo 5: 14/11",
    ],
)
def test_what_could_be_silently_wrong_is_for_a_person(text):
    assert _parse(text).state == "check"
