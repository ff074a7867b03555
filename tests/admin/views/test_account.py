import re
from collections.abc import Callable

import pytest
from flask import Flask

from gateway.records.db import reading, transaction
from gateway.records.officer import Officer
from gateway.trust import passwords
from tests.admin.conftest import Visitor, visitor_of
from tests.make.officer import PASSWORD, officer

NEW = "trois pirogues dans la brume"
Maker = Callable[..., Visitor]


@pytest.fixture
def two_browsers(sqlite_panel: Flask) -> tuple[Officer, Visitor, Visitor]:
    with transaction() as session:
        one = officer(session, name="awa.sangho", display_name="Awa Sangho")
    return one, visitor_of(sqlite_panel).signed_in(one), visitor_of(sqlite_panel).signed_in(one)


def test_a_new_password_signs_out_every_other_browser(two_browsers: tuple[Officer, Visitor, Visitor]) -> None:
    one, own, other = two_browsers
    before = own.client.get_cookie("lakana")
    assert own.post("/account/password", {"password": PASSWORD, "new": NEW, "again": NEW}).status_code == 303
    after = own.client.get_cookie("lakana")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert own.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    with reading() as session:
        assert passwords.is_right(NEW, session.get_one(Officer, one.id).password_hash)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"password": "wrong"}, "not your password"),
        ({"again": NEW + "x"}, "not the same"),
        ({"new": "short", "again": "short"}, "15 to 128"),
        ({"new": "passwordpassword", "again": "passwordpassword"}, "tried first"),
        ({"new": "la maison de Sangho est bleue", "again": "la maison de Sangho est bleue"}, "your name"),
        ({"new": PASSWORD, "again": PASSWORD}, "have now"),
    ],
)
def test_a_password_that_cannot_be_is_said_why(
    two_browsers: tuple[Officer, Visitor, Visitor], fields: dict[str, str], told: str
) -> None:
    one, own, other = two_browsers
    answer = own.post("/account/password", {"password": PASSWORD, "new": NEW, "again": NEW, **fields})
    assert answer.status_code == 400
    assert told in answer.text
    assert other.get("/account").status_code == 200
    assert NEW not in answer.text
    with reading() as session:
        assert passwords.is_right(PASSWORD, session.get_one(Officer, one.id).password_hash)


def test_another_telephone_starts_over_at_enrolment(two_browsers: tuple[Officer, Visitor, Visitor]) -> None:
    one, own, other = two_browsers
    seed = one.totp_seed
    assert own.post("/account/telephone", {"telephone_password": "wrong"}).status_code == 400
    assert own.post("/account/telephone", {"telephone_password": PASSWORD}).headers["Location"] == "/sign-in/enrol"
    assert own.get("/account").status_code == 303
    assert other.get("/account").status_code == 303
    page = own.get("/sign-in/enrol").text
    assert re.search(r'class="secret">[A-Z2-7]{32}<', page)
    assert seed is not None
    assert seed not in page


def test_new_recovery_codes_ask_for_the_password(two_browsers: tuple[Officer, Visitor, Visitor]) -> None:
    _one, own, _other = two_browsers
    assert own.post("/account/recovery-codes", {"codes_password": ""}).status_code == 400
    shown = own.post("/account/recovery-codes", {"codes_password": PASSWORD})
    assert len(re.findall(r"<li>[a-z0-9-]{19}</li>", shown.text)) == 10
    assert "10 recovery codes left" in own.get("/account").text


def test_another_browser_is_signed_out_from_here(two_browsers: tuple[Officer, Visitor, Visitor]) -> None:
    _one, own, other = two_browsers
    (session_id,) = re.findall(r"/account/sessions/([a-z0-9]{16})/end", own.get("/account").text)
    assert own.post(f"/account/sessions/{session_id}/end").status_code == 303
    assert other.get("/account").status_code == 303


def test_the_browser_of_somebody_else_is_not_found(
    two_browsers: tuple[Officer, Visitor, Visitor], make_visitor: Maker
) -> None:
    _one, own, other = two_browsers
    (session_id,) = re.findall(r"/account/sessions/([a-z0-9]{16})/end", own.get("/account").text)
    assert make_visitor().post(f"/account/sessions/{session_id}/end").status_code == 404
    assert other.get("/account").status_code == 200
