"""Recovery codes: ten, each good for one sign-in when the telephone is lost.

A code has 80 random bits, so nobody can try them all and a slow hash would protect nothing that the keyed one does
not; ten argon2 runs for one sign-in would only be slow on the desk's small machine.
"""

import hmac
import re
import secrets

from gateway.records.officer import Officer
from gateway.trust.keyed import fingerprint

HOW_MANY = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz234567890"
_LETTERS = 16


def renew(officer: Officer) -> list[str]:
    """Ten new codes, to be shown once; the old ones are worth nothing any more."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in range(HOW_MANY)]
    officer.recovery_hashes = [_hash(officer, code) for code in codes]
    return ["-".join(code[i : i + 4] for i in range(0, _LETTERS, 4)) for code in codes]


def spend(officer: Officer, code: str) -> bool:
    """Whether this was one of the officer's codes; if so it is used up."""
    typed = re.sub(r"[\s-]", "", code[:80]).lower()
    if len(typed) != _LETTERS:
        return False
    offered = _hash(officer, typed)
    kept = [known for known in officer.recovery_hashes if not hmac.compare_digest(known, offered)]
    is_known = len(kept) < len(officer.recovery_hashes)
    officer.recovery_hashes = kept
    return is_known


def _hash(officer: Officer, code: str) -> str:
    return fingerprint("recovery", f"{officer.id}|{code}").hex()
