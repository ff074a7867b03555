"""The servers that other tests lean on are the real ones, and leave nothing behind."""

import socket

import psycopg
import pytest
import redis
from sqlalchemy import inspect

from gateway.records import catalogue, db
from tests import services


def test_a_free_port_can_be_listened_on(free_port):
    with socket.socket() as server:
        server.bind(("127.0.0.1", free_port))


def test_a_missing_program_is_named():
    with pytest.raises(services.ProgramMissing, match="no-such-program"):
        services.find_program("no-such-program")


def test_waiting_in_vain_ends_and_says_for_what():
    with pytest.raises(TimeoutError, match="the moon did not rise"):
        services.wait_until(lambda: False, "the moon did not rise", seconds=0.05)


def test_an_empty_database_is_empty(database_url):
    engine = db.open_engine(database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_migrated_database_has_every_table_and_no_row(database):
    assert set(catalogue.METADATA.tables) <= set(inspect(database).get_table_names())
    with db.reading() as session:
        assert [table for table in catalogue.METADATA.tables.values() if session.query(table).count()] == []


def test_what_one_test_writes_another_does_not_see(postgres):
    with postgres.database() as first, psycopg.connect(_plain(postgres.url(first))) as connection:
        connection.execute("CREATE TABLE left_behind ()")
        connection.commit()
        with postgres.database() as second, psycopg.connect(_plain(postgres.url(second))) as other:
            assert other.execute("SELECT to_regclass('left_behind')").fetchone() == (None,)


def test_postgresql_keeps_what_it_acknowledged_when_it_is_started_again():
    with services.postgres() as server, server.database() as name:
        with psycopg.connect(_plain(server.url(name))) as connection:
            connection.execute("CREATE TABLE kept ()")
            assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
        server.stop()
        server.start()
        with psycopg.connect(_plain(server.url(name))) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_redis_starts_empty_and_keeps_nothing_on_disk(redis_url):
    with redis.Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0
        assert connection.config_get("save") == {"save": ""}
        connection.set("left", "behind")


def test_redis_was_emptied_between_two_tests(redis_url):
    with redis.Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0


@pytest.mark.browser
def test_the_browser_shows_a_page(page):
    page.set_content("<p>Aw ni ce</p>")
    assert page.locator("p").inner_text() == "Aw ni ce"


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
