"""The panel's words: all in French, compiled as they stand, and none that the code no longer uses."""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

from tests.conventions.tree import ROOT

PO = ROOT / "admin" / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "translations"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path("/"))


def test_every_word_has_its_french_and_the_compiled_file_is_up_to_date() -> None:
    looked = run("--check")
    assert looked.returncode == 0, looked.stdout + looked.stderr


def test_a_translation_has_the_same_places_to_fill_in() -> None:
    with PO.open("rb") as file:
        catalog = read_po(file, locale="fr")
    for message in catalog:
        ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        places = {place for text in ids for place in PLACE.findall(text)}
        for string in strings:
            assert set(PLACE.findall(string)) <= places, string
            assert len(ids) > 1 or set(PLACE.findall(string)) == places, string
