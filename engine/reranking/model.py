"""A learned reranker as plain arrays: features of candidates to scores from 0 to 1 and what each feature gave to them.

`reranker.json` holds a linear model, or trees laid end to end; `training/reranking/export.py` writes it.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from engine.arrays import Doubles
from engine.errors import ArtifactError
from engine.relevance import Calibration
from engine.reranking.features import FEATURE_NAMES

RERANKER = "reranker.json"
RERANKER_FORMAT_VERSION = 2
FIX = "fit it again: chamba train-reranker"

Nodes = NDArray[np.int64]


class Link(StrEnum):
    """How a sum becomes a score: `logistic` for log-odds, `identity` for a mean of shares."""

    LOGISTIC = "logistic"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A weight a feature `[features]`; `reference` `[features]` is the candidate that contributions are told beside."""

    weights: Doubles
    reference: Doubles

    def contributions(self, features: NDArray[np.floating[Any]]) -> Doubles:
        """What each feature adds, `[C, features]` of features `[C, features]`."""
        return (features - self.reference) * self.weights

    def sums(self, features: NDArray[np.floating[Any]]) -> Doubles:
        """What all features add, `[C]`, one after the other.

        So a candidate's sum never depends on who is beside it; that of a matrix product does, in its last bits.
        """
        added = np.ascontiguousarray(self.contributions(features).T)
        if added.shape[1] == 1:  # NumPy would sum a single column in another order
            added = np.add.accumulate(added, axis=0)[-1:]
        sums: Doubles = np.add.reduce(added, axis=0)
        return sums


@dataclass(frozen=True)
class TreeModel:
    """T trees laid end to end, `[nodes]` each; a leaf leads to itself.

    At a node a candidate goes left when its `feature` is at most `threshold`. `value` is what the candidates of a node
    are worth on average, and at a leaf what its tree adds. `roots` `[T]`.
    """

    feature: Nodes
    threshold: Doubles
    left: Nodes
    right: Nodes
    value: Doubles
    roots: Nodes

    @cached_property
    def depth(self) -> int:
        """Steps from a root to its farthest leaf."""
        steps, level = 0, self.roots
        while (level := np.unique(np.concatenate([self.left[level], self.right[level]]))).size and (
            self.left[level] != level
        ).any():
            steps += 1
        return steps + 1

    def sums(self, features: NDArray[np.floating[Any]]) -> Doubles:
        """What all trees add beyond the values of their roots, `[C]`."""
        at = self._roots_for(features)
        for _ in range(self.depth):
            at = self._step(features, at)
        added: Doubles = self.value[at].sum(axis=1) - self.value[self.roots].sum()
        return added

    def contributions(self, features: NDArray[np.floating[Any]]) -> Doubles:
        """What each feature adds, `[C, features]`: the change of value at every split on it (Saabas, 2014)."""
        added = np.zeros(features.shape)
        candidates = np.arange(len(features))
        at = self._roots_for(features)
        for _ in range(self.depth):
            below = self._step(features, at)
            for tree in range(len(self.roots)):
                change = self.value[below[:, tree]] - self.value[at[:, tree]]
                added[candidates, self.feature[at[:, tree]]] += change
            at = below
        return added

    def _roots_for(self, features: NDArray[np.floating[Any]]) -> Nodes:
        return np.broadcast_to(self.roots, (len(features), len(self.roots)))

    def _step(self, features: NDArray[np.floating[Any]], at: Nodes) -> Nodes:
        """The nodes below `at` `[C, T]`, the same at leaves."""
        values = np.take_along_axis(features, self.feature[at], axis=1)
        return np.where(values <= self.threshold[at], self.left[at], self.right[at])


@dataclass(frozen=True, slots=True)
class Reranker:
    """A scorer for the relevance that `calibration` makes; `name` tells family and exact weights.

    score = link(base + what the features add)
    """

    name: str
    model: LinearModel | TreeModel
    link: Link
    base: float
    calibration: Calibration

    def scores(self, features: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Scores from 0 to 1, `[C]`, of features `[C, features]`."""
        sums = self.base + self.model.sums(features)
        scores = 1 / (1 + np.exp(-sums)) if self.link is Link.LOGISTIC else np.clip(sums, 0, 1)
        return scores.astype(np.float32)

    @classmethod
    def open(cls, folder: Path, calibration: Calibration) -> Reranker:
        """The reranker in `folder`, for towers of `calibration`; raises ArtifactError when it is not for them."""
        path = folder / RERANKER
        content = path.read_bytes()
        reranker = parse_reranker(content, str(path))
        if reranker.calibration != calibration:
            raise ArtifactError(
                f"{path} was fitted on other towers",
                expected=f"calibration {asdict(calibration)}",
                got=str(asdict(reranker.calibration)),
                fix=FIX,
            )
        return reranker


def parse_reranker(content: bytes, named: str = RERANKER) -> Reranker:
    """The reranker of a file's content; raises ArtifactError when this version cannot use it."""
    try:
        document: dict[str, Any] = orjson.loads(content)
    except orjson.JSONDecodeError as cause:
        raise ArtifactError(f"{named} is damaged", expected="JSON", fix=FIX) from cause
    got = (document.get("format_version"), tuple(document.get("features", ())))
    if got != (RERANKER_FORMAT_VERSION, FEATURE_NAMES):
        raise ArtifactError(
            f"{named} is of another version",
            expected=f"format_version {RERANKER_FORMAT_VERSION} over {', '.join(FEATURE_NAMES)}",
            got=f"{got[0]} over {', '.join(got[1])}",
            fix=FIX,
        )
    digest = hashlib.sha256(content).hexdigest()[:8]
    try:
        model = _linear(document["linear"]) if "linear" in document else _trees(document["trees"])
        link, base = Link(document["link"]), float(document["base"])
        return Reranker(f"{document['family']}-{digest}", model, link, base, Calibration(**document["calibration"]))
    except (KeyError, TypeError, ValueError) as cause:
        raise ArtifactError(f"{named} is damaged", got=str(cause), fix=FIX) from cause


def _linear(arrays: dict[str, list[float]]) -> LinearModel:
    weights, reference = (np.array(arrays[name], dtype=np.float64) for name in ("weights", "reference"))
    if weights.shape != (len(FEATURE_NAMES),) or reference.shape != weights.shape:
        raise ValueError(f"{weights.size} weights and {reference.size} reference values")
    return LinearModel(weights, reference)


def _trees(arrays: dict[str, list[float]]) -> TreeModel:
    feature, left, right, roots = (
        np.array(arrays[name], dtype=np.int64) for name in ("feature", "left", "right", "roots")
    )
    threshold, value = (np.array(arrays[name], dtype=np.float64) for name in ("threshold", "value"))
    count = len(feature)
    nodes = np.arange(count)
    lengths = {len(array) for array in (threshold, left, right, value)}
    # Children stand after their parents, so that every walk ends.
    forward = np.where(left == right, left == nodes, (left > nodes) & (right > nodes))
    inside = all((array >= 0).all() and (array < count).all() for array in (left, right, roots))
    if lengths != {count} or not forward.all() or not inside or not (feature < len(FEATURE_NAMES)).all():
        raise ValueError("trees whose nodes do not fit together")
    return TreeModel(feature, threshold, left, right, value, roots)
