"""Structured log lines: an event and ids and counts, one JSON object a line; never a text or a number."""

import json
import logging
import sys

_NAMES = ("event", "id", "count", "state", "reason", "channel", "job", "attempt", "seconds", "error", "status", "path")


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {"at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S")}
        line |= {"level": record.levelname.lower(), "logger": record.name}
        line["event"] = record.msg if not record.args else record.getMessage()
        line |= {name: getattr(record, f"_{name}") for name in _NAMES if hasattr(record, f"_{name}")}
        if record.exc_info and record.exc_info[0] is not None:
            # The class and the place only: the message of an exception may quote what a reporter wrote.
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


def _where(exc_info: object) -> list[str]:
    traceback = exc_info[2] if isinstance(exc_info, tuple) else None
    frames = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-6:]


def start(level: int = logging.INFO) -> None:
    """Sends every logger's lines to standard error in our one shape."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # tells every look at the schema


def event(name: str, *, level: int = logging.INFO, exc_info: bool | BaseException = False, **facts: object) -> None:
    """Writes one event; only the listed facts exist, so that no text can slip in by a new name."""
    unknown = set(facts) - set(_NAMES)
    if unknown:
        raise ValueError(f"log.event does not know: {', '.join(sorted(unknown))}")
    logging.getLogger("lakana").log(
        level, name, exc_info=exc_info, extra={f"_{key}": value for key, value in facts.items()}
    )
