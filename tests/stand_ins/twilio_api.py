"""Twilio's REST interface, as far as we call it: a real HTTP server on the loopback that notes what it was asked."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.stand_ins.twilio_lists import TwilioLists


@dataclass
class TwilioApi:
    """Answers as told: `status` and `code` refuse, `seconds` makes it slow, `is_broken` breaks off in the middle."""

    status: int = 201
    code: int | None = None
    seconds: float = 0.0
    is_broken: bool = False
    taken: list[dict[str, str]] = field(default_factory=list)
    forgets: bool = False
    log: TwilioLists = field(default_factory=TwilioLists)
    url: str = ""

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, bytes]:
        """One request for a message."""
        self.taken.append(form | {"path": path})
        time.sleep(self.seconds)
        if self.status >= 400:
            return self.status, json.dumps({"status": self.status, "code": self.code, "message": "refused"}).encode()
        sid = f"SM{len(self.taken):032x}"
        if not self.forgets:
            self.log.text(sid, form["Body"], sender=form["From"], to=form["To"], direction="outbound-api")
        return 201, json.dumps({"sid": sid, "status": "queued", "to": form["To"], "body": form["Body"]}).encode()


@contextmanager
def running() -> Iterator[TwilioApi]:
    """The server, up for the length of a test."""
    api = TwilioApi()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(*api.log.answer(self.path))

        def do_POST(self) -> None:
            announced = int(self.headers["Content-Length"])
            raw = self.rfile.read(announced)
            if len(raw) < announced:
                return  # whoever asked was killed in the middle of asking: no provider takes half a message
            form = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
            status, body = api.answer(urlsplit(self.path).path, form | {"auth": self.headers.get("Authorization", "")})
            if api.is_broken:
                self.connection.close()
                return
            self._answer(status, body)

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
