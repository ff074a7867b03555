"""A mail server on the loopback: takes letters, asks for a name, speaks TLS, and can be difficult."""

import base64
import datetime
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME, PASSWORD = "lakana", "quatre:baobabs@"


@dataclass
class MailServer:
    """What was taken, and what stands in the way: `answers` gives another answer to a command."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    readers: list[list[str]] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    asks_for_name: bool = False
    context: ssl.SSLContext | None = None
    is_tls_from_the_start: bool = False

    @property
    def url(self) -> str:
        """Its address in the settings."""
        return f"{'smtps' if self.is_tls_from_the_start else 'smtp'}://127.0.0.1:{self.port}"


@contextmanager
def running(**how: object) -> Iterator[MailServer]:
    """A server that listens until the end of the block."""
    server = MailServer(**how)  # type: ignore[arg-type]  # the caller chooses
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), lambda *given: _Talk(server, *given)) as listening:
        listening.daemon_threads = True
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


class _Talk(socketserver.StreamRequestHandler):
    def __init__(self, server: MailServer, *given: object) -> None:
        self.mail = server
        self.is_encrypted = self.is_known = False
        super().__init__(*given)  # type: ignore[arg-type]  # as the server hands it on

    def handle(self) -> None:
        if self.mail.is_tls_from_the_start:
            self._encrypt()
        self._say("220 here")
        readers: list[str] = []
        while line := self.rfile.readline():
            command = line.decode("ascii", "replace").strip()
            word = command.split(" ")[0].split(":")[0].upper()
            if word == "EHLO":
                self._say(*self._abilities())
            elif word == "STARTTLS":
                self._say("220 go on")
                self._encrypt()
            elif word == "AUTH":
                self._authenticate(command)
            elif word == "RCPT":
                readers.append(command.partition("<")[2].partition(">")[0])
                self._say(self.mail.answers.get("RCPT", "250 good"))
            elif word == "DATA":
                self._take(readers)
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                refused = self.mail.asks_for_name and not self.is_known and word == "MAIL"
                self._say("530 your name first" if refused else self.mail.answers.get(word, "250 good"))

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _abilities(self) -> list[str]:
        can = ["here"]
        if self.mail.context and not self.is_encrypted:
            can.append("STARTTLS")
        if self.mail.asks_for_name:
            can.append("AUTH PLAIN")
        return [f"250{'-' if each is not can[-1] else ' '}{each}" for each in can]

    def _authenticate(self, command: str) -> None:
        self.is_known = base64.b64decode(command.split(" ")[2]).decode() == f"\0{NAME}\0{PASSWORD}"
        self._say("235 welcome" if self.is_known else "535 who?")

    def _take(self, readers: list[str]) -> None:
        self._say(self.mail.answers.get("DATA", "354 go on"))
        if "DATA" in self.mail.answers:
            return
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.mail.letters.append(letter)
        self.mail.readers.append(list(readers))
        self.mail.was_encrypted.append(self.is_encrypted)
        self._say("250 taken")

    def _encrypt(self) -> None:
        assert self.mail.context
        self.connection = self.mail.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.is_encrypted = True

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate for the loopback that signs itself, and the file that makes it trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, both = folder / "trusted.pem", folder / "server.pem"
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    both.write_bytes(trusted.read_bytes() + key.private_bytes(serialization.Encoding.PEM, *plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, trusted
