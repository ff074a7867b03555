"""The compiled parser reads every text as the one that is written down does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from gateway import compiled
from parsers import message
from tests.parsers import measuring, properties, scoring
from tests.parsers.test_properties import TEXTS

WRITTEN = properties.WRITTEN


def test_this_run_is_about_the_compiled_parser():
    assert compiled.is_compiled(), (
        "`make install` compiles the parser; without a C compiler there is nothing to compare"
    )
    compiled.check()
    assert message.__file__.endswith(".so")
    assert WRITTEN.parse.__globals__["read_reports"].__code__.co_filename.endswith("several.py")
    assert parsers.parse is not WRITTEN.parse


@pytest.mark.parametrize("path", measuring.FILES, ids=lambda path: path.stem)
def test_every_text_of_the_samples_reads_the_same(path):
    for sample in scoring.load(path):
        _same(sample.text, properties.SENDERS[0])


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(properties.SENDERS))
def test_any_text_reads_the_same(text, sender):
    _same(text, sender)


def _same(text, sender):
    mine, written = (
        parse(text, received_on=properties.TODAY, reporter=sender).as_dict() for parse in (parsers.parse, WRITTEN.parse)
    )
    assert mine == written
