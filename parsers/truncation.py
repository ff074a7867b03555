"""Whether a text was cut: exactly as long as a full message part, and stopping inside a word."""

from typing import Final

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED: Final = frozenset("^{}\\[~]|€\f")
KNOWN: Final = BASIC | EXTENDED
PLAIN_LENGTHS: Final = (153, 160)
WIDE_LENGTHS: Final = (67, 70)
SHORTEST: Final = min(WIDE_LENGTHS) // 2  # every character may count twice
SHORTEST_PLAIN: Final = min(PLAIN_LENGTHS) // 2
LONGEST: Final = max(PLAIN_LENGTHS)


def fills_a_part(text: str) -> bool:
    """Whether the text has exactly the length at which phones and networks cut."""
    size = len(text)
    if not SHORTEST <= size <= LONGEST or (size < SHORTEST_PLAIN and size not in WIDE_LENGTHS and text.isascii()):
        return False
    if KNOWN.issuperset(text):
        twice = 0 if EXTENDED.isdisjoint(text) else sum(map(text.count, EXTENDED))
        return size + twice in PLAIN_LENGTHS
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 in WIDE_LENGTHS
