"""The street of the gateway's tests, here too."""

from tests.gateway.conftest import bell, key_file, keyring, make_settings, make_street, open_vault, street

__all__ = ["bell", "key_file", "keyring", "make_settings", "make_street", "open_vault", "street"]
