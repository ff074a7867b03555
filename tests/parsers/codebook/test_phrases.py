"""The short notation of words, and the tree that finds phrases."""

from parsers.codebook.phrases import Meaning, Phrases, expand


def test_a_part_in_brackets_may_be_there():
    assert set(expand("tué(e)(s)")) == {"tue", "tuee", "tues", "tuees"}


def test_a_bar_gives_one_or_the_other():
    assert set(expand("centre (attaqué|pillé)")) == {"centre attaque", "centre pille"}


def test_hyphens_and_apostrophes_part_words():
    assert expand("Peux-tu l'école") == ("peux tu l ecole",)


def test_one_phrase_may_mean_two_things():
    phrases = Phrases()
    phrases.add("moins", Meaning("women_access", "less"))
    phrases.add("moins", Meaning("tension", "less"))
    assert [meaning.table for meaning in phrases.root.steps["moins"].meanings] == ["women_access", "tension"]
    assert set(phrases) == {"moins"}
