"""nginx as it is configured for a deployment, in front of an application that notes what reaches it."""

import http.client
import socket
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests import services
from tests.conftest import _or_left_out
from tests.conventions import tree
from tests.stand_ins import mail_server

CONFIGURATION = (tree.ROOT / "deploy" / "nginx" / "lakana.conf").read_text()
HOOKS = "hooks.example.org"
PROVIDERS = (
    "/twilio/sms",
    "/twilio/status",
    "/twilio/voice",
    "/twilio/voice/menu",
    "/twilio/recording",
    "/kannel/sms",
    "/kannel/dlr",
    "/android",
    "/africastalking/sms",
)
CLOSED = ("/", "/metrics", "/readyz", "/healthz", "/twilio", "/twilio/smsx", "/twilio/voice/../../metrics", "//metrics")


@dataclass
class House:
    """The proxy's port, and every request that came through."""

    port: int
    log: object
    reached: list[str] = field(default_factory=list)

    def ask(self, path, *, method="POST", body=b"Body=x", host=HOOKS):
        """The status that somebody outside is answered."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=10, context=context)
        try:
            connection.request(method, path, body, {"Host": host, "Content-Type": "application/x-www-form-urlencoded"})
            return connection.getresponse().status
        finally:
            connection.close()

    def opened(self):
        """A connection on which nothing was said yet."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        return ssl._create_unverified_context().wrap_socket(plain)


@pytest.fixture(scope="module")
def make_house(tmp_path_factory):
    """make_house(("old", "new"), ...): nginx with our configuration, some of its words replaced."""
    running = []

    def make(*changes, is_upstream_there=True):
        folder = tmp_path_factory.mktemp("nginx")
        house = House(services.free_port(), folder / "error.log")
        upstream = _application(house) if is_upstream_there else None
        port = upstream.server_address[1] if upstream else services.free_port()
        mail_server.certificate(folder)
        written = CONFIGURATION.replace("listen 443 ssl", f"listen 127.0.0.1:{house.port} ssl")
        for name in ("hooks", "panel"):
            written = written.replace(f"/etc/lakana/tls/{name}.pem", f"{folder}/server.pem")
            written = written.replace(f"/etc/lakana/tls/{name}.key", f"{folder}/server.pem")
        written = written.replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("127.0.0.1:8081", f"127.0.0.1:{port}")
        written = written.replace("/var/log/nginx/lakana.log", str(house.log))
        for old, new in changes:
            assert old in written
            written = written.replace(old, new)
        running.append((_started(folder, written), upstream))
        services.wait_until(lambda: _answers(house.port), "nginx did not answer")
        return house

    yield make
    for process, upstream in running:
        process.terminate()
        process.wait(10)
        if upstream:
            upstream.shutdown()
            upstream.server_close()


def _started(folder, written):
    (folder / "lakana.conf").write_text(written)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/main.log crit;\nevents {{}}\n"
    (folder / "nginx.conf").write_text(f"{main}http {{\n{temporary}include {folder}/lakana.conf;\n}}\n")
    with _or_left_out():
        program = services.find_program("nginx", "/usr/sbin/nginx")
    return subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "start.log"])


def _answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _application(house):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            house.reached.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            self.do_POST()

        def log_message(self, *_args):
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def house(make_house):
    """nginx as it is delivered."""
    return make_house()


@pytest.mark.parametrize("path", PROVIDERS)
def test_what_providers_call_is_handed_on(house, path):
    house.reached.clear()
    assert (house.ask(path), house.reached) == (200, [path])


@pytest.mark.parametrize("path", CLOSED)
def test_nothing_else_is_public(house, path):
    house.reached.clear()
    assert (house.ask(path), house.reached) == (404, [])


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_no_other_method_comes_through(house, method):
    house.reached.clear()
    assert (house.ask("/twilio/sms", method=method), house.reached) == (403, [])


def test_a_body_that_is_too_large_comes_nowhere(house):
    house.reached.clear()
    assert house.ask("/twilio/sms", body=b"x" * (64 * 1024)) == 200
    assert house.ask("/twilio/sms", body=b"x" * (64 * 1024 + 1)) == 413
    assert house.reached == ["/twilio/sms"]


def test_the_panel_has_its_own_name(house):
    house.reached.clear()
    assert house.ask("/health", method="GET", body=None, host="panel.example.org") == 200
    assert house.reached == ["/health"]


@pytest.mark.parametrize(
    "said",
    [
        b"POST /twilio/sms HTTP/1.1\r\nHost: hooks.example.org\r\nX-Slow: ",
        b"POST /twilio/sms HTTP/1.1\r\nHost: hooks.example.org\r\nContent-Length: 100\r\n\r\nBody=",
    ],
)
def test_whoever_sends_a_letter_at_a_time_is_sent_away(make_house, said):
    house = make_house(
        ("client_header_timeout 10s", "client_header_timeout 1s"), ("body_timeout 10s", "body_timeout 1s")
    )
    with house.opened() as connection:
        connection.sendall(said)
        began = time.monotonic()
        answer = connection.recv(100)  # a refusal, or nothing but the end
        assert time.monotonic() - began < 8
    assert answer == b"" or b" 408 " in answer
    assert house.reached == []


def test_a_flood_is_answered_so_that_a_provider_comes_again(make_house):
    house = make_house(("rate=500r/s", "rate=1r/s"), ("burst=2000", "burst=2 nodelay"))
    statuses = [house.ask("/twilio/sms") for _ in range(8)]
    assert set(statuses) == {200, 503}


def test_what_somebody_reported_stands_in_no_log(make_house):
    house = make_house(is_upstream_there=False)
    assert house.ask("/kannel/sms?text=ENF+REC+3G+ANSONGO", method="GET", body=None) == 502
    written = b"".join(path.read_bytes() for path in house.log.parent.glob("*.log"))
    assert b"ANSONGO" not in written
