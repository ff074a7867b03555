import json

import pytest
from sqlalchemy import text

from gateway.records import db
from tests.gateway.cli.conftest import Lakana


@pytest.fixture
def empty(lakana: Lakana, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Lakana:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return lakana


def test_an_empty_database_is_upgraded_once(empty: Lakana) -> None:
    assert empty("db", "check").exit_code == 1
    assert empty("db", "upgrade").output.startswith("From nothing to ")
    assert empty("db", "upgrade").output.startswith("The database is at ")
    assert empty("db", "check").exit_code == 0


def test_a_change_by_hand_is_named(office: Lakana, migrated_database_url: str) -> None:
    engine = db.open_engine(migrated_database_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE officers ADD COLUMN nickname VARCHAR(5)"))
    engine.dispose()
    result = office("db", "check", "--json")
    assert result.exit_code == 1
    assert "nickname" in "".join(json.loads(result.output.splitlines()[0])["differences"])


def test_a_database_that_does_not_answer_is_told_in_one_line_without_its_password(
    lakana: Lakana, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://lakana:geheimnis@127.0.0.1:{free_port}/lakana")
    result = lakana("db", "check")
    assert result.exit_code == 1
    assert "does not answer" in result.output
    assert "geheimnis" not in result.output
    assert result.output.count("\n") == 1
