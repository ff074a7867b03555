"""A TCP proxy before PostgreSQL that can cut a connection at the worst moment: after COMMIT left, before its answer."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


@dataclass
class Proxy:
    """Passes everything on; `cuts` says how many answers to a COMMIT never arrive."""

    target: int
    cuts: int = 0
    cut: int = 0
    is_silent: bool = False
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.listener.getsockname()[1])

    def serve(self) -> None:
        """Takes connections until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    client.close()
                    continue
                is_cut = threading.Event()
                for pair in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass, args=(*pair, is_cut), daemon=True).start()

    def _pass(self, source: socket.socket, to: socket.socket, is_question: bool, is_cut: threading.Event) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                if self.is_silent:
                    continue
                if is_question and content.endswith(COMMIT) and self.cut < self.cuts:
                    self.cut += 1
                    is_cut.set()
                if not is_question and is_cut.is_set():
                    break  # the server has committed: this was its answer
                to.sendall(content)
        for end in (source, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def running(target: int) -> Iterator[Proxy]:
    """A proxy before this port."""
    proxy = Proxy(target)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.listener.shutdown(socket.SHUT_RDWR)
        proxy.listener.close()
        thread.join(5)
