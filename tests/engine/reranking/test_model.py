"""Reading `reranker.json`: what fits is used, what does not is refused with what to do."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.errors import ArtifactError
from engine.filtering.schedule_fit import schedule_fit
from engine.jobs import Job
from engine.relevance import Calibration
from engine.reranking.features import FEATURE_NAMES, RerankRequest, candidate_features
from engine.reranking.model import Reranker, parse_reranker
from engine.seekers import Availability
from engine.skills import seeker_words
from sample.world import SAMPLE_NOW, World

FLAT = [0.0] * len(FEATURE_NAMES)


def linear(**changes: Any) -> dict[str, Any]:
    return {
        "format_version": 2,
        "family": "logistic-regression",
        "features": list(FEATURE_NAMES),
        "calibration": {"unrelated_cosine": 0.2, "placed_cosine": 0.8},
        "link": "logistic",
        "base": 0.0,
        "linear": {"weights": FLAT, "reference": FLAT},
    } | changes


def stump(**changes: list[float]) -> dict[str, Any]:
    """A tree that asks for relevance, then for hours."""
    trees = {
        "feature": [0, 1, 0, 0, 0],
        "threshold": [0.0, 0.5, 0.0, 0.0, 0.0],
        "left": [2, 3, 2, 3, 4],
        "right": [1, 4, 2, 3, 4],
        "value": [0.4, 0.6, 0.1, 0.5, 0.8],
        "roots": [0],
    }
    document = linear(link="identity", base=0.4, trees=trees | changes)
    del document["linear"]
    return document


def read(document: dict[str, Any]) -> Reranker:
    return parse_reranker(json.dumps(document).encode())


def walked(document: dict[str, Any], features: list[float]) -> float:
    """The leaf that a candidate comes to, step by step."""
    trees, node = document["trees"], 0
    while trees["left"][node] != node:
        side = "left" if features[trees["feature"][node]] <= trees["threshold"][node] else "right"
        node = trees[side][node]
    return float(trees["value"][node])


@given(st.lists(st.lists(st.sampled_from([-1.0, 0.0, 0.5, 0.6]), min_size=12, max_size=12), max_size=8))
def test_trees_give_the_leaf_that_walking_finds(rows: list[list[float]]) -> None:
    scores = read(stump()).scores(np.array(rows, dtype=np.float64).reshape(-1, len(FEATURE_NAMES)))
    assert scores.tolist() == pytest.approx([walked(stump(), row) for row in rows])


@pytest.mark.parametrize("kind", ["linear", "trees"])
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 300))
def test_a_candidates_score_does_not_depend_on_who_is_beside_it(kind: str, seed: int, count: int) -> None:
    """To the last bit: answers are logged with exact scores, of people asked for alone and in batches."""
    random = np.random.default_rng(seed)
    weights = {name: random.normal(size=12).tolist() for name in ("weights", "reference")}
    trees = {
        "feature": random.integers(0, 12, 27).tolist(),
        "threshold": random.normal(size=27).tolist(),
        "left": [node + 1 if node % 3 == 0 else node for node in range(27)],
        "right": [node + 2 if node % 3 == 0 else node for node in range(27)],
        "value": random.normal(size=27).tolist(),
        "roots": list(range(0, 27, 3)),
    }
    reranker = read(linear(linear=weights) if kind == "linear" else stump(**trees) | {"link": "logistic"})
    features = random.normal(size=(12, count)).astype(np.float32).T
    together = reranker.model.sums(features).tolist()
    start, size = int(random.integers(0, count)), int(random.integers(1, 9))
    assert reranker.model.sums(features[start : start + size]).tolist() == together[start : start + size]
    assert reranker.model.sums(np.asfortranarray(features[start : start + 1])).tolist() == [together[start]]
    assert reranker.model.sums(np.ascontiguousarray(features)).tolist() == together
    scores = reranker.scores(features).tolist()
    assert reranker.scores(features[start : start + size]).tolist() == scores[start : start + size]


def test_a_tree_tells_which_feature_gave_what() -> None:
    row = np.zeros((1, len(FEATURE_NAMES)))
    row[0, :2] = 1
    told = read(stump()).model.contributions(row)[0]
    assert told[:2] == pytest.approx([0.2, 0.2])
    assert not told[2:].any()


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (linear(format_version=1), "another version"),
        (linear(features=["relevance"]), "another version"),
        (linear(linear={"weights": [1.0], "reference": [0.0]}), "damaged"),
        (linear(linear={"weights": FLAT}), "damaged"),
        (linear(link="magic"), "damaged"),
        (stump(left=[0, 3, 2, 3, 4]), "damaged"),  # a root below itself: walking would not end
        (stump(right=[1, 9, 2, 3, 4]), "damaged"),
        (stump(feature=[0, 77, 0, 0, 0]), "damaged"),
        (stump(value=[0.4]), "damaged"),
    ],
)
def test_what_this_version_cannot_use_is_refused(document: dict[str, Any], told: str) -> None:
    with pytest.raises(ArtifactError, match=f"{told}.*chamba train-reranker"):
        read(document)


RELEASED = Path(__file__).parents[3] / "training" / "released" / "reranker.json"


@pytest.mark.skipif(not RELEASED.is_file(), reason="these towers were released without a reranker")
@given(
    hours=st.integers(1, 60),
    more=st.integers(0, 40),
    cosine=st.floats(-1, 1, width=32),
    number=st.integers(0, 59),
)
def test_with_the_released_reranker_more_free_hours_never_lower_a_job(
    tiny_world: World, hours: int, more: int, cosine: float, number: int
) -> None:
    reranker = parse_reranker(RELEASED.read_bytes())
    catalogue = catalogue_of(tiny_world)
    rows = np.arange(len(catalogue))

    def scores(hours_per_week: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        free = Availability("America/Lima", (), hours_per_week)
        seeker = replace(tiny_world.seekers[number], availability=free, min_pay=None)
        hours = schedule_fit(catalogue, seeker, SAMPLE_NOW)
        cosines = np.full(len(rows), cosine, np.float32)
        request = RerankRequest((seeker,), rows, cosines, (hours,), SAMPLE_NOW, (seeker_words(seeker),))
        return reranker.scores(
            candidate_features(catalogue, catalogue.records[request.rows], reranker.calibration, request)
        )

    assert (scores(hours + more) >= scores(hours)).all()


@cache
def catalogue_of_jobs(*jobs: Job) -> Catalogue:
    return build_catalogue(jobs)


def catalogue_of(world: World) -> Catalogue:
    return catalogue_of_jobs(*world.jobs)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ArtifactError, match="damaged"):
        parse_reranker(b"weights")


def test_a_reranker_of_other_towers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reranker.json").write_text(json.dumps(linear()))
    assert Reranker.open(tmp_path, Calibration(0.2, 0.8)).name.startswith("logistic-regression-")
    with pytest.raises(ArtifactError, match="other towers"):
        Reranker.open(tmp_path, Calibration(0.2, 0.9))
