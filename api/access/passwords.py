"""Passwords: Argon2id (RFC 9106, its second recommended option unless told otherwise), and which are too easy."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import InvalidInputError

SHORTEST, LONGEST = 8, 128
FEWEST_CHARACTERS = 4


class Passwords:
    """Hashes and checks; each takes tens of milliseconds and `memory_kib` of memory."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib)
        # Checked where there is no account, so that the answer takes as long.
        self._nobodys = self._hasher.hash("nobody has this password")

    def hashed(self, password: str) -> str:
        """Argon2id's text, with its salt and costs."""
        return self._hasher.hash(password)

    def is_right(self, hashed: str | None, password: str) -> bool:
        """Whether the password is that of the hash; never for None, which takes as long."""
        try:
            is_same = self._hasher.verify(hashed or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return is_same and hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """Whether the hash was made at other costs than those in force."""
        return self._hasher.check_needs_rehash(hashed)


def require_good_password(password: str, email: str) -> None:
    """Raises InvalidInputError for a password that is easy to guess; long ones need no special characters."""
    folded, name = password.casefold(), email.partition("@")[0].casefold()
    faults = {
        "contains the address": len(name) > 2 and name in folded,
        "is digits alone": password.isdigit(),
        "repeats a few characters": len(set(folded)) <= FEWEST_CHARACTERS,
        "contains 'password' or 'contraseña'": "password" in folded or "contrase" in folded,
    }
    for fault, is_so in faults.items():
        if is_so:
            raise InvalidInputError(
                f"the password {fault}",
                expected="words that only you would put together",
                field="password",
            )
