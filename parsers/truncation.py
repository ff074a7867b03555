"""Whether a text was cut: exactly as long as a full message part, and stopping inside a word."""

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
KNOWN = BASIC | EXTENDED
PLAIN_LENGTHS = (153, 160)
WIDE_LENGTHS = (67, 70)


def fills_a_part(text: str) -> bool:
    """Whether the text has exactly the length at which phones and networks cut."""
    if len(text) > max(PLAIN_LENGTHS):
        return False
    if len(text) < min(WIDE_LENGTHS) // 2:
        return False  # not even when every character counts twice
    if KNOWN.issuperset(text):
        return (
            len(text) >= min(PLAIN_LENGTHS) // 2
            and len(text) + sum(character in EXTENDED for character in text) in PLAIN_LENGTHS
        )
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text) in WIDE_LENGTHS
