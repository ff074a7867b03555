"""Messages of several reports, read again: each by itself, and what is several only today while nobody touched it."""

from gateway.casework import alerts
from gateway.casework.alerts import Triage
from gateway.casework.fates import Fate
from gateway.records import db
from gateway.records.codes import AlertKind, Role
from gateway.records.message import Message
from gateway.records.reading import Reading
from gateway.records.reply import Reply
from gateway.records.states import AlertStatus, ReadingStatus
from gateway.trust import audit
from tests.make import officer as make_officer
from tests.make.vocabulary import again, all_again

FIRST, SECOND = "ENF REC 3G ANSONGO 14/11", "ENF TUE 1F MOPTI 15/11"


def _officer(session):
    return make_officer.officer(session, roles=(Role.FOCAL_POINT,))


def test_read_again_each_follows_the_newer_vocabulary_by_itself(street, newer):
    message = street.text(f"{FIRST} ;; ENF TUE 1F ZOROBUGU 15/11")
    assert street.all_alerts(message)[1].missing == ["place"]
    told = all_again(message, newer)
    assert [(each.fate, each.reference) for each in told] == [
        (Fate.UNCHANGED, message.reference),
        (Fate.REPLACED, street.all_alerts(message)[1].reference),
    ]
    first, second = street.all_alerts(message)
    assert (first.version, second.version, second.place, second.missing) == (1, 2, "ML0701", [])
    [entry] = street.all(Reading)
    assert (entry.part, entry.alert_id, entry.after["text"]) == (2, second.id, "ENF TUE 1F ZOROBUGU 15/11")
    assert all_again(message, newer) == []


def test_the_unreadable_part_becomes_a_report_when_its_word_is_known(street, newer):
    message = street.text(f"{FIRST} ;; FLASH qsdf wxcv ;; {SECOND}")
    tray = street.all_alerts(message)[1]
    assert tray.kind is AlertKind.UNKNOWN
    assert [each.fate for each in all_again(message, newer)] == [Fate.UNCHANGED, Fate.ROUTED, Fate.UNCHANGED]
    after = street.all_alerts(message)[1]
    assert (after.id, after.reference, after.kind) == (tray.id, tray.reference, AlertKind.INCIDENT)


def _held_together(street):
    """A message whose second keyword the vocabulary of its day did not know."""
    message = street.text(f"{FIRST}\nFLASH TUE 1F GAO 15/11")
    [alert] = street.all_alerts(message)
    assert message.parts == 1
    return message, alert


def test_a_message_that_is_several_reports_today_is_taken_apart_while_nobody_has_touched_it(street, newer):
    message, alert = _held_together(street)
    told = again(message, newer)
    assert (told.fate, told.reports) == (Fate.REPLACED, (1, 2))
    first, second = street.all_alerts(message)
    assert (first.id, first.reference, first.parsed["text"], first.needs_check) == (
        alert.id,
        alert.reference,
        FIRST,
        True,
    )
    assert (second.place, second.types, second.status) == ("ML07", ["killing"], AlertStatus.NEW)
    with db.reading() as session:
        assert session.get_one(Message, message.id).parts == 2
        assert audit.verify(session) is None
    assert all_again(message, newer) == []
    assert len(street.all(Reply)) == 1


def test_once_somebody_has_decided_on_it_it_stays_one(street, newer):
    message, alert = _held_together(street)
    with db.transaction() as session:
        wanted = Triage(AlertStatus.TRIAGED, "", 1)
        alerts.triage(session, alert.id, wanted, officer=_officer(session), now=alert.received_at)
    told = again(message, newer)
    assert (told.fate, told.reports) == (Fate.KEPT, (1, 2))
    [after] = street.all_alerts(message)
    assert after.parsed == alert.parsed
    assert street.all(Reading) == []


def test_a_suggestion_for_one_report_leaves_the_others_alone(street, newer):
    message = street.text("ENF REC 3G ZOROBUGU 14/11 ;; ENF TUE 1F ZOROBUGU 15/11")
    first, second = street.all_alerts(message)
    with db.transaction() as session:
        wanted = Triage(AlertStatus.TRIAGED, "", 1)
        alerts.triage(session, second.id, wanted, officer=_officer(session), now=second.received_at)
    assert [each.fate for each in all_again(message, newer)] == [Fate.REPLACED, Fate.SUGGESTED]
    first, second = street.all_alerts(message)
    assert (first.has_reading_waiting, second.has_reading_waiting) == (False, True)
    assert [(each.part, each.status) for each in street.all(Reading)] == [
        (1, ReadingStatus.APPLIED),
        (2, ReadingStatus.WAITING),
    ]
