"""AES-256-GCM (NIST SP 800-38D) with a random nonce in front, and what a ciphertext is bound to."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
LENGTH_BYTES = 4


def context_of(*parts: str) -> bytes:
    """The parts, each behind its length, so that no two lists of parts make the same bytes."""
    encoded = [utf8(part) for part in parts]
    return b"".join(len(part).to_bytes(LENGTH_BYTES) + part for part in encoded)


def utf8(text: str) -> bytes:
    """The bytes of any text, lone surrogates too, which broken JSON may carry."""
    return text.encode("utf-8", "surrogatepass")


def encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    """Nonce, ciphertext and tag. Random nonces bear 2**32 values a key (SP 800-38D, 8.3): rotate before."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, encrypted: bytes, context: bytes) -> bytes:
    """What `encrypt` was given; raises InvalidTag for another key, another context or altered bytes."""
    if len(encrypted) < NONCE_BYTES + TAG_BYTES:
        raise InvalidTag
    return AESGCM(key).decrypt(encrypted[:NONCE_BYTES], encrypted[NONCE_BYTES:], context)
