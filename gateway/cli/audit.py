"""`lakana audit`: whether the chain of who did and read what is whole."""

import json

import click

from gateway.cli.opening import opened
from gateway.errors import LakanaError
from gateway.records.db import reading
from gateway.trust import audit as chain


class ChainBroken(LakanaError):
    """An entry of the audit is not as it was written."""

    code = "chain_broken"


@click.group()
def audit() -> None:
    """The audit chain: verify."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(as_json: bool) -> None:
    """Walk the audit chain and name the first broken link."""
    with opened(), reading() as session:
        broken = chain.verify(session)
        entries = chain.length(session)
    if as_json:
        click.echo(json.dumps({"whole": broken is None, "entries": entries, "first_broken": broken}))
    if broken is not None:
        raise ChainBroken(f"the audit is broken at entry {broken}: it was changed, removed or added")
    if not as_json:
        click.echo(f"The audit is whole: {entries} entries.")
