"""The noise itself: seeded, with a truth that follows from how each message was made."""

from datetime import date

import pytest
from rapidfuzz.distance import OSA

from tests.noise import generator, slips, vocabulary

KINDS = (*generator.READABLE, *generator.FOR_A_PERSON)
SAMPLES = {name: list(generator.samples(name, 12, "a seed")) for name in KINDS}
NEEDED = {
    "incident": {"violation", "place", "date_from", "date_to"},
    "release": {"how", "place", "date_from", "date_to"},
    "alert": {"threat", "place"},
}


def test_there_are_many_kinds_and_every_third_or_so_asks_for_a_person():
    assert len(KINDS) >= 20
    assert 0.25 < len(generator.FOR_A_PERSON) / len(KINDS) < 0.5


def test_the_same_seed_gives_the_same_messages_and_another_seed_others():
    for name in KINDS:
        assert list(generator.samples(name, 12, "a seed")) == SAMPLES[name]
        assert [sample.text for sample in generator.samples(name, 12, "b")] != [sample.text for sample in SAMPLES[name]]


def test_each_kind_of_report_is_there():
    assert {sample.kind for samples in SAMPLES.values() for sample in samples} >= {"incident", "release", "alert"}


@pytest.mark.parametrize("name", generator.READABLE)
def test_what_can_be_read_has_a_whole_truth(name):
    for sample in SAMPLES[name]:
        assert NEEDED[sample.kind] <= sample.fields.keys(), sample
        assert date.fromisoformat(sample.fields["date_to"]) <= date.fromisoformat(sample.today)
        assert not sample.must_check
        assert 0 < len(sample.text) < 1600


@pytest.mark.parametrize("name", generator.FOR_A_PERSON)
def test_what_loses_something_asks_for_a_person(name):
    assert all(sample.must_check and sample.text for sample in SAMPLES[name])


@pytest.mark.parametrize("place", vocabulary.PLACES)
def test_a_place_of_the_noise_has_a_name_of_its_own(place):
    key = slips.folded(place)
    assert slips.names()[key] == {key}


@pytest.mark.parametrize("typed", vocabulary.BETWEEN_TWO)
def test_a_name_between_two_is_near_both_and_is_neither(typed):
    assert slips.folded(typed) not in slips.names()
    assert len(slips.within(typed, 1)) > 1


@pytest.mark.parametrize("word", vocabulary.AUTOCORRECTED)
def test_a_word_of_the_dictionary_is_no_place(word):
    assert slips.folded(word) not in slips.names()


@pytest.mark.parametrize(("word", "typed"), [(word, typed) for word, row in vocabulary.BY_EAR.items() for typed in row])
def test_what_is_written_as_it_sounds_is_one_letter_off(word, typed):
    assert OSA.distance(slips.folded(word), slips.folded(typed)) <= 1


def test_a_text_that_the_network_cut_is_as_long_as_a_segment():
    assert {len(sample.text) for sample in SAMPLES["cut off by the network"]} <= {153, 160}
