from collections.abc import Callable

import pytest

from tests.admin.conftest import Visitor


def test_french_is_the_first_language(sqlite_visitor: Visitor) -> None:
    page = sqlite_visitor.get("/sign-in").text
    assert '<html lang="fr">' in page
    assert "Se connecter" in page


def test_a_visitor_changes_the_language_and_it_stays(sqlite_visitor: Visitor) -> None:
    answer = sqlite_visitor.post("/language", {"language": "en", "next": "/sign-in"})
    assert answer.headers["Location"] == "/sign-in"
    assert "<h1>Sign in</h1>" in sqlite_visitor.get("/sign-in").text


def test_an_officer_changes_the_language_for_every_browser(make_visitor: Callable[..., Visitor]) -> None:
    visitor = make_visitor(language="fr")
    visitor.post("/language", {"language": "en", "next": "/account"})
    assert "My account" in visitor.get("/account").text


@pytest.mark.parametrize("language", ["", "de", "../../etc/passwd", "EN"])
def test_a_language_we_do_not_have_is_refused(sqlite_visitor: Visitor, language: str) -> None:
    assert sqlite_visitor.post("/language", {"language": language, "next": "/"}).status_code == 400


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil"])
def test_the_switch_leads_to_no_other_site(sqlite_visitor: Visitor, wanted: str) -> None:
    answer = sqlite_visitor.post("/language", {"language": "en", "next": wanted})
    assert answer.headers["Location"] == "/"
