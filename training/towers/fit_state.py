"""Everything of a run that a checkpoint must keep, as named variables: weights, optimiser, best epoch, history."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.checkpoints import Variable
from training.towers.hard_negatives import NO_JOB
from training.towers.model import TwoTowers

COLUMNS = ("epoch", "loss", "validation_recall_at_10")


class StoredArray:
    """An array that a checkpoint treats as a variable."""

    def __init__(self, value: NDArray[Any]) -> None:
        self.value = value

    def assign(self, value: NDArray[Any]) -> None:
        """Take a new value."""
        self.value = np.asarray(value)

    def numpy(self) -> NDArray[Any]:
        """The value."""
        return self.value


class FitState:
    """A run as it stands after an epoch.

    `history` `[epochs + 1, 3]` is NaN where an epoch has not been; `near_misses` `[seekers, depth]` is -1 before
    the first mining; `untuned` and `best` are weights as `towers.get_weights()` gives them.
    """

    def __init__(self, towers: TwoTowers, epochs: int, seekers: int, mining_depth: int) -> None:
        self._towers = towers
        self._history = StoredArray(np.full((epochs + 1, len(COLUMNS)), np.nan))
        self._near_misses = StoredArray(np.full((seekers, mining_depth), NO_JOB, dtype=np.int64))
        self._untuned = [StoredArray(value) for value in towers.get_weights()]
        self._best = [StoredArray(value) for value in towers.get_weights()]

    def variables(self) -> dict[str, Variable]:
        """What a checkpoint keeps; the seeds of dropout are among the towers' own variables."""
        named: dict[str, Variable] = {"history": self._history, "near_misses": self._near_misses}
        groups = {
            "towers": self._towers.variables,
            "optimizer": self._towers.optimizer.variables,
            "untuned": self._untuned,
            "best": self._best,
        }
        for group, members in groups.items():
            named |= {f"{group}.{position}": member for position, member in enumerate(members)}
        return named

    def record(self, epoch: int, loss: float, recall: float) -> dict[str, float]:
        """Note an epoch; its weights are the best if its recall beats every epoch's before."""
        is_best = epoch == 0 or recall > np.nanmax(self._history.value[:epoch, 2])
        self._history.value[epoch] = (epoch, loss, recall)
        if is_best:
            for stored, value in zip(self._best, self._towers.get_weights(), strict=True):
                stored.assign(value)
        return self._entry(epoch)

    def entries(self) -> list[dict[str, float]]:
        """The epochs that have been, the untrained towers first."""
        return [self._entry(int(row)) for row in np.flatnonzero(~np.isnan(self._history.value[:, 0]))]

    def _entry(self, row: int) -> dict[str, float]:
        return dict(zip(COLUMNS, self._history.value[row].tolist(), strict=True))

    @property
    def near_misses(self) -> NDArray[np.int64]:
        """The mined near misses, `[seekers, depth]`."""
        return self._near_misses.value

    @near_misses.setter
    def near_misses(self, value: NDArray[np.int64]) -> None:
        self._near_misses.assign(value)

    def averaged(self, share: float) -> list[NDArray[Any]]:
        """The best weights, `share` of them, averaged with the untuned ones."""
        return [(1 - share) * old.value + share * new.value for old, new in zip(self._untuned, self._best, strict=True)]
