"""Builds a deployment's own codebook: the built-in one with some more words, as a newer release would have."""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from gateway import clock
from gateway.casework import rereading
from gateway.casework.office import Office
from gateway.casework.rereading import Reread
from gateway.records import db
from gateway.records.message import Message
from parsers.codebook.reader import BUILT_IN
from workers.suspect import parser_for

PLACES = {"Zorobugu": "ML0701"}
KEYWORDS = {
    "FLASH": "incident",
    "ZIGNA": "alert",
    "ZOULA": "release",
    "HONTE": "complaint",
    "ZAMPA": "project",
    "FINI": "stop",
}


def newer(folder: Path, *, places: Mapping[str, str] = PLACES, keywords: Mapping[str, str] = KEYWORDS) -> Path:
    """`places` are further names of codes, `keywords` further words that open the kind (or the command) named."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = (BUILT_IN / "forms.toml").read_text()
    for word, kind in keywords.items():
        opening = re.compile(rf'((?:kind|command) = "{kind}"\n(?:command = "\w+"\n)?(?:any = .*\n)?fr = \[)')
        forms, count = opening.subn(rf'\1"{word}", ', forms, count=1)
        assert count == 1, f"no keyword opens {kind}"
    (folder / "forms.toml").write_text(forms)
    rows = (BUILT_IN / "places.csv").read_text().splitlines()
    for name, code in places.items():
        at = next(at for at, row in enumerate(rows) if row.startswith(f"{code},"))
        columns = rows[at].split(",")
        columns[6] = ";".join(filter(None, (columns[6], name)))
        rows[at] = ",".join(columns)
    (folder / "places.csv").write_text("\n".join(rows) + "\n")
    return folder


def again(message: Message, office: Office, now: datetime | None = None) -> Reread | None:
    """Reads a stored message of one report again with the vocabulary of this office, and writes what follows."""
    found = all_again(message, office, now)
    assert len(found) <= 1
    return found[0] if found else None


def all_again(message: Message, office: Office, now: datetime | None = None) -> list[Reread]:
    """The same for each report of a message."""
    with db.transaction() as session:
        return rereading.again(session, message.id, office, parser_for=parser_for, now=now or clock.now())
