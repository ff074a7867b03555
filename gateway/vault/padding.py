"""Padding to full steps, so that a ciphertext does not tell a long account from a short one."""

STEP = 256
_LENGTH_BYTES = 4


def pad(plaintext: bytes) -> bytes:
    """The length, the plaintext, and zeros up to the next full step."""
    framed = len(plaintext).to_bytes(_LENGTH_BYTES, "big") + plaintext
    return framed.ljust(-(-len(framed) // STEP) * STEP, b"\0")


def unpad(padded: bytes) -> bytes:
    """The plaintext again; ValueError for what `pad` cannot have made."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    plaintext = padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if pad(plaintext) != padded:
        raise ValueError("not padded by us")
    return plaintext
