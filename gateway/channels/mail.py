"""E-mail to those on duty, through the server of the settings; encrypted on the way, or not sent at all."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from gateway import clock
from gateway.errors import ChannelError

TIMEOUT_SECONDS = 20
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, repr=False)
class MailServer:
    """Where letters are handed over, and under which address of ours."""

    url: str
    sender: str

    @property
    def domain(self) -> str:
        """The part of our address that other servers see instead of this machine's own name."""
        return self.sender.rpartition("@")[2]


def send(server: MailServer, to: Sequence[str], *, subject: str, body: str) -> None:
    """Hands one letter over; ChannelError says whether trying again can help."""
    try:
        with _connected(server) as connection:
            _enter(connection, server)
            refused = connection.send_message(_letter(server, to, subject, body), server.sender, list(to))
    except smtplib.SMTPAuthenticationError:
        raise ChannelError("mail_not_authorized", retryable=True) from None
    except smtplib.SMTPResponseException as error:
        raise ChannelError(f"mail_{error.smtp_code}", retryable=400 <= error.smtp_code < 500) from None
    except smtplib.SMTPRecipientsRefused:
        raise ChannelError("mail_refused", retryable=False) from None
    except (smtplib.SMTPException, OSError) as error:
        raise ChannelError(f"mail_{type(error).__name__}"[:48], retryable=True) from None
    if refused:
        raise ChannelError("mail_partly_refused", retryable=False)


def _connected(server: MailServer) -> smtplib.SMTP:
    parts = urlsplit(server.url)
    host, secure = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(
            host, parts.port or 465, local_hostname=server.domain, timeout=TIMEOUT_SECONDS, context=secure
        )
    return smtplib.SMTP(host, parts.port or 587, local_hostname=server.domain, timeout=TIMEOUT_SECONDS)


def _enter(connection: smtplib.SMTP, server: MailServer) -> None:
    """Behind a lock, and under our name where one is set."""
    parts = urlsplit(server.url)
    if parts.scheme == "smtp":
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        elif parts.hostname not in _HERE:
            raise ChannelError("mail_not_encrypted", retryable=False)
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))


def _letter(server: MailServer, to: Sequence[str], subject: str, body: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = server.sender, ", ".join(to), subject
    letter["Date"], letter["Message-ID"] = format_datetime(clock.now()), make_msgid(domain=server.domain)
    letter["Auto-Submitted"] = "auto-generated"  # nobody's holiday notice answers it
    letter.set_content(body)
    return letter
