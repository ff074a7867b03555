"""The queue and its neighbours: scope, filters, paging and what a page costs."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from gateway.records import db
from gateway.records.audit_entry import AuditEntry
from gateway.records.codes import AlertKind, Role, ViolationType
from gateway.records.db import transaction
from gateway.records.feedback import Feedback
from gateway.records.states import AlertStatus
from tests.make import alert as make_alert
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make.alert import NOW

REGIONAL = {"roles": (Role.REGIONAL,), "regions": ("ML07",)}
XSS = "<script>alert(1)</script>\u202e http://evil.example/ \x1b[31m"


def alerts(count=1, **given):
    with transaction() as session:
        return [make_alert.alert(session, received_at=NOW - timedelta(minutes=at), **given) for at in range(count)]


def references(page):
    return re.findall(r'class="mono small">(\w+)<', page)


def test_the_newest_is_first_and_only_what_is_open_and_theirs_is_shown(make_visitor):
    shown = alerts(3)
    alerts(region="ML01")
    alerts(status=AlertStatus.HANDLED)
    alerts(kind=AlertKind.UNKNOWN)
    assert references(make_visitor(**REGIONAL).get("/queue").text) == [alert.reference for alert in shown]


def test_what_was_not_understood_waits_in_the_tray(make_visitor):
    alerts()
    unread = [*alerts(kind=AlertKind.UNKNOWN), *alerts(kind=AlertKind.UNPROCESSED)]
    assert set(references(make_visitor(**REGIONAL).get("/reading").text)) == {alert.reference for alert in unread}


def test_pages_follow_one_another_without_a_gap_or_a_total(make_visitor):
    made = alerts(120)
    visitor, address, seen = make_visitor(**REGIONAL), "/queue", []
    while address:
        page = visitor.get(address).text
        seen += references(page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else None
    assert seen == [alert.reference for alert in made]


FILTERS = [
    ("kind=release", {"kind": AlertKind.RELEASE}),
    ("status=handled", {"status": AlertStatus.HANDLED}),
    ("region=ML08", {"region": "ML08"}),
    ("type=killing", {"fields": {"violation": ["killing", "maiming"]}, "region": "ML07"}),
    ("urgent=1", {"is_urgent": True}),
    ("check=1", {"needs_check": True}),
    ("language=en", {"language": "en"}),
    ("channel=kannel", {"channel": "kannel"}),
    ("status=answered", {"has_answer_waiting": True}),
]


@pytest.mark.parametrize(("query", "given"), FILTERS, ids=[query for query, _given in FILTERS])
def test_a_filter_finds_what_it_says(make_visitor, query, given):
    alerts(2)
    wanted = alerts(**given)[0]
    page = make_visitor(roles=(Role.FOCAL_POINT,)).get(f"/queue?{query}").text
    assert references(page) == [wanted.reference]


def test_mine_and_nobodys(make_visitor):
    first, second = alerts(2)
    visitor = make_visitor(**REGIONAL)
    visitor.post(f"/alerts/{first.id}/claim")
    assert references(visitor.get("/queue?who=mine").text) == [first.reference]
    assert references(visitor.get("/queue?who=unclaimed").text) == [second.reference]


STRANGE = ["sort=password", "page=-1", "per_page=1000000000", "region[]=ML07", "region=x", "after=1", "after=%00",
           "kind=unknown", "status=x", "urgent=2", "type=%25", "order=received_at", "kind=alert&kind=alert",
           "after=2026-01-01T00:00:00_aaaaaaaaaaaaaaaa"]  # fmt: skip


@pytest.mark.parametrize("query", STRANGE)
@pytest.mark.parametrize("page", ["/queue", "/queue/newer"])
def test_a_strange_address_is_refused(make_visitor, page, query):
    assert make_visitor(**REGIONAL).get(f"{page}?{query}").status_code == 400


def test_news_are_counted_from_the_newest_on_the_page(make_visitor):
    visitor = make_visitor(**REGIONAL)
    alerts(2)
    newest = re.search(r'data-newest="([^"]+)"', visitor.get("/queue").text)[1]
    asked = {"query_string": {"after": newest}, "headers": {"Sec-Fetch-Dest": "empty"}}
    assert visitor.get("/queue/newer", **asked).json == {"count": 0}
    with transaction() as session:
        make_alert.alert(session, received_at=NOW + timedelta(minutes=1))
        make_alert.alert(session, received_at=NOW + timedelta(minutes=1), region="ML01")
    assert visitor.get("/queue/newer", **asked).json == {"count": 1}


@pytest.fixture
def statements():
    """How many statements a call sends to the database."""

    def count(call):
        sent = []
        listener = lambda *given: sent.append(given[2])  # noqa: E731 - removed again below, so it needs a name
        event.listen(db.engine(), "before_cursor_execute", listener)
        try:
            assert call().status_code == 200
        finally:
            event.remove(db.engine(), "before_cursor_execute", listener)
        return len(sent)

    return count


def test_a_page_costs_the_same_for_one_row_as_for_fifty(make_visitor, statements):
    visitor = make_visitor(roles=(Role.FOCAL_POINT,))
    opener = visitor_officer()
    alerts(1)
    incident(opener, sources=1)
    visitor.get("/queue")
    before = {page: statements(lambda page=page: visitor.get(page)) for page in ("/queue", "/incidents")}
    alerts(60)
    for _ in range(20):
        incident(opener, sources=1)
    assert {page: statements(lambda page=page: visitor.get(page)) for page in before} == before


def test_an_incident_costs_the_same_with_many_sources_and_violations(make_visitor, statements):
    visitor = make_visitor(roles=(Role.FOCAL_POINT,))
    opener = visitor_officer()
    small, large = incident(opener, sources=1), incident(opener, sources=12, types=5)
    visitor.get(f"/incidents/{small}")
    assert statements(lambda: visitor.get(f"/incidents/{small}")) == statements(
        lambda: visitor.get(f"/incidents/{large}")
    )


def visitor_officer():
    with transaction() as session:
        return make_officer.officer(session)


def incident(opener, *, sources, types=1):
    with transaction() as session:
        made = make_incident.incident(session, opener, types=tuple(ViolationType)[:types])
        for _ in range(sources):
            make_incident.source(session, made, recorded_by=opener)
        return made.id


def test_a_hidden_report_changes_nothing_on_any_page(make_visitor):
    """SEC-32: before and after, every page of an officer elsewhere is the same to the letter."""
    outsider = make_visitor(roles=(Role.REGIONAL,), regions=("ML01",))
    alerts(2, region="ML01")
    pages = ["/queue", "/reading", "/queue?status=answered", "/queue/newer", "/incidents", "/incidents?status=all",
             "/search?q=K7Q28", "/", "/queue?order=oldest"]  # fmt: skip
    before = {page: stable(outsider.get(page, follow_redirects=True).text) for page in pages}
    with transaction() as session:
        opener = make_officer.officer(session)
        hidden = make_alert.alert(session, is_urgent=True)
        made = make_incident.incident(session, opener)
        make_alert.answer(session, hidden, fields={"boys": 1})
        session.add(Feedback(message_id=hidden.message_id, reference="K7Q28", received_at=NOW, version=1))
    after = {page: stable(outsider.get(page, follow_redirects=True).text) for page in pages}
    assert after == before
    for address, row_id in (
        ("/alerts/{}", hidden.id),
        ("/alerts/{}/fields/place", hidden.id),
        ("/incidents/{}", made.id),
        ("/incidents/{}/edit", made.id),
        ("/incidents/{}/sources/new", made.id),
        ("/incidents/{}/victims/new", made.id),
        ("/violations/{}", made.violations[0].id),
    ):
        there, nowhere = outsider.get(address.format(row_id)), outsider.get(address.format("a" * 16))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert stable(there.text) == stable(nowhere.text)
    assert stable(outsider.get(f"/search?q={hidden.reference}").text).count(hidden.reference) == 1  # as typed


def stable(page):
    page = re.sub(r'name="form_token" value="\w+"', "", page)
    return re.sub(r'name="next" value="[^"]*"', "", page)


def test_a_look_beyond_ones_scope_leaves_a_trace(make_visitor):
    hidden = alerts()[0]
    make_visitor(roles=(Role.REGIONAL,), regions=("ML01",)).get(f"/alerts/{hidden.id}")
    with transaction() as session:
        entry = session.query(AuditEntry).filter_by(action="desk.refused").one()
        assert entry.detail == {"kind": "alerts", "asked": hidden.id, "out_of_scope": True}


def test_every_reading_of_a_report_leaves_a_trace(make_visitor):
    read = alerts()[0]
    make_visitor(**REGIONAL).get(f"/alerts/{read.id}")
    with transaction() as session:
        assert session.query(AuditEntry).filter_by(action="alert.read").one().subject_id == read.id


STRANGE_IDS = ["0", "-1", "1" * 20, "%00", "a" * 10_000, "[]", "A" * 16]


@pytest.mark.parametrize("strange", STRANGE_IDS, ids=[each[:8] for each in STRANGE_IDS])
@pytest.mark.parametrize("page", ["/alerts/", "/incidents/", "/violations/", "/sources/"])
def test_a_strange_id_is_not_found(make_visitor, page, strange):
    visitor = make_visitor(roles=(Role.FOCAL_POINT,))
    answer, nowhere = visitor.get(page + strange), visitor.get(page + "a" * 16)
    assert (answer.status_code, stable(answer.text)) == (404, stable(nowhere.text))


@pytest.mark.parametrize("page", ["/alerts/../x", "/alerts/..%2f", "/incidents/%2e%2e%2f", "/alerts/", "/alerts/a/b/c"])
def test_a_path_leads_nowhere_else(make_visitor, page):
    assert make_visitor(roles=(Role.FOCAL_POINT,)).get(page).status_code == 404


def test_what_a_reporter_wrote_is_shown_as_text(make_visitor):
    fields = {"violation": ["killing"], "place": {"pcode": "<b>x</b>"}, "date_from": "2026-11-14"}
    problem = {"code": "unread", "field": None, "severity": "check", "start": 0, "end": len(XSS), "detail": XSS}
    alert = alerts(text=XSS, fields=fields, problems=(problem,), spans={"unread": [[0, 8]]}, region="ML07")[0]
    with transaction() as session:
        make_alert.answer(session, alert, fields={"place": XSS}, text=XSS)
    visitor = make_visitor(**REGIONAL)
    for address in (f"/alerts/{alert.id}", f"/alerts/{alert.id}/fields/place", "/queue"):
        page = visitor.get(address).text
        assert "<script>alert" not in page
        assert 'href="http://evil' not in page
        assert "\u202e" not in page
        assert "\x1b" not in page
        assert "<b>x</b>" not in page


SEARCHED = ["%", "_", "*", '"', "\\", "x" * 5000, ".*", "+22370000001", "' or 1=1 --", "K7Q2%", "\x00"]


@pytest.mark.parametrize("typed", SEARCHED)
def test_a_search_is_literal_and_finds_nothing_by_pattern(make_visitor, typed):
    alerts(3)
    answer = make_visitor(roles=(Role.FOCAL_POINT,)).get("/search", query_string={"q": typed})
    assert answer.status_code == 200
    assert "/alerts/" not in answer.text


def test_a_search_finds_a_reference_however_it_is_typed(make_visitor):
    alert = alerts()[0]
    visitor = make_visitor(**REGIONAL)
    for typed in (alert.reference, alert.reference.lower(), f" {alert.reference[:2]}-{alert.reference[2:]} "):
        assert f"/alerts/{alert.id}" in visitor.get("/search", query_string={"q": typed}).text


def test_complaints_are_closed_to_everybody_but_the_conduct_unit(make_visitor):
    with transaction() as session:
        message = make_alert.message(session)
        complaint = Feedback(message_id=message.id, reference="K7Q28", received_at=NOW, version=1)
        complaint.text = "Le chauffeur " + XSS
        session.add(complaint)
    for role in Role:
        visitor = make_visitor(roles=(role,))
        status = 200 if role is Role.CONDUCT else 403
        assert visitor.get("/complaints").status_code == status
        page = visitor.get(f"/complaints/{complaint.id}")
        assert page.status_code == status
        assert ("Le chauffeur" in page.text) is (role is Role.CONDUCT)
        assert "<script>alert" not in page.text


def test_an_administrator_has_no_case_pages(make_visitor):
    visitor = make_visitor(roles=(Role.ADMINISTRATOR,))
    for page in ("/queue", "/reading", "/incidents", "/search", "/projects", "/complaints", "/incidents/new"):
        assert visitor.get(page).status_code == 403
