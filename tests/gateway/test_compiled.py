"""A compiled parser that is older than its source is refused, everywhere."""

import subprocess
import sys

import pytest

from gateway import compiled

HOUSE = compiled.PARSERS.parent


@pytest.fixture
def parser(tmp_path, monkeypatch):
    """A parser of one module, that was compiled."""
    (tmp_path / "fields").mkdir()
    source = tmp_path / "message.py"
    source.write_text("ONE = 1\n")
    monkeypatch.setattr(compiled, "PARSERS", tmp_path)
    monkeypatch.setattr(compiled, "LIBRARY", tmp_path / compiled.LIBRARY.name)
    monkeypatch.setattr(compiled, "STAMP", tmp_path / compiled.STAMP.name)
    compiled.LIBRARY.write_bytes(b"")
    compiled.STAMP.write_text(compiled.digest())
    return source


def test_one_that_is_of_this_source_is_taken(parser):
    compiled.check()


def test_without_one_there_is_nothing_to_refuse(parser):
    parser.write_text("ONE = 2\n")
    compiled.LIBRARY.unlink()
    compiled.check()


@pytest.mark.parametrize("change", ["ONE = 2\n", "ONE = 1\n# a word\n", ""])
def test_a_changed_source_is_refused(parser, change):
    parser.write_text(change)
    with pytest.raises(compiled.ParserStale, match="make install"):
        compiled.check()


def test_a_module_more_is_refused(parser):
    (parser.parent / "fields" / "sizes.py").write_text("")
    with pytest.raises(compiled.ParserStale):
        compiled.check()


def test_one_whose_making_was_broken_off_is_refused(parser):
    compiled.STAMP.unlink()
    with pytest.raises(compiled.ParserStale):
        compiled.check()


def test_all_that_is_compiled_is_there():
    assert {path.stem for path in compiled.sources()} >= {"message", "forms", "assignment", "counts", "gazetteer"}
    assert all(path.exists() for path in compiled.sources())


@pytest.mark.parametrize(
    "start",
    ["from gateway.cli import main; main(['parse', 'ENF REC'])", "from workers.__main__ import main; sys.exit(main())"],
    ids=["lakana", "workers"],
)
def test_nothing_starts_with_a_stale_one(start):
    changed = "import sys; from gateway import compiled; compiled.is_compiled = lambda: True; compiled.digest = str"
    done = subprocess.run(
        [sys.executable, "-c", f"{changed}; {start}"], capture_output=True, text=True, check=False, cwd=HOUSE
    )
    assert done.returncode in (1, 2)
    assert done.stderr.splitlines()[-1].endswith("`make install` compiles it again")
    assert not done.stdout
