"""Batches of positive pairs: fair in-batch negatives, log Q, what each weighs, hard negatives of each seeker's own."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from training.data.datasets import PlacementSet
from training.data.interest import LabelWeights
from training.towers.features import Features
from training.towers.hard_negatives import NO_JOB, known_keys, pair_keys, rejected_jobs
from training.towers.training_pairs import training_pairs


class PairBatches(keras.utils.PyDataset):
    """Batches of the positive pairs of `rows` in an order that the seed and the epoch decide alone.

    `rejections` and `mined` are how many jobs of each kind a seeker is held against beyond the batch; `near_misses`
    `[seekers, depth]` are those to draw the mined ones from, -1 where there is none.
    """

    def __init__(
        self,
        placements: PlacementSet,
        rows: Rows,
        features: Features,
        batch_pairs: int,
        seed: int,
        rejections: int = 0,
        mined: int = 0,
        labels: LabelWeights | None = None,
    ) -> None:
        super().__init__()
        self.pairs = training_pairs(placements, rows, labels or LabelWeights())
        self._placements, self._features = placements, features
        self._batch_pairs = min(batch_pairs, len(self.pairs.jobs))
        self._seed, self._mined = seed, mined
        counts = np.bincount(self.pairs.jobs, minlength=len(placements.job_texts))
        expected_in_batch = np.maximum(counts, 1) * self._batch_pairs / len(self.pairs.jobs)
        self._log_q = np.log(np.minimum(expected_in_batch, 1)).astype(np.float32)
        self._known_pairs = known_keys(placements, rows)
        self._rejected = rejected_jobs(placements, rows, rejections)
        self.near_misses: Rows | None = None
        self.start_epoch(0)

    def __len__(self) -> int:
        return len(self.pairs.jobs) // self._batch_pairs

    def start_epoch(self, epoch: int) -> None:
        """Draw the order and the hard negatives of this epoch."""
        random = np.random.default_rng((self._seed, epoch))
        self._order = random.permutation(len(self.pairs.jobs))
        drawn = [self._rejected]
        if self._mined:
            drawn.append(self._draw_near_misses(random))
        self._hard_jobs = np.concatenate(drawn, axis=1)

    def __getitem__(self, index: int) -> tuple[dict[str, NDArray[Any]], NDArray[Any], NDArray[Any]]:
        chosen = self._order[index * self._batch_pairs : (index + 1) * self._batch_pairs]
        seekers, jobs = self.pairs.seekers[chosen], self.pairs.jobs[chosen]
        keys = pair_keys(self._placements, seekers[:, None], jobs[None, :])
        inputs = {
            "seeker": self._features.seekers[seekers],
            "job": self._features.jobs[jobs],
            "log_q": self._log_q[jobs],
            "is_negative": ~np.isin(keys, self._known_pairs),
        }
        if self._hard_jobs.shape[1]:
            hard_jobs = self._hard_jobs[seekers]
            inputs["is_hard_negative"] = hard_jobs != NO_JOB
            inputs["hard_jobs"] = self._features.jobs[np.maximum(hard_jobs, 0)]
        return inputs, np.zeros(len(chosen), np.float32), self.pairs.weights[chosen]

    def _draw_near_misses(self, random: np.random.Generator) -> Rows:
        """A few of each seeker's near misses, `[seekers, mined]`; none before the first mining."""
        size = (len(self._placements.seeker_texts), self._mined)
        if self.near_misses is None:
            return np.full(size, NO_JOB, dtype=np.int64)
        columns = random.integers(0, self.near_misses.shape[1], size)
        return np.take_along_axis(self.near_misses, columns, axis=1)
