"""`lakana form`: a deployment's own forms, taken over from an XLSForm or looked over as they stand."""

import os
from pathlib import Path

import click

from gateway import codebook
from gateway.cli.card import content
from gateway.cli.form import definition, options, questions, workbook
from gateway.cli.form.definition import Definition
from gateway.cli.form.workbook import FormRefused
from gateway.cli.written import write_whole
from gateway.errors import SettingWrong
from gateway.settings import load
from parsers.codebook import checking, reader, sources
from parsers.codebook.sources import ONE_FORM_EACH


@click.group()
def form() -> None:
    """A deployment's own forms."""


@form.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Look a codebook FOLDER over, or the one of the settings: every fault by file and line."""
    chosen = folder.absolute() if folder else load(os.environ).codebook
    book = codebook.ready(chosen)
    click.echo(f"{chosen or 'the built-in codebook'}: nothing wrong; {', '.join(book.forms)}")


@form.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The codebook folder.")
@click.option("--keyword", default="", help="The word a text begins with, where the form has no sms_keyword.")
@click.option("--replace", is_flag=True, help="Write over a form of this name that is there already.")
def import_(file: Path, output: Path | None, keyword: str, replace: bool) -> None:
    """Take over an XLSForm FILE (.xlsx) as a form of the codebook folder."""
    folder = output.absolute() if output else load(os.environ).codebook
    if folder is None:
        raise SettingWrong("LAKANA_CODEBOOK", "set it to a folder, or give one with -o")
    survey = workbook.read(file)
    reading = questions.read(survey)
    lists = options.read(survey, reading)
    made = definition.write(survey, reading, lists, keyword=keyword, stem=file.stem)
    if reading.faults:
        raise FormRefused(reading.faults)
    path = folder / ONE_FORM_EACH / f"{made.name}.toml"
    if path.exists() and not replace:
        raise SettingWrong(str(path), "there is a form of this name already; --replace writes over it")
    _check(folder, made)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, made.text.encode("utf-8"))
    _tell(folder, path, made, reading.notes)


def _check(folder: Path, made: Definition) -> None:
    """The form beside all that the folder holds already, before anything is written."""
    name = f"{ONE_FORM_EACH}/{made.name}.toml"
    others, faults = sources.own(folder if folder.is_dir() else None)
    new = sources.of_text(name, made.text)
    own = [*(source for source in others if source.name != name), new]
    faults += checking.check(own, reader.load_places(folder))
    if ours := [(made.cell(fault.line), fault.reason) for fault in faults if fault.file == name]:
        raise FormRefused(ours)
    if faults:
        raise codebook.CodebookWrong(folder, faults)


def _tell(folder: Path, path: Path, made: Definition, notes: list[str]) -> None:
    codebook.ready.cache_clear()
    book = codebook.ready(folder)
    click.echo(f"{path} is written.")
    for note in notes:
        click.echo(f"note: {note}")
    click.echo(f"\nUsage: {content.usage(book, made.name, 'fr')}\n")
    click.echo(content.as_text(content.make(book, made.name, "fr")))
