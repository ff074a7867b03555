import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.officer import Officer
from tests.admin.conftest import Visitor, visitor_of
from tests.make.officer import officer

NEW = {"name": "rokia.cisse", "display_name": "Rokia", "language": "fr", "roles": ["regional"], "regions": ["ML07"]}
Maker = Callable[..., Visitor]


@pytest.fixture
def administrator(make_visitor: Maker) -> Visitor:
    return make_visitor(roles=(Role.ADMINISTRATOR,))


def made(**given: object) -> Officer:
    with transaction() as session:
        return officer(session, **given)  # type: ignore[arg-type]


def stored(officer_id: str) -> Officer:
    with reading() as session:
        return session.get_one(Officer, officer_id)


def entries(action: str) -> list[AuditEntry]:
    with reading() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_a_new_officers_password_is_shown_once(administrator: Visitor) -> None:
    shown = administrator.post("/officers/new", NEW)
    password = re.search(r'class="secret">([a-z0-9-]{23})<', shown.text)
    assert password is not None
    assert shown.headers["Cache-Control"] == "no-store"
    entry = entries("officer.added")[0]
    for page in (f"/officers/{entry.subject_id}", "/officers", "/audit"):
        assert password[1] not in administrator.get(page).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "admin"}, "reserved"),
        ({"name": "Àdmin"}, "reserved"),
        ({"name": "admin\u200b"}, "plain letters"),
        ({"name": "TESTÉR"}, "looks the same"),
        ({"name": ""}, "fill this in"),
        ({"roles": ["king"]}, "from the list"),
        ({"regions": ["ML99"]}, "from the list"),
        ({"display_name": "x" * 200}, "At most 120"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_nothing_is_lost(
    administrator: Visitor, wrong: dict[str, object], told: str
) -> None:
    made(name="tester")
    answer = administrator.post("/officers/new", {**NEW, **wrong})
    assert answer.status_code == 400
    assert told in answer.text
    assert not entries("officer.added")


@pytest.mark.parametrize("field", ["role", "region", "is_active", "id", "password_hash", "verified_by", "is_psea"])
def test_a_field_the_page_does_not_have_is_refused_and_noted(administrator: Visitor, field: str) -> None:
    assert administrator.post("/officers/new", {**NEW, field: "administrator"}).status_code == 400
    assert not entries("officer.added")
    assert entries("officer.form_refused")[0].detail == {"page": "officers.add", "unknown": 1, "doubled": 0}


def test_a_field_given_twice_is_refused(administrator: Visitor) -> None:
    assert administrator.post("/officers/new", {**NEW, "name": ["rokia", "awa"]}).status_code == 400


def test_roles_and_regions_are_changed(administrator: Visitor) -> None:
    one = made()
    fields = {"version": "1", "roles": ["final", "technical"], "regions": []}
    assert administrator.post(f"/officers/{one.id}/duties", fields).status_code == 303
    assert stored(one.id).roles == ["final", "technical"]


def test_what_another_administrator_changed_meanwhile_is_not_overwritten(administrator: Visitor) -> None:
    one = made()
    fields = {"version": "1", "roles": ["final"], "regions": []}
    administrator.post(f"/officers/{one.id}/duties", fields)
    assert administrator.post(f"/officers/{one.id}/duties", {**fields, "roles": ["conduct"]}).status_code == 409
    assert stored(one.id).roles == ["final"]


def test_nobody_gives_themselves_a_role(administrator: Visitor) -> None:
    with reading() as session:
        own = session.scalars(select(Officer)).one()
    fields = {"version": "1", "roles": ["administrator", "conduct"], "regions": []}
    assert administrator.post(f"/officers/{own.id}/duties", fields).status_code == 403
    assert stored(own.id).roles == ["administrator"]
    for act in ("disable", "enable", "telephone", "password"):
        assert administrator.post(f"/officers/{own.id}/{act}", {"reason": "error"}).status_code == 403


@pytest.mark.parametrize(
    ("act", "action"),
    [
        ("disable", "officer.disabled"),
        ("enable", "officer.enabled"),
        ("telephone", "officer.second_factor_reset"),
        ("password", "officer.password_reset"),
    ],
)
def test_every_act_needs_a_reason_and_leaves_a_trace(administrator: Visitor, act: str, action: str) -> None:
    one = made()
    for reason in ("", "because"):
        assert administrator.post(f"/officers/{one.id}/{act}", {"reason": reason}).status_code == 400
    assert not entries(action)
    assert administrator.post(f"/officers/{one.id}/{act}", {"reason": "suspicion"}).status_code in (200, 303)
    assert entries(action)[0].detail == {"reason": "suspicion"}


def test_a_closed_account_is_signed_out_at_once(administrator: Visitor) -> None:
    one = made()
    other = visitor_of(administrator.client.application).signed_in(one)
    assert other.get("/account").status_code == 200
    administrator.post(f"/officers/{one.id}/disable", {"reason": "left"})
    assert other.get("/account").status_code == 303
