from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from gateway.records.codes import Role
from gateway.records.db import transaction
from gateway.trust import accounts
from gateway.vault.keyring import Keyring
from tests.admin.conftest import Visitor, build, visitor_of
from tests.make.officer import officer

Maker = Callable[..., Visitor]


def set_cookies(answer) -> list[str]:  # type: ignore[no-untyped-def]
    return list(answer.headers.getlist("Set-Cookie"))


def test_over_https_every_cookie_is_bound_to_this_host(
    sqlite_database: Engine, open_vault: Keyring, tmp_path: Path
) -> None:
    panel = build(tmp_path, LAKANA_PANEL_URL="https://panel.example.org")
    cookies = set_cookies(visitor_of(panel).get("/sign-in", base_url="https://panel.example.org"))
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-lakana")
        assert "; Secure" in cookie
        assert "; HttpOnly" in cookie
        assert "; SameSite=Strict" in cookie
        assert "; Path=/" in cookie
        assert "Domain" not in cookie


def test_on_this_machine_itself_the_cookie_has_its_plain_name(sqlite_visitor: Visitor) -> None:
    (cookie,) = set_cookies(sqlite_visitor.get("/sign-in"))
    assert cookie.startswith("lakana=anyone-")
    assert "; HttpOnly" in cookie
    assert "; SameSite=Strict" in cookie
    assert "Secure" not in cookie


@pytest.mark.parametrize("token", ["a" * 43, "a" * 42, "x" * 8000, "%C3%A9" * 43, "anyone-short", "", "\\", '"'])
def test_a_cookie_we_did_not_give_opens_nothing_and_is_replaced(sqlite_panel: Flask, token: str) -> None:
    client = sqlite_panel.test_client(use_cookies=False)
    headers = {"Cookie": f"lakana={token}"}
    assert client.get("/", headers=headers).status_code == 303
    (given,) = set_cookies(client.get("/sign-in", headers=headers))
    assert given.startswith("lakana=anyone-")
    assert token == "" or f"lakana={token};" not in given


def test_the_token_is_worth_nothing_after_signing_out(make_visitor: Maker) -> None:
    visitor = make_visitor()
    cookie = visitor.client.get_cookie("lakana")
    assert cookie is not None
    answer = visitor.post("/sign-in/leave")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert any(cookie.startswith("lakana=;") and "Expires=Thu, 01 Jan 1970" in cookie for cookie in set_cookies(answer))
    visitor.client.set_cookie("lakana", cookie.value)
    assert visitor.get("/account").status_code == 303


def test_the_token_is_worth_nothing_after_a_change_of_roles(sqlite_panel: Flask) -> None:
    visitor = visitor_of(sqlite_panel)
    with transaction() as session:
        one, by = officer(session), officer(session, roles=(Role.ADMINISTRATOR,))
    visitor.signed_in(one)
    assert visitor.get("/account").status_code == 200
    with transaction() as session:
        duties = accounts.Duties(roles=(Role.FINAL,), regions=(), version_seen=1)
        accounts.change_duties(session, one.id, duties, by=by, now=one.created_at)
    assert visitor.get("/account").status_code == 303


def test_two_panels_with_the_same_keys_take_each_others_forms(
    sqlite_database: Engine, open_vault: Keyring, tmp_path: Path
) -> None:
    one, other = visitor_of(build(tmp_path)), visitor_of(build(tmp_path))
    token = one.form_token()
    cookie = one.client.get_cookie("lakana")
    assert cookie is not None
    other.client.set_cookie("lakana", cookie.value)
    assert other.form_token() == token


def test_a_panel_with_another_secret_does_not(sqlite_database: Engine, open_vault: Keyring, tmp_path: Path) -> None:
    one, other = (
        visitor_of(build(tmp_path, LAKANA_SECRET_KEY=f"{n}0123456789abcdefghijklmnopqrstuv")) for n in range(2)
    )
    token = one.form_token()
    cookie = one.client.get_cookie("lakana")
    assert cookie is not None
    other.client.set_cookie("lakana", cookie.value)
    assert other.form_token() != token
