"""A database, and values in it under keys, as the tests of the store make them, for the commands over them."""

from __future__ import annotations

from tests.store.conftest import database
from tests.store.encryption.conftest import add_account, cipher, fill, master_keys, set_account

__all__ = ["add_account", "cipher", "database", "fill", "master_keys", "set_account"]
