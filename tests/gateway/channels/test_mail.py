"""E-mail to those on duty, with a server that answers on a real socket."""

from urllib.parse import quote

import pytest

from gateway.channels import mail
from gateway.channels.mail import MailServer
from gateway.errors import ChannelError
from tests.stand_ins import mail_server

US, DUTY = "lakana@example.org", ("awa@example.org", "issa@example.org")


def _send(url, to=DUTY):
    mail.send(MailServer(url, US), to, subject="[Lakana] Terminé", body="Le disque est plein à 91 %.\n")


@pytest.fixture
def encrypted(tmp_path, monkeypatch):
    """A server's context whose certificate this process trusts."""
    context, trusted = mail_server.certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return context


def test_a_letter_arrives_with_its_accents():
    with mail_server.running() as server:
        _send(server.url)
    (letter,) = server.letters
    assert (letter["From"], letter["To"], letter["Subject"]) == (US, ", ".join(DUTY), "[Lakana] Terminé")
    assert letter.get_content().split("\r\n") == ["Le disque est plein à 91 %.", ""]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert server.readers == [list(DUTY)]


def test_it_is_encrypted_where_the_server_can(encrypted):
    with mail_server.running(context=encrypted) as server:
        _send(server.url)
    assert server.was_encrypted == [True]


def test_it_is_encrypted_from_the_start(encrypted):
    with mail_server.running(context=encrypted, is_tls_from_the_start=True) as server:
        _send(server.url)
    assert server.was_encrypted == [True]


def test_a_server_that_nobody_vouches_for_gets_nothing(encrypted, monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_server.certificate(tmp_path)[1]))
    with mail_server.running(context=encrypted) as server:
        with pytest.raises(ChannelError) as refused:
            _send(server.url)
        assert refused.value.retryable
    assert server.letters == []


def test_a_server_elsewhere_that_cannot_encrypt_gets_nothing(monkeypatch):
    with mail_server.running() as server:
        monkeypatch.setattr(mail, "_HERE", ())
        with pytest.raises(ChannelError, match="mail_not_encrypted"):
            _send(server.url)
    assert server.letters == []


def test_it_says_its_name():
    with mail_server.running(asks_for_name=True) as server:
        _send(f"smtp://{mail_server.NAME}:{quote(mail_server.PASSWORD, safe='')}@127.0.0.1:{server.port}")
        with pytest.raises(ChannelError, match="mail_not_authorized"):
            _send(f"smtp://{mail_server.NAME}:wrong@127.0.0.1:{server.port}")
    assert len(server.letters) == 1


@pytest.mark.parametrize(
    ("command", "answer", "reason", "retryable"),
    [
        ("MAIL", "451 later", "mail_451", True),
        ("MAIL", "550 never", "mail_550", False),
        ("RCPT", "550 nobody here", "mail_refused", False),
        ("DATA", "554 no", "mail_554", False),
        ("DATA", "452 full", "mail_452", True),
    ],
)
def test_what_the_server_says_decides_whether_it_is_tried_again(command, answer, reason, retryable):
    with mail_server.running(answers={command: answer}) as server, pytest.raises(ChannelError) as refused:
        _send(server.url)
    assert (refused.value.reason, refused.value.retryable) == (reason, retryable)


def test_without_a_server_it_is_tried_again(free_port):
    with pytest.raises(ChannelError) as refused:
        _send(f"smtp://127.0.0.1:{free_port}")
    assert refused.value.retryable
    assert refused.value.reason == "mail_ConnectionRefusedError"
