"""Reading a suspect text in a process of its own, with little memory and little time: it can end nothing but itself."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from gateway.errors import LakanaError
from parsers import parse
from parsers.result import Parsed, Problem, ReporterContext

SECONDS = 20
MEMORY_BYTES = 512 * 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent


class ParserDied(LakanaError):
    """The text was not read within the limits."""

    code = "parser_died"


def parser_for(attempt: int) -> Callable[..., Parsed]:
    """A message that broke a worker before is read where it can break nothing but itself."""
    return parse if attempt <= 1 else parse_apart


def parse_apart(
    text: str, *, received_on: date, reporter: ReporterContext | None = None, codebook: Path | None = None
) -> Parsed:
    """What parse() gives, from a child process."""
    question = {
        "text": text,
        "today": received_on.isoformat(),
        "reporter": asdict(reporter or ReporterContext()),
        "codebook": str(codebook) if codebook else None,
    }
    # On standard input, never as an argument: arguments can be read by every user of the machine.
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workers.suspect"],
            input=json.dumps(question).encode("ascii"),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise ParserDied(type(error).__name__) from None
    return restored(json.loads(done.stdout))


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


def _answer() -> None:
    """The child's whole life."""
    question = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the text
    asked = question["reporter"]["asked"]
    parsed = parse(
        question["text"],
        received_on=date.fromisoformat(question["today"]),
        reporter=ReporterContext(**question["reporter"] | {"asked": tuple(asked) if asked else None}),
        codebook=Path(question["codebook"]) if question["codebook"] else None,
    )
    sys.stdout.write(json.dumps(parsed.as_dict()))


if __name__ == "__main__":
    _answer()
