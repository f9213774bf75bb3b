"""Requests that may be repeated are done once: the first answer is kept for a day, and given again.

The keys are those of the draft standard draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, insert, select

from engine.errors import ConflictError
from store.encryption.field_cipher import FieldCipher
from store.tables.trust import IdempotencyKeyRow

KEYS: Table = IdempotencyKeyRow.metadata.tables["idempotency_keys"]
STORED_FOR = timedelta(days=1)
ANSWER = "idempotency_keys.answer_sealed"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer: HTTP status, JSON text, and where what was made is found."""

    status: int
    body: str
    location: str | None


@dataclass(frozen=True, slots=True)
class RepeatableRequest:
    """A request that names a key: whose, which, and a hash of what is asked."""

    caller: str
    key: str
    request_hash: str

    @classmethod
    def of(cls, caller: str, key: str, *parts: bytes) -> RepeatableRequest:
        """The request whose method, address and body are `parts`."""
        return cls(caller, key, hashlib.sha256(b"\0".join(parts)).hexdigest())


def stored_answer(
    connection: Connection, cipher: FieldCipher, request: RepeatableRequest, now: datetime
) -> StoredAnswer | None:
    """The answer that the request got before; raises ConflictError when its key was used for another request."""
    at_key = (KEYS.c.caller == request.caller) & (KEYS.c.idempotency_key == request.key)
    row = connection.execute(select(KEYS).where(at_key)).one_or_none()
    if row is None:
        return None
    if row.created_at <= now - STORED_FOR:
        connection.execute(delete(KEYS).where(at_key))
        return None
    if row.request_hash != request.request_hash:
        raise ConflictError(
            "the idempotency key was used for another request",
            expected="the same request again, or a new key",
            field="Idempotency-Key",
        )
    body = cipher.open(ANSWER, f"{request.caller}/{request.key}", row.answer_sealed)
    return StoredAnswer(row.status, body, row.location)


def store_answer(
    connection: Connection, cipher: FieldCipher, request: RepeatableRequest, answer: StoredAnswer, now: datetime
) -> None:
    """Keep an answer, in the transaction that did what it tells of.

    A second request with the key that ran at the same time fails here with IntegrityError, having done nothing.
    """
    connection.execute(
        insert(KEYS).values(
            caller=request.caller,
            idempotency_key=request.key,
            request_hash=request.request_hash,
            status=answer.status,
            answer_sealed=cipher.seal(ANSWER, f"{request.caller}/{request.key}", answer.body),
            location=answer.location,
            created_at=now,
        )
    )


def forget_answers(connection: Connection, now: datetime) -> int:
    """Drop the answers that are kept no longer; how many."""
    return connection.execute(delete(KEYS).where(KEYS.c.created_at <= now - STORED_FOR)).rowcount
