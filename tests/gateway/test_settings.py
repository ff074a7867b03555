"""Settings are read once, checked, and a wrong one is named."""

from datetime import time

import pytest

from gateway import settings
from gateway.errors import SettingWrong


def test_an_empty_environment_gives_a_working_laptop(tmp_path):
    found = settings.load({"LAKANA_HOME": str(tmp_path)})
    assert found.database_url == f"sqlite:///{tmp_path}/lakana.sqlite"
    assert found.redis_url is None
    assert (found.intake_port, found.panel_port) == (8080, 8081)
    assert found.panel_url == "http://127.0.0.1:8081"
    assert found.keys == tmp_path / "keys" / "lakana.keys"
    assert not found.is_simulator_open


def test_quiet_hours_are_two_times_of_day_or_none():
    assert settings.load({}).quiet_hours == (time(21), time(6))
    assert settings.load({"LAKANA_QUIET_HOURS": " 22:30 - 05:15 "}).quiet_hours == (time(22, 30), time(5, 15))
    assert settings.load({"LAKANA_QUIET_HOURS": "off"}).quiet_hours is None


def test_only_a_database_server_has_a_spool(tmp_path):
    home = {"LAKANA_HOME": str(tmp_path)}
    assert not settings.load(home).has_spool
    server = settings.load({**home, "DATABASE_URL": "postgresql://u@h/d"})
    assert (server.has_spool, server.spool) == (True, tmp_path / "spool")


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_a_postgresql_address_may_be_written_either_way(prefix):
    assert settings.load({"DATABASE_URL": f"{prefix}u@h/d"}).database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DATABASE_URL", "mysql://h/d", "sqlite:///"),
        ("REDIS_URL", "http://h", "redis://"),
        ("PUBLIC_URL", "lakana.example", "https://"),
        ("PUBLIC_URL", "https://host:99999", "https://"),
        ("LAKANA_PANEL_URL", "http://panel.example", "https://"),
        ("LAKANA_SECRET_KEY", "short", "32"),
        ("LAKANA_SECRET_KEY", "a" * 64, "guess"),
        ("LAKANA_MODE", "debug", "production"),
        ("LAKANA_INTAKE_PORT", "eighty", "whole number"),
        ("LAKANA_PANEL_PORT", "70000", "65535"),
        ("LAKANA_TIMEZONE", "Mali/Bamako", "Africa/Bamako"),
        ("LAKANA_COUNTRY", "Mali", "two capital letters"),
        ("LAKANA_CODEBOOK", "/no/such/folder", "folder"),
        ("LAKANA_QUIET_HOURS", "at night", "21:00-06:00"),
        ("LAKANA_QUIET_HOURS", "21:00-25:00", "21:00-06:00"),
        ("LAKANA_QUIET_HOURS", "21:00", "21:00-06:00"),
        ("LAKANA_QUIET_HOURS", "06:00-06:00", "off"),
        ("LAKANA_TEXTS_PER_SECOND", "-1", "whole number"),
        ("LAKANA_UNKNOWN_SENDERS", "loud", "neutral"),
        ("LAKANA_IDLE_MINUTES", "0", "from 1"),
        ("LAKANA_SILENCE_DAYS", "31", "to 30"),
        ("LAKANA_ALARM_EMAILS", "awa, issa@example.org", "duty@example.org"),
        ("LAKANA_ALARM_EMAILS", "awa@example.org\nBcc: x@example.org", "duty@example.org"),
        ("LAKANA_ALARM_NUMBERS", "70000001", "country code"),
        ("LAKANA_ALARM_REPEAT_HOURS", "0", "from 1"),
        ("LAKANA_ALARM_WAITING_MINUTES", "soon", "whole number"),
        ("LAKANA_SELF_TEST_MINUTES", "-1", "whole number"),
        ("LAKANA_ALARM_LANGUAGE", "bm", "fr, en"),
        ("LAKANA_SMTP_URL", "mail.example.org", "smtp://"),
        ("LAKANA_SMTP_FROM", "Lakana <lakana@example.org>", "lakana@example.org"),
    ],
)
def test_a_wrong_setting_is_named_with_its_reason(name, value, reason):
    with pytest.raises(SettingWrong) as refused:
        settings.load({name: value})
    assert refused.value.name == name
    assert reason in refused.value.reason


def test_letters_need_a_server_and_an_address_of_ours():
    given = {"LAKANA_ALARM_EMAILS": "awa@example.org, issa@example.org"}
    with pytest.raises(SettingWrong, match="LAKANA_SMTP_URL"):
        settings.load(given)
    with pytest.raises(SettingWrong, match="LAKANA_SMTP_FROM"):
        settings.load(given | {"LAKANA_SMTP_URL": "smtps://mail.example.org"})
    complete = {"LAKANA_SMTP_URL": "smtps://mail.example.org", "LAKANA_SMTP_FROM": "lakana@example.org"}
    assert settings.load(given | complete).watch.emails == ("awa@example.org", "issa@example.org")


def test_a_secret_never_stands_in_the_message():
    with pytest.raises(SettingWrong) as refused:
        settings.load({"LAKANA_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refused.value)


def test_every_setting_says_what_it_is_for():
    assert all(setting.help.endswith(".") for setting in settings.SETTINGS)
    assert len({setting.name for setting in settings.SETTINGS}) == len(settings.SETTINGS)
