"""`lakana officer`: people who may sign in; a password is never typed on a command line, only printed once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy.orm import Session

from gateway import clock
from gateway.cli.opening import opened
from gateway.errors import Invalid, LakanaError, NotFound, Refused
from gateway.records.codes import Role
from gateway.records.db import reading, transaction
from gateway.records.officer import Officer
from gateway.trust import accounts
from gateway.trust.accounts import LANGUAGES, ONE_TIME_LASTS, NewOfficer, Reason

_TOLD = {
    ("name", "letters"): "the name must be 3 to 32 plain letters, digits, points and hyphens",
    ("name", "reserved"): "this name is reserved",
    ("name", "taken"): "there is an officer with this name, or one that looks the same",
    ("regions", "unknown"): "a region is not in the gazetteer; write ML01 to ML10, or N23-09",
    ("display_name", "letters"): "the shown name must be 1 to 120 printable characters",
}
_REFUSED = {"last_administrator": "this is the last active administrator; name another one first"}
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_REASON = click.option(
    "--reason", required=True, type=click.Choice([reason.value for reason in Reason]), help="Kept in the audit."
)


class NotDone(LakanaError):
    """The command could not be carried out; the text says why."""

    code = "not_done"


@click.group()
def officer() -> None:
    """Officers: add, list, disable, reset the second factor."""


@officer.command()
@click.argument("name")
@click.option("--display-name", default="", help="As colleagues know them; the name for signing in if left out.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([r.value for r in Role]))
@click.option("--region", "regions", multiple=True, help="A region's code, like ML07; may repeat.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@_JSON
def add(
    name: str, display_name: str, roles: tuple[str, ...], regions: tuple[str, ...], language: str, as_json: bool
) -> None:
    """Add an officer and print the one-time password."""
    new = NewOfficer(
        name=name,
        display_name=display_name,
        roles=tuple(Role(role) for role in roles),
        regions=regions,
        language=language,
    )
    with _office() as session:
        try:
            added, password = accounts.add(session, new, by=None, now=clock.now())
        except Invalid as refusal:
            raise NotDone(_TOLD.get((refusal.field, refusal.reason), str(refusal))) from None
    _print_password(added, password, as_json)


@officer.command("list")
@_JSON
def list_officers(as_json: bool) -> None:
    """List the officers, the active ones first."""
    with opened(), reading() as session:
        lines = [_line(one) for one in accounts.everybody(session)]
    for line in lines:
        if as_json:
            click.echo(json.dumps(line, ensure_ascii=False))
            continue
        state = "active" if line["active"] else "closed"
        click.echo(f"{line['name']:<24} {state:<7} {','.join(line['roles']):<32} {','.join(line['regions'])}".rstrip())


@officer.command()
@click.argument("name")
@_REASON
@_JSON
def disable(name: str, reason: str, as_json: bool) -> None:
    """Close an account at once."""
    with _office() as session:
        found = _by_name(session, name)
        try:
            accounts.disable(session, found.id, reason=Reason(reason), by=None, now=clock.now())
        except Refused as refusal:
            raise NotDone(_REFUSED.get(str(refusal), str(refusal))) from None
        line = _line(found)
    click.echo(json.dumps(line, ensure_ascii=False) if as_json else f"{found.name} is closed.")


@officer.command("reset-2fa")
@click.argument("name")
@_REASON
@_JSON
def reset_second_factor(name: str, reason: str, as_json: bool) -> None:
    """Disconnect an officer's telephone and print a one-time password."""
    with _office() as session:
        found = _by_name(session, name)
        password = accounts.reset_second_factor(session, found.id, reason=Reason(reason), by=None, now=clock.now())
    _print_password(found, password, as_json)


@contextmanager
def _office() -> Iterator[Session]:
    with opened(), transaction() as session:
        yield session


def _by_name(session: Session, name: str) -> Officer:
    found = accounts.by_name(session, name)
    if found is None:
        raise NotFound(f"there is no officer {name!r}")
    return found


def _line(one: Officer) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "display_name": one.display_name,
        "active": one.is_active,
        "roles": one.roles,
        "regions": one.regions,
        "telephone": one.is_totp_confirmed,
        "one_time_password": one.must_change_password,
    }


def _print_password(of: Officer, password: str, as_json: bool) -> None:
    if as_json:
        told = {"id": of.id, "name": of.name, "one_time_password": password}
        ends = of.password_expires_at.isoformat() if of.password_expires_at else None
        click.echo(json.dumps(told | {"expires_at": ends}))
        return
    click.echo(f"One-time password of {of.name}: {password}")
    minutes = ONE_TIME_LASTS.seconds // 60
    click.echo(f"It is shown only now, and works once within {minutes} minutes. Hand it over in person; whoever")
    click.echo("signs in with it chooses a password of their own.")
