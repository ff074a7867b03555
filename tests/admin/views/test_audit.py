from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.db import transaction
from gateway.records.feedback import Feedback
from gateway.trust import audit
from gateway.trust.audit import Action
from tests.admin.conftest import Visitor

NOW = datetime(2026, 11, 14, 9, 30, tzinfo=UTC)
Maker = Callable[..., Visitor]


@pytest.fixture
def administrator(make_visitor: Maker) -> Visitor:
    return make_visitor(roles=(Role.ADMINISTRATOR,))


def write(count: int, action: Action = Action.SEARCHED, subject: Feedback | None = None) -> None:
    with transaction() as session:
        for number in range(count):
            at = NOW + timedelta(minutes=number)
            audit.record(session, action, officer=None, now=at, subject=subject, detail={"mark": f"m{number}m"})


def test_the_newest_fifty_come_first_and_the_older_ones_behind_a_link(administrator: Visitor) -> None:
    write(60)
    page = administrator.get("/audit").text
    assert "m59m" in page
    assert "m10m" in page
    assert "m9m" not in page
    assert "below=11" in page
    older = administrator.get("/audit?below=11").text
    assert "m9m" in older
    assert "m10m" not in older


def test_reading_the_audit_leaves_a_trace(administrator: Visitor) -> None:
    administrator.get("/audit?action=audit.read")
    assert "Read the audit" in administrator.get("/audit").text


def test_filters_by_action_day_and_subject(administrator: Visitor) -> None:
    write(2)
    write(1, Action.SIMULATED)
    assert administrator.get("/audit?action=simulator.sent").text.count("m0m") == 1
    assert "m0m" in administrator.get("/audit?since=2026-11-14&until=2026-11-14").text
    assert "m0m" not in administrator.get("/audit?until=2026-11-13").text
    assert "m0m" not in administrator.get("/audit?subject=" + "a" * 16).text


@pytest.mark.parametrize(
    "query",
    [
        "sort=password",
        "below=-1",
        "below=1e9",
        "below=" + "9" * 30,
        "action=king",
        "since=yesterday",
        "since=9999-12-31",
        "until=0001-01-01",
        "region[]=x",
        "action=audit.read&action=audit.read",
        "subject=%00",
        "officer=" + "x" * 5000,
    ],
)
def test_an_address_that_makes_no_sense_is_refused(administrator: Visitor, query: str) -> None:
    assert administrator.get(f"/audit?{query}").status_code == 400


def test_what_is_about_a_complaint_is_closed_to_everybody_but_the_conduct_unit(
    administrator: Visitor, make_visitor: Maker
) -> None:
    complaint = Feedback()
    write(1, Action.FEEDBACK_READ, complaint)
    page = administrator.get("/audit").text
    assert "not for you to read" in page
    assert complaint.id not in page
    assert "Read a complaint</td>" not in page
    for query in ("action=feedback.read", f"subject={complaint.id}", "since=2026-11-14&until=2026-11-14"):
        found = administrator.get(f"/audit?{query}").text
        assert "m0m" not in found
        assert "not for you to read" not in found
    both = make_visitor(roles=(Role.ADMINISTRATOR, Role.CONDUCT))
    assert "m0m" in both.get("/audit?action=feedback.read").text


def test_the_chain_is_checked_on_the_page(administrator: Visitor) -> None:
    write(3)
    assert "The chain is whole" in administrator.post("/audit/check", follow_redirects=True).text
    with transaction() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(action="officer.added"))
    assert "broken at entry 2" in administrator.post("/audit/check", follow_redirects=True).text
