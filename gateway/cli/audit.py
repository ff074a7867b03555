"""`lakana audit`: whether the chain of who did and read what is whole, and whether nothing is lost or doubled."""

import json

import click

from gateway import clock
from gateway.casework import invariants as promises
from gateway.casework.invariants import SHOWN, Finding, Ground
from gateway.cli.opening import opened
from gateway.errors import LakanaError
from gateway.records.db import reading
from gateway.trust import audit as chain


class ChainBroken(LakanaError):
    """An entry of the audit is not as it was written."""

    code = "chain_broken"


class PromiseBroken(LakanaError):
    """Something that must always hold does not."""

    code = "promise_broken"


@click.group()
def audit() -> None:
    """The audit chain, and what must always hold: verify, invariants."""


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


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def invariants(as_json: bool) -> None:
    """Check that nothing is lost, doubled or left lying; name what is, by ids alone."""
    with opened() as settings, reading() as session:
        findings = promises.examine(session, Ground(clock.now(), settings.spool))
    broken = [finding.number for finding in findings if finding.is_broken]
    if as_json:
        told = [finding.as_dict() for finding in findings]
        click.echo(json.dumps({"holds": not broken, "invariants": told}))
    else:
        for finding in findings:
            click.echo(_told(finding))
    if broken:
        raise PromiseBroken(f"broken: {', '.join(broken)}")


def _told(finding: Finding) -> str:
    ids = finding.broken_by
    if ids is None:
        return f"{'?':<6} {finding.number}  {finding.words}: not known here"
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return f"{'BROKEN' if ids else 'ok':<6} {finding.number}  {finding.words}" + (
        f"\n         {', '.join(ids[:SHOWN])}{more}" if ids else ""
    )
