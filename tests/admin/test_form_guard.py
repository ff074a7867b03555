from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import Role
from gateway.records.db import reading
from tests.admin.conftest import Visitor, visitor_of
from tests.admin.test_auth import HALF, rules

ALL_ROLES = tuple(Role)
Maker = Callable[..., Visitor]


def deeds() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def changing(panel: Flask) -> list[str]:
    found = [(rule.endpoint, address) for rule, method, address in rules(panel) if method not in ("GET", "HEAD")]
    return [address for endpoint, address in found if endpoint not in HALF]


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "x" * 100_000])
def test_no_form_is_taken_without_the_token_of_this_session(
    sqlite_panel: Flask, make_visitor: Maker, token: str
) -> None:
    visitor = make_visitor(roles=ALL_ROLES)
    before = deeds()
    for address in changing(sqlite_panel):
        assert visitor.client.post(address, data={"form_token": token}).status_code == 400, address
    assert deeds() == before


def test_no_form_is_taken_with_the_token_of_another_session(sqlite_panel: Flask, make_visitor: Maker) -> None:
    visitor, other = make_visitor(roles=ALL_ROLES), make_visitor(roles=ALL_ROLES)
    stranger = visitor_of(sqlite_panel)
    for token in (other.form_token(), stranger.form_token()):
        for address in changing(sqlite_panel):
            assert visitor.client.post(address, data={"form_token": token}).status_code == 400, address


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8081.evil.example"},
        {"Origin": "http://[", "X-Forwarded-Host": "127.0.0.1:8081"},
    ],
)
def test_no_form_is_taken_from_another_site(sqlite_panel: Flask, make_visitor: Maker, headers: dict[str, str]) -> None:
    visitor = make_visitor(roles=ALL_ROLES)
    token, before = visitor.form_token(), deeds()
    for address in changing(sqlite_panel):
        answer = visitor.client.post(address, data={"form_token": token}, headers=headers)
        assert answer.status_code == 403, address
    assert deeds() == before


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1:8081"}])
def test_our_own_forms_are_taken(make_visitor: Maker, headers: dict[str, str]) -> None:
    visitor = make_visitor(roles=(Role.ADMINISTRATOR,))
    assert visitor.post("/audit/check", headers=headers).status_code == 303


def test_the_token_may_come_in_a_header_for_what_a_page_sends_on_its_own(make_visitor: Maker) -> None:
    visitor = make_visitor(roles=(Role.ADMINISTRATOR,))
    headers = {"X-Form-Token": visitor.form_token()}
    assert visitor.client.post("/audit/check", headers=headers).status_code == 303


def test_a_token_ends_with_its_session(make_visitor: Maker) -> None:
    visitor = make_visitor()
    token = visitor.form_token()
    cookie = visitor.client.get_cookie("lakana")
    assert cookie is not None
    visitor.post("/sign-in/leave")
    visitor.client.set_cookie("lakana", cookie.value)
    answer = visitor.client.post("/language", data={"form_token": token, "language": "en", "next": "/"})
    assert answer.status_code == 400


def test_the_door_itself_asks_for_a_token(sqlite_panel: Flask) -> None:
    stranger = visitor_of(sqlite_panel)
    fields = {"name": "awa", "password": "x", "next": ""}
    assert stranger.client.post("/sign-in", data=fields).status_code == 400
    assert stranger.post("/sign-in", fields).status_code == 401


def test_reading_changes_nothing_but_the_audit(sqlite_panel: Flask, make_visitor: Maker) -> None:
    from sqlalchemy import text

    visitor = make_visitor(roles=ALL_ROLES)

    def content() -> dict[str, list[str]]:
        with reading() as session:
            tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
            kept = [name for name in tables if not name.startswith(("audit_", "sqlite_"))]
            return {name: [str(row) for row in session.execute(text(f"SELECT * FROM {name}"))] for name in kept}

    before = content()
    for rule, method, address in rules(sqlite_panel):
        if method == "GET" and rule.endpoint != "static":
            visitor.get(address)
    assert content() == before
