import json
from pathlib import Path
from typing import Any

import pytest

from gateway.settings import SETTINGS
from tests.gateway.cli.conftest import Lakana
from tests.make import codebook as make_codebook


def findings(result: Any) -> dict[str, dict[str, str]]:
    return {one["subject"]: one for one in json.loads(result.output)["findings"]}


def test_a_healthy_office(office: Lakana, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKANA_MODE", "training")
    office("officer", "add", "rokia", "--role", "administrator")
    result = office("doctor", "--json")
    assert {subject: one["state"] for subject, one in findings(result).items() if one["state"] != "good"} == {}
    assert result.exit_code == 0


def test_a_fresh_machine_is_told_where_to_begin_and_nothing_is_made(lakana: Lakana, home: Path) -> None:
    result = lakana("doctor")
    assert result.exit_code == 1
    assert "lakana db upgrade" in result.output
    assert list(home.iterdir()) == []


def test_a_faulty_codebook_is_bad_and_its_faults_are_told(
    lakana: Lakana, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAKANA_CODEBOOK", str(make_codebook.folder(tmp_path, values="[[needs]]\n")))
    found = findings(lakana("doctor", "--json"))["codebook"]
    assert (found["state"], found["found"]) == ("bad", "cannot be used")
    assert "values.toml:1: a value has no `code`" in found["mend"]


def test_keys_that_others_can_read_are_bad(office: Lakana, home: Path) -> None:
    (home / "keys" / "lakana.keys").chmod(0o644)
    found = findings(office("doctor", "--json"))["keys"]
    assert (found["state"], found["found"]) == ("bad", "keys_exposed")
    assert "chmod 600" in found["mend"]


@pytest.mark.parametrize(
    ("name", "value", "subject"),
    [
        ("LAKANA_PANEL_PORT", "x", "settings"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "queue"),
        ("TWILIO_ACCOUNT_SID", "AC123", "provider"),
        ("LAKANA_KEYS", "/nowhere/lakana.keys", "keys"),
        ("DATABASE_URL", "postgresql://lakana@127.0.0.1:1/lakana", "database"),
    ],
)
def test_each_fault_is_named_with_its_cure(
    office: Lakana, monkeypatch: pytest.MonkeyPatch, name: str, value: str, subject: str
) -> None:
    monkeypatch.setenv(name, value)
    result = office("doctor", "--json")
    assert result.exit_code == 1
    found = findings(result)[subject]
    assert found["state"] == "bad"
    assert found["mend"]


def test_a_redis_that_answers_is_good(office: Lakana, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", redis_url)
    assert findings(office("doctor", "--json"))["queue"]["state"] == "good"


def test_an_office_without_administrator_is_bad(office: Lakana) -> None:
    assert findings(office("doctor", "--json"))["administrator"]["state"] == "bad"


def test_every_setting_is_explained_and_no_secret_shown(lakana: Lakana, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "geheimnis")
    listed = [json.loads(line) for line in lakana("doctor", "--settings", "--json").output.splitlines()]
    assert [one["name"] for one in listed] == [setting.name for setting in SETTINGS]
    assert all(one["help"] for one in listed)
    shown = lakana("doctor", "--settings").output
    assert "geheimnis" not in shown
    assert "TWILIO_AUTH_TOKEN=(set, not shown)" in shown


def test_the_list_of_places_is_counted_and_must_be_whole(office: Lakana, home: Path) -> None:
    assert findings(office("doctor", "--json"))["places"]["found"] == "1153, built in"
    (home / "codebook").mkdir()
    (home / "codebook" / "places.csv").write_text("pcode,name\n", encoding="utf-8")
    found = findings(office("doctor", "--json"))["places"]
    assert (found["state"], "there is no column level" in found["found"]) == ("bad", True)


def test_it_tells_of_messages_that_wait_in_the_spool(office, home, migrated_database_url):
    def told():
        return next(line for line in office("doctor").output.splitlines() if " spool " in line)

    if migrated_database_url.startswith("sqlite"):
        assert "none" in told()
        return
    assert "empty" in told()
    (home / "spool").mkdir()
    (home / "spool" / "0a").touch()
    assert "1 message(s) wait" in told()
    (home / "spool" / "0b.refused").touch()
    assert "1 message(s) set aside" in told()
