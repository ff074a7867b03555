"""The whole way in a real browser: a text on the simulated phone, the queue, an incident, two officers, verified."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from gateway.records.codes import Level, Role
from gateway.records.states import VerificationStatus

GAO, MOPTI = "ML07", "ML05"
# The same words again would be the same report, so each text counts one boy more.
_boys = count(1)
_names = count(1)


def text_from_the_phone(page: Page, panel: str, phone: str = "relay") -> str:
    """Sends the report on the simulator; the reference that comes back. A phone gets five answers in half an hour."""
    page.goto(f"{panel}/simulator/{phone}")
    answers = page.locator(".sim-in .bubble")
    before = answers.count()
    page.fill("textarea[name=text]", f"ENF REC {next(_boys)}G1F 12-15ans Ansongo hier CMA VU")
    page.click("button.sim-send")
    expect(answers).to_have_count(before + 1, timeout=15_000)
    told = re.search(r"\b([2-9A-Z]{5,6}) recu. Merci.", answers.last.inner_text())
    assert told, answers.last.inner_text()
    return told[1]


def open_alert(page: Page, panel: str, reference: str) -> None:
    """From the queue to the report."""
    page.goto(f"{panel}/queue")
    page.locator("li.row", has_text=reference).get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text(reference)


def decide(page: Page, level: Level, status: VerificationStatus) -> None:
    """One decision on the first violation of the incident that is open in the page."""
    page.locator("details.decide > summary").first.click()
    page.check(f"input[name=choice][value='{level.value}:{status.value}']")
    page.locator("details.decide button").first.click()
    page.wait_for_load_state()


def status_shown(page: Page) -> str:
    """The badge of the first violation."""
    return page.locator(".violation .badge").first.inner_text()


@pytest.fixture
def incident(office, sign_in):
    """A report taken from the phone to an incident with an assessed source, by the officer of its region."""
    desk = sign_in(f"awa-{next(_names)}", Role.REGIONAL, regions=(GAO,))
    page = desk.page
    reference = text_from_the_phone(page, office.panel)
    open_alert(page, office.panel, reference)
    expect(page.locator("mark.field-place, .field-place").first).to_be_visible()
    page.click("[data-key=c]")
    expect(page.locator("form[action$='give-back']")).to_be_visible()
    page.click("form[action$='/incident'] button")
    page.wait_for_url("**/incidents/*")
    address = page.url
    page.locator("a[href*='/sources/']").first.click()
    page.select_option("select[name=reliability]", "high")
    page.select_option("select[name=credibility]", "medium")
    page.locator("main form button.button").last.click()
    page.wait_for_url("**/incidents/*")
    return desk, address


def test_a_texted_report_becomes_a_verified_violation(office, sign_in, incident):
    opened_by, address = incident
    focal = sign_in("bintou", Role.FOCAL_POINT, Role.TECHNICAL)
    focal.page.goto(address)
    decide(focal.page, Level.FOCAL_POINT, VerificationStatus.FOCAL_POINT_ASSESSED)

    # The same person may not take the next step, and is told why.
    focal.page.goto(address)
    assert focal.page.locator("details.decide").count() == 0
    expect(focal.page.locator(".why-not").first).to_be_visible()

    technical = sign_in("cheick", Role.TECHNICAL)
    technical.page.goto(address)
    decide(technical.page, Level.TECHNICAL, VerificationStatus.TECHNICAL_AGREED)

    final = sign_in("dado", Role.FINAL)
    final.page.goto(address)
    decide(final.page, Level.FINAL, VerificationStatus.VERIFIED)
    final.page.goto(address)
    assert status_shown(final.page) == "Vérifié"
    for desk in (opened_by, focal, technical, final):
        assert desk.complaints == []


def test_an_incident_of_another_region_does_not_exist(office, sign_in, incident):
    _, address = incident
    elsewhere = sign_in("elise", Role.REGIONAL, regions=(MOPTI,))
    answers = []
    for wanted in (address, f"{office.panel}/incidents/{'a' * 16}"):
        answer = elsewhere.page.goto(wanted)
        assert answer is not None
        # The page may only differ in the address that was asked for.
        answers.append((answer.status, answer.text().replace(wanted.removeprefix(office.panel), "/…")))
    assert answers[0][0] == 404
    assert answers[0] == answers[1]


def test_a_form_that_was_overtaken_keeps_the_officers_words(incident):
    desk, address = incident
    first = desk.page
    first.goto(address)
    first.click("a[href$='/edit']")
    second = desk.context.new_page()
    second.goto(first.url)
    for page, words in ((first, "Le premier récit."), (second, "Le second récit.")):
        page.fill("textarea[name=account]", words)
    first.locator("main form button.button").last.click()
    first.wait_for_url("**/incidents/*")
    with second.expect_navigation() as answered:
        second.locator("main form button.button").last.click()
    assert answered.value.status == 409
    expect(second.locator("main")).to_contain_text("Le premier récit.")
    expect(second.locator("main")).to_contain_text("Le second récit.")


def test_the_queue_is_worked_with_the_keyboard(office, sign_in):
    desk = sign_in("fanta", Role.FOCAL_POINT)
    references = [text_from_the_phone(desk.page, office.panel, "stranger") for _ in range(2)]
    desk.page.goto(f"{office.panel}/queue")
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("k")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/alerts/*")
    # The newest stands first.
    assert references[-1] in desk.page.locator("h1").inner_text()
    assert desk.complaints == []


def test_a_new_report_announces_itself_and_moves_nothing(office, sign_in):
    desk = sign_in("gaoussou", Role.FOCAL_POINT)
    text_from_the_phone(desk.page, office.panel, "stranger")
    desk.page.goto(f"{office.panel}/queue")
    before = desk.page.locator("li.row").all_inner_texts()
    phone = desk.context.new_page()
    reference = text_from_the_phone(phone, office.panel, "stranger")
    expect(desk.page.locator("#news")).to_be_visible(timeout=30_000)
    shown = desk.page.locator("li.row").all_inner_texts()
    assert len(shown) == len(before)
    assert not any(reference in row for row in shown)
