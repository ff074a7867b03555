"""Every page of the panel, as somebody meets it who sees badly, uses the keyboard alone, or has a narrow screen."""

from pathlib import Path

import pytest

from admin.app import create_app
from gateway import clock, codebook, settings
from gateway.casework.fields import OF_KIND
from gateway.records import db
from gateway.records.codes import AlertKind, Role
from gateway.records.feedback import Feedback
from gateway.records.states import AlertStatus
from tests.browser.conftest import Office, opened
from tests.make import alert as make_alert
from tests.make import codebook as make_codebook
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make import response as make_response
from tests.make.alert import FIELDS

LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
# Answered with data or a picture, or seen before anybody has signed in: those are looked at below.
NO_PAGE = {
    "static", "health.alive", "queue.newer", "reading.newer", "simulator.conversation", "sign_in.enrolment_picture",
    "sign_in.password", "sign_in.code", "sign_in.enrol",
}  # fmt: skip
DOUBTS = tuple(
    {"code": code, "field": field, "severity": severity, "start": start, "end": end, "detail": detail}
    for code, field, severity, start, end, detail in (
        ("ambiguous_party", "party", "check", 27, 30, "maa_cma maa_plateforme"),
        ("unread", None, "check", 4, 7, ""),
        ("missing_date", "date", "check", 0, 0, ""),
        ("corrected_place", "place", "note", 13, 20, ""),
    )
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with forms of its own."""
    running = Office(tmp_path_factory.mktemp("office"))
    make_codebook.folder(running.home, water=make_codebook.WATER)
    codebook.use(running.home / "codebook")
    with opened(running):
        yield running
    codebook.use(None)


@pytest.fixture(scope="module")
def addresses(office):
    """One address for each page, and further ones where a page has several faces."""
    with db.transaction() as session:
        officer = make_officer.officer(session)
        alert = make_alert.alert(session, problems=DOUBTS, missing=["date", "party"], needs_check=True)
        make_alert.answer(session, alert, fields={"boys": 2}, text="K7Q28 2 2G")
        held = make_alert.alert(session, status=AlertStatus.TRIAGED)
        make_alert.reading(session, held, fields=FIELDS | {"boys": 9})
        tray = make_alert.alert(session, kind=AlertKind.UNKNOWN, fields={}, text="Bonjour", spans={})
        own = make_alert.alert(session, kind=AlertKind.UNKNOWN, fields={"state": "broken"}, missing=["place"], spans={})
        own.types, own.parsed = ["water"], own.parsed | {"kind": "water"}
        incident = make_incident.incident(session, officer)
        [violation] = incident.violations
        source = make_incident.source(session, incident, recorded_by=officer)
        victim = make_incident.victim(session, incident)
        response = make_response.response(session)
        make_response.answer(session, response, "{} 2 NON")
        complaint = Feedback(
            message_id=make_alert.message(session, text="Un agent…").id, reference="C7Q28", received_at=clock.now()
        )
        complaint.text = "Un agent a demandé de l’argent."
        session.add(complaint)
        fields = [f"/alerts/{alert.id}/fields/{name}" for name in ("kind", *OF_KIND[AlertKind.INCIDENT])]
        fields += [f"/alerts/{own.id}/fields/{name}" for name in ("state", "families", "what", "place")]
        return {
            "home.front": ["/"],
            "home.guide": ["/help"],
            "account.show": ["/account"],
            "account.password": ["/account/password"],
            "officers.index": ["/officers"],
            "officers.new": ["/officers/new"],
            "officers.show": [f"/officers/{officer.id}"],
            "audit.index": ["/audit"],
            "queue.show": ["/queue", "/queue?status=answered"],
            "reading.show": ["/reading"],
            "alerts.show": [f"/alerts/{each.id}" for each in (alert, held, tray, own)],
            "corrections.show": fields,
            "incidents.index": ["/incidents"],
            "incidents.new": ["/incidents/new"],
            "incidents.show": [f"/incidents/{incident.id}"],
            "incidents.edit": [f"/incidents/{incident.id}/edit"],
            "violations.edit": [f"/violations/{violation.id}"],
            "sources.new": [f"/incidents/{incident.id}/sources/new"],
            "sources.edit": [f"/sources/{source.id}"],
            "victims.new": [f"/incidents/{incident.id}/victims/new"],
            "victims.edit": [f"/incidents/victims/{victim.id}"],
            "search.show": ["/search", "/search?q=K7Q28"],
            "projects.index": ["/projects"],
            "projects.show": [f"/projects/responses/{response.id}"],
            "complaints.index": ["/complaints"],
            "complaints.show": [f"/complaints/{complaint.id}"],
            "health.show": ["/health"],
            "simulator.show": ["/simulator"],
            "simulator.phone": ["/simulator/relay"],
            "an error": ["/nothing"],
        }


def test_no_page_is_left_out(office, addresses, tmp_path):
    panel = create_app(settings.load({"LAKANA_HOME": str(tmp_path), "LAKANA_MODE": "development"}))
    codebook.use(office.home / "codebook")
    pages = {rule.endpoint for rule in panel.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - NO_PAGE == addresses.keys() - {"an error"}


@pytest.fixture
def everybody(sign_in, request):
    """An officer whom every page is open to."""
    return sign_in(f"tous{abs(hash(request.node.name)) % 10_000}", *Role)


def _walk(page, office, addresses):
    for addresses_of_page in addresses.values():
        for address in addresses_of_page:
            answer = page.goto(f"{office.panel}{address}")
            assert answer is not None
            assert answer.status == (404 if address == "/nothing" else 200), address
            yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_used_without_seeing_it_well_or_without_a_mouse(office, everybody, addresses, scheme):
    page, found = everybody.page, {}
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for address in _walk(page, office, addresses):
        page.keyboard.press("Tab")
        page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
        if wrong := page.evaluate(LOOK):
            found[address] = wrong
    assert found == {}


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_a_narrow_screen(office, everybody, addresses, width):
    page, found = everybody.page, {}
    page.set_viewport_size({"width": width, "height": 740})
    for language in ("fr", "en"):
        page.goto(f"{office.panel}/account")
        page.click(f"button[name=language][value={language}]")
        for address in _walk(page, office, addresses):
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                found[language, address] = over
    assert found == {}


def test_the_door_can_be_used_by_everybody_too(office, browser):
    with db.transaction() as session:
        new = make_officer.officer(session, name="nouvelle", is_enrolled=False, language="fr")
        old = make_officer.officer(session, name="ancienne", language="fr")
    for officer, path in ((new, "/sign-in/enrol"), (old, "/sign-in/code")):
        with browser.new_context(viewport={"width": 360, "height": 740}) as context:
            page = context.new_page()
            page.goto(f"{office.panel}/sign-in")
            assert page.evaluate(LOOK) == []
            page.fill("input[name=name]", officer.name)
            page.fill("input[name=password]", make_officer.PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{path}*")
            assert page.evaluate(LOOK) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            page.fill("input[name=code]", "000000")
            page.keyboard.press("Enter")
            page.wait_for_selector("[role=alert]")
            assert page.evaluate(LOOK) == []
