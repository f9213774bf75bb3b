"""A fitted reranker as the JSON that `engine.reranking.model` opens: no pickle, nothing of scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

from engine.arrays import Doubles
from engine.artifacts import seal_folder, write_atomically
from engine.encoder.encoder import MODEL_MANIFEST
from engine.relevance import Calibration
from engine.reranking.features import FEATURE_NAMES, NOTHING_KNOWN
from engine.reranking.model import RERANKER, RERANKER_FORMAT_VERSION, Link, parse_reranker
from training.reranking.fitting import Estimator, Sample, SignedLogisticRegression

Arrays = dict[str, NDArray[Any]]
UNKNOWN = "unknown"
DIGITS = 9  # of what is for reading: the reference candidate


def reranker_document(
    estimator: Estimator, family: str, sample: Sample, calibration: Calibration, provenance: Mapping[str, Any]
) -> bytes:
    """The content of `reranker.json`.

    Args:
        estimator: the fitted model; its name is `family`. sample: what it was fitted on.
        calibration: of the towers that relevance comes from. provenance: recorded as it is.
    """
    reference = reference_candidate(sample)
    document: dict[str, Any] = {
        "format_version": RERANKER_FORMAT_VERSION,
        "family": family,
        "features": FEATURE_NAMES,
        "calibration": asdict(calibration),
    }
    if isinstance(estimator, SignedLogisticRegression):
        base = estimator.intercept + float(reference @ estimator.weights)
        document |= {"link": Link.LOGISTIC, "base": base}
        document["linear"] = {"weights": estimator.weights, "reference": reference}
    elif isinstance(estimator, RandomForestClassifier):
        trees = _joined([_forest_tree(member.tree_, len(estimator.estimators_)) for member in estimator.estimators_])
        document |= {"link": Link.IDENTITY, "base": _sum_of_roots(trees), "trees": trees}
    else:
        assert isinstance(estimator, HistGradientBoostingClassifier)
        rate = estimator.learning_rate
        trees = _joined([_boosted_tree(stage[0].nodes, rate) for stage in estimator._predictors])
        start = float(np.ravel(estimator._baseline_prediction)[0])
        document |= {"link": Link.LOGISTIC, "base": start + _sum_of_roots(trees), "trees": trees}
    document["provenance"] = dict(provenance)
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)


def reference_candidate(sample: Sample) -> Doubles:
    """The candidate `[features]` that contributions are told beside: of mean relevance, and nothing else known, so that
    what is not known adds nothing."""
    reference = np.array([NOTHING_KNOWN.get(name, 0.0) for name in FEATURE_NAMES])
    relevance = FEATURE_NAMES.index("relevance_log_odds")
    reference[relevance] = np.round(np.average(sample.features[:, relevance], weights=sample.weights), DIGITS)
    return reference


def _joined(trees: Sequence[Arrays]) -> Arrays:
    """Trees laid end to end, their children counted from the first tree's root."""
    starts = np.cumsum([0, *(len(tree["feature"]) for tree in trees)])
    shifted = [
        tree | {"left": tree["left"] + start, "right": tree["right"] + start}
        for tree, start in zip(trees, starts, strict=False)
    ]
    return {name: np.concatenate([tree[name] for tree in shifted]) for name in shifted[0]} | {"roots": starts[:-1]}


def _sum_of_roots(trees: Arrays) -> float:
    return float(trees["value"][trees["roots"]].sum())


def _forest_tree(tree: Any, count: int) -> Arrays:
    """A member of a forest of `count`: its leaves hold shares of matches, and the forest's score is their mean."""
    is_leaf = tree.children_left < 0
    shares = tree.value[:, 0, 1] / tree.value[:, 0, :].sum(axis=1)
    return _tree(is_leaf, tree.feature, tree.threshold, tree.children_left, tree.children_right, shares / count)


def _boosted_tree(nodes: NDArray[Any], learning_rate: float) -> Arrays:
    """A stage of a boosted ensemble: its leaves hold changes of the log-odds, the nodes above not yet shrunk ones."""
    is_leaf = nodes["is_leaf"].astype(np.bool_)
    feature, threshold, left, right = (nodes[name] for name in ("feature_idx", "num_threshold", "left", "right"))
    value = np.where(is_leaf, nodes["value"], nodes["value"] * learning_rate)
    return _tree(is_leaf, feature, threshold, left, right, value)


def _tree(
    is_leaf: NDArray[np.bool_],
    feature: NDArray[Any],
    threshold: NDArray[Any],
    left: NDArray[Any],
    right: NDArray[Any],
    value: NDArray[Any],
) -> Arrays:
    """One tree, `[nodes]` each; a leaf leads to itself."""
    itself = np.arange(len(is_leaf))
    return {
        "feature": np.where(is_leaf, 0, feature).astype(np.int64),
        "threshold": np.where(is_leaf, 0.0, threshold).astype(np.float64),
        "left": np.where(is_leaf, itself, left).astype(np.int64),
        "right": np.where(is_leaf, itself, right).astype(np.int64),
        "value": np.asarray(value, dtype=np.float64),
    }


def add_reranker(model: Path, content: bytes) -> None:
    """Put a reranker into a model folder; killed half-way it leaves the model without one, never a damaged one."""
    manifest = orjson.loads((model / MODEL_MANIFEST).read_bytes())
    sealed = manifest.pop("files")
    if sealed.pop(RERANKER, None) is not None:
        write_atomically(model / MODEL_MANIFEST, orjson.dumps(manifest | {"files": sealed}, option=orjson.OPT_INDENT_2))
    write_atomically(model / RERANKER, content)
    seal_folder(model, MODEL_MANIFEST, manifest)


def reranker_data(model: Path) -> dict[str, str] | None:
    """The name and the version of the data that the reranker of a model folder was fitted on; None without one."""
    path = model / RERANKER
    if not path.is_file():
        return None
    data: Mapping[str, str] = orjson.loads(path.read_bytes())["provenance"].get("data", {})
    return {name: str(data.get(name, UNKNOWN)) for name in ("name", "version")}


def copy_reranker(run: Path, model: Path, calibration: Calibration, say: Callable[[str], object]) -> bool:
    """Put the reranker of a run's folder into its model, unless there is none or it was fitted on other towers."""
    path = run / RERANKER
    if not path.is_file():
        say("no reranker was fitted on these towers: the formula scores until you run chamba train-reranker")
        return False
    content = path.read_bytes()
    if parse_reranker(content, str(path)).calibration != calibration:
        say(f"{path} belongs to other towers and is left out; fit one for these: chamba train-reranker")
        return False
    add_reranker(model, content)
    return True
