"""`lakana reporter`: pseudonyms and personal codes, never a number."""

import json
import re

import pytest

from gateway.records import db
from gateway.trust import audit
from gateway.vault import current
from gateway.vault.keyring import load_keyring
from tests.gateway.cli.conftest import Lakana
from tests.make import reporter as make_reporter


@pytest.fixture
def reporter(office: Lakana, home, migrated_database_url):
    """A registered reporter, and one who is not."""
    current.unlock(load_keyring(home / "keys" / "lakana.keys"))
    db.connect(migrated_database_url)
    with db.transaction() as session:
        made = make_reporter.reporter(session, number="+22370000051", area="ML05", language="fr")
        stranger = make_reporter.reporter(session, number="+22370000052", is_registered=False)
    db.disconnect()
    current.lock()
    return made.pseudonym, stranger.pseudonym


def _listed(office):
    return [json.loads(line) for line in office("reporter", "list", "--json").output.splitlines()]


def test_a_code_is_given_shown_once_and_ended(office: Lakana, home, migrated_database_url, reporter):
    known, _ = reporter
    assert _listed(office) == [
        {"pseudonym": known, "area": "ML05", "language": "fr", "is_training": False, "has_code": False}
    ]
    given = office("reporter", "code", known)
    assert re.search(rf"Personal code of {known}: @[0-9]{{6}}\n", given.output)
    assert _listed(office)[0]["has_code"]
    plain = office("reporter", "list").output
    assert plain.split() == [known, "ML05", "fr", "code"]
    second = json.loads(office("reporter", "code", known, "--json").output)
    assert second["code"] not in given.output
    assert office("reporter", "end-code", known).exit_code == 0
    assert not _listed(office)[0]["has_code"]
    assert "+223" not in plain + given.output
    current.unlock(load_keyring(home / "keys" / "lakana.keys"))
    db.connect(migrated_database_url)
    with db.reading() as session:
        assert audit.verify(session) is None
    db.disconnect()
    current.lock()


def test_what_cannot_be_done_is_told_in_one_line(office: Lakana, reporter):
    known, stranger = reporter
    for words, told in (
        (("code", "Relais-NOBODY"), "no reporter 'Relais-NOBODY'"),
        (("code", stranger), "not registered"),
        (("end-code", known), "has no personal code"),
    ):
        result = office("reporter", *words)
        assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
        assert told in result.output
    assert office("reporter", "code").exit_code == 2
