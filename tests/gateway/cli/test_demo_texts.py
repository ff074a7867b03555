"""The invented texts and people of the demonstration: plausible, everywhere, and nobody's."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from gateway.cli.demo import people, plan, words
from gateway.records.codes import ReplyMode, Role
from parsers import parse
from parsers.codebook import gazetteer
from parsers.result import ReporterContext

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def _plan(seed: int = 1, size: int = 430) -> list[plan.Story]:
    rng = Random(seed)
    return plan.plan(rng, people.phones(rng), size=size, now=NOW)


def test_every_reporting_region_writes() -> None:
    known = {place.pcode for place in gazetteer.load().regions()}
    assert {region.code for region in words.regions()} == known
    assert {story.sender.region.code for story in _plan()} == known


@pytest.mark.parametrize("region", words.regions(), ids=lambda region: region.code)
def test_every_place_name_is_of_its_region(region: words.Region) -> None:
    for name in region.names:
        found = gazetteer.load().exact(gazetteer.fold_key(name))
        assert found, name
        assert {place.region for place in found} == {region.code}, name


def test_the_same_seed_tells_the_same_stories() -> None:
    assert _plan(seed=3) == _plan(seed=3)
    assert _plan(seed=3) != _plan(seed=4)


def test_all_numbers_are_invented_ones() -> None:
    numbers = [sender.number for sender in people.phones(Random(1)).everybody()]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"\+2237000\d{4}", number) for number in numbers)


def test_a_small_plan_holds_every_kind() -> None:
    assert {story.kind for story in _plan(size=40)} == set(plan.KINDS)


def test_the_whole_plan_holds_every_course_and_every_kind_of_later_text() -> None:
    stories = _plan()
    assert len(stories) >= 400
    assert {story.course for story in stories} == set(plan.Course)
    assert {story.follow_up for story in stories} == {None, "complete", "correct", "cancel", "again"}


def test_it_reaches_back_eighteen_months_and_is_busiest_at_the_end() -> None:
    moments = [story.at for story in _plan()]
    assert max(moments) <= NOW
    assert timedelta(days=480) < NOW - min(moments) < timedelta(days=560)
    last_weeks = sum(1 for moment in moments if NOW - moment < timedelta(days=35))
    assert last_weeks > len(moments) / 5


def test_officers_hold_every_role_and_every_region_has_one_of_its_own() -> None:
    held = Counter(role for officer in people.OFFICERS for role in officer.roles)
    assert set(held) == set(Role)
    assert all(held[role] >= 2 for role in (Role.FOCAL_POINT, Role.TECHNICAL, Role.FINAL))
    regional = [code for officer in people.OFFICERS if Role.REGIONAL in officer.roles for code in officer.regions]
    assert sorted(regional) == sorted(region.code for region in words.regions())


def test_phones_are_of_every_sort() -> None:
    phones = people.phones(Random(1))
    assert {sender.mode for sender in phones.relays} == set(ReplyMode)
    assert {sender.language for sender in phones.everybody()} == {"fr", "en"}
    assert all(sender.is_training for sender in phones.trainees)
    assert all(sender.project for sender in phones.beneficiaries)


def test_most_texts_are_read_as_what_they_are() -> None:
    stories = [story for story in _plan() if story.kind in ("incident", "project", "alert", "release", "complaint")]
    kinds = [_kind(story) for story in stories]
    right = sum(1 for kind, story in zip(kinds, stories, strict=True) if kind == story.kind)
    assert right > 0.9 * len(stories)


def _kind(story: plan.Story) -> str:
    known = ReporterContext(language="en" if story.sender.language == "en" else "fr")
    return parse(story.text, received_on=story.at.date(), reporter=known).kind
