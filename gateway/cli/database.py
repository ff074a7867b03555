"""`lakana db`: migrations, and whether the schema is what the records say."""

import json

import click

from gateway.cli.opening import ADVICE, NotReady, connected
from gateway.records import db, schema
from gateway.trust import first_keys

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("db")
def database() -> None:
    """The database: upgrade, check."""


@database.command()
@_JSON
def upgrade(as_json: bool) -> None:
    """Run the missing migrations."""
    with connected() as settings:
        # The one step of a release that runs once and on one machine, so the first keys are made here.
        first_keys.open_or_make(settings, db.engine())
        before = schema.current(db.engine())
        schema.upgrade(db.engine())
        after = schema.current(db.engine())
    if as_json:
        click.echo(json.dumps({"before": before, "after": after}))
    else:
        click.echo(f"The database is at {after}." if before == after else f"From {before or 'nothing'} to {after}.")


@database.command()
@_JSON
def check(as_json: bool) -> None:
    """Compare the database with the records; changes nothing."""
    with connected():
        state = schema.state(db.engine())
        found = [] if state in ADVICE else schema.differences(db.engine())
    if as_json:
        click.echo(json.dumps({"state": state.value, "differences": found}))
    if state in ADVICE:
        raise NotReady(ADVICE[state])
    if found:
        raise NotReady("the database differs from the records: " + "; ".join(found))
    if not as_json:
        click.echo("The database is as the records say.")
