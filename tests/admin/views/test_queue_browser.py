"""The queue in a real browser: by keyboard, and with news that move nothing."""

import threading

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from gateway import clock
from gateway.records.codes import Role
from gateway.records.db import transaction
from tests.make import alert as make_alert
from tests.make import officer as make_officer

pytestmark = pytest.mark.browser


@pytest.fixture
def queue(page, sqlite_panel):
    """An officer before three reports; the page asks for news as soon as its clock is moved on."""
    server = make_server("127.0.0.1", 0, sqlite_panel, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    sqlite_panel.config["PANEL_URL"] = address
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        token = make_officer.session_token(session, officer)
        for _ in range(3):
            make_alert.alert(session)
    page.context.add_cookies([{"name": "lakana", "value": token, "url": address}])
    page.clock.install()
    page.goto(f"{address}/queue")
    yield page
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_is_used_by_keyboard(queue):
    rows = queue.locator("#rows > .row")
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    queue.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    reference = rows.nth(0).locator(".mono").inner_text()
    queue.keyboard.press("c")
    expect(queue.get_by_role("heading", level=1)).to_contain_text(reference)
    expect(queue.get_by_text("Yours until")).to_be_visible()


def test_enter_opens_the_report(queue):
    queue.keyboard.press("j")
    queue.keyboard.press("Enter")
    expect(queue.get_by_role("heading", name="The message as it came")).to_be_visible()


def test_news_are_told_without_moving_what_one_reads(queue):
    queue.keyboard.press("j")
    first = queue.locator("#rows > .row").first.inner_text()
    with transaction() as session:
        make_alert.alert(session, received_at=clock.now())
    queue.clock.run_for(11_000)
    expect(queue.get_by_role("link", name="1 new report")).to_be_visible()
    assert queue.locator("#rows > .row").first.inner_text() == first
    expect(queue.locator("#rows > .row").first).to_be_focused()
    queue.get_by_role("link", name="1 new report").click()
    expect(queue.locator("#rows > .row")).to_have_count(4)


def test_a_narrow_screen_shows_the_list_before_the_filters(queue):
    queue.set_viewport_size({"width": 360, "height": 640})
    queue.reload()
    expect(queue.get_by_label("Status")).to_be_hidden()
    expect(queue.locator("#rows > .row").first).to_be_in_viewport()
    queue.get_by_text("Filters", exact=True).click()
    queue.get_by_label("Urgent").check()
    queue.get_by_role("button", name="Show").click()
    expect(queue.get_by_label("Urgent")).to_be_checked()
    expect(queue.get_by_label("Urgent")).to_be_visible()


def test_on_a_wide_screen_the_filters_stand_in_one_line(queue):
    queue.set_viewport_size({"width": 1280, "height": 800})
    expect(queue.get_by_text("Filters", exact=True)).to_be_hidden()
    boxes = [queue.get_by_label(name).bounding_box() for name in ("Status", "Urgent", "To be checked")]
    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert max(middles) - min(middles) < 3
