"""Any bytes become names and values, and what is no text is written out."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.channels import form
from gateway.errors import Invalid


@given(st.binary(max_size=300))
def test_any_bytes_are_read_and_can_be_written_again(raw):
    for name, value in form.read(raw).pairs:
        (name + value).encode("utf-8")


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=20))
def test_text_comes_out_as_it_went_in(pairs):
    sayable = [(n, v) for n, v in pairs if all(not "\ud800" <= c <= "\udfff" for c in n + v)]
    read = form.read(urlencode(sayable).encode())
    assert (read.pairs, read.was_repaired) == (tuple(sayable), False)


def test_bytes_that_are_no_text_are_written_out():
    assert form.read(b"Body=caf%e9") == form.Form((("Body", "caf%E9"),), was_repaired=True)


def test_too_many_fields_are_refused():
    with pytest.raises(Invalid):
        form.read(b"&".join(b"a=1" for _ in range(form.MOST_FIELDS + 1)))
