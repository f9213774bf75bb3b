"""Passwords: Argon2id (RFC 9106, its second recommended option unless told otherwise)."""

from __future__ import annotations

import unicodedata
from base64 import b64encode
from secrets import token_bytes

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION


class Passwords:
    """Hashes and checks; each takes tens of milliseconds and `memory_kib` of memory."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib)
        # Checked where there is no account, so that the answer takes as long.
        self._nobodys = _hash_of_no_password(self._hasher)

    def hashed(self, password: str) -> str:
        """Argon2id's text, with its salt and costs."""
        return self._hasher.hash(_as_typed_anywhere(password))

    def is_right(self, hashed: str | None, password: str) -> bool:
        """Whether the password is that of the hash; never for None, which takes as long."""
        # As it came too: hashes of before are of that.
        texts = dict.fromkeys((_as_typed_anywhere(password), password))
        found = [self._is_of(hashed or self._nobodys, text) for text in texts]
        return any(found) and hashed is not None

    def _is_of(self, hashed: str, text: str) -> bool:
        try:
            return self._hasher.verify(hashed, text)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, hashed: str) -> bool:
        """Whether the hash was made at other costs than those in force."""
        return self._hasher.check_needs_rehash(hashed)


def _as_typed_anywhere(password: str) -> str:
    """One spelling of each character, as RFC 8265 has passwords: some keyboards type "ñ" as "n" and a tilde."""
    return unicodedata.normalize("NFC", password)


def _hash_of_no_password(hasher: PasswordHasher) -> str:
    """A text at the costs of `hasher` that nobody knows a password of; making it takes neither time nor memory."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        b64encode(token_bytes(length)).rstrip(b"=").decode() for length in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"
