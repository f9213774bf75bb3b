"""One answer as the journal holds it until the database does: all that it takes to give the answer again, as JSON."""

from __future__ import annotations

import binascii
import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from store.matching.rows import VECTOR_DTYPE
from store.upserts import content_hash

Shown = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer. `seeker_id` is empty for a profile that came with the request; `partner_id`: who asked, if a partner.

    `answered_at` is the moment that the engine answered for. `shown` names the jobs, best first, with their exact
    scores; `document` and `vector` (bytes of float32, little-endian) are the profile as the engine saw it.
    `profile_reference_hash`: of the partner's reference of a profile that came with the request.
    """

    recommendation_id: str
    seeker_id: str
    partner_id: str | None
    query: dict[str, Any]
    answered_at: datetime
    bundle: str
    model_id: str
    reranker: str
    job_change_number: int
    shown: list[tuple[str, float]]
    document: dict[str, Any]
    vector: bytes
    profile_reference_hash: bytes | None = None

    @property
    def input_hash(self) -> str:
        """Names the profile and its vector: the same profile under another model is another input."""
        return input_hash(self.document, self.vector)

    @property
    def answer_hash(self) -> str:
        """The SHA-256 of `shown`."""
        return answer_hash(self.shown)


def record_json(
    *,
    recommendation_id: str,
    seeker_id: str,
    partner_id: str | None,
    query_json: bytes,
    answered_at: datetime,
    bundle: str,
    model_id: str,
    reranker: str,
    job_change_number: int,
    shown: Shown,
    document: str | bytes,
    vector: NDArray[np.float32],
    profile_reference_hash: bytes | None = None,
) -> bytes:
    """The record of an answer; `query_json` and `document` are JSON already, and are not encoded again."""
    if isinstance(document, str):
        document = document.encode()
    if b"\n" in document:  # a record is one line
        document = orjson.dumps(orjson.loads(document))
    in_base64 = binascii.b2a_base64(vector.astype(VECTOR_DTYPE, copy=False).tobytes(), newline=False)
    named = {} if profile_reference_hash is None else {"profile_reference_hash": profile_reference_hash.hex()}
    return orjson.dumps(
        {
            "recommendation_id": recommendation_id,
            "seeker_id": seeker_id,
            "partner_id": partner_id,
            "asked": orjson.Fragment(query_json),
            "answered_at": answered_at,
            "bundle": bundle,
            "model_id": model_id,
            "reranker": reranker,
            "job_change_number": job_change_number,
            "shown": shown,  # JSON numbers in the fewest digits that give the same float64 back
            "document": orjson.Fragment(document),
            "vector": orjson.Fragment(b'"%s"' % in_base64),
            **named,
        }
    )


def record_from_json(content: bytes) -> AnswerRecord:
    """The answer that `record_json` wrote; raises ValueError for anything else."""
    try:
        fields: dict[str, Any] = orjson.loads(content)
        fields["query"] = fields.pop("asked")
        fields["answered_at"] = datetime.fromisoformat(fields["answered_at"])
        fields["shown"] = [(str(job_id), float(score)) for job_id, score in fields["shown"]]
        fields["vector"] = binascii.a2b_base64(fields["vector"], strict_mode=True)
        if "profile_reference_hash" in fields:
            fields["profile_reference_hash"] = bytes.fromhex(fields["profile_reference_hash"])
        return AnswerRecord(**fields)
    except (KeyError, TypeError, AttributeError) as cause:
        raise ValueError(f"not the record of an answer: {type(cause).__name__}") from cause


def answer_hash(shown: Iterable[tuple[str, float]]) -> str:
    """SHA-256, hexadecimal, of ids (each ended by a zero byte) and scores (float64, little-endian) in their order."""
    digest = hashlib.sha256()
    for job_id, score in shown:
        digest.update(job_id.encode() + b"\0" + struct.pack("<d", score))
    return digest.hexdigest()


def input_hash(document: Mapping[str, Any], vector: bytes) -> str:
    """SHA-256, hexadecimal, of a profile's content hash and its vector's bytes."""
    return hashlib.sha256(content_hash(document).encode() + vector).hexdigest()
