"""Whom the load asks for: stored people in a shuffled order, some of them for warming up only, as request bytes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import orjson

from benchmarks.http.connections import Address
from benchmarks.partner_key import benchmark_partner
from engine.errors import ArtifactError
from index.bundle import BundleManifest, current_folder
from store.database import database_url, open_database
from store.records.records import Records

ROUTE = "/v1/recommendations"
WARM_UP_SHARE, MOST_FOR_WARM_UP = 0.1, 300


@dataclass(frozen=True, slots=True)
class People:
    """Ids of people whose vector is stored: `measured` are asked for in turn, `warming_up` never while measuring.

    `key` is that of the partner whose people they are.
    """

    measured: list[str]
    warming_up: list[str]
    key: str = field(compare=False, repr=False)


def read_people(data_dir: Path, seed: int) -> People:
    """The people in `data_dir` that the published bundle serves without encoding anything; raises ArtifactError."""
    folder = current_folder(data_dir / "bundles")
    if folder is None:
        raise ArtifactError(f"no bundle in {data_dir / 'bundles'}", fix="build one: chamba sample, chamba index")
    model_id = BundleManifest.read(folder).model_id
    partner = benchmark_partner(data_dir)
    database = open_database(database_url(data_dir))
    try:
        stored = [one for one in Records(database).iter_seekers() if one.vector_model_id == model_id]
    finally:
        database.dispose()
    seeker_ids = [str(one.seeker.seeker_id) for one in stored if one.seeker.seeker_id in partner.seeker_ids]
    if len(seeker_ids) < 2:
        raise ArtifactError(
            f"too few people with a vector in {data_dir}",
            expected=f"two or more, encoded by model {model_id}",
            got=str(len(seeker_ids)),
            fix="chamba sample, chamba index",
        )
    random.Random(seed).shuffle(seeker_ids)
    warm_up = min(MOST_FOR_WARM_UP, max(1, int(WARM_UP_SHARE * len(seeker_ids))))
    return People(seeker_ids[warm_up:], seeker_ids[:warm_up], partner.key)


class Requests:
    """Endless request bytes, made beforehand: each person in turn, each asked for `limit` jobs."""

    def __init__(self, address: Address, seeker_ids: list[str], limit: int, key: str) -> None:
        self._made = cycle([request_bytes(address, seeker_id, limit, key) for seeker_id in seeker_ids])

    def __iter__(self) -> Requests:
        return self

    def __next__(self) -> bytes:
        return next(self._made)


def request_body(seeker_id: str, limit: int) -> bytes:
    """The JSON that asks for a stored person's jobs."""
    return orjson.dumps({"seeker_id": seeker_id, "limit": limit})


def request_bytes(address: Address, seeker_id: str, limit: int, key: str) -> bytes:
    """One whole HTTP/1.1 request."""
    body = request_body(seeker_id, limit)
    head = (
        f"POST {ROUTE} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
        f"Authorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
