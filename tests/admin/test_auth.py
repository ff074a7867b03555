from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.routing import Rule

from admin import auth
from admin.auth import Door, For, Undeclared, check_every_door, door_of, for_roles, open_to_all
from gateway.records.codes import Role
from gateway.records.db import transaction
from gateway.vault.keyring import Keyring
from tests.admin.conftest import Visitor, build, visitor_of
from tests.make.officer import officer

OPEN = {
    "static",
    "health.alive",
    "home.guide",
    "language.choose",
    "sign_in.password",
    "sign_in.try_password",
}
HALF = {"sign_in.code", "sign_in.try_code", "sign_in.enrol", "sign_in.enrolment_picture", "sign_in.try_enrolment"}


def rules(panel: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule of the panel with a method and an address that fits it."""
    for rule in panel.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            address = rule.rule
            for name in rule.arguments:
                for shape in (f"<{name}>", f"<int:{name}>", f"<path:{name}>"):
                    address = address.replace(shape, "a" * 16 if "int:" not in shape else "1")
            yield rule, method, address


def door(panel: Flask, rule: Rule) -> Door:
    with panel.app_context():
        found = door_of(rule.endpoint)
    assert found is not None
    return found


def test_a_view_that_says_nothing_keeps_the_panel_from_starting() -> None:
    app = Flask("doors")
    app.add_url_rule("/forgotten", view_func=lambda: "anything")
    open_to_all(app.view_functions["static"])
    with pytest.raises(Undeclared, match="/forgotten"):
        check_every_door(app)


def test_for_roles_without_a_role_is_a_mistake() -> None:
    with pytest.raises(Undeclared):
        for_roles()


def test_what_is_open_to_all_is_listed_here_and_nothing_else(sqlite_panel: Flask) -> None:
    found: dict[For, set[str]] = {kind: set() for kind in For}
    for rule, _method, _address in rules(sqlite_panel):
        found[door(sqlite_panel, rule).open_for].add(rule.endpoint)
    assert found[For.ALL] == OPEN
    assert found[For.HALF_SIGNED_IN] == HALF


def test_every_other_page_leads_a_stranger_to_the_door(sqlite_panel: Flask) -> None:
    stranger = visitor_of(sqlite_panel)
    token = stranger.form_token()
    for rule, method, address in rules(sqlite_panel):
        if rule.endpoint in OPEN:
            continue
        answer = stranger.client.open(address, method=method, data={"form_token": token})
        assert answer.status_code == 303, address
        assert answer.headers["Location"].startswith("/sign-in"), address


def test_somebody_whose_code_is_awaited_is_a_stranger_everywhere_else(sqlite_panel: Flask) -> None:
    visitor = visitor_of(sqlite_panel)
    with transaction() as session:
        token = auth.sessions.begin(session, officer(session), is_pending=True, now=auth.clock.now())
    visitor.client.set_cookie("lakana", token)
    for rule, method, address in rules(sqlite_panel):
        if rule.endpoint not in OPEN | HALF:
            answer = visitor.client.open(address, method=method)
            assert answer.headers.get("Location", "").startswith("/sign-in"), address


def test_a_page_for_some_roles_is_refused_to_every_other(
    sqlite_panel: Flask, make_visitor: Callable[..., Visitor]
) -> None:
    for role in Role:
        visitor = make_visitor(roles=(role,), regions=("ML07",))
        token = visitor.form_token()
        for rule, method, address in rules(sqlite_panel):
            roles = door(sqlite_panel, rule).roles
            if roles and role not in roles:
                answer = visitor.client.open(address, method=method, data={"form_token": token})
                assert answer.status_code == 403, (role, address)


def test_a_one_time_password_opens_nothing_but_the_way_to_an_own_one(
    sqlite_panel: Flask, make_visitor: Callable[..., Visitor]
) -> None:
    visitor = make_visitor(roles=tuple(Role), must_change_password=True)
    for rule, method, address in rules(sqlite_panel):
        if method == "GET" and rule.endpoint not in OPEN | HALF | {"account.password"}:
            assert visitor.get(address).headers.get("Location") == "/account/password", address


def test_what_a_page_fetches_on_its_own_is_told_401_instead_of_the_door(sqlite_visitor: Visitor) -> None:
    answer = sqlite_visitor.get("/", headers={"Sec-Fetch-Dest": "empty"})
    assert (answer.status_code, answer.data) == (401, b"")


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https:evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\tevil",
        "/\x00",
        "/" + "x" * 600,
        "evil",
        "",
        "//[",
    ],
)
def test_after_signing_in_nobody_is_led_to_another_site(sqlite_panel: Flask, wanted: str) -> None:
    with sqlite_panel.test_request_context():
        assert auth.safe_next(wanted) == "/"


@pytest.mark.parametrize("wanted", ["/officers", "/audit?action=audit.read", "/alerts/abc#x"])
def test_after_signing_in_one_is_led_to_the_page_one_wanted(sqlite_panel: Flask, wanted: str) -> None:
    with sqlite_panel.test_request_context():
        assert auth.safe_next(wanted) == wanted


def test_a_page_open_for_long_does_not_keep_the_session_alive_by_itself(
    sqlite_database: Engine, open_vault: Keyring, tmp_path: Path
) -> None:
    import time_machine

    panel = build(tmp_path)
    with time_machine.travel("2026-11-14 09:00:00+00:00", tick=False) as clock:
        visitor = visitor_of(panel)
        with transaction() as session:
            one = officer(session)
        visitor.signed_in(one)
        for _minute in range(14):
            clock.shift(60)
            assert visitor.get("/account", headers={"Sec-Fetch-Dest": "empty"}).status_code == 200
        clock.shift(60)
        assert visitor.get("/account").status_code == 303


def test_activity_keeps_the_session_alive_up_to_its_end(
    sqlite_database: Engine, open_vault: Keyring, tmp_path: Path
) -> None:
    import time_machine

    panel = build(tmp_path, LAKANA_IDLE_MINUTES="20", LAKANA_SESSION_HOURS="2")
    with time_machine.travel("2026-11-14 09:00:00+00:00", tick=False) as clock:
        visitor = visitor_of(panel)
        with transaction() as session:
            one = officer(session)
        visitor.signed_in(one)
        for _quarter in range(7):
            clock.shift(15 * 60)
            assert visitor.get("/account").status_code == 200
        clock.shift(15 * 60)
        assert visitor.get("/account").status_code == 303
