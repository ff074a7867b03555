"""One-time codes (RFC 6238): six digits, thirty seconds, one step either way, and no step twice."""

import hmac
import re
from datetime import datetime

import pyotp

STEP_SECONDS = 30
ISSUER = "Lakana"
_CODE = re.compile(r"[0-9]{6}")


def new_seed() -> str:
    """A fresh seed: 160 bits in base32."""
    return pyotp.random_base32()


def address(seed: str, name: str) -> str:
    """What the QR code says to the telephone's application."""
    return pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=ISSUER)


def accepted_step(seed: str, code: str, *, after: int, now: datetime) -> int | None:
    """The step this code belongs to, if that is later than the last one accepted; else None."""
    typed = re.sub(r"[ \u00a0\u202f-]", "", code[:40])
    if not _CODE.fullmatch(typed):
        return None
    generator = pyotp.TOTP(seed)
    present = int(now.timestamp()) // STEP_SECONDS
    # Telephones here are often half a minute off, so one step either way (a deviation from the letter of ASVS).
    for step in (present - 1, present, present + 1):
        if step > after and hmac.compare_digest(generator.generate_otp(step), typed):
            return step
    return None
