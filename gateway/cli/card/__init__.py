"""`lakana card`: the printable pocket card of a form, made from the codebook."""

import os
from pathlib import Path

import click

from gateway import codebook
from gateway.cli.card import content, faces, sheet
from gateway.cli.card.content import Detail
from gateway.cli.card.sheet import Sheet
from gateway.cli.written import write_whole
from gateway.errors import SettingWrong
from gateway.settings import load


@click.command()
@click.option("--form", "form_name", default="incident", show_default=True, help="Which form: incident, project…")
@click.option("--lang", "language", default="fr", show_default=True, type=click.Choice(content.LANGUAGES))
@click.option(
    "--sheet",
    "paper",
    default=Sheet.A4.value,
    show_default=True,
    type=click.Choice([each.value for each in Sheet]),
    help="Four cards to an A4 sheet, eight to an A3 sheet, or one A6 card to a page.",
)
@click.option(
    "--detail",
    default=Detail.CODES.value,
    show_default=True,
    type=click.Choice([each.value for each in Detail]),
    help="neutral: no telling list at all; codes: numbers and codes; explained: their meaning too, for training rooms.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The PDF; else the text is shown."
)
def card(form_name: str, language: str, paper: str, detail: str, output: Path | None) -> None:
    """Make the pocket card of a form, to print and cut."""
    book = codebook.ready(load(os.environ).codebook)
    if form_name not in book.forms:
        raise SettingWrong("--form", f"there is no form {form_name!r}; there are {', '.join(book.forms)}")
    made = content.make(book, form_name, language, detail=Detail(detail))
    if output is None:
        click.echo(content.as_text(made))
        return
    pages = faces.lay_out(made)
    write_whole(output, sheet.draw(pages, Sheet(paper), title=made.words["title"]))
    sides = "one side" if len(pages) == 1 else f"{len(pages)} sides"
    click.echo(f"{output}: {form_name}, {language}, {paper}, {sides} at {pages[0].runs[-1].size:g} pt")
