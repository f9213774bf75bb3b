"""The final order: a score for every candidate, and of ads that are the same job again only the best.

The model folder's reranker gives the score (`engine/reranking/model.py`). Without one it is relevance × availability:

    availability = hours shared / hours needed            the hours and their times are stated
                 = 0.9 · hours shared / hours needed      how many is stated, when is not
                 = 0.7                                    the posting or the person states no hours
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, Rows, Vectors
from engine.catalogue.row_records import RowRecords
from engine.reranking.copies import Places, places
from engine.retrieval.searcher import JobVectors

FORMULA = "formula"
# Of so many times the wanted some are the same job again.
SPARE_PER_RESULT = 3


@dataclass(frozen=True, slots=True)
class JobCandidates:
    """C retrieved jobs, `[C]` each: catalogue row, score, posting time, and record, which tells copies.

    `cosines` `[C]` and `features` `[C, features]` are what the scores come from (without features: the formula),
    `segment` `[C]` what the rows are of (None: there is one). `job_vectors` know each segment's vectors (none: words
    alone tell copies).
    """

    rows: Rows
    scores: Floats
    posted_at: NDArray[np.int64]
    records: RowRecords
    cosines: Floats | None = None
    features: Floats | None = None
    segment: Rows | None = None
    job_vectors: tuple[JobVectors, ...] = ()

    @classmethod
    def joined(cls, parts: Sequence[JobCandidates]) -> JobCandidates:
        """The candidates of several segments as one; rows are still those of their own segments."""
        if len(parts) == 1:
            return parts[0]
        arrays = [name for name in (field.name for field in fields(cls)) if name not in ("segment", "job_vectors")]
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in arrays
            if getattr(parts[0], name) is not None
        }
        segment = np.repeat(np.arange(len(parts)), [len(part.rows) for part in parts])
        job_vectors = tuple(vectors for part in parts for vectors in part.job_vectors)
        return cls(**columns, segment=segment, job_vectors=job_vectors)

    def vector(self, position: int) -> Vectors | None:
        """The vector of a candidate; None: there are none."""
        if not self.job_vectors:
            return None
        segment = 0 if self.segment is None else int(self.segment[position])
        return self.job_vectors[segment].vector(int(self.rows[position]))

    def cosines_with(self, vector: Vectors, positions: Rows) -> Vectors:
        """The cosines of some candidates with a vector."""
        rows = self.rows[positions]
        if self.segment is None:
            return self.job_vectors[0].cosines(vector, rows)
        cosines, segment = np.empty(len(rows), dtype=np.float32), self.segment[positions]
        for number, vectors in enumerate(self.job_vectors):
            of_segment = segment == number
            cosines[of_segment] = vectors.cosines(vector, rows[of_segment])
        return cosines


def rerank(candidates: JobCandidates, limit: int, among: Rows | None = None) -> Places:
    """Positions in `candidates` of the best jobs, best first, at most `limit`; of equal scores the newer is better.

    Of equally new ones those of the earlier segment are first, and in it the lower rows. With each are those of its
    other ads. `among`: only these positions; None: all.
    """
    positions = np.arange(len(candidates.rows)) if among is None else among
    scores = candidates.scores[positions]
    first = len(scores) - SPARE_PER_RESULT * limit
    if first > 0:  # sorting them all takes three times as long
        best = places(candidates, ranked(candidates, positions[scores >= np.partition(scores, first)[first]]), limit)
        if len(best.order) == limit:
            return best
    return places(candidates, ranked(candidates, positions), limit)


def ranked(candidates: JobCandidates, positions: Rows) -> Rows:
    """Those positions, best first, as `rerank` puts them in order."""
    keys: list[NDArray[Any]] = [candidates.rows[positions]]
    if candidates.segment is not None:  # rows of two segments are not compared: how many one skips is its history
        keys.append(candidates.segment[positions])
    keys += [-candidates.posted_at[positions], -candidates.scores[positions]]
    best: Rows = positions[np.lexsort(keys)]
    return best
