"""Several reports in one message: where they are taken apart, where not, and what is laid before a person."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import parse
from parsers.result import ReporterContext
from parsers.several import MOST, MOST_ATOMS
from parsers.tokens import PIECE
from tests.parsers import properties

TODAY = date(2026, 11, 20)
FIRST, SECOND = "ENF REC 3G Ansongo 14/11 CMA", "ENF TUE 1F Gao 15/11 VU"


def _parse(text, **known):
    return parse(text, received_on=TODAY, reporter=ReporterContext(language="fr", **known))


def _reports(text, **known):
    """Each report's own words, kind and state."""
    parsed = _parse(text, **known)
    found = []
    for each in (parsed, *parsed.more):
        start, end = each.spans[0][1], each.spans[-1][2]
        found.append((text[start:end].strip(" ;\n"), each.kind, each.state))
    return found


def _codes(parsed, severity="check"):
    return [problem.code for problem in parsed.problems if problem.severity == severity]


APART = [
    f"{FIRST} ;; {SECOND}",
    f"{FIRST};;{SECOND}",
    f"{FIRST} ;;;; {SECOND} ;;",
    f"{FIRST}\n{SECOND}",
    f"{FIRST} {SECOND}",
    f"{FIRST} {SECOND}".lower(),
    f"{FIRST} {SECOND}".upper(),
    f"bonjour chef {FIRST} ;; {SECOND} merci",
    f"{FIRST} // vu par les parents ;; {SECOND}",
    f"{FIRST} // vu par les parents\n{SECOND}",
    f"{FIRST} ;; EFN TUE 1F Gao 15/11 VU",
    f"{FIRST} ;; TUE 1F Gao 15/11 VU",
    "ENF;;REC;;3G;;Ansongo;;14/11;;CMA;;ENF;;TUE;;1F;;Gao;;15/11;;VU",
]


@pytest.mark.parametrize("text", APART)
def test_two_whole_reports_are_two(text):
    parsed = _parse(text)
    [second] = parsed.more
    first_says = {"violation": ["recruitment"], "boys": 3, "date_from": date(2026, 11, 14), "party": ["cma"]}
    second_says = {"violation": ["killing"], "girls": 1, "date_from": date(2026, 11, 15), "source": "witness"}
    for report, place, says in ((parsed, "Ansongo", first_says), (second, "Gao", second_says)):
        assert (report.kind, report.state, report.fields["place"]["name"]) == ("incident", "complete", place)
        plain = {name: report.fields[name] for name in says}
        assert json.dumps(plain, default=str) == json.dumps(says, default=str)
    assert "party" not in second.fields
    properties.every_character_has_one_use(parsed)


ONE = [
    ("ENF;;TUE ; 1G;Macina ;14/11; JNIM;VU", "complete"),
    ("ENF;;REC;;3G;;Ansongo;;14/11;;CMA", "complete"),
    (f"{FIRST} ;; VU", "complete"),
    (f"{FIRST} ;; merci", "complete"),
    (f"bonjour ;; {FIRST}", "complete"),
    (f"{FIRST} ;; les parents attendent", "complete"),
    ("ALERTE ALERTE attaque Gao", "complete"),
    ("LIB 3 ENF CMA Gao 14/11 REMIS", "complete"),
    (f"{FIRST} SOS", "complete"),
    (f"{FIRST} // l'ENF va bien", "complete"),
    (f"{FIRST} les parents ont lance une alerte sur la route", "complete"),
    ("LIB ENF 3G CMA Gao 14/11 REMIS", "check"),
    ("ENF LIB 2G Kidal 14/11", "check"),
    ("ENF REC 3G Gao 10/11 CMA LIB 14/11", "check"),
    (f"{FIRST} ;; VS", "check"),
    (f"{FIRST} // note ;; TUE 1F", "check"),
    (f"{FIRST}\nplainte deposee", "check"),
    ("STOP ;; ENF REC 3G Gao 14/11", "check"),
    (f"ENF ;; {FIRST}", "check"),
    ("PLAINTE un agent ;; ENF REC 3G Gao 14/11", "complete"),
    (";;;;;;", "unreadable"),
]


@pytest.mark.parametrize(("text", "state"), ONE)
def test_what_is_one_report_stays_one(text, state):
    parsed = _parse(text)
    assert (parsed.more, parsed.state) == ((), state)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ENF REC 2G Gao hier ;; TUE 1F", {"missing_place": "ML07", "missing_date": "2026-11-19"}),
        ("ENF REC 2G Gao hier ;; TUE 1F Bourem", {"missing_date": "2026-11-19"}),
        ("ENF REC 2G Gao hier ;; ENF TUE 1F 12/11", {"missing_place": "ML07"}),
        ("ENF REC 2G vers Gao hier ;; ENF TUE 1F 12/11", {"missing_place": ""}),
        ("ENF REC 2G Gao novembre 2026 ;; ENF TUE 1F Gao", {"missing_date": ""}),
    ],
)
def test_what_the_second_leaves_out_is_missing_and_only_offered(text, offered):
    [second] = _parse(text).more
    assert {each.code: each.detail for each in second.problems if each.severity == "check"} == offered
    assert second.fields.keys().isdisjoint({code.removeprefix("missing_") for code in offered} | {"party"})


def test_an_offer_comes_from_the_last_report_that_said_it():
    _, third = _parse("ENF REC 2G Gao hier ;; TUE 1F ;; BLE 1G").more
    assert ("missing_place", "ML07") in {(each.code, each.detail) for each in third.problems}


def test_a_kind_that_was_taken_over_is_said():
    [second] = _parse(f"{FIRST} ;; TUE 1F Gao 15/11").more
    assert _codes(second, "note") == ["assumed_kind"]


def test_without_any_keyword_both_are_for_a_person():
    assert _reports("REC 2G Gao hier ;; TUE 1H") == [
        ("REC 2G Gao hier", "unknown", "check"),
        ("TUE 1H", "unknown", "check"),
    ]


def test_an_unreadable_part_stands_by_itself_between_the_others():
    assert _reports(f"{FIRST} ;; xyzzy qsdf wxcv ;; {SECOND}") == [
        (FIRST, "incident", "complete"),
        ("xyzzy qsdf wxcv", "unknown", "unreadable"),
        (SECOND, "incident", "complete"),
    ]


def test_reports_of_different_kinds():
    assert [kind for _, kind, _ in _reports(f"{FIRST} ;; LIB 2G Gao 15/11 ;; ALERTE attaque Gao ;; K7Q28 4 Gao")] == [
        "incident",
        "release",
        "alert",
        "answer",
    ]


def test_a_complaint_takes_all_that_follows_it():
    text = "PLAINTE un agent demande de l'argent ;; ENF TUE 1F Gao 15/11"
    for border in (" ;; ", "\n"):
        assert _reports(FIRST + border + text) == [(FIRST, "incident", "complete"), (text, "complaint", "complete")]


DOUBTFUL = [
    "ENF REC 3G Gao ENF BLE 2G 14/11",
    f"{FIRST} les gens disent que LIB 3G Gao 15/11",
    "ENF REC 3G ANSONGO 14/11\nALERTE ATTAQUE GAO HIER",
]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_doubtful_border_is_for_a_person_on_both_sides(text):
    parsed = _parse(text)
    [second] = parsed.more
    assert "repeated_keyword" in _codes(parsed)
    assert "repeated_keyword" in _codes(second)


def test_the_same_report_twice_is_for_a_person():
    parsed = _parse(f"{FIRST} ;; {FIRST}")
    assert (parsed.state, _codes(parsed.more[0])) == ("complete", ["repeated_report"])


def test_only_the_first_leans_on_what_is_known_of_the_last_messages():
    parsed = _parse("RVC 2=1 ;; RVC 2=3", project="GAO-22-014")
    assert parsed.fields["project"] == "GAO-22-014"
    assert _codes(parsed.more[0]) == ["missing_project"]


def test_only_the_last_can_have_been_cut():
    cut = FIRST + " ;; " + SECOND + " " + "x" * (160 - len(f"{FIRST} ;; {SECOND} "))
    parsed = _parse(cut)
    assert len(cut) == 160
    assert "truncated" in _codes(parsed.more[0])
    long_first = FIRST + " // " + "y" * (160 - len(FIRST) - 4)
    assert "truncated" not in _codes(_parse(f"{long_first} ;; {SECOND}"))


def test_there_are_at_most_ten_and_the_last_says_that_there_is_more():
    parsed = _parse(" ;; ".join(f"ENF REC {number}G Gao 14/11" for number in range(1, MOST + 3)))
    assert len(parsed.more) == MOST - 1
    assert "repeated_keyword" in _codes(parsed.more[-1])
    assert len(_parse(" ;; ".join(f"ENF REC {n}G Gao 14/11" for n in range(1, MOST + 1))).more) == MOST - 1


def test_a_complaint_beyond_the_tenth_stays_a_complaint():
    many = " ;; ".join(f"ENF REC {number}G Gao 14/11" for number in range(1, MOST + 2))
    found = _reports(f"{many} ;; PLAINTE un agent")
    assert (len(found), found[-1]) == (MOST, ("PLAINTE un agent", "complaint", "complete"))
    assert found[-2][2] == "check"


LONG = [
    ";" * 1_600,
    ";; " * 533,
    "a;;" * 533,
    "ENF INC " * 200,
    "ENF\nINC\n" * 200,
    "ENF REC 3G Gao 14/11;;" * 70,
    "ENF REC 3G Gao\n" * 100,
    ("ENF " + "Zansongo Bourzm " * 5 + ";;") * 18,
    ("ENF " + "4=x " * 18 + ";;") * 20,
    "ENF REC 2G Gao hier" + (";;" + "Ansomgo Bourzm 3 G " * 3) * 19 + ";;ENF REC 2G Gao hier",
]


def _shortened(text):
    """The longest beginning of it that is still taken apart."""
    for end, found in enumerate(PIECE.finditer(text), 1):
        if end == MOST_ATOMS:
            return text[: found.end()]
    return text


@pytest.mark.parametrize("text", [*LONG, *map(_shortened, LONG)])
def test_the_work_is_bounded_whatever_stands_between(text):
    properties.calls(f"{FIRST} ;; {SECOND}")  # the tables are made on the first message, not on this one
    assert properties.calls(text) < 100_000
    properties.hold(text)


def test_a_text_too_long_to_be_taken_apart_is_for_a_person():
    parsed = _parse("ENF REC 3G Gao 14/11 CMA\n" * 40)
    assert (parsed.more, parsed.state) == ((), "check")


PIECES = [
    FIRST,
    SECOND,
    ";;",
    ";",
    "\n",
    "//",
    "TUE 1F",
    "LIB 2G",
    "PLAINTE x",
    "K7Q28 4 Gao",
    "TEST",
    "@4821",
    "merci",
    "zzz",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_every_character_is_used_once_over_all_reports(text):
    properties.hold(text)


def test_the_parse_object_has_more_only_where_there_is_more():
    assert "more" not in _parse(FIRST).as_dict()
    written = _parse(f"{FIRST} ;; {SECOND}").as_dict()
    assert [each["fields"]["violation"] for each in written["more"]] == [["killing"]]
    start, end = written["more"][0]["spans"]["place"][0]
    assert written["text"][start:end] == "Gao"
