from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from admin.app import create_app
from admin.security_headers import HEADERS
from gateway.errors import SettingWrong
from gateway.settings import load
from gateway.vault.keyring import Keyring
from tests.admin.conftest import Visitor, build, visitor_of

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nothing", "/static/base.css", "/static/nothing", "/help"])
def test_every_answer_carries_the_headers(sqlite_visitor: Visitor, path: str) -> None:
    headers = sqlite_visitor.get(path).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert set(HEADERS) <= set(dict(headers))


def test_no_page_stays_in_a_cache_and_a_style_does(sqlite_visitor: Visitor) -> None:
    assert sqlite_visitor.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert sqlite_visitor.get("/nothing").headers["Cache-Control"] == "no-store"
    assert sqlite_visitor.get("/static/nothing").headers["Cache-Control"] == "no-store"
    assert "immutable" in sqlite_visitor.get("/static/base.css?v=1").headers["Cache-Control"]


def test_over_https_the_browser_is_told_to_stay_there(
    sqlite_database: Engine, open_vault: Keyring, tmp_path: Path
) -> None:
    visitor = visitor_of(build(tmp_path, LAKANA_PANEL_URL="https://panel.example.org"))
    assert visitor.get("/sign-in").headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_plain_http_on_this_machine_is_not_told_so(sqlite_visitor: Visitor) -> None:
    assert "Strict-Transport-Security" not in sqlite_visitor.get("/sign-in").headers


def test_with_debugging_on_the_panel_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_vault: Keyring
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(SettingWrong, match="FLASK_DEBUG"):
        create_app(load({"LAKANA_HOME": str(tmp_path)}))


@pytest.mark.parametrize("secret", ["short", "a" * 40, "changeme" * 4])
def test_with_a_weak_secret_the_settings_are_refused(secret: str) -> None:
    with pytest.raises(SettingWrong, match="LAKANA_SECRET_KEY"):
        load({"LAKANA_SECRET_KEY": secret})


def test_what_a_page_needs_comes_from_here_and_none_of_it_is_inline(sqlite_panel: Flask) -> None:
    page = visitor_of(sqlite_panel).get("/sign-in").text
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page
