"""A victim is described anew on a page of its own; the code stays, and no officer's text is lost."""

import pytest

from gateway.casework import victims
from gateway.casework.victims import Described
from gateway.records.codes import Role, Sex, VictimKind
from gateway.records.db import reading, transaction
from gateway.records.ids import new_id
from gateway.records.victim import Victim
from tests.admin.conftest import visitor_of
from tests.make import incident as make_incident
from tests.make import officer as make_officer
from tests.make.alert import NOW


@pytest.fixture
def case(panel):
    """An officer before one victim; on each kind of database."""
    with transaction() as session:
        officer = make_officer.officer(session, roles=(Role.FOCAL_POINT,))
        incident = make_incident.incident(session, officer)
        suffered = (incident.violations[0].id,)
        described = Described(VictimKind.INDIVIDUAL, Sex.UNKNOWN, 12, None, True, 1, False, False, False, "", suffered)
        victim = victims.add(session, incident.id, new_id(), described, by=(officer, NOW))
    visitor = visitor_of(panel).signed_in(officer)
    visitor.url, visitor.victim = f"/incidents/victims/{victim.id}", victim
    visitor.fields = {"kind": "individual", "sex": "female", "age_min": "13", "age_max": "", "size": "1",
                      "note": "Vue", "violations": list(suffered), "version": "1"}  # fmt: skip
    return visitor


def test_what_is_known_now_is_written_over_what_was_known(case):
    assert f'value="{case.victim.age_min}"' in case.get(case.url).text
    assert case.url in case.get(f"/incidents/{case.victim.incident_id}").text
    assert case.post(case.url, case.fields).status_code == 303
    with reading() as session:
        kept = session.query(Victim).one()
    assert (kept.code, kept.sex, kept.age_min, kept.is_age_estimated) == ("V01", Sex.FEMALE, 13, False)
    assert (kept.note, kept.version) == ("Vue", 2)


def test_a_second_officer_sees_both_texts(case):
    case.post(case.url, case.fields)
    answer = case.post(case.url, case.fields | {"note": "La mienne"})
    assert answer.status_code == 409
    assert "La mienne" in answer.text
    assert "Vue" in answer.text


def test_a_victim_has_suffered_something(case):
    assert case.post(case.url, case.fields | {"violations": []}).status_code == 400


def test_a_victim_of_another_region_is_not_there(case, panel):
    with transaction() as session:
        officer = make_officer.officer(session, regions=("ML01",))
    stranger = visitor_of(panel).signed_in(officer)
    assert stranger.get(case.url).status_code == 404
    assert stranger.post(case.url, case.fields).status_code == 404
