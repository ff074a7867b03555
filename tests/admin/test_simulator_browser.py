"""The phone in a real browser: it counts as a phone counts, and answers arrive without loading the page anew."""

import base64
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from gateway.records.db import transaction
from gateway.texts import gsm
from tests.admin.test_simulator import work
from tests.make import officer as make_officer

pytestmark = pytest.mark.browser
SCRIPT = Path(__file__).parents[2] / "admin" / "static" / "js" / "simulator.js"
TEXTS = (
    "",
    "ENF REC 3G1F Ansongo hier",
    "x" * 160,
    "x" * 161,
    "x" * 306,
    "x" * 307,
    "é" * 160,
    "€" * 80,
    "€" * 81,
    "x" * 152 + "€" + "x" * 152,
    "ça va",
    "ç" * 70,
    "ç" * 71,
    "ɲɛ" * 40,
    "😀" * 35,
    "😀" * 36,
    "x\ny",
    "« guillemets » et l’apostrophe",
)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_it_counts_parts_as_the_gateway_does(page: Page, text: str) -> None:
    source = base64.b64encode(SCRIPT.read_bytes()).decode()
    counted = page.evaluate(
        f"text => import('data:text/javascript;base64,{source}').then(script => script.count(text))", text
    )
    assert counted["parts"] == gsm.segments(text)
    assert (counted["strange"] == "") == (gsm.septets(text) is not None)
    if not counted["strange"]:
        assert counted["used"] == gsm.septets(text)


@pytest.fixture
def address(sqlite_panel: Flask) -> Iterator[str]:
    """The panel on a port of the loopback."""
    server = make_server("127.0.0.1", 0, sqlite_panel, threaded=True)
    sqlite_panel.config["PANEL_URL"] = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield str(sqlite_panel.config["PANEL_URL"])
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def phone(page: Page, address: str) -> Page:
    """An English-speaking officer before the first phone."""
    with transaction() as session:
        token = make_officer.session_token(session, make_officer.officer(session, language="en"))
    page.context.add_cookies([{"name": "lakana", "value": token, "url": address}])
    page.goto(f"{address}/simulator")
    return page


def test_what_is_sent_appears_at_once_and_its_answer_without_a_reload(phone: Page, tmp_path: Path) -> None:
    phone.evaluate("window.isSamePage = true")
    phone.get_by_text("TEST CHILD TUE").click()
    expect(phone.get_by_label("Text message")).to_have_value("TEST CHILD TUE 1B Ménaka yesterday heard")
    expect(phone.locator("[data-counter]")).to_contain_text("40 of 160")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".bubble-out")).to_have_count(1)
    expect(phone.get_by_label("Text message")).to_have_value("")
    work(tmp_path)
    expect(phone.locator(".bubble-in")).to_contain_text("(TEST)", timeout=15_000)
    phone.get_by_text("What was understood").click()
    expect(phone.get_by_text("Ménaka", exact=False).last).to_be_visible()
    assert phone.evaluate("window.isSamePage") is True


def test_a_letter_outside_the_alphabet_is_named(phone: Page) -> None:
    phone.get_by_label("Text message").fill("ça va")
    expect(phone.locator("[data-counter]")).to_contain_text("“ç”")


def test_it_fits_the_narrowest_phone(phone: Page) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def test_nothing_is_refused_by_the_security_policy(phone: Page, address: str) -> None:
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text))
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    phone.goto(f"{address}/simulator/readback")
    phone.get_by_label("Text message").fill("HELP")
    phone.keyboard.press("Control+Enter")
    expect(phone.locator(".bubble-out")).to_have_count(1)
    assert complaints == []


def test_without_scripts_it_sends_by_loading_the_page_anew(phone: Page, address: str) -> None:
    browser = phone.context.browser
    assert browser
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(phone.context.cookies())  # type: ignore[arg-type]  what was read may be given back
        plain = context.new_page()
        plain.goto(f"{address}/simulator/relay")
        plain.get_by_text("TEST CHILD TUE").click()
        plain.get_by_role("button", name="Send").click()
        expect(plain.locator(".bubble-out")).to_contain_text("TEST CHILD TUE")
