"""What fitted towers reach on held-out matches, and the mean cosines that calibrate them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows, Vectors
from engine.measures import recall_at_k
from training.data.datasets import PlacementSet, TimeSplit
from training.data.splits import HeldOut
from training.towers.features import Features
from training.towers.model import TwoTowers

RECALL_DEPTH = 10
TEXTS_AT_ONCE = 64


def tower_vectors(towers: TwoTowers, features: Features) -> tuple[Vectors, Vectors]:
    """Unit vectors of every seeker text and every job text, `[texts, dimension]` each."""

    def vectors(head: Any, side: NDArray[Any]) -> Vectors:
        step = len(side) if towers.body is None else TEXTS_AT_ONCE
        parts = [np.asarray(head(towers.pooled(side[start : start + step]))) for start in range(0, len(side), step)]
        return np.concatenate(parts)

    return vectors(towers.seeker_head, features.seekers), vectors(towers.job_head, features.jobs)


class HeldOutMeasures:
    """What the towers, as they are when asked, reach on the held-out matches."""

    def __init__(self, towers: TwoTowers, features: Features, placements: PlacementSet, held_out: HeldOut) -> None:
        self._towers, self._features = towers, features
        self._placements, self._held_out = placements, held_out

    def validation_recall(self) -> float:
        """Recall@10 on the matches that choose the epoch."""
        return self._recall(self._vectors(), self._held_out.split.validation, self._held_out.validation_jobs)

    def test_recall(self) -> float:
        """Recall@10 on the newest matches."""
        return self._recall(self._vectors(), self._held_out.split.test, self._held_out.test_jobs)

    def test_recalls(self) -> dict[str, float]:
        """`test_recall` of whole vectors and of their prefixes."""
        vectors = self._vectors()
        split, catalogue = self._held_out.split, self._held_out.test_jobs
        lengths = self._shorter_than(vectors[0].shape[1])
        by_length = prefix_recalls(*vectors, self._placements, split.test, split, lengths, catalogue)
        return {"test_recall_at_10": self._recall(vectors, split.test, catalogue)} | {
            f"test_recall_at_10_of_{length}_dimensions": recall for length, recall in by_length.items()
        }

    def cosines_by_length(self) -> dict[int, dict[str, float]]:
        """What `Calibration` needs, for whole vectors and for each of their prefixes."""
        seekers, jobs = self._vectors()
        whole, train = seekers.shape[1], self._held_out.split.train
        return {
            length: mean_cosines(cut(seekers, length), cut(jobs, length), self._placements, train)
            for length in {whole, *self._shorter_than(whole)}
        }

    def _shorter_than(self, dimension: int) -> tuple[int, ...]:
        return tuple(length for length in self._towers.prefixes if length < dimension)

    def _vectors(self) -> tuple[Vectors, Vectors]:
        return tower_vectors(self._towers, self._features)

    def _recall(self, vectors: tuple[Vectors, Vectors], rows: Rows, catalogue: Rows | None) -> float:
        return held_out_recall(*vectors, self._placements, rows, self._held_out.split, catalogue)


def held_out_recall(
    seekers: Vectors,
    jobs: Vectors,
    placements: PlacementSet,
    rows: Rows,
    split: TimeSplit,
    catalogue: Rows | None = None,
) -> float:
    """Recall@10 for the held-out `rows`, over the jobs of `catalogue` (None: all of them).

    Jobs that a seeker was matched with in training are left out.
    """
    catalogue = np.arange(len(jobs)) if catalogue is None else catalogue
    relevant = placements.relevant_jobs(rows)
    known = placements.relevant_jobs(split.train)
    query_seekers = np.array(list(relevant))
    scores = np.full((len(query_seekers), len(jobs)), -np.inf, dtype=np.float32)
    scores[:, catalogue] = seekers[query_seekers] @ jobs[catalogue].T
    for row, seeker in enumerate(query_seekers):
        scores[row, list(known.get(int(seeker), frozenset()) - relevant[int(seeker)])] = -np.inf
    top = np.argsort(-scores, axis=1, kind="stable")[:, :RECALL_DEPTH]
    return recall_at_k(top.tolist(), [relevant[int(seeker)] for seeker in query_seekers], RECALL_DEPTH)


def prefix_recalls(
    seekers: Vectors,
    jobs: Vectors,
    placements: PlacementSet,
    rows: Rows,
    split: TimeSplit,
    dimensions: tuple[int, ...],
    catalogue: Rows | None = None,
) -> dict[int, float]:
    """`held_out_recall` of the vectors cut to each of `dimensions`."""
    return {
        length: held_out_recall(cut(seekers, length), cut(jobs, length), placements, rows, split, catalogue)
        for length in dimensions
        if length <= seekers.shape[1]
    }


def cut(vectors: Vectors, length: int) -> Vectors:
    """The first `length` dimensions of unit vectors, brought to length 1 again."""
    prefix = vectors[:, :length]
    return np.asarray(prefix / np.linalg.norm(prefix, axis=1, keepdims=True), dtype=np.float32)


def mean_cosines(seekers: Vectors, jobs: Vectors, placements: PlacementSet, rows: Rows) -> dict[str, float]:
    """What `Calibration` needs: the mean cosine of placed pairs, and of the same seekers with every job."""
    placed_seekers, placed_jobs = seekers[placements.seekers[rows]], jobs[placements.jobs[rows]]
    return {
        "unrelated_cosine": float(np.mean(placed_seekers @ jobs.mean(axis=0))),
        "placed_cosine": float(np.mean(np.sum(placed_seekers * placed_jobs, axis=1))),
    }
