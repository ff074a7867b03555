"""`lakana backup` and `lakana restore`: the database in one file that only the holders of offline keys can open."""

import json
from pathlib import Path

import click

from gateway import clock
from gateway.cli.backup import keys, making, restoring
from gateway.cli.backup.manifest import Manifest
from gateway.cli.backup.refusal import BackupRefused
from gateway.cli.opening import connected, opened
from gateway.vault import current
from gateway.vault.keyfile import KeysMissing
from gateway.vault.keyring import load_keyring

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_FILE = click.Path(dir_okay=False, path_type=Path)
_WORDS = ("verify", "key")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="[verify|key] FILE")
@click.option("--to", "recipients", multiple=True, help="Encrypt to this age1… recipient; may repeat.")
@click.option("--identity", type=_FILE, help="The file with the secret key that opens it (verify).")
@_JSON
def backup(words: tuple[str, ...], recipients: tuple[str, ...], identity: Path | None, as_json: bool) -> None:
    """Make a backup, prove one, or make the keys of backups.

    \b
    lakana backup FILE                         the database, encrypted to LAKANA_BACKUP_RECIPIENTS or --to
    lakana backup verify FILE --identity KEY   restore it to a scratch database and check everything
    lakana backup key FILE                     a new pair of keys: the secret into FILE, the recipient printed
    """
    verb, path = _split(words)
    if verb == "key":
        recipient = keys.make(path)
        click.echo(json.dumps({"recipient": recipient}) if as_json else f"LAKANA_BACKUP_RECIPIENTS={recipient}")
    elif verb == "verify":
        _verify(path, identity, as_json)
    else:
        with opened() as settings:
            to = keys.recipients(recipients or settings.backup_recipients)
            made = making.make(settings, path, to, now=clock.now())
        click.echo(json.dumps(_figures(path, made)) if as_json else f"{path}: {_told(made)}")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--identity", type=_FILE, required=True, help="The file with the secret key that opens it.")
@_JSON
def restore(file: Path, identity: Path, as_json: bool) -> None:
    """Put the backup FILE into the empty database of DATABASE_URL."""
    with connected() as settings:
        current.unlock(load_keyring(settings.keys))
        try:
            put = restoring.restore(settings, file, keys.identities(identity), now=clock.now())
        finally:
            current.lock()
    if as_json:
        click.echo(json.dumps(_figures(file, put)))
    else:
        click.echo(f"Put back: {_told(put)}.")
        click.echo("Now, before anything is started: docs/backups.md, «After a restore».")


def _verify(path: Path, identity: Path | None, as_json: bool) -> None:
    if identity is None:
        raise click.UsageError("verify needs --identity: the file with the secret key")
    with connected() as settings:
        try:
            current.unlock(load_keyring(settings.keys))
        except KeysMissing:
            current.lock()  # where backups are proved, the keys of the office need not be
        try:
            proved, findings = restoring.verify(settings, path, keys.identities(identity))
        finally:
            current.lock()
    broken = [finding.number for finding in findings if finding.is_broken]
    if as_json:
        told = [finding.as_dict() for finding in findings]
        click.echo(json.dumps({**_figures(path, proved), "holds": not broken, "invariants": told}))
    if broken:
        raise BackupRefused(f"{path} opens, but what it holds breaks {', '.join(broken)}")
    if not as_json:
        unasked = [finding.number for finding in findings if finding.broken_by is None]
        click.echo(f"{path} is good: {_told(proved)}; not asked here: {', '.join(unasked) or 'nothing'}")


def _split(words: tuple[str, ...]) -> tuple[str | None, Path]:
    if len(words) == 2 and words[0] in _WORDS:
        return words[0], Path(words[1]).expanduser().absolute()
    if len(words) == 1 and words[0] not in _WORDS:
        return None, Path(words[0]).expanduser().absolute()
    raise click.UsageError("say FILE, verify FILE, or key FILE")


def _figures(path: Path, told: Manifest) -> dict[str, object]:
    facts = {"made_at": told.made_at, "database": told.database, "schema": told.schema, "tables": dict(told.tables)}
    return {"file": str(path), **facts, "audit": dict(told.audit), "bytes": path.stat().st_size}


def _told(told: Manifest) -> str:
    return (
        f"{told.database}, schema {told.schema}, {sum(told.tables.values())} rows in {len(told.tables)} tables, "
        f"{told.tables['messages']} messages, made {told.at:%Y-%m-%d %H:%M} UTC"
    )
