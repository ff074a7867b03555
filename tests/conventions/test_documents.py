"""What is written about the project is true of it."""

import re
import textwrap
import tomllib

from gateway.settings import SETTINGS
from parsers.codebook import reader
from tests.conventions import tree

PROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())
# They read the environment once and hand it to settings.load().
ENTRY_POINTS = ("gateway/cli/", "gateway/standalone.py", "gateway/wsgi.py", "admin/wsgi.py", "workers/__main__.py")
FIRST_DECISIONS = {"libraries", "licence", "locked-dependencies", "one-database-is-the-queue", "servers", "signing-in"}


def _names(requirements):
    return {re.split(r"[\[<>=;~! ]", text)[0].lower() for text in requirements}


def test_the_readme_opens_with_the_two_commands():
    opening = (tree.ROOT / "README.md").read_text().splitlines()[:15]
    assert any("make run" in line for line in opening)
    assert any("make demo" in line or "make test" in line for line in opening)


def test_the_first_decisions_are_written_down():
    written = {re.sub(r"^\d+-", "", path.stem) for path in (tree.ROOT / "docs/decisions").glob("*.md")}
    assert written >= FIRST_DECISIONS


def test_every_library_has_a_reason_and_a_date():
    reasons = (tree.ROOT / "docs/decisions/libraries.md").read_text()
    told = set(re.findall(r"^\| ([\w.-]+) \|.*\b20\d\d-\d\d \|$", reasons, re.MULTILINE))
    groups = PROJECT["dependency-groups"].values()
    assert told == _names(PROJECT["project"]["dependencies"]).union(*map(_names, groups))


def test_the_lock_pins_every_library_with_hashes():
    groups, product = PROJECT["dependency-groups"], PROJECT["project"]["dependencies"]
    tests = [name for group, names in groups.items() if group != "fuzz" for name in names]
    for file, wanted in (
        ("run.txt", product),
        ("test.txt", product + tests),
        ("fuzz.txt", product + groups["fuzz"]),
    ):
        lock = (tree.ROOT / "requirements" / file).read_text()
        pins = re.findall(r"^([\w.-]+)==\S+ (?:;.*)?\\\n {4}--hash=sha256:", lock, re.MULTILINE)
        assert _names(wanted) <= {pin.lower() for pin in pins}


def test_the_locks_agree():
    run, test, fuzz = (
        set(re.findall(r"^[\w.-]+==\S+", (tree.ROOT / "requirements" / file).read_text(), re.MULTILINE))
        for file in ("run.txt", "test.txt", "fuzz.txt")
    )
    assert run - test == run - fuzz == set()


def test_every_setting_has_a_help_text_and_only_settings_reads_the_environment():
    assert [setting.name for setting in SETTINGS if len(setting.help) < 20] == []
    reads = re.compile(r"os\.environ|\bgetenv\b")
    readers = {tree.name(path) for path in tree.modules(*tree.PACKAGES) if reads.search(path.read_text())}
    assert {name for name in readers if not name.startswith(ENTRY_POINTS)} == set()


def test_every_setting_named_in_the_documents_exists():
    names = {setting.name for setting in SETTINGS}
    told = set()
    for path in [tree.ROOT / "README.md", *(tree.ROOT / "docs").rglob("*.md")]:
        told |= set(re.findall(r"\b(?:LAKANA|TWILIO)_[A-Z_]+\b", path.read_text()))
    assert told - names == set()


def test_no_page_links_to_a_page_that_is_not_there():
    broken = []
    for path in [tree.ROOT / "README.md", tree.ROOT / "CHANGELOG.md", *(tree.ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
            if not (path.parent / target).exists():
                broken.append(f"{tree.name(path)}: {target}")
    assert broken == []


def test_the_procfile_starts_the_four_roles():
    lines = (tree.ROOT / "Procfile").read_text().splitlines()
    assert dict(line.split(": lakana ") for line in lines) == {
        "release": "db upgrade",
        "intake": "intake",
        "panel": "panel",
        "worker": "worker",
    }


def test_the_form_written_by_hand_in_the_page_about_own_forms_is_sound(tmp_path):
    page = (tree.ROOT / "docs/own-forms.md").read_text()
    block = re.search(r"(?m)^    \[\[keyword\]\]\n(?:(?: {4}.*)?\n)+", page)[0]
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "water.toml").write_text(textwrap.dedent(block))
    assert [field.name for field in reader.load(tmp_path).forms["water"].fields] == ["state", "place"]
