"""What officers write: trimmed, bounded, without control characters; refused rather than cut."""

import unicodedata

from gateway.errors import Invalid

LONGEST = 10_000
_ALLOWED = frozenset("\n\t")


def required_text(field: str, text: str) -> str:
    """The text, which may not be blank."""
    kept = optional_text(field, text)
    if kept is None:
        raise Invalid(field, "missing")
    return kept


def optional_text(field: str, text: str) -> str | None:
    """The text, or None when nothing but blanks was written."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(kept.encode("utf-8", "surrogatepass")) > LONGEST:
        raise Invalid(field, "too_long")
    kept = "".join(
        character for character in kept if character in _ALLOWED or unicodedata.category(character)[0] != "C"
    )
    return kept.strip() or None
