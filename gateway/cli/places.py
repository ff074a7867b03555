"""`lakana places`: the deployment's own list of regions, cercles, communes, towns and villages."""

import json
import os
from pathlib import Path

import click

from gateway import codebook, folders
from gateway.casework.placelist import importing, writing
from gateway.casework.placelist.columns import TOLD, ColumnWrong
from gateway.casework.placelist.importing import Outcome, Wanted
from gateway.errors import LakanaError
from parsers.codebook.gazetteer import LEVELS

MOST_SHOWN = 20


class NotImported(LakanaError):
    """The file has lines that cannot be taken; nothing was."""

    code = "not_imported"


@click.group()
def places() -> None:
    """Places: import."""


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--level", type=click.Choice(LEVELS), help="What the places are, when the file does not say.")
@click.option("--vintage", help="The year of the codes, when the file does not say: 2015.")
@click.option("--column", "told", multiple=True, metavar="ROLE=COLUMN", help=f"Which is what: {', '.join(TOLD)}.")
@click.option("--sheet", default="", help="The sheet of a workbook; all that hold places if left out.")
@click.option("--replace", is_flag=True, help="Keep nothing of the list that is there.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_places(
    file: Path,
    level: str | None,
    vintage: str | None,
    told: tuple[str, ...],
    sheet: str,
    replace: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add the places of FILE (CSV or XLSX) to the list that reports are read with."""
    folder = folders.codebook_home(os.environ)
    codebook.use(folders.codebook(os.environ))
    standing = codebook.places()
    click.echo(f"Reading {file.name} beside the {len(standing)} places that are known …", err=True)
    wanted = Wanted(columns=_told(told), level=level or "", vintage=vintage or "", sheet=sheet)
    try:
        outcome = importing.read(file, () if replace else standing, wanted)
    except ColumnWrong as wrong:
        raise click.UsageError(f"{file.name}: {wrong}") from None
    is_new = bool(outcome.added or outcome.changed or (replace and len(outcome.places) != len(standing)))
    written = None
    if is_new and not outcome.troubles and not dry_run:
        written = writing.write(folder, outcome.places)
    if as_json:
        click.echo(json.dumps(_as_dict(outcome, file, written=written, is_dry=dry_run), ensure_ascii=False))
    if outcome.troubles:
        _refuse(outcome, file, as_json=as_json)
    if not as_json:
        _tell(outcome, written=written, is_dry=dry_run)


def _told(pairs: tuple[str, ...]) -> dict[str, str]:
    told = dict(pair.partition("=")[::2] for pair in pairs)
    for role, column in told.items():
        if role not in TOLD or not column:
            raise click.UsageError(f"--column {role}={column}: write ROLE=COLUMN, a role of {', '.join(TOLD)}")
    return told


def _refuse(outcome: Outcome, file: Path, *, as_json: bool) -> None:
    if not as_json:
        for trouble in outcome.troubles[:MOST_SHOWN]:
            click.echo(f"{file.name}, {trouble}", err=True)
        if len(outcome.troubles) > MOST_SHOWN:
            click.echo(f"… and {len(outcome.troubles) - MOST_SHOWN} more; --json lists all", err=True)
    raise NotImported(f"{len(outcome.troubles)} lines of {file.name} cannot be taken; nothing was imported")


def _tell(outcome: Outcome, *, written: Path | None, is_dry: bool) -> None:
    columns = ", ".join(f"{role} from {column!r}" for role, column in outcome.columns.items())
    click.echo(f"{outcome.lines} lines; {columns}.")
    click.echo(
        f"{outcome.added} places are new, {outcome.changed} changed, {outcome.same} as they were; "
        f"{len(outcome.places)} in all."
    )
    if written:
        click.echo(f"Written to {written}. Restart Lakana: running processes keep the list they started with.")
    else:
        click.echo("Nothing was written: this was a dry run." if is_dry else "Nothing to write: all of it was known.")


def _as_dict(outcome: Outcome, file: Path, *, written: Path | None, is_dry: bool) -> dict[str, object]:
    return {
        "file": file.name,
        "lines": outcome.lines,
        "columns": outcome.columns,
        "added": outcome.added,
        "changed": outcome.changed,
        "same": outcome.same,
        "places": len(outcome.places),
        "problems": [
            {"sheet": each.sheet or None, "line": each.line, "column": each.column or None, "reason": each.reason}
            for each in outcome.troubles
        ],
        "dry_run": is_dry,
        "written": str(written) if written else None,
    }
