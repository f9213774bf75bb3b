"""What every peer is given: vectors, two filterable columns and queries, as files of one folder."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray, Vectors

# None, {"bucket_below": x} or {"night_english": True}.
Where = Mapping[str, int] | None

FINGERPRINT = "fingerprint.json"


@dataclass(frozen=True)
class Jobs:
    """N jobs of a folder, read when first asked for."""

    folder: Path

    @cached_property
    def vectors(self) -> Vectors:
        """Unit length, `[N, dimension]`; on disk until read."""
        vectors: Vectors = self._read("vectors", mmap_mode="r")
        return vectors

    @cached_property
    def buckets(self) -> NDArray[np.int32]:
        """A number from 0 to 999,999 of each job, `[N]`."""
        numbers: NDArray[np.int32] = self._read("buckets")
        return numbers

    @cached_property
    def night_english(self) -> BoolArray:
        """Whether a job is at night and in English, `[N]`."""
        mask: BoolArray = self._read("night_english")
        return mask

    @cached_property
    def queries(self) -> Vectors:
        """People who ask, `[Q, dimension]`."""
        queries: Vectors = self._read("queries")
        return queries

    @property
    def fingerprint(self) -> str:
        """Changes when a vector or a column does."""
        return str(json.loads((self.folder / FINGERPRINT).read_text("utf-8")))

    def eligible(self, where: Where) -> BoolArray | None:
        """Which jobs pass, `[N]`; None without a filter."""
        if where is None:
            return None
        if "bucket_below" in where:
            return np.asarray(self.buckets < where["bucket_below"])
        return self.night_english

    def _read(self, name: str, **options: Any) -> Any:
        return np.load(self.folder / f"{name}.npy", allow_pickle=False, **options)


def hand_over(
    folder: Path, vectors: Vectors, buckets: NDArray[np.int32], night_english: BoolArray, queries: Vectors
) -> Jobs:
    """Write what peers read; the jobs that `folder` already holds are not written again."""
    jobs = Jobs(folder)
    columns = {"vectors": vectors, "buckets": buckets, "night_english": night_english}
    fingerprint = "-".join(f"{zlib.crc32(np.ascontiguousarray(array).data):08x}" for array in columns.values())
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "queries.npy", queries)
    if not (folder / FINGERPRINT).is_file() or jobs.fingerprint != fingerprint:
        for name, array in columns.items():
            np.save(folder / f"{name}.npy", array)
        # Last: where it is, the others are whole.
        (folder / FINGERPRINT).write_text(json.dumps(fingerprint), "utf-8")
    return jobs
