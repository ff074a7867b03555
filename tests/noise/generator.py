"""Every kind of noise by its name, and the messages of a seed: the same seed gives the same messages."""

from collections.abc import Iterator
from random import Random

from tests.noise import harmful, harmless, misspelt
from tests.noise.harmless import Noise, Noised
from tests.parsers.scoring import Sample

# One table: what loses nothing, then what must be looked at.
READABLE: dict[str, Noise] = {
    "as on the card": harmless.as_on_the_card,
    "small letters": harmless.small_letters,
    "capitals": harmless.capitals,
    "one sentence, a full stop": harmless.one_sentence,
    "words for codes": harmless.words_for_codes,
    "a sentence": harmless.a_sentence,
    "a personal code, TEST": harmless.code_and_training,
    "commas without blanks": harmless.commas_without_blanks,
    "other separators": harmless.other_separators,
    "new lines": harmless.new_lines,
    "stray blanks": harmless.stray_blanks,
    "greeting first": harmless.greeting_first,
    "thanks last": harmless.thanks_last,
    "short words (ds, ajd, hier swar)": harmless.short_words,
    "a story after it": harmless.a_story_after,
    "a note behind //": harmless.a_note,
    "forwarded or quoted": harmless.forwarded,
    "look-alikes, invisible marks": harmless.invisible_and_alike,
    "O for 0, l for 1": harmless.letters_for_digits,
    "units written out": harmless.units_written_out,
    "numbers in words": harmless.numbers_in_words,
    "another order": harmless.other_order,
    "labels by number": harmless.labels_by_number,
    "labels by name": harmless.labels_by_name,
    "glued tokens": harmless.glued,
    "place: a letter lost or doubled": misspelt.place_letter_lost_or_doubled,
    "place: two letters swapped": misspelt.place_letters_swapped,
    "place: a wrong key": misspelt.place_wrong_key,
    "keyword misspelt": misspelt.keyword_misspelt,
    "written as it sounds": misspelt.as_it_sounds,
    "accents dropped or odd": misspelt.accents_dropped_or_odd,
    "day with a year": misspelt.day_with_a_year,
    "day with a month": misspelt.day_with_a_month,
    "day in words": misspelt.day_in_words,
    "day without noughts": misspelt.days_without_noughts,
    "several at once": misspelt.several_at_once,
    "in English": misspelt.in_english,
}
FOR_A_PERSON: dict[str, Noise] = {
    "a required field missing": harmful.required_field_missing,
    "sent too early": harmful.sent_too_early,
    "cut off by the network": harmful.cut_off_by_the_network,
    "said twice, differently": harmful.said_twice_differently,
    "total and parts disagree": harmful.total_and_parts_disagree,
    "the number lost": harmful.number_lost,
    "half a day": harmful.half_a_day,
    "an impossible day": harmful.impossible_day,
    "no such number": harmful.no_such_number,
    "a grown-up's age": harmful.grown_up,
    "place: two letters wrong": harmful.two_letters_wrong_in_the_place,
    "place: between two": harmful.place_between_two,
    "place: autocorrected": harmful.place_autocorrected,
    "near a place": harmful.near_a_place,
    "denied or doubted": harmful.denied_or_doubted,
    "one or the other": harmful.one_or_the_other,
    "unknown words in the middle": harmful.unknown_words_in_the_middle,
    "no keyword": harmful.no_keyword,
}


def samples(name: str, count: int, seed: str) -> Iterator[Sample]:
    """So many messages with this noise, each with its truth."""
    noise = READABLE.get(name) or FOR_A_PERSON[name]
    for number in range(1, count + 1):
        noised = noise(Random(f"{seed} {name} {number}"))
        yield _sample(f"{name} {number}", name, noised)


def _sample(identity: str, name: str, noised: Noised) -> Sample:
    return Sample(
        id=identity,
        text=noised.text,
        today=noised.report.today.isoformat(),
        lang=noised.language,
        area=None,
        kind="unknown" if name == "no keyword" else noised.report.kind,
        fields=noised.report.truth | _beside(noised),
        must_check=name in FOR_A_PERSON,
        why=name,
    )


def _beside(noised: Noised) -> dict[str, object]:
    """What the noise itself says."""
    return ({"note": noised.note} if noised.note else {}) | ({"test": True} if noised.is_training else {})
