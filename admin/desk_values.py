"""How the desk tells values: the fields of a report, places, parties and details, in the language of the page."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext, ngettext

from admin.desk_words import BEGINNINGS, CHANNELS, FIELDS, LEVELS, PROBLEMS, QUESTIONS, REFUSALS, VALUES
from admin.i18n import language
from admin.wording import day, label, visible
from admin.words import WORDS
from gateway.casework import details, parties, places
from gateway.casework.details import Detail
from gateway.records.alarm import Alarm
from gateway.records.codes import AlertKind, ViolationType
from gateway.texts import alarms


def problem_words(problem: Mapping[str, Any], field: str | None = None) -> str:
    """What the machine doubted, in a sentence; `field` is the name of the field where it is no field of ours."""
    code = str(problem["code"])
    if code == "guessed_kind" and not problem.get("detail"):
        return gettext("No word at the beginning says what kind of report this is.")
    if code in PROBLEMS:
        return str(PROBLEMS[code])
    for beginning, words in BEGINNINGS.items():
        if code.startswith(beginning):
            return str(words) % {"field": field or field_words(code.removeprefix(beginning))}
    return gettext("The machine was not sure.")


def field_words(name: str) -> str:
    """The name of a field of a card."""
    return str({**FIELDS, **QUESTIONS}.get(name, name))


def code_words(field: str, code: str) -> str:
    """A code of a field in words."""
    if field == "violation":
        return str(WORDS[ViolationType].get(code, code))
    if field == "party":
        return party_words(code)
    return str(VALUES.get(field, {}).get(code, code))


def party_words(code: str) -> str:
    """The name of a party in the language of the page."""
    names = parties.labels().get(code)
    return names[language()] if names else code


def place_words(pcode: str | None) -> str:
    """A place with the larger ones around it, and with its level where one of those has the same name."""
    level = places.level_to_tell(pcode)
    named = places.name(pcode) or gettext("place not known")
    return f"{named}, {LEVELS[level]}" if level else named


def region_words(region: str | None) -> str:
    """A region of the officers' scopes."""
    return places.regions().get(region or "", region or gettext("no region"))


def detail_label(detail: Detail) -> str:
    """The words of a field proper to one type."""
    return detail.labels[language()]


def detail_options(detail: Detail) -> list[tuple[str, str]]:
    """The codes of such a field with their words."""
    return [(option.code, option.labels[language()]) for option in detail.options]


def details_told(violation_type: ViolationType, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields proper to a type that have a value: words and values."""
    told = []
    for detail in details.of_type(violation_type):
        if detail.name not in given:
            continue
        value, words = given[detail.name], dict(detail_options(detail))
        codes = value if isinstance(value, list) else [value]
        told.append((detail_label(detail), ", ".join(words.get(str(code), str(code)) for code in codes)))
    return told


def value_words(field: str, values: Mapping[str, Any]) -> str:
    """The value of a field of the card in words; empty when there is none."""
    return visible(_TELLERS[field](values) if field in _TELLERS else _codes(field, values))


def _codes(field: str, values: Mapping[str, Any]) -> str:
    given = values.get(field)
    codes = given if isinstance(given, list) else [given] if given else []
    return ", ".join(code_words(field, str(code)) for code in codes)


def _children(values: Mapping[str, Any]) -> str:
    counts = {name: values.get(name) for name in ("boys", "girls", "unknown")}
    if all(count is None for count in counts.values()):
        return ""
    total = tally_words(*(int(count or 0) for count in counts.values()))
    return gettext("about %(what)s", what=total) if values.get("children_approximate") else total


def tally_words(boys: int, girls: int, unknown: int) -> str:
    """Children by sex, leaving out what is none."""
    said = []
    if boys:
        said.append(ngettext("%(num)d boy", "%(num)d boys", boys))
    if girls:
        said.append(ngettext("%(num)d girl", "%(num)d girls", girls))
    if unknown:
        said.append(ngettext("%(num)d child, sex not known", "%(num)d children, sex not known", unknown))
    return ", ".join(said) or "0"


def _age(values: Mapping[str, Any]) -> str:
    low, high = values.get("age_min"), values.get("age_max")
    if low is None:
        return ""
    return (
        gettext("%(low)s to %(high)s years", low=low, high=high)
        if high not in (None, low)
        else gettext("%(age)s years", age=low)
    )


def _place(values: Mapping[str, Any]) -> str:
    place = values.get("place")
    if isinstance(place, Mapping) and place.get("pcode"):
        return place_words(place["pcode"])
    return str(place) if isinstance(place, str) else ""


def _date(values: Mapping[str, Any]) -> str:
    first, last = values.get("date_from"), values.get("date_to")
    if not first:
        return ""
    days = " – ".join(day(date.fromisoformat(each)) for each in dict.fromkeys([first, last or first]))
    return gettext("about %(what)s", what=days) if values.get("date_approximate") else days


def _needs(values: Mapping[str, Any]) -> str:
    urgent = [gettext("Urgent")] if values.get("urgent") else []
    return ", ".join([*urgent, *(code_words("needs", code) for code in values.get("needs") or ())])


def code_and_label(code: StrEnum) -> tuple[str, str]:
    """A choice of a form."""
    return code.value, label(code)


def kind_words(code: str) -> str:
    """The kind of a report, kept as a code in a correction."""
    return label(AlertKind(code))


def channel_words(channel: str) -> tuple[str, str]:
    """A channel as a choice of a form."""
    return channel, str(CHANNELS.get(channel, channel))


_TELLERS = {"children": _children, "age": _age, "place": _place, "date": _date, "needs": _needs}


def alarm_words(alarm: Alarm) -> str:
    """What an alarm is about, as those on duty are told."""
    return alarms.sentence(alarm, language())


FILTERS = {
    "alarm_words": alarm_words,
    "problem_words": problem_words,
    "field_words": field_words,
    "party_words": party_words,
    "place_words": place_words,
    "place_name": places.name,
    "region_words": region_words,
    "detail_label": detail_label,
    "detail_options": detail_options,
    "code_and_label": code_and_label,
    "kind_words": kind_words,
    "channel_words": channel_words,
}
GLOBALS = {
    "value_words": value_words,
    "code_words": code_words,
    "details_told": details_told,
    "tally_words": tally_words,
    "refusals": REFUSALS,
    "violation_types": ViolationType,
}
