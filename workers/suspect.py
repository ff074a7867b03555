"""Reading a suspect text in a process of its own, with little memory and little time: it can end nothing but itself.

One such process is kept warm, since starting Python takes a hundred times as long as reading. It reads one text at a
time; when it takes too long or dies, it is replaced.
"""

import contextlib
import json
import os
import resource
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Any

from gateway.errors import LakanaError
from parsers import parse
from parsers.result import Parsed, Problem, ReporterContext

SECONDS = 20.0
START_SECONDS = 20.0
MEMORY_BYTES = 512 * 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent
_ANSWER_BYTES = 1 << 16


class ParserDied(LakanaError):
    """The text was not read within the limits."""

    code = "parser_died"


class _Child:
    """The process, and whether it has told that it is ready."""

    def __init__(self, codebook: Path | None) -> None:
        self.codebook = codebook
        self.is_ready = False
        # Texts come on standard input, never as an argument: arguments can be read by every user of the machine.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "workers.suspect", str(codebook or "")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath},
        )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def ask(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer to one question, or ParserDied."""
        if not self.is_ready:
            self._answer(time.monotonic() + START_SECONDS)
            self.is_ready = True
        try:
            _pipe(self._process.stdin).write(json.dumps(question).encode("ascii") + b"\n")
            _pipe(self._process.stdin).flush()
        except OSError:
            raise ParserDied("it was gone") from None
        answer: Mapping[str, Any] = json.loads(self._answer(time.monotonic() + SECONDS))
        return answer

    def end(self) -> None:
        """Whatever it is doing."""
        self._process.kill()
        self._process.wait()
        _pipe(self._process.stdout).close()
        with contextlib.suppress(BrokenPipeError):  # a question that it never took
            _pipe(self._process.stdin).close()

    def _answer(self, end: float) -> bytes:
        told, out = b"", _pipe(self._process.stdout).fileno()
        while not told.endswith(b"\n"):
            if not select.select([out], [], [], max(0.0, end - time.monotonic()))[0]:
                raise ParserDied("too slow")
            more = os.read(out, _ANSWER_BYTES)
            if not more:
                raise ParserDied("it died")
            told += more
        return told


def parser_for(attempt: int) -> Callable[..., Parsed]:
    """A message that broke a worker before is read where it can break nothing but itself."""
    return parse if attempt <= 1 else parse_apart


_asking = threading.Lock()
_child: _Child | None = None


def warm(codebook: Path | None) -> None:
    """Starts the process before it is needed; it gets ready by itself."""
    with _asking:
        _warm(codebook)


def reader() -> int | None:
    """The number of the process, while there is one."""
    return _child.pid if _child is not None else None


def cool() -> None:
    """Ends the process, unless it is reading at this moment: then it ends with us."""
    global _child
    if _asking.acquire(blocking=False):
        if _child is not None:
            _child.end()
        _child = None
        _asking.release()


def parse_apart(
    text: str, *, received_on: date, reporter: ReporterContext | None = None, codebook: Path | None = None
) -> Parsed:
    """What parse() gives, from the process beside."""
    question = {
        "text": text,
        "today": received_on.isoformat(),
        "reporter": asdict(reporter or ReporterContext()),
    }
    with _asking:
        try:
            return restored(_warm(codebook).ask(question))
        except ParserDied:
            _replace(codebook)
            raise


def restored(written: Mapping[str, Any]) -> Parsed:
    """A parse object of the contract, as the value it was written from."""
    spans = [(name, start, end) for name, places in written["spans"].items() for start, end in places]
    return Parsed(
        text=written["text"],
        kind=written["kind"],
        language=written["language"],
        state=written["state"],
        fields=written["fields"],
        note=written["note"],
        problems=tuple(Problem(**problem) for problem in written["problems"]),
        spans=tuple(sorted(spans, key=lambda span: span[1])),
        test=written.get("test", False),
        sender_code=written.get("sender_code"),
        more=tuple(map(restored, written.get("more", ()))),
    )


def _warm(codebook: Path | None) -> _Child:
    global _child
    if _child is None or _child.codebook != codebook:
        if _child is not None:
            _child.end()
        _child = _Child(codebook)
    return _child


def _replace(codebook: Path | None) -> None:
    """The next suspect text finds another one already starting."""
    global _child
    if _child is not None:
        _child.end()
    _child = _Child(codebook)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101  both were asked for
    return pipe


def _live(codebook: Path | None) -> None:
    """The child's whole life: it ends when nobody can ask it any more."""
    parse("ENF REC", received_on=date(2000, 1, 1), codebook=codebook)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the text
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin.buffer:
        _limit_time()
        question = json.loads(line)
        asked = question["reporter"]["asked"]
        parsed = parse(
            question["text"],
            received_on=date.fromisoformat(question["today"]),
            reporter=ReporterContext(**question["reporter"] | {"asked": tuple(asked) if asked else None}),
            codebook=codebook,
        )
        sys.stdout.write(json.dumps(parsed.as_dict()) + "\n")
        sys.stdout.flush()


def _limit_time() -> None:
    """For this text alone: what the ones before took is not counted."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + SECONDS) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    _live(Path(sys.argv[1]) if sys.argv[1] else None)
