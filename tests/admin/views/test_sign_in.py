import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from gateway import clock
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.officer import Officer
from gateway.trust import accounts, passwords, recovery
from tests.admin.conftest import Visitor, visitor_of
from tests.make.officer import PASSWORD, officer

WRONG = "an entirely different password"
TOKEN = re.compile(r'(name="form_token" value=")[0-9a-f]{64}')


@pytest.fixture(autouse=True)
def _still_clock() -> Iterator[None]:
    """The waits between attempts are about the clock, not about how fast this machine is."""
    with time_machine.travel(datetime(2026, 11, 14, 9, 30, tzinfo=UTC), tick=False):
        yield


def made(**given: object) -> Officer:
    with transaction() as session:
        return officer(session, **given)  # type: ignore[arg-type]


def give_password(visitor: Visitor, name: str, password: str = PASSWORD, wanted: str = "") -> TestResponse:
    return visitor.post("/sign-in", {"name": name, "password": password, "next": wanted})


def give_code(visitor: Visitor, one: Officer, *, steps: int = 0, wanted: str = "") -> TestResponse:
    code = pyotp.TOTP(one.totp_seed or "").at(clock.now() + timedelta(seconds=30 * steps))
    return visitor.post("/sign-in/code", {"code": code, "next": wanted})


def actions() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_password_and_code_open_the_panel(visitor: Visitor) -> None:
    one = made(language="en")
    assert give_password(visitor, one.name, wanted="/account").headers["Location"] == "/sign-in/code?next=/account"
    assert visitor.get("/account").status_code == 303
    assert give_code(visitor, one, wanted="/account").headers["Location"] == "/account"
    assert visitor.get("/account").status_code == 200
    assert actions() == ["officer.signed_in"]


def test_the_token_changes_at_each_step(visitor: Visitor) -> None:
    one = made()
    tokens = []
    visitor.get("/sign-in")
    for step in (lambda: None, lambda: give_password(visitor, one.name), lambda: give_code(visitor, one)):
        step()
        cookie = visitor.client.get_cookie("lakana")
        assert cookie is not None
        tokens.append(cookie.value)
    assert len(set(tokens)) == 3


def test_a_token_planted_before_signing_in_is_not_the_one_afterwards(visitor: Visitor) -> None:
    planted = "anyone-" + "p" * 43
    visitor.client.set_cookie("lakana", planted)
    one = made()
    give_password(visitor, one.name)
    give_code(visitor, one)
    thief = Visitor(visitor.client.application.test_client())
    thief.client.set_cookie("lakana", planted)
    assert thief.get("/account").status_code == 303


FAILURES = ["unknown", "wrong", "closed", "slowed", "oversized", "null", "blank", "late", "used"]


def failing(visitor: Visitor, kind: str, name: str) -> TestResponse:
    """An attempt that fails for this reason."""
    if kind == "unknown":
        return give_password(visitor, "nobody.here")
    if kind == "closed":
        return give_password(visitor, made(is_active=False).name)
    if kind in ("late", "used"):
        given = made(must_change_password=True)
        with transaction() as session:
            accounts.find(session, given.id).password_expires_at = clock.now() if kind == "late" else None
        return give_password(visitor, given.name)
    if kind == "slowed":
        for _ in range(5):
            give_password(visitor, name, WRONG)
        return give_password(visitor, name)
    given = {"oversized": "x" * 1_000_000, "null": PASSWORD + "\x00", "blank": " " + PASSWORD, "wrong": WRONG}
    return give_password(visitor, name, given[kind])


@pytest.mark.parametrize("kind", FAILURES)
def test_every_failure_looks_the_same(visitor: Visitor, kind: str) -> None:
    one = made()
    expected = give_password(visitor, one.name, WRONG)
    answer = failing(visitor_of(visitor.client.application), kind, one.name)
    assert answer.status_code == expected.status_code == 401
    assert normal(answer.text) == normal(expected.text)
    assert set(dict(answer.headers)) == set(dict(expected.headers))


def normal(page: str) -> str:
    """The page without what differs by its purpose: the token, and the name as it was typed."""
    return re.sub(r'(id="name" name="name" value=")[^"]*', r"\1", TOKEN.sub(r"\1", page))


@pytest.mark.parametrize("name", ["\x00", "x" * 100_000, "' OR 1=1--", "é\u202e", "{{7*7}}"])
def test_strange_names_fail_like_any_other(visitor: Visitor, name: str) -> None:
    answer = give_password(visitor, name)
    assert answer.status_code == 401
    assert ">49<" not in normal(answer.text)


def test_a_password_of_129_characters_is_not_even_hashed(sqlite_visitor: Visitor) -> None:
    one = made(password="x" * 128)
    assert give_password(sqlite_visitor, one.name, "x" * 129).status_code == 401
    assert give_password(sqlite_visitor, one.name, "x" * 128).status_code == 303


def test_five_failures_slow_the_account_down_and_say_nothing_of_it(sqlite_visitor: Visitor) -> None:
    one = made()
    for _ in range(5):
        give_password(sqlite_visitor, one.name, WRONG)
    assert give_password(sqlite_visitor, one.name).status_code == 401


def test_a_browser_known_for_the_account_is_not_slowed_by_others(sqlite_panel: Flask) -> None:
    own, stranger, one = visitor_of(sqlite_panel), visitor_of(sqlite_panel), made()
    give_password(own, one.name)
    give_code(own, one)
    own.post("/sign-in/leave")
    for _ in range(6):
        give_password(stranger, one.name, WRONG)
    assert give_password(stranger, one.name).status_code == 401
    assert give_password(own, one.name).status_code == 303


def test_a_device_cookie_is_good_for_its_own_account_only(sqlite_panel: Flask) -> None:
    own, one, other = visitor_of(sqlite_panel), made(), made()
    give_password(own, one.name)
    give_code(own, one)
    for _ in range(5):
        give_password(visitor_of(sqlite_panel), other.name, WRONG)
    own.post("/sign-in/leave")
    assert give_password(own, other.name).status_code == 401


@pytest.mark.parametrize("code", ["", "000000", "12345", "1234567", "１２３４５６", "\x00" * 6, "x" * 100_000])
def test_a_wrong_code_is_answered_like_a_wrong_password(visitor: Visitor, code: str) -> None:
    one = made(language="fr")  # as the page was before the officer was known
    failed = give_password(visitor, one.name, WRONG)
    give_password(visitor, one.name)
    answer = visitor.post("/sign-in/code", {"code": code, "next": ""})
    assert answer.status_code == failed.status_code
    note = re.compile(r'<div class="note note-bad".*?</div>', re.DOTALL)
    assert note.findall(answer.text) == note.findall(failed.text) != []
    assert visitor.get("/account").status_code == 303


def test_the_same_code_does_not_open_a_second_browser(visitor: Visitor) -> None:
    one, second = made(), visitor_of(visitor.client.application)
    for browser in (visitor, second):
        give_password(browser, one.name)
    assert give_code(visitor, one).status_code == 303
    assert give_code(second, one).status_code == 401
    assert give_code(second, one, steps=-1).status_code == 401
    assert give_code(second, one, steps=1).status_code == 303


def test_codes_are_slowed_down_too(sqlite_visitor: Visitor) -> None:
    one = made()
    give_password(sqlite_visitor, one.name)
    for _ in range(5):
        sqlite_visitor.post("/sign-in/code", {"code": "000000", "next": ""})
    assert give_code(sqlite_visitor, one).status_code == 401


def test_a_recovery_code_works_once(visitor: Visitor) -> None:
    one = made()
    with transaction() as session:
        codes = recovery.renew(accounts.find(session, one.id))
    for expected in (303, 401):
        browser = visitor_of(visitor.client.application)
        give_password(browser, one.name)
        assert browser.post("/sign-in/code", {"code": codes[0], "next": ""}).status_code == expected
    assert actions()[:2] == ["officer.recovery_code_used", "officer.signed_in"]


def test_an_outdated_hash_is_made_anew_at_the_next_sign_in(sqlite_visitor: Visitor) -> None:
    from argon2 import PasswordHasher

    one = made()
    with transaction() as session:
        weak = PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD)
        accounts.find(session, one.id).password_hash = weak
    give_password(sqlite_visitor, one.name)
    with reading() as session:
        assert not passwords.is_outdated(accounts.find(session, one.id).password_hash)


def test_the_first_sign_in_leads_through_telephone_and_own_password(visitor: Visitor) -> None:
    with transaction() as session:
        new = accounts.NewOfficer(name="rokia.cisse", display_name="Rokia", roles=(Role.ADMINISTRATOR,), language="en")
        one, password = accounts.add(session, new, by=None, now=clock.now())
    assert give_password(visitor, one.name, password).headers["Location"] == "/sign-in/enrol"
    page = visitor.get("/sign-in/enrol")
    assert page.headers["Cache-Control"] == "no-store"
    picture = visitor.get("/sign-in/enrol/code.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    seed = re.search(r'class="secret">([A-Z2-7]{32})<', page.text)
    assert seed is not None
    assert visitor.post("/sign-in/enrol", {"code": "000000"}).status_code == 401
    shown = visitor.post("/sign-in/enrol", {"code": pyotp.TOTP(seed[1]).at(clock.now())})
    assert len(re.findall(r"<li>[a-z0-9-]{19}</li>", shown.text)) == 10
    assert visitor.get("/officers").headers["Location"] == "/account/password"
    fields = {"new": PASSWORD, "again": PASSWORD}
    assert visitor.post("/account/password", fields).status_code == 303
    assert visitor.get("/officers").status_code == 200
    assert visitor.get("/sign-in/enrol/code.svg").status_code == 303


def test_a_one_time_password_opens_one_browser_within_half_an_hour(sqlite_panel: Flask) -> None:
    first, second = visitor_of(sqlite_panel), visitor_of(sqlite_panel)
    used, late = made(must_change_password=True), made(must_change_password=True)
    assert give_password(first, used.name).status_code == 303
    assert give_password(second, used.name).status_code == 401
    with time_machine.travel(clock.now() + accounts.ONE_TIME_LASTS, tick=False):
        assert give_password(second, late.name).status_code == 401


def test_a_one_time_password_for_a_forgotten_one_still_asks_for_the_code(visitor: Visitor) -> None:
    one, administrator = made(), made(roles=(Role.ADMINISTRATOR,))
    with transaction() as session:
        reason = accounts.Reason.FORGOTTEN_PASSWORD
        password = accounts.reset_password(session, one.id, reason=reason, by=administrator, now=clock.now())
    assert give_password(visitor, one.name, password).headers["Location"] == "/sign-in/code"
    assert visitor.get("/account").status_code == 303
    assert give_code(visitor, one).status_code == 303
    assert visitor.get("/queue").headers["Location"] == "/account/password"
    assert visitor.post("/account/password", {"new": PASSWORD, "again": PASSWORD}).status_code == 303
    with reading() as session:
        kept = accounts.find(session, one.id)
    assert (kept.must_change_password, kept.password_expires_at) == (False, None)


def test_a_confirmed_telephone_cannot_be_replaced_with_the_password_alone(visitor: Visitor) -> None:
    one = made()
    give_password(visitor, one.name)
    assert visitor.get("/sign-in/enrol").headers["Location"] == "/sign-in/code"
    assert visitor.get("/sign-in/enrol/code.svg").headers["Location"] == "/sign-in/code"
    code = pyotp.TOTP(one.totp_seed or "").at(clock.now())
    assert visitor.post("/sign-in/enrol", {"code": code}).status_code == 401


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(sqlite_visitor: Visitor, wanted: str) -> None:
    one = made()
    give_password(sqlite_visitor, one.name, wanted=wanted)
    assert give_code(sqlite_visitor, one, wanted=wanted).headers["Location"] == "/"


def test_neither_passwords_nor_codes_nor_tokens_reach_log_or_database(
    sqlite_visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    one = made()
    with caplog.at_level(0):
        give_password(sqlite_visitor, one.name, WRONG)
        give_password(sqlite_visitor, one.name)
        give_code(sqlite_visitor, one)
    cookie = sqlite_visitor.client.get_cookie("lakana")
    assert cookie is not None
    with reading() as session:
        tables = ("officers", "officer_sessions", "sign_in_attempts", "audit_entries")
        stored = "".join(str(row) for name in tables for row in session.execute(text(f"SELECT * FROM {name}")))
    for secret in (PASSWORD, WRONG, one.totp_seed or "-", cookie.value):
        assert secret not in caplog.text
        assert secret not in stored
