"""Any text at all: no exception, no lost character, the same parse twice, and work in proportion to its length."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateway.cli.bench.worst import KINDS, LONGEST
from tests.parsers import measuring, properties, scoring

SURROGATES = st.characters(categories=("Cs",))
ANY = st.characters()  # of all planes, unassigned ones too
ODD = st.sampled_from(
    [*"\x00\x1b\u202e\u2066\u200b\ufeff\u00ad\u0300\u0345\U0001f476\ufdfa\u1e9e\u0130ßﬁ²½③Ⅷ", "\U000e0001"]
)
WORDS = st.sampled_from(
    [
        *("ENF", "LIB", "ALERTE", "RVC", "MOD", "K7Q28", "REC", "3G1F", "12-15ans", "Gao/", "hier", "14/11"),
        *("4=", "lieu:", "//", "(", ")", "@4821", "TEST"),
    ]
)
TEXTS = st.one_of(
    st.text(st.one_of(ANY, SURROGATES, ODD), max_size=400),
    st.lists(st.one_of(WORDS, st.text(st.one_of(ODD, SURROGATES), max_size=3)), max_size=40).map("".join),
    st.lists(st.one_of(WORDS, st.text(ANY, max_size=4)), max_size=40).map(" ".join),
)
CALLS_PER_CHARACTER = 50  # the worst kinds take 33
ALWAYS = 2_000  # calls of any text, however short
LONGER = 8  # a square would be sixty-four times the work
WRITTEN = [sample for path in measuring.FILES for sample in scoring.load(path)]


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(properties.SENDERS))
@example("\ud800ENF\udfff REC 3G", properties.SENDERS[0])
@example("L:CVR:AA", properties.SENDERS[0])
@example("ENF İSTANBUL ﬁlle ½ ③", properties.SENDERS[1])
def test_they_hold_for_any_text(text, sender):
    properties.hold(text, sender)


@settings(max_examples=60)
@given(st.sampled_from(WRITTEN), st.data())
def test_they_hold_for_texts_people_write_cut_anywhere_and_joined(sample, data):
    other = data.draw(st.sampled_from(WRITTEN)).text
    cut = data.draw(st.integers(0, len(sample.text)))
    properties.hold(sample.text[:cut] + data.draw(st.sampled_from(["", " ", "\n", ";;"])) + other)


@settings(max_examples=60)
@given(st.binary(max_size=600))
def test_they_hold_for_any_bytes_that_become_text(received):
    properties.hold(received.decode("utf-8", "surrogateescape"))
    properties.hold(received.decode("latin-1"))


@pytest.mark.parametrize("name", KINDS)
def test_the_worst_text_of_a_kind_is_read_whole_and_never_complete(name):
    assert properties.hold(KINDS[name](LONGEST)).state != "complete"


@pytest.mark.parametrize("name", KINDS)
def test_work_grows_with_the_length_and_not_faster(name):
    make = KINDS[name]
    properties.calls(make(LONGEST))  # what is looked up once for a process is not this text's
    needed = properties.calls(make(LONGEST))
    assert needed <= ALWAYS + CALLS_PER_CHARACTER * LONGEST
    assert properties.calls(make(LONGEST * LONGER)) <= LONGER * (ALWAYS + needed)


def test_calls_are_counted():
    assert properties.calls("ENF REC 3G Ansongo 14/11") > properties.calls("x") > 5
