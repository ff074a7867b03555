"""The fields of a form as they were sent: in order, repeated ones kept, whatever bytes they hold."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from gateway.errors import Invalid

MOST_FIELDS = 100
_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True)
class Form:
    """Names and values; `was_repaired` when bytes that are no text were written out as %XX."""

    pairs: tuple[tuple[str, str], ...]
    was_repaired: bool = False


def read(raw: bytes) -> Form:
    """Takes any bytes; Invalid only for more fields than any provider sends."""
    try:
        pairs = parse_qsl(
            raw.decode("ascii", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Invalid("form", f"more than {MOST_FIELDS} fields") from None
    written = tuple((_written(name), _written(value)) for name, value in pairs)
    return Form(written, was_repaired=written != tuple(pairs))


def _written(text: str) -> str:
    return text if text.isascii() else _ESCAPED.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", text)
