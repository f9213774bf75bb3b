"""How a sealed value is laid out: version, length and text of the key's id, nonce, ciphertext, tag.

The plain bytes are padded to a multiple of 32 (a one bit, then zeros: ISO/IEC 9797-1, method 2), so that the length
of a sealed income or poverty class does not tell which it is.
"""

from __future__ import annotations

from engine.errors import ArtifactError
from store.encryption.aes_gcm import utf8

VERSION = 1
PADDED_TO_BYTES = 32
_END = b"\x80"


def head_of(key_id: str) -> bytes:
    """The first bytes of every value sealed under the key, and of no other value."""
    return bytes([VERSION, len(key_id)]) + key_id.encode("ascii")


def after_head(key_id: str) -> bytes:
    """The least bytes that sort after every value whose head is that of the key."""
    head = head_of(key_id)
    return head[:-1] + bytes([head[-1] + 1])


def split(sealed: bytes) -> tuple[str, bytes]:
    """The key's id and what follows the head.

    Raises:
        ArtifactError: the bytes are of another version, or cut off within the head.
    """
    if sealed[:1] != bytes([VERSION]):
        raise ArtifactError("a sealed value is of another format", expected=f"version {VERSION}")
    end = 2 + int.from_bytes(sealed[1:2])
    try:
        return sealed[2:end].decode("ascii"), sealed[end:]
    except UnicodeDecodeError as cause:
        raise ArtifactError("a sealed value is damaged", expected="the id of a data key") from cause


def padded(text: str) -> bytes:
    """The bytes of a text, and at least one byte of padding."""
    plain = utf8(text) + _END
    return plain + bytes(-len(plain) % PADDED_TO_BYTES)


def unpadded(plain: bytes) -> str:
    """The text whose `padded` bytes these are."""
    return plain.rstrip(b"\0").removesuffix(_END).decode("utf-8", "surrogatepass")
