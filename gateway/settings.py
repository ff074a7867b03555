"""The settings: names, help, defaults, and the one place that reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gateway import folders
from gateway import setting_values as values
from gateway.errors import SettingWrong


class Setting(NamedTuple):
    """One name in the environment, with what `lakana doctor --settings` says of it."""

    name: str
    default: str
    help: str
    secret: bool = False


SETTINGS = (
    Setting("DATABASE_URL", "", "Where the records live; empty: a SQLite file under LAKANA_HOME.", True),
    Setting("REDIS_URL", "", "Redis, the bell between processes; empty: the worker runs in this process.", True),
    Setting("LAKANA_HOME", "./var", "Folder for the database, the keys and the spool."),
    Setting("LAKANA_KEYS", "", "The key file; made on the first start under LAKANA_HOME, readable by its owner only."),
    Setting("LAKANA_SECRET_KEY", "", "Signs the panel's forms; 32 characters or more; made if empty.", True),
    Setting("LAKANA_MODE", "production", "production, development or training; the last two have the phone simulator."),
    Setting("TWILIO_ACCOUNT_SID", "", "The Twilio account whose messages are accepted."),
    Setting("TWILIO_AUTH_TOKEN", "", "Twilio's secret; checks what comes in and signs what goes out.", True),
    Setting("TWILIO_AUTH_TOKEN_SECONDARY", "", "A second secret accepted while the first is being changed.", True),
    Setting("TWILIO_FROM", "", "Our own numbers at Twilio, separated by commas; the first one sends."),
    Setting("TWILIO_API_BASE", "", "Another address for Twilio's REST interface; used by tests."),
    Setting("PUBLIC_URL", "", "The address the provider calls and signs; empty: the intake's port here."),
    Setting("LAKANA_PANEL_URL", "", "The address officers open; https everywhere but on this machine itself."),
    Setting(
        "LAKANA_CODEBOOK",
        "",
        "The deployment's own codebook; empty: the folder `codebook` in LAKANA_HOME, if it is there.",
    ),
    Setting("LAKANA_BIND", "127.0.0.1", "The address both applications listen on."),
    Setting("LAKANA_INTAKE_PORT", "8080", "The port of the public intake."),
    Setting("LAKANA_PANEL_PORT", "8081", "The port of the officers' panel."),
    Setting("LAKANA_TIMEZONE", "Africa/Bamako", "The time zone in which dates in texts are understood and shown."),
    Setting("LAKANA_COUNTRY", "ML", "The country of numbers written without a country code."),
    Setting("LAKANA_UNKNOWN_SENDERS", "neutral", "What a number never seen gets: neutral (a receipt) or silent."),
    Setting("LAKANA_CONDUCT_NUMBER", "", "The number to call about staff conduct, told once after a complaint."),
    Setting(
        "LAKANA_QUIET_HOURS",
        "21:00-06:00",
        "When no phone is made to ring, but that of somebody who has just written; off: at no time.",
    ),
    Setting("LAKANA_TEXTS_PER_SECOND", "10", "How many texts leave through one channel in a second; 0: no limit."),
    Setting("LAKANA_METRICS_TOKEN", "", "Lets /metrics be read from elsewhere than this machine.", True),
    Setting(
        "LAKANA_SILENCE_DAYS", "2", "A region or channel that wrote steadily is silent after so many days; 0: never."
    ),
    Setting(
        "LAKANA_ALARM_EMAILS", "", "Who is on duty: e-mail addresses that are told of alarms, separated by commas."
    ),
    Setting(
        "LAKANA_ALARM_NUMBERS", "", "Telephones of those on duty, told of alarms by text message; with commas.", True
    ),
    Setting("LAKANA_ALARM_REPEAT_HOURS", "12", "An alarm that lasts is told again after so many hours."),
    Setting("LAKANA_ALARM_WAITING_MINUTES", "10", "A message that waits longer than this to be read raises an alarm."),
    Setting("LAKANA_SELF_TEST_MINUTES", "60", "A text of our own goes to each of our numbers this often; 0: never."),
    Setting("LAKANA_ALARM_LANGUAGE", "fr", "The language of alarms: fr or en."),
    Setting(
        "LAKANA_SMTP_URL", "", "The mail server for alarms: smtps://name:password@host:465 or smtp://host:587.", True
    ),
    Setting("LAKANA_SMTP_FROM", "", "The address that alarms come from."),
    Setting("LAKANA_BACKUP_RECIPIENTS", "", "Whom backups are encrypted to: age1… recipients, separated by commas."),
    Setting(
        "PROMETHEUS_MULTIPROC_DIR", "", "Where the processes of an intake count together; `lakana intake` sets it."
    ),
    Setting("LAKANA_IDLE_MINUTES", "15", "An officer is signed out after this long without doing anything."),
    Setting("LAKANA_SESSION_HOURS", "8", "An officer signs in anew after this long in any case."),
)

MODES = ("production", "development", "training")


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What is too much, and who is told of it."""

    silence: timedelta
    waiting: timedelta
    repeat: timedelta
    self_test: timedelta
    emails: tuple[str, ...]
    numbers: tuple[str, ...]
    language: str
    smtp_url: str
    smtp_from: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment said, checked; addresses carry no trailing slash."""

    database_url: str
    redis_url: str | None
    home: Path
    keys: Path
    secret_key: str
    mode: str
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...]
    twilio_from: tuple[str, ...]
    twilio_api_base: str | None
    public_url: str
    panel_url: str
    codebook: Path | None
    bind: str
    intake_port: int
    panel_port: int
    timezone: ZoneInfo
    country: str
    unknown_senders: str
    conduct_number: str
    quiet_hours: tuple[time, time] | None
    texts_per_second: int
    metrics_token: str
    shared_counters: Path | None
    watch: Watch
    backup_recipients: tuple[str, ...]
    idle_minutes: int
    session_hours: int

    @property
    def spool(self) -> Path:
        """Where messages lie, sealed, while the database cannot take them."""
        return self.home / "spool"

    @property
    def has_spool(self) -> bool:
        """Whether there is one: beside a SQLite file it would lie on the same full disk."""
        return not self.database_url.startswith("sqlite")

    @property
    def is_simulator_open(self) -> bool:
        """Whether the phone simulator exists: training and development only."""
        return self.mode in ("development", "training")


def load(environment: Mapping[str, str]) -> Settings:
    """Reads and checks every setting; raises SettingWrong naming the first that cannot be used."""
    given = {s.name: environment.get(s.name, "").strip() or s.default for s in SETTINGS}
    home = Path(given["LAKANA_HOME"]).expanduser().absolute()
    return Settings(
        database_url=values.database_url(given["DATABASE_URL"], home),
        redis_url=values.url(given, "REDIS_URL", "redis", "rediss", "unix") or None,
        home=home,
        keys=Path(given["LAKANA_KEYS"] or home / "keys" / "lakana.keys").expanduser().absolute(),
        secret_key=values.secret_key(given["LAKANA_SECRET_KEY"]),
        mode=values.one_of(given, "LAKANA_MODE", *MODES),
        twilio_account_sid=given["TWILIO_ACCOUNT_SID"],
        twilio_auth_tokens=tuple(
            given[name] for name in ("TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_SECONDARY") if given[name]
        ),
        twilio_from=values.listed(given, "TWILIO_FROM"),
        twilio_api_base=values.url(given, "TWILIO_API_BASE", "http", "https") or None,
        public_url=values.url(given, "PUBLIC_URL", "http", "https")
        or f"http://127.0.0.1:{given['LAKANA_INTAKE_PORT']}",
        panel_url=values.panel_url(given),
        codebook=folders.codebook(environment),
        bind=given["LAKANA_BIND"],
        intake_port=values.whole(given, "LAKANA_INTAKE_PORT", lowest=0, highest=65535),
        panel_port=values.whole(given, "LAKANA_PANEL_PORT", lowest=0, highest=65535),
        timezone=values.timezone(given["LAKANA_TIMEZONE"]),
        country=values.country(given["LAKANA_COUNTRY"]),
        unknown_senders=values.one_of(given, "LAKANA_UNKNOWN_SENDERS", "neutral", "silent"),
        conduct_number=given["LAKANA_CONDUCT_NUMBER"],
        quiet_hours=values.quiet_hours(given["LAKANA_QUIET_HOURS"]),
        texts_per_second=values.whole(given, "LAKANA_TEXTS_PER_SECOND", lowest=0, highest=1000),
        metrics_token=given["LAKANA_METRICS_TOKEN"],
        shared_counters=Path(given["PROMETHEUS_MULTIPROC_DIR"]) if given["PROMETHEUS_MULTIPROC_DIR"] else None,
        watch=_watch(given),
        backup_recipients=values.listed(given, "LAKANA_BACKUP_RECIPIENTS"),
        idle_minutes=values.whole(given, "LAKANA_IDLE_MINUTES", lowest=1, highest=24 * 60),
        session_hours=values.whole(given, "LAKANA_SESSION_HOURS", lowest=1, highest=7 * 24),
    )


def _watch(given: Mapping[str, str]) -> Watch:
    return Watch(
        silence=timedelta(days=values.whole(given, "LAKANA_SILENCE_DAYS", lowest=0, highest=30)),
        waiting=timedelta(minutes=values.whole(given, "LAKANA_ALARM_WAITING_MINUTES", lowest=1, highest=24 * 60)),
        repeat=timedelta(hours=values.whole(given, "LAKANA_ALARM_REPEAT_HOURS", lowest=1, highest=7 * 24)),
        self_test=timedelta(minutes=values.whole(given, "LAKANA_SELF_TEST_MINUTES", lowest=0, highest=24 * 60)),
        emails=_emails(given),
        numbers=values.several(
            given, "LAKANA_ALARM_NUMBERS", values.PHONE, "a number with its country code, like +223…"
        ),
        language=values.one_of(given, "LAKANA_ALARM_LANGUAGE", "fr", "en"),
        smtp_url=values.url(given, "LAKANA_SMTP_URL", "smtp", "smtps"),
        smtp_from=values.address(given, "LAKANA_SMTP_FROM"),
    )


def _emails(given: Mapping[str, str]) -> tuple[str, ...]:
    addresses = values.several(given, "LAKANA_ALARM_EMAILS", values.EMAIL, "an e-mail address, like duty@example.org")
    for name in ("LAKANA_SMTP_URL", "LAKANA_SMTP_FROM"):
        if addresses and not given[name]:
            raise SettingWrong(name, "must be set where LAKANA_ALARM_EMAILS is")
    return addresses
