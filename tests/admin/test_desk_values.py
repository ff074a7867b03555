"""What the parser doubted is told in words, whatever it doubted."""

import re
from pathlib import Path

from flask import Flask
from flask_babel import force_locale

from admin.desk_values import problem_words
from tests.noise import generator
from tests.parsers import measuring, scoring

PARSERS = Path(__file__).parent.parent.parent / "parsers"


def test_every_problem_that_the_parser_names_has_a_sentence_of_its_own(sqlite_panel: Flask) -> None:
    samples = [sample for path in measuring.FILES for sample in scoring.load(path)]
    for name in (*generator.READABLE, *generator.FOR_A_PERSON):
        samples += generator.samples(name, 2, "words")
    codes = {problem["code"] for sample in samples for problem in measuring.parsed(sample)["problems"]}
    codes |= {code for path in PARSERS.rglob("*.py") for code in re.findall(r'Flag\("(\w+)"', path.read_text())}
    assert len(codes) > 40
    with sqlite_panel.test_request_context():
        for language, unsure in (("en", "The machine was not sure."), ("fr", "La machine n’était pas sûre.")):
            with force_locale(language):
                told = {code: problem_words({"code": code}) for code in codes}
            assert [code for code, words in told.items() if words == unsure] == []
            assert [words for words in told.values() if "_" in words] == []
