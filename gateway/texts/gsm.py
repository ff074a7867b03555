"""The alphabet of text messages (GSM 03.38): what fits in one, and plain letters for what it lacks.

One character outside the alphabet makes the whole message UCS-2: 70 characters instead of 160, and on many cheap phones
an empty box in the place of the letter. French lacks ç, ê, œ and ’ in it; Bambara and Songhay lack ɛ, ɔ, ɲ and ŋ.
"""

import unicodedata
from collections.abc import Iterable

ONE_PART = 160
_GSM_PART = 153
_UCS2_ONE_PART = 70
_UCS2_PART = 67

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
_ALPHABET = _BASIC | _EXTENSION
_PLAIN = {
    **dict.fromkeys("’‘‚‛ʼʹ´`′", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("–—‐‑‒―−•·", "-"),
    **dict(zip("°×÷⁄‹›\t\u2028\u2029", "ox:/<> \n\n", strict=True)),
    **dict(zip("ıłŁđĐ", "ilLdD", strict=True)),
    # Letters of Mali's languages, written the way people text them.
    **dict(zip("ɛƐɔƆɓƁɗƊƴƳɣƔəƏǝƎ", "eEoObBdDyYgGeEeE", strict=True)),
    "ɲ": "ny",
    "Ɲ": "NY",
    "ŋ": "ng",
    "Ŋ": "NG",
    "œ": "oe",
    "Œ": "OE",
    "…": "...",
}


def septets(text: str) -> int | None:
    """The room a text takes in the GSM alphabet, or None when it does not fit that alphabet."""
    widths = _gsm_widths(text)
    return None if widths is None else sum(widths)


def segments(text: str) -> int:
    """How many parts the network will send and charge; no character is ever split between two."""
    widths = _gsm_widths(text)
    if widths is not None:
        return _parts(widths, whole=ONE_PART, part=_GSM_PART)
    return _parts([2 if ord(c) > 0xFFFF else 1 for c in text], whole=_UCS2_ONE_PART, part=_UCS2_PART)


def cut(text: str) -> list[str]:
    """The parts themselves, as a phone cuts them; joined again they are the text."""
    widths = _gsm_widths(text)
    if widths is not None:
        return _cut(text, widths, whole=ONE_PART, part=_GSM_PART)
    return _cut(text, [2 if ord(c) > 0xFFFF else 1 for c in text], whole=_UCS2_ONE_PART, part=_UCS2_PART)


def fold(text: str) -> str:
    """The text in the GSM alphabet: kept where it fits, plain where it does not, `?` where nothing stands for it."""
    return "".join(map(_folded, unicodedata.normalize("NFC", text)))


def _gsm_widths(text: str) -> list[int] | None:
    if not _ALPHABET.issuperset(text):
        return None
    return [2 if c in _EXTENSION else 1 for c in text]


def _parts(widths: Iterable[int], *, whole: int, part: int) -> int:
    widths = list(widths)
    if sum(widths) <= whole:
        return 1
    count, room = 1, part
    for width in widths:
        if width > room:
            count, room = count + 1, part
        room -= width
    return count


def _cut(text: str, widths: list[int], *, whole: int, part: int) -> list[str]:
    if sum(widths) <= whole:
        return [text]
    parts, room = [""], part
    for character, width in zip(text, widths, strict=True):
        if width > room:
            parts.append("")
            room = part
        parts[-1] += character
        room -= width
    return parts


def _folded(character: str) -> str:
    if _fits(character):
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    return "".join(_kept(part) for part in unicodedata.normalize("NFKD", character))


def _kept(part: str) -> str:
    plain = _PLAIN.get(part, part)
    if _fits(plain):
        return plain
    is_without_width = unicodedata.category(part) in ("Mn", "Me", "Cf")
    return "" if is_without_width else "?"


def _fits(text: str) -> bool:
    return _ALPHABET.issuperset(text)
