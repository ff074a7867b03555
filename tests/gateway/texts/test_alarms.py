"""The words of alarms: every kind, both languages, one text message each, and nothing that could be a person."""

import pytest

from gateway import clock
from gateway.records.alarm import Alarm
from gateway.records.codes import AlarmKind
from gateway.texts import alarms, gsm

NOW = clock.now()
LONGEST = {AlarmKind.SILENT_REGION: "ML06", AlarmKind.SILENT_CHANNEL: "africastalking"}


def _alarm(kind, **columns):
    usual = {"subject": LONGEST.get(kind, "+22370009999"), "figure": 99999, "raised_at": NOW}
    return Alarm(kind=kind, **usual | columns)


@pytest.mark.parametrize("language", alarms.LANGUAGES)
@pytest.mark.parametrize("kind", AlarmKind)
def test_every_alarm_fits_into_one_text_message(kind, language):
    for alarm in (_alarm(kind), _alarm(kind, closed_at=NOW)):
        text = alarms.short([alarm], language)
        assert gsm.septets(text) is not None
        assert gsm.segments(text) == 1
        assert "{" not in text


def test_both_languages_know_the_same():
    words = alarms._words()
    assert set(words["fr"]) == set(words["en"]) == {"over", "many", *AlarmKind}


def test_a_region_is_told_by_its_name():
    alarm = _alarm(AlarmKind.SILENT_REGION, subject="ML07", figure=2)
    assert alarms.sentence(alarm, "en") == "No message from Gao for 2 days."
    assert alarms.sentence(alarm, "fr") == "Aucun message de Gao depuis 2 jours."


def test_what_is_over_says_so():
    alarm = _alarm(AlarmKind.DISK, figure=91, closed_at=NOW)
    assert alarms.sentence(alarm, "en") == "Over: The disk is 91 % full."


def test_several_are_one_letter_and_one_text():
    both = [_alarm(AlarmKind.DISK, figure=91), _alarm(AlarmKind.DEAD, figure=2)]
    subject, body = alarms.letter(both, "en", "https://panel.example.org")
    assert subject == "[Lakana] 2 alarms. See the page Health."
    assert body.splitlines() == [
        "The disk is 91 % full.",
        "2 message(s) could not be read and wait for a person.",
        "",
        "https://panel.example.org/health",
    ]
    assert alarms.short(both, "fr") == "Lakana: 2 alarmes. Voir la page État du service."
