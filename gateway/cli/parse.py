"""Parsing texts at the command line: no database, no settings but the codebook's folder."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from gateway import codebook as deployment
from gateway import folders
from parsers import parse as parse_text
from parsers.codebook import gazetteer, reader
from parsers.result import Parsed, ReporterContext


@dataclass(frozen=True)
class Around:
    """What is known besides the text."""

    today: date
    language: Any
    area: str | None
    codebook: Path | None


@click.command()
@click.argument("texts", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--jsonl", is_flag=True, help='Read JSON lines {"text", "today", "lang", "area"}; answer one for each.')
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the texts came in.")
@click.option("--lang", type=click.Choice(reader.LANGUAGES[:2]), help="The sender's language.")
@click.option("--area", help="Where the sender writes from: a code or a name.")
def parse(
    texts: tuple[str, ...], as_json: bool, jsonl: bool, today: datetime | None, lang: str | None, area: str | None
) -> None:
    """Parse TEXTS, or standard input line by line."""
    codebook = folders.codebook(os.environ)
    deployment.use(codebook)
    deployment.ready(codebook)
    day = today.date() if today else datetime.now(UTC).date()
    around = Around(day, lang, _area_code(area, codebook), codebook)
    lines = _lines() if jsonl or not texts else texts
    for asked in _questions(lines, around) if jsonl else ((text, around) for text in lines):
        parsed = _parse(*asked)
        click.echo(json.dumps(parsed.as_dict(), ensure_ascii=True) if as_json or jsonl else _told(parsed))


def _lines() -> Iterator[str]:
    """Lines as they come, whatever bytes they hold."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _questions(lines: Iterable[str], around: Around) -> Iterator[tuple[str, Around]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, day = str(asked["text"]), asked.get("today")
            language, area = asked.get("lang"), asked.get("area")
            given = replace(
                around,
                today=date.fromisoformat(day) if day else around.today,
                language=language if language in ("fr", "en") else around.language,
                area=_area_code(area, around.codebook) if area else around.area,
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise click.UsageError(f'line {number}: not a JSON object with a "text"') from None
        yield text, given


def _parse(text: str, around: Around) -> Parsed:
    context = ReporterContext(language=around.language, area=around.area)
    return parse_text(text, received_on=around.today, reporter=context, codebook=around.codebook)


def _area_code(area: str | None, codebook: Path | None) -> str | None:
    """The code of a place given by code or by name; of namesakes the largest."""
    if not area:
        return None
    places = deployment.ready(codebook).places
    found = places.get(area) or next(iter(places.exact(gazetteer.fold_key(area))), None)
    return found.pcode if found else area


def _told(parsed: Parsed) -> str:
    """One text for a person's eyes."""
    shown = parsed.as_dict()
    lines = [f"{parsed.kind}  {parsed.state}"]
    fields: Any = shown["fields"]
    lines += [f"  {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    lines += [f"  note: {parsed.note}"] if parsed.note else []
    lines += [f"  {problem.severity}: {problem.code} {problem.detail}".rstrip() for problem in parsed.problems]
    lines += [f"and {_told(report)}" for report in parsed.more]
    return "\n".join(lines)
