"""No automatic answer gives away what a report was about: a lint over the words of the files."""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import gateway.texts
import parsers

TEXTS = Path(gateway.texts.__file__).parent
CODEBOOK = Path(parsers.__file__).parent / "codebook"

# Words that must never be in an answer, whatever the codebook holds.
GIVEAWAYS = frozenset(
    re.findall(
        r"[a-z]+",
        """
        enfant enfants child children garcon garcons fille filles boy boys girl girls bebe baby age mineur minor mort
        morts deces meurtre killed blesse blesses mutile wounded maimed mine recrutement recrute recrutes recruited
        soldat soldier viol violence sexuelle sexual rape mariage marriage enlevement enleve kidnappe rapt abducted
        attaque attack ecole school hopital hospital cscom sante health detenu detained prison victime victim temoin
        witness plainte complaint abus abuse alerte warning arme armes armed groupe group milice militia camp
        checkpoint liberation release fama fds cma mnla hcua maa plateforme gatia msa cmi csp jnim gsim aqmi eigs daech
        dozo donso wagner katiba onu un minusma unicef unesco ong ngo croix rouge organisation projet project rvc cvr
        mali region cercle commune village
        """,
    )
)


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", plain(re.sub(r"\{[a-z]+\}", " ", text))))


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in strings(inner))


def texts(language: str) -> list[str]:
    return list(tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8"))["texts"].values())


def words_of_the_codebook() -> set[str]:
    """What begins a report, what it is about, who did it, and the names of places."""
    forms = tomllib.loads((CODEBOOK / "forms.toml").read_text("utf-8"))
    keywords = [keyword for keyword in forms["keyword"] if keyword["kind"] != "command"]
    violations = tomllib.loads((CODEBOOK / "values.toml").read_text("utf-8"))["violation"]
    parties = [tomllib.loads(path.read_text("utf-8")) for path in CODEBOOK.glob("part*.toml")]
    with (CODEBOOK / "places.csv").open(encoding="utf-8", newline="") as file:
        places = [name for row in csv.DictReader(file) for name in (row["name"], *row["alternates"].split(";"))]
    named = [*strings([keywords, violations, parties]), *places]
    return {word for name in named for word in words(name) if len(word) > 1 and plain(name).strip() == word}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_answer_holds_a_word_that_gives_a_report_away(language: str) -> None:
    forbidden = GIVEAWAYS | words_of_the_codebook()
    found = {text: words(text) & forbidden for text in texts(language)}
    assert not {text: given_away for text, given_away in found.items() if given_away}


def test_the_lint_knows_the_codebook_and_would_notice_its_words() -> None:
    forbidden = GIVEAWAYS | words_of_the_codebook()
    assert {"tue", "killing", "enf", "ansongo", "menaka"} <= words_of_the_codebook()
    assert words("{reference}: ENFANTS recrutés à Ansongo") & forbidden == {"enfants", "recrutes", "ansongo"}
