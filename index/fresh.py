"""Jobs that came, changed or closed since a bundle was built, as a flat segment beside it and tombstones in both.

The store holds the changes; what is here is made from them again when a process starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import AnyVectors, Vectors
from engine.catalogue.builder import CatalogueBuilder
from engine.catalogue.growing import GrowingArray
from engine.filtering.bitmaps import BitmapWords, pack_mask
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.jobs import Job
from engine.retrieval.segments import Segment
from index.backends.backend import search_few

# What a row holds in memory, measured with ads of some hundred characters, and each further character of one.
ROW_BYTES, CHARACTER_BYTES = 8_192, 3
MOST_DEAD_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True)
class FreshJob:
    """A change: the job now (None: deleted) and its vector `[dimension]` by the bundle's model, where there is one."""

    job_id: str
    job: Job | None
    vector: Vectors | None


class FreshJobs:
    """Applies changes to one bundle's segment; one thread at a time. What it gave out before stays as it was."""

    def __init__(self, bundle: Segment, bundle_vectors: AnyVectors) -> None:
        self._bundle, self._bundle_vectors = bundle, bundle_vectors
        self._bundle_alive = pack_mask(np.ones(len(bundle.catalogue), dtype=np.bool_))
        self._builder = CatalogueBuilder()
        self._vectors = GrowingArray(np.float32, (bundle_vectors.shape[1],))
        self._row_of: dict[str, int] = {}
        self._fresh_alive: list[bool] = []
        self._row_bytes: list[int] = []
        self._dead_bytes = 0

    def apply(self, changes: Iterable[FreshJob]) -> tuple[Segment, ...]:
        """The segments after these changes, which come in their order.

        A job without a vector keeps the one that the bundle has; a new one waits for the next bundle. So what is
        served is a matter of the bundle and of each job's last change, not of which changes were seen before it.
        """
        alive = self._bundle_alive.copy()
        for change in changes:
            bundle_row = self._bundle.catalogue.row_of(change.job_id)
            if bundle_row is not None:
                _clear(alive, bundle_row)
            vector = self._vector(change, bundle_row)
            fresh_row = self._row_of.pop(change.job_id, None)
            if fresh_row is not None:
                self._fresh_alive[fresh_row] = False
                self._dead_bytes += self._row_bytes[fresh_row]
            if change.job is not None and change.job.is_open and vector is not None:
                self._append(change.job, vector)
        self._bundle_alive = alive
        return self._segments()

    @property
    def is_wasteful(self) -> bool:
        """Whether most of it is of jobs that changed again or are gone: they are held in memory for nothing."""
        return self._dead_bytes > max(MOST_DEAD_BYTES, sum(self._row_bytes) - self._dead_bytes)

    def _vector(self, change: FreshJob, bundle_row: int | None) -> Vectors | None:
        if change.vector is not None or bundle_row is None:
            return change.vector
        known: Vectors = self._bundle_vectors[bundle_row].astype(np.float32)
        return known

    def _append(self, job: Job, vector: Vectors) -> None:
        self._row_of[job.job_id] = len(self._fresh_alive)
        self._builder.append(job)
        self._vectors.append(vector)
        self._fresh_alive.append(True)
        self._row_bytes.append(ROW_BYTES + CHARACTER_BYTES * len(job.description))

    def _segments(self) -> tuple[Segment, ...]:
        bundle = replace(self._bundle, alive=self._bundle_alive)
        if not any(self._fresh_alive):
            return (bundle,)
        catalogue = self._builder.catalogue()
        alive = pack_mask(np.array(self._fresh_alive, dtype=np.bool_))
        return bundle, Segment(catalogue, search_few(self._vectors.view()), BitmapFilter(catalogue), alive)


def _clear(words: BitmapWords, row: int) -> None:
    words[row >> 6] &= ~(np.uint64(1) << np.uint64(row & 63))
