"""How keys are written down: a small JSON document, each key in base64 under its key id (kid)."""

import base64
import json
import re
import secrets
from dataclasses import asdict, dataclass
from typing import Any

_VERSION = 1
_KEY_BYTES = 32
_KID = re.compile(r"[0-9a-f]{8}")
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True, repr=False)
class WrittenKeys:
    """The key file as it stands; the kid names the key that new data gets."""

    field_kid: str
    field: dict[str, bytes]
    inbox_kid: str
    inbox: dict[str, bytes]
    blind: bytes
    audit: bytes
    digest: bytes


@dataclass(frozen=True, repr=False)
class WrittenPublicKeys:
    """The file of the public intake as it stands."""

    kid: str
    public: bytes
    digest: bytes


def new_keys() -> WrittenKeys:
    """Fresh keys for an office."""
    field_kid, inbox_kid = new_kid(), new_kid()
    return WrittenKeys(
        field_kid=field_kid,
        field={field_kid: new_key()},
        inbox_kid=inbox_kid,
        inbox={inbox_kid: new_key()},
        blind=new_key(),
        audit=new_key(),
        digest=new_key(),
    )


def new_kid() -> str:
    """The name of a key; four bytes of it stand in front of everything encrypted with that key."""
    return secrets.token_hex(4)


def new_key() -> bytes:
    """A fresh key; for X25519 too, where any 32 bytes will do."""
    return secrets.token_bytes(_KEY_BYTES)


def write(keys: WrittenKeys | WrittenPublicKeys) -> bytes:
    """The content of the file."""
    document = {"version": _VERSION, **asdict(keys)}
    return json.dumps(document, indent=2, default=lambda key: base64.b64encode(key).decode()).encode() + b"\n"


def read(content: bytes) -> WrittenKeys:
    """The keys in a key file; ValueError if it is not one, whole and of this version."""
    try:
        document = _document(content)
        return WrittenKeys(
            field_kid=_active(document["field_kid"], document["field"]),
            field=_keys(document["field"]),
            inbox_kid=_active(document["inbox_kid"], document["inbox"]),
            inbox=_keys(document["inbox"]),
            blind=_key(document["blind"]),
            audit=_key(document["audit"]),
            digest=_key(document["digest"]),
        )
    except _UNREADABLE:
        raise ValueError("not a key file") from None


def read_public(content: bytes) -> WrittenPublicKeys:
    """The keys in the file of the public intake; ValueError if it is not one."""
    try:
        document = _document(content)
        kid = _active(document["kid"], {document["kid"]: None})
        return WrittenPublicKeys(kid=kid, public=_key(document["public"]), digest=_key(document["digest"]))
    except _UNREADABLE:
        raise ValueError("not a key file") from None


def _document(content: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(content)
    if document["version"] != _VERSION:
        raise ValueError("of another version")
    return document


def _active(kid: str, keys: dict[str, Any]) -> str:
    if not _KID.fullmatch(kid) or kid not in keys:
        raise ValueError("no active key")
    return kid


def _keys(written: dict[str, str]) -> dict[str, bytes]:
    return {_active(kid, written): _key(key) for kid, key in written.items()}


def _key(written: str) -> bytes:
    key = base64.b64decode(written, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("not 32 bytes")
    return key
