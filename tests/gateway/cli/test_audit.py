import json

from sqlalchemy import text

from gateway.records import db
from tests.gateway.cli.conftest import Lakana


def test_a_whole_chain(office: Lakana) -> None:
    assert json.loads(office("audit", "verify", "--json").output)["entries"] == 0
    office("officer", "add", "rokia", "--role", "administrator")
    result = office("audit", "verify", "--json")
    assert result.exit_code == 0
    assert json.loads(result.output) == {"whole": True, "entries": 1, "first_broken": None}


def test_a_broken_chain_names_its_first_broken_entry(office: Lakana, migrated_database_url: str) -> None:
    for name in ("rokia", "awa", "issa"):
        office("officer", "add", name, "--role", "administrator")
    engine = db.open_engine(migrated_database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_entries SET action = 'officer.changed' WHERE number = 2"))
    engine.dispose()
    result = office("audit", "verify")
    assert result.exit_code == 1
    assert "entry 2" in result.output
