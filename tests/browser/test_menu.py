"""The menus by keyboard: what opens closes again, and one is back where one was."""

import pytest
from playwright.sync_api import expect

from gateway.records.codes import Role


@pytest.fixture
def desk(sign_in, request):
    return sign_in(f"menu{abs(hash(request.node.name)) % 10_000}", *Role)


def _has_focus(locator):
    return locator.evaluate("element => element === document.activeElement")


def test_what_stands_under_ones_name_opens_and_closes_by_keyboard(office, desk):
    page = desk.page
    page.goto(f"{office.panel}/queue")
    summary, person = page.locator(".person summary"), page.locator(".person")
    summary.focus()
    page.keyboard.press("Enter")
    expect(person).to_have_attribute("open", "")
    expect(page.get_by_role("link", name="Mon compte")).to_be_visible()
    page.keyboard.press("Tab")
    assert _has_focus(page.get_by_role("link", name="Mon compte"))
    page.keyboard.press("Escape")
    expect(person).not_to_have_attribute("open", "")
    assert _has_focus(summary)
    assert desk.complaints == []


def test_readers_are_told_whether_it_is_open(office, desk):
    page = desk.page
    page.goto(f"{office.panel}/queue")
    session = desk.context.new_cdp_session(page)

    def expanded():
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        [name] = [each for each in nodes if each.get("role", {}).get("value") == "DisclosureTriangle"
                  and "menu" in each["name"]["value"].lower()]  # fmt: skip
        return next(each["value"]["value"] for each in name["properties"] if each["name"] == "expanded")

    assert expanded() is False
    page.locator(".person summary").click()
    assert expanded() is True


@pytest.mark.parametrize("going", ["pointer", "keyboard"])
def test_it_closes_when_one_goes_on_elsewhere(office, desk, going):
    page = desk.page
    page.goto(f"{office.panel}/queue")
    page.locator(".person summary").click()
    expect(page.locator(".person")).to_have_attribute("open", "")
    if going == "pointer":
        page.locator("h1").click()
    else:
        page.locator("#status").focus()
    expect(page.locator(".person")).not_to_have_attribute("open", "")


def test_signing_out_from_it_works(office, desk):
    page = desk.page
    page.goto(f"{office.panel}/queue")
    page.locator(".person summary").click()
    page.locator(".person-box button").click()
    page.wait_for_url("**/sign-in")


def test_the_list_of_keys_opens_closes_and_gives_the_place_back(office, desk):
    page = desk.page
    page.goto(f"{office.panel}/queue")
    here = page.locator(".menu a").first
    here.focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert _has_focus(here)
    page.goto(f"{office.panel}/search")
    page.locator("main input[name=q]").fill("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_first_tab_leads_past_the_menu_to_the_content(office, desk):
    page = desk.page
    page.goto(f"{office.panel}/queue")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert _has_focus(page.locator("main"))


def test_on_a_narrow_screen_the_menu_begins_where_one_is_and_the_page_stays(office, desk):
    page = desk.page
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{office.panel}/audit")
    expect(page.locator(".menu [aria-current=page]")).to_be_in_viewport(ratio=0.99)
    menu = page.locator(".menu")
    assert menu.evaluate("menu => menu.scrollWidth > menu.clientWidth && menu.scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
