"""Sign-in names: as an officer types them, and as they are compared, so that no two can be mistaken for each other."""

import re
import unicodedata

from gateway.errors import Invalid

_ALLOWED = re.compile(r"[a-z][a-z0-9._-]{2,31}")
# A digit that passes for a letter on a small screen is compared as that letter; so is an l that passes for an i.
_LOOK_ALIKES = str.maketrans({"0": "o", "1": "i", "l": "i", ".": None, "_": None, "-": None})
_RESERVED = (
    "admin administrator administrateur root superuser sysadmin system systeme lakana support security securite help "
    "helpdesk aide postmaster webmaster hostmaster moderator officer anonymous anonyme nobody everybody null none "
    "minusma onu unicef conduct test"
)


def key_of(name: str) -> str:
    """How a name is compared: without case, accents, separators and look-alike digits."""
    folded = _folded(name[:200]).translate(_LOOK_ALIKES)[:64]
    return folded if folded.isprintable() else ""


def checked(name: str) -> str:
    """The name as it is kept; Invalid when it is not a plain one, or nobody's to take."""
    kept = unicodedata.normalize("NFKC", name.strip())
    # Another alphabet, a zero-width space or an emoji survives the folding and is refused here.
    if not _ALLOWED.fullmatch(_folded(kept)) or not kept.isprintable():
        raise Invalid("name", "letters")
    if key_of(kept) in _reserved():
        raise Invalid("name", "reserved")
    return kept


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _reserved() -> frozenset[str]:
    return frozenset(word.translate(_LOOK_ALIKES) for word in _RESERVED.split())
