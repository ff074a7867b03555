"""The schema: brought up to date by numbered migrations, compared with the records, never guessed."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from gateway.errors import LakanaError
from gateway.records import catalogue

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaNewer(LakanaError):
    """The database was made by a later release of the program."""

    code = "schema_newer"


class SchemaBroken(LakanaError):
    """A migration would leave rows that point at rows that are not there."""

    code = "schema_broken"


class SchemaState(StrEnum):
    """How the database stands to this release."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def newest() -> str:
    """The number of the last migration this release knows."""
    return str(_script().get_current_head())


def current(engine: Engine) -> str | None:
    """The number of the migration the database stands at."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether this release has that migration."""
    return any(known.revision == revision for known in _script().walk_revisions())


def state(engine: Engine) -> SchemaState:
    """Compares the database's migration number with ours; changes nothing."""
    at = current(engine)
    if at is None:
        return SchemaState.EMPTY
    if at == newest():
        return SchemaState.CURRENT
    return SchemaState.OLDER if knows(at) else SchemaState.NEWER


def upgrade(engine: Engine, to: str = "head") -> None:
    """Runs the missing migrations; refuses a database of a later release untouched."""
    if state(engine) is SchemaState.NEWER:
        raise SchemaNewer(f"the database is at {current(engine)}, this release knows {newest()}: install the newer one")
    config = _config()
    with _migrating(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def downgrade(engine: Engine, to: str) -> None:
    """Takes migrations back, down to the one named; `base` empties the schema."""
    config = _config()
    with _migrating(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction; SQLite makes tables anew in it, so it looks at what points where at the end, not all along."""
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        switch: Any = connection.connection.dbapi_connection
        switch.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise SchemaBroken(f"rows of {dangling[0][0]} would point at nothing: nothing was changed")
        finally:
            switch.execute("PRAGMA foreign_keys=ON")


def differences(engine: Engine) -> list[str]:
    """One line for each place where the records and the database's schema differ."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [_line(difference) for difference in compare_metadata(context, catalogue.METADATA)]


def _line(difference: object) -> str:
    if isinstance(difference, list):
        return "; ".join(_line(part) for part in difference)
    parts = difference if isinstance(difference, tuple) else (difference,)
    told = (part for part in parts if part is not None and not isinstance(part, dict))
    return " ".join(str(getattr(part, "name", part)) for part in told)
