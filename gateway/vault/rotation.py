"""New keys beside the old ones: what comes from now on gets the new keys, what is stored stays readable.

1. `add_keys`, then start every process anew. 2. Write every value anew that is not `field.is_current`.
3. `drop_field_key`, once nothing is left under the old one.
"""

from dataclasses import replace
from pathlib import Path

from gateway.errors import LakanaError
from gateway.vault import keytext
from gateway.vault.keyfile import write_over
from gateway.vault.keyring import load_written, restore_inbox_keys


class KeyInUse(LakanaError):
    """The key in use now cannot be dropped, nor one that is not there."""

    code = "key_in_use"


def add_keys(path: Path) -> None:
    """A new field key and a new inbox key become the ones in use; the old ones stay for what is stored."""
    written = load_written(path)
    field_kid, inbox_kid = keytext.new_kid(), keytext.new_kid()
    added = replace(
        written,
        field_kid=field_kid,
        field={**written.field, field_kid: keytext.new_key()},
        inbox_kid=inbox_kid,
        inbox={**written.inbox, inbox_kid: keytext.new_key()},
    )
    # The key file first: after a crash in between, the intake seals with the old key, which still opens.
    write_over(path, keytext.write(added))
    restore_inbox_keys(path)


def drop_field_key(path: Path, kid: str) -> None:
    """Destroys an old field key for good; the caller has counted that nothing is left under it."""
    written = load_written(path)
    if kid == written.field_kid or kid not in written.field:
        raise KeyInUse(f"{kid}: in use now, or not in the key file")
    write_over(path, keytext.write(replace(written, field={k: v for k, v in written.field.items() if k != kid})))
