"""One password is one, whatever keyboard spells its letters; one of before is still right."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher

from api.credentials.passwords import Passwords

LEAST_KIB = 19_456
COMPOSED = "ñandú bajo la escalera"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
def test_a_password_is_right_in_both_spellings(chosen: str) -> None:
    passwords = Passwords(LEAST_KIB)
    hashed = passwords.hashed(chosen)
    assert [passwords.is_right(hashed, typed) for typed in (COMPOSED, DECOMPOSED)] == [True, True]
    assert not passwords.is_right(hashed, "nandu bajo la escalera")


def test_a_hash_of_a_spelling_of_before_still_opens_for_it() -> None:
    passwords = Passwords(LEAST_KIB)
    before = PasswordHasher(memory_cost=LEAST_KIB).hash(DECOMPOSED)
    assert passwords.is_right(before, DECOMPOSED)
    assert not passwords.is_right(None, DECOMPOSED)
