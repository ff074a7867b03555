"""The details of an audit entry are read in words, in the language of the page."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from admin.audit_words import NAMES, PAGES, detail_words

HOUSE = Path(__file__).parent.parent.parent
LISTED = re.compile(r'"page": (?:"(\w+)" if [^}]*? else )?"(\w+)"')


@pytest.mark.parametrize(
    ("action", "detail", "words"),
    [
        ("audit.read", {"filters": []}, "–"),
        ("audit.read", {"filters": ["officer", "since"]}, "filtres : Agent, Du"),
        ("desk.listed", {"page": "tray", "shown": 16}, "page : À lire; affichés : 16"),
        ("alert.moved", {"from": "new", "to": "handled"}, "de : Nouveau; à : Traité"),
        ("alert.corrected", {"field": "children"}, "champ : Enfants"),
        ("officer.added", {"roles": ["regional"], "regions": ["ML07"]}, "rôles : Agent régional; régions : Gao"),
        ("officer.added", {"roles": ["conduct"], "regions": []}, "rôles : Unité de déontologie"),
        (
            "officer.changed",
            {"before": [["regional"], ["ML07"]], "after": [["final"], []]},
            "avant : Agent régional (Gao); après : Niveau final (sans région)",
        ),
        ("officer.disabled", {"reason": "left"}, "motif : A quitté le service"),
        ("desk.refused", {"out_of_scope": False}, "hors du périmètre de l’agent : non"),
        ("alert.moved", {"to": "a code of another release"}, "à : a code of another release"),
        ("desk.searched", {"a name of another release": 3}, "a name of another release : 3"),
    ],
)
def test_codes_counts_and_names_are_told_in_words(sqlite_panel: Flask, action: str, detail: dict, words: str) -> None:
    with sqlite_panel.test_request_context(), force_locale("fr"):
        assert detail_words(detail, action) == words


def test_every_page_that_leaves_a_trace_has_a_name() -> None:
    sources = [path.read_text() for path in (HOUSE / "gateway" / "casework").glob("*.py")]
    pages = {page for source in sources for found in LISTED.findall(source) for page in found if page}
    assert pages == set(PAGES)


def test_every_name_of_a_detail_has_words() -> None:
    sources = [path.read_text() for folder in ("gateway", "admin") for path in (HOUSE / folder).rglob("*.py")]
    details = [found for source in sources for found in re.findall(r"detail=?(?: = )?(\{[^}]*\})", source)]
    names = {name for found in details for name in re.findall(r'"(\w+)":', found)}
    assert {"page", "reason", "level", "filters"} <= names <= set(NAMES)
