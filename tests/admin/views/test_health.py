"""The health page: figures for administrators, silences of their own regions for others, and reading again."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from gateway import clock
from gateway.casework import alarms
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlarmKind, Outcome, Role
from gateway.records.db import reading, transaction
from gateway.records.message import Message
from gateway.records.states import MessageState
from tests.make import alert as make_alert
from tests.make import message as make_message


def _dead(**columns):
    with transaction() as session:
        made = make_message.message(session, state=MessageState.DEAD)
        made.attempt, made.reason, made.outcome = 5, "ParserDied", Outcome.READING
        for name, value in columns.items():
            setattr(made, name, value)
        return made.id


def _silence(place):
    with transaction() as session:
        for days in range(3, 25):
            at = clock.now() - timedelta(days=days)
            make_alert.alert(session, fields={"place": {"pcode": place}}, received_at=at)


def test_an_administrator_sees_the_figures_and_what_failed(make_visitor):
    message_id = _dead()
    page = make_visitor(roles=(Role.ADMINISTRATOR,)).get("/health").text
    assert "Could not be read" in page
    assert message_id in page
    assert "ParserDied" in page
    assert "Given up" in page
    assert "ANSONGO" not in page
    assert "+2237" not in page


def test_an_officer_of_cases_sees_no_figure_of_all_messages(make_visitor):
    message_id = _dead()
    page = make_visitor(roles=(Role.FOCAL_POINT,)).get("/health").text
    assert "Messages are read as they come in" in page
    assert message_id not in page
    assert "What came in" not in page
    assert "tile" not in page


@pytest.mark.parametrize(
    ("officer", "sees"),
    [
        ({"roles": (Role.REGIONAL,), "regions": ("ML07",)}, {"Gao"}),
        ({"roles": (Role.REGIONAL,), "regions": ("ML05",)}, set()),
        ({"roles": (Role.REGIONAL,), "regions": ()}, set()),
        ({"roles": (Role.FOCAL_POINT,), "regions": ("ML06",)}, {"Tombouctou"}),
        ({"roles": (Role.TECHNICAL,)}, {"Gao", "Tombouctou"}),
        ({"roles": (Role.ADMINISTRATOR,)}, {"Gao", "Tombouctou"}),
    ],
)
def test_each_sees_the_silence_of_their_own_regions(make_visitor, officer, sees):
    _silence("ML0701")
    _silence("ML0605")
    page = make_visitor(**officer).get("/health").text
    assert {name for name in ("Gao", "Tombouctou") if f">{name}<" in page} == sees


@pytest.mark.parametrize("role", [Role.CONDUCT, Role.MONITORING])
def test_it_is_closed_to_the_others(make_visitor, role):
    assert make_visitor(roles=(role,)).get("/health").status_code == 403


def test_a_message_that_waits_too_long_is_told_to_everybody(make_visitor):
    with transaction() as session:
        make_message.message(session, received_at=clock.now() - timedelta(minutes=12))
    for role in (Role.ADMINISTRATOR, Role.FINAL):
        assert "Messages are being read late" in make_visitor(roles=(role,)).get("/health").text


def test_a_failed_message_is_read_again_once_and_leaves_a_trace(make_visitor):
    message_id = _dead()
    administrator = make_visitor(roles=(Role.ADMINISTRATOR,))
    for _ in range(2):
        assert administrator.post(f"/health/messages/{message_id}/replay").status_code == 303
    with reading() as session:
        message = session.get_one(Message, message_id)
        traces = session.scalars(select(AuditEntry).where(AuditEntry.action == "message.replayed")).all()
    assert (message.state, message.attempt) == (MessageState.RECEIVED, 0)
    assert [trace.subject_id for trace in traces] == [message_id]
    assert all(trace.officer_id for trace in traces)


def test_a_message_that_was_read_meanwhile_is_left_alone(make_visitor):
    message_id = _dead(state=MessageState.DONE)
    administrator = make_visitor(roles=(Role.ADMINISTRATOR,))
    assert administrator.post(f"/health/messages/{message_id}/replay").status_code == 303
    assert "has been read in the meantime" in administrator.get("/health").text


@pytest.mark.parametrize("message_id", ["aaaaaaaaaaaaaaaa", "nosuch"])
def test_a_message_that_is_not_there(make_visitor, message_id):
    answer = make_visitor(roles=(Role.ADMINISTRATOR,)).post(f"/health/messages/{message_id}/replay")
    assert answer.status_code == 404


def test_only_administrators_have_messages_read_again(make_visitor):
    message_id = _dead()
    assert make_visitor(roles=(Role.FINAL,)).post(f"/health/messages/{message_id}/replay").status_code == 403
    with reading() as session:
        assert session.get_one(Message, message_id).state is MessageState.DEAD


def test_the_shares_of_a_day_fill_the_bar(make_visitor):
    for columns in ({}, {"state": MessageState.DONE, "outcome": Outcome.ALERT}, {"state": MessageState.RECEIVED}):
        _dead(**columns)
    page = make_visitor(roles=(Role.ADMINISTRATOR,)).get("/health").text
    shares = [float(width) for width in re.findall(r'height="8" width="([\d.]+)"', page)]
    assert sum(shares) == pytest.approx(100)


def test_open_alarms_are_told_to_administrators_alone(make_visitor):
    with transaction() as session:
        alarms.observe(session, AlarmKind.DISK, {"": 93}, now=clock.now())
    page = make_visitor(roles=(Role.ADMINISTRATOR,)).get("/health").text
    assert "The disk is 93 % full." in page
    assert "Nobody has been told yet." in page
    assert "The disk is" not in make_visitor(roles=(Role.FINAL,)).get("/health").text


def test_what_lies_on_the_disk_is_counted(make_visitor, tmp_path):
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / "one").touch()
    page = make_visitor(roles=(Role.ADMINISTRATOR,)).get("/health").text
    assert re.search(r"Set aside on the disk</dt><dd>1<", page)
