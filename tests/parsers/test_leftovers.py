"""What nobody read, or not as it stands, is named: no value vanishes without a word."""

from datetime import date

import pytest

from parsers import parse

TODAY = date(2026, 11, 16)


def _checks(text):
    parsed = parse(text, received_on=TODAY)
    return {problem.code for problem in parsed.problems if problem.severity == "check"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("L5/11", {"ambiguous_date"}),
        ("L5/1L", {"ambiguous_date"}),
        ("d5/11", {"ambiguous_date"}),
        ("L5 nov", {"ambiguous_date"}),
        ("l5/11", set()),  # a small l is a one, and a note says so
        ("l'5/11", set()),
        ("le 5/11", set()),
        ("du5/11", set()),
        ("5=5/11", set()),
    ],
)
def test_a_letter_typed_onto_a_day_may_be_one_of_its_digits(day, expected):
    assert _checks(f"ENF TUE 2G TONKA {day} CMA VU") == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("ce, matin hommes armés", "ambiguous_date"),
        ("ce\nmatin hommes armés", "ambiguous_date"),
        ("ce matin hommes, armés", "ambiguous_party"),
        ("ce matin hommes\narmés", "ambiguous_party"),
        ("ce matin, hommes, armés, VU", "ambiguous_party"),
    ],
)
def test_a_phrase_parted_by_a_comma_or_a_new_line_is_for_a_person(rest, expected):
    assert expected in _checks(f"ALERTE ATTAQUE Bourem {rest}")


def test_commas_and_new_lines_between_values_part_nothing():
    assert not _checks("ALERTE ATTAQUE, Bourem, ce matin,\nhommes armés, URG")


@pytest.mark.parametrize("place", ["Sévaré", "SEVARE", "Mopti/Sevare", "Sévaré (Mopti)", "Mopti, Sévaré"])
def test_the_town_on_the_road_to_mopti_is_known(place):
    parsed = parse(f"ENF TUE 2G {place} 5/11 CMA", received_on=TODAY)
    assert (parsed.state, parsed.fields["place"]["name"]) == ("complete", "Sévaré")


def test_a_severe_wound_is_no_town():
    assert "place" not in parse("ENF BLE 2G blessure sévère 5/11 CMA", received_on=TODAY).fields


@pytest.mark.parametrize(
    "rest",
    [
        "en fait ils sont blessés",
        "je me suis trompé",
        "au lieu de JNIM c'est FAMA",
        "mais ce n'est pas sûr",
        "il faut vérifier",
        "les enfants sont rentrés",
        "déjà signalé",
        "l'année passée",
        "et plusieurs filles",
        "sorry 3B",
    ],
)
def test_what_takes_the_report_back_is_for_a_person(rest):
    assert "negated" in _checks(f"ENF TUE 2G Konna 12/11 JNIM {rest}")


@pytest.mark.parametrize("rest", ["deux femmes aussi", "une vingtaine de motos", "3 motos"])
def test_a_number_in_the_story_is_for_a_person(rest):
    assert "unread" in _checks(f"ENF TUE 2G Konna 12/11 JNIM {rest}")


@pytest.mark.parametrize(
    "words",
    ["pas de tension", "il n'y a pas de tension", "sans tension", "pas de problème", "pas satisfait"],
)
def test_any_denial_in_a_survey_is_for_a_person(words):
    assert "negated" in _checks(f"RVC GAO-22-014 2=OUI 7=4 {words}")
    assert not _checks(f"RVC GAO-22-014 2=OUI 7=4 // {words}")


@pytest.mark.parametrize("words", ["comité dissous", "tension baisse", "il y a un comité"])
def test_words_about_a_field_without_a_value_may_be_its_answer(words):
    assert _checks(f"RVC GAO-22-014 2=OUI 7=4 {words}") == {"unread"}
    assert not _checks("RVC GAO-22-014 2=OUI 5=NON 6=MOINS 7=4 le comité se réunit demain")


@pytest.mark.parametrize("word", ["marche plus", "ne marche plus", "fonctionne plus", "ne fonctionne pas"])
def test_a_denial_that_is_the_value_is_read(word):
    parsed = parse(f"RVC GAO-22-014 {word} 7=1", received_on=TODAY)
    assert (parsed.state, parsed.fields["functional"]) == ("complete", "no")


def test_more_or_less_is_partly():
    parsed = parse("RVC GAO-22-014 marche plus ou moins 7=3", received_on=TODAY)
    assert (parsed.state, parsed.fields["functional"]) == ("complete", "partly")


@pytest.mark.parametrize("value", ["Konna?", "Konna ?"])
def test_a_question_mark_behind_a_value_asks(value):
    assert _checks(f"ENF TUE 2G {value} 12/11 JNIM") == {"ambiguous_place"}


@pytest.mark.parametrize(
    "count", [">5G", "<5G", "~5G", "1G 1G", "1G et 1G", "entre 3 et 5 enfants", "des dizaines d'enfants"]
)
def test_a_count_that_only_bounds_or_may_add_up_is_for_a_person(count):
    assert _checks(f"ENF TUE {count} Konna 12/11 JNIM")


def test_the_same_count_of_two_violations_may_be_other_children():
    assert _checks("ENF 1 garçon tué et 1 garçon blessé Konna 12/11 JNIM") == {"ambiguous_children"}
    assert not _checks("ENF TUE 2G Konna 12/11 JNIM VU 2G")


@pytest.mark.parametrize(
    ("count", "boys", "girls"),
    [("3 enfants: 2 filles et 1 garçon", 1, 2), ("garçons:2 filles:1", 2, 1), ("filles=3 garçons=1", 1, 3)],
)
def test_counts_with_colons(count, boys, girls):
    parsed = parse(f"ENF TUE {count} Konna 12/11 JNIM", received_on=TODAY)
    assert (parsed.state, parsed.fields["boys"], parsed.fields["girls"]) == ("complete", boys, girls)


def test_a_word_that_is_known_is_no_misspelt_one():
    assert "girls" not in parse("ENF 2 pillé Konna 12/11 JNIM", received_on=TODAY).fields


@pytest.mark.parametrize("words", ["l'eau coule bien", "tous les enfants sont contents", "argent bien reçu"])
def test_in_a_survey_a_bare_word_that_opens_a_story_may_be_no_answer(words):
    assert _checks(f"RVC GAO-22-014 2=OUI 7=4 {words}")
    assert not _checks("RVC GAO-22-014 2=OUI 7=4 les gens sont contents")
    assert not _checks("RVC GAO-22-014 2=OUI 8=EAU les gens attendent")


@pytest.mark.parametrize("count", ["+5G", "5G+", "2G +14 ans", "1G 14,5 ans"])
def test_a_plus_or_a_decimal_is_for_a_person(count):
    assert _checks(f"ENF TUE {count} Konna 12/11 JNIM")


@pytest.mark.parametrize("count", ["3G+2F", "3G +2F", "3G+ 2F", "3G + 2F"])
def test_a_plus_between_counts_adds(count):
    parsed = parse(f"ENF TUE {count} Konna 12/11 JNIM", received_on=TODAY)
    assert (parsed.state, parsed.fields["boys"], parsed.fields["girls"]) == ("complete", 3, 2)


def test_a_day_with_a_dash_may_end_a_sentence():
    assert not _checks("ENF TUE 2G Konna 14-11.")
    assert not _checks("ENF/TUE/1G/Konna/14-11/JNIM")
