import re
from collections.abc import Callable

import pytest
from flask import Flask

from admin.auth import open_to_all
from gateway.records.codes import Role
from gateway.vault import current
from tests.admin.conftest import TOKEN, Visitor, visitor_of

Maker = Callable[..., Visitor]
STRANGE = ["../", "0", "-1", "1" + "0" * 20, "%00", "x" * 10_000, "a" * 16, "%ff", "<script>", "[]", "é"]


@pytest.mark.parametrize("strange", STRANGE)
def test_what_does_not_exist_has_one_answer(make_visitor: Maker, strange: str) -> None:
    visitor = make_visitor(roles=(Role.ADMINISTRATOR,))
    expected = visitor.get("/officers/" + "b" * 16)
    answer = visitor.get(f"/officers/{strange}/")
    again = visitor.get(f"/officers/{strange}")
    for got in (answer, again):
        if got.status_code != 308:
            assert (got.status_code, got.text) == (404, expected.text)


def test_the_wrong_method_looks_like_a_page_that_does_not_exist(make_visitor: Maker) -> None:
    visitor = make_visitor(roles=(Role.ADMINISTRATOR,))
    missing, wrong = visitor.get("/nothing"), visitor.client.get("/sign-in/leave")
    assert wrong.status_code == 405
    assert TOKEN.sub("", wrong.text) == TOKEN.sub("", missing.text)


def test_a_fault_of_ours_shows_a_number_and_nothing_else(sqlite_panel: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        raise RuntimeError("the text of a reporter, +22370000001")

    sqlite_panel.add_url_rule("/broken", view_func=open_to_all(broken))
    answer = visitor_of(sqlite_panel).get("/broken")
    assert answer.status_code == 500
    assert "reporter" not in answer.text
    assert "Traceback" not in answer.text
    number = re.search(r'class="secret">([0-9a-f]{8})<', answer.text)
    assert number is not None
    logged = [record for record in caplog.records if record.message == "panel_error"]
    assert [record._id for record in logged] == [number[1]]  # type: ignore[attr-defined]


def test_without_keys_the_panel_says_that_it_is_locked(make_visitor: Maker) -> None:
    visitor = make_visitor(roles=(Role.ADMINISTRATOR,))
    token = visitor.form_token()
    current.lock()
    answer = visitor.client.post("/sign-in", data={"form_token": token, "name": "x", "password": "y", "next": ""})
    assert answer.status_code == 503


def test_a_request_of_three_megabytes_is_cut_off(sqlite_visitor: Visitor) -> None:
    answer = sqlite_visitor.post("/sign-in", {"name": "x", "password": "y" * 3_000_000, "next": ""})
    assert answer.status_code == 413


def test_six_hundred_fields_are_too_many(make_visitor: Maker) -> None:
    visitor = make_visitor(roles=(Role.ADMINISTRATOR,))
    fields = {f"field{number}": "x" for number in range(10_000)}
    assert visitor.post("/audit/check", fields).status_code in (400, 413)


def test_errors_speak_the_officers_language(make_visitor: Maker) -> None:
    assert "Il n’y a rien ici" in make_visitor(language="fr").get("/nothing").text
    assert "There is nothing here" in make_visitor(language="en").get("/nothing").text
