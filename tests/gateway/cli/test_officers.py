import json
import re

import pytest

from tests.gateway.cli.conftest import Lakana

ADMINISTRATOR = ("officer", "add", "rokia", "--role", "administrator")


def test_a_new_officer_gets_a_one_time_password_on_the_screen(office: Lakana) -> None:
    added = office(*ADMINISTRATOR)
    assert added.exit_code == 0
    assert re.search(r"One-time password of rokia: [a-z0-9]{5}(-[a-z0-9]{5}){3}\n", added.output)
    listed = office("officer", "list", "--json")
    (one,) = [json.loads(line) for line in listed.output.splitlines()]
    assert (one["name"], one["roles"], one["one_time_password"]) == ("rokia", ["administrator"], True)


def test_no_command_takes_a_password(office: Lakana) -> None:
    for command in ("add", "disable", "reset-2fa"):
        assert "password TEXT" not in office("officer", command, "--help").output.lower()
    assert office("officer", "add", "rokia", "--role", "regional", "--password", "x").exit_code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("officer", "add", "admin", "--role", "regional"), "reserved"),
        (("officer", "add", "r0kia", "--role", "regional"), "looks the same"),
        (("officer", "add", "a b", "--role", "regional"), "plain letters"),
        (("officer", "add", "awa", "--role", "regional", "--region", "ML99"), "gazetteer"),
        (("officer", "disable", "nobody", "--reason", "left"), "no officer"),
        (("officer", "disable", "rokia", "--reason", "left"), "last active administrator"),
        (("officer", "reset-2fa", "nobody", "--reason", "lost_telephone"), "no officer"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(office: Lakana, words: tuple[str, ...], told: str) -> None:
    office(*ADMINISTRATOR)
    result = office(*words)
    assert result.exit_code == 1
    assert told in result.output
    assert result.output.count("\n") == 1


def test_misuse_is_another_exit_code(office: Lakana) -> None:
    assert office("officer", "add", "awa", "--role", "king").exit_code == 2
    assert office("officer", "disable", "awa").exit_code == 2


def test_a_closed_account_and_a_lost_telephone(office: Lakana) -> None:
    office(*ADMINISTRATOR)
    office("officer", "add", "awa", "--role", "regional", "--region", "ML07")
    reset = office("officer", "reset-2fa", "awa", "--reason", "lost_telephone", "--json")
    assert set(json.loads(reset.output)) == {"id", "name", "one_time_password", "expires_at"}
    assert office("officer", "disable", "awa", "--reason", "left").output == "awa is closed.\n"
    assert re.search(r"^awa +closed", office("officer", "list").output, re.MULTILINE)


def test_without_keys_or_database_it_says_what_to_do(lakana: Lakana) -> None:
    result = lakana("officer", "list")
    assert result.exit_code == 1
    assert "lakana db upgrade" in result.output
