"""The edition changes with whatever decides how a text is read, and with nothing else."""

import pytest

from parsers.codebook.edition import LENGTH, edition


def _of(folder, files):
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    return edition(folder)


FILES = {"words.fr.toml": "a = 1", "forms/own.toml": "b = 2", "places.csv": "pcode"}
OTHERS = [
    FILES | {"words.fr.toml": "a = 2"},
    FILES | {"forms/own.toml": "b = 3"},
    FILES | {"places.csv": "pcode,name"},
    FILES | {"words.en.toml": ""},
    {name: FILES[name] for name in ("words.fr.toml", "places.csv")},
    FILES | {"words.fr.toml": "", "words.en.toml": "a = 1"},
]


@pytest.mark.parametrize("files", OTHERS)
def test_another_word_is_another_edition(tmp_path, files):
    assert _of(tmp_path / "one", FILES) != _of(tmp_path / "two", files)


def test_the_same_words_elsewhere_are_the_same_edition(tmp_path):
    assert _of(tmp_path / "one", FILES) == _of(tmp_path / "two", FILES | {"notes.txt": "bought paper"})


def test_it_is_short_and_the_built_in_one_is_another(tmp_path):
    assert len(edition()) == LENGTH
    assert edition() == edition(None)
    assert _of(tmp_path / "one", FILES) != edition()
