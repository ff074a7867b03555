"""The street of the gateway's tests, here too."""

from tests.gateway.conftest import api, bell, key_file, keyring, make_settings, make_street, open_vault, street, wired

__all__ = ["api", "bell", "key_file", "keyring", "make_settings", "make_street", "open_vault", "street", "wired"]
