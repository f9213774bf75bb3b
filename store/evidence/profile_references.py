"""Answers to profiles that came with the request, by the partner's own reference of the profile.

A partner may take a telephone number for it: only a keyed hash is stored, from which nobody reads it back.
"""

from __future__ import annotations

from store.encryption.field_cipher import FieldCipher

FIELD = "recommendations.profile_reference_hash"


def profile_reference_hash(cipher: FieldCipher, partner_id: str | None, reference: str) -> bytes:
    """The hash [32 bytes] to store with an answer; two partners' equal references have different ones."""
    return cipher.index(FIELD, _text(partner_id, reference))


def profile_reference_hashes(cipher: FieldCipher, partner_id: str, reference: str) -> list[bytes]:
    """The hashes that answers may be stored with, under every key that there ever was."""
    return cipher.past_indexes(FIELD, _text(partner_id, reference))


def _text(partner_id: str | None, reference: str) -> str:
    return f"{partner_id or ''}/{reference}"  # ids of partners are ours, and hold no slash
