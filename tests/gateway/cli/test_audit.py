import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from gateway import clock
from gateway.records import db
from gateway.vault import current
from gateway.vault.keyring import load_keyring
from tests.gateway.cli.conftest import Lakana
from tests.make import message as make_message


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


def test_an_office_that_keeps_its_promises(office: Lakana) -> None:
    result = office("audit", "invariants", "--json")
    assert result.exit_code == 0
    told = json.loads(result.output)
    assert (told["holds"], len(told["invariants"])) == (True, 9)
    assert "ok     I1  every message taken in is there once" in office("audit", "invariants").output


def test_a_broken_promise_is_told_with_the_ids_that_break_it(
    office: Lakana, home: Path, migrated_database_url: str
) -> None:
    current.unlock(load_keyring(home / "keys" / "lakana.keys"))
    db.connect(migrated_database_url)
    with db.transaction() as session:
        made = make_message.message(session, received_at=clock.now() - timedelta(minutes=6)).id
    db.disconnect()
    result = office("audit", "invariants")
    assert result.exit_code == 1
    assert (
        f"I5  no message waits to be read for more than 5 minutes, or for its parts more than 15\n         {made}"
        in (result.output)
    )
    assert "lakana: broken: I5" in result.output
