"""Fitting on a world with events: it learns from them too, tells with what weights, and what it saves comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.encoder.texts import seeker_text
from sample.world import SAMPLE_NOW, World
from store.matching.events import Event, EventKind
from store.records.records import Records
from tests.databases import NewDatabaseUrl
from tests.training.simulated_events import simulated_events
from tests.training.snapshot_parts import store_of, tell_events
from training.data.datasets import PlacementSet, from_records, split_by_time
from training.data.interest import LabelWeights, no_interest
from training.encoders.sources import load_encoder
from training.snapshots.snapshots import read_snapshot
from training.snapshots.taking import take_snapshot
from training.towers.features import Features
from training.towers.fit import fit
from training.towers.fit_config import FitConfig, FittedTowers
from training.towers.held_out import tower_vectors
from training.towers.model import TwoTowers
from training.towers.pair_batches import PairBatches
from training.towers.runs import load_towers, save_run

CONFIG = FitConfig(epochs=6, batch_pairs=16, learning_rate=5e-3, max_tokens=64, tuned_weight=1.0, seed=3)
CLICKED, WIDTH = 3, 96


@pytest.fixture(scope="module")
def onlooker(tiny_world: World) -> str:
    """Somebody of whom nothing but clicks will be known."""
    placed = {one.seeker_id for one in tiny_world.placements}
    return next(one.seeker_id for one in tiny_world.seekers if one.seeker_id not in placed)


@pytest.fixture(scope="module")
def records(tiny_world: World, onlooker: str, new_module_database_url: NewDatabaseUrl) -> Records:
    records = store_of(tiny_world, new_module_database_url())
    clicked = [job.job_id for job in tiny_world.jobs[:CLICKED]]
    long_ago = SAMPLE_NOW - timedelta(days=500)
    own = [Event(f"own {one}", EventKind.CLICK, onlooker, one, None, 1, long_ago) for one in clicked]
    others = (one for one in simulated_events(3, 90, 60) if one.seeker_id != onlooker)
    tell_events(records, [*own, *others])
    return records


@pytest.fixture(scope="module")
def placements(records: Records) -> PlacementSet:
    return from_records(records)


def fitted_with(placements: PlacementSet, encoder: Path, cache: Path, config: FitConfig = CONFIG) -> FittedTowers:
    return fit(placements, load_encoder(f"hf:{encoder}"), config, cache)


def cosines(placements: PlacementSet) -> NDArray[np.float32]:
    """Of every person and job by heads fitted on texts of which each says something of its own, `[people, jobs]`."""
    random = np.random.default_rng(1)
    sides = (random.normal(size=(len(texts), WIDTH)) for texts in (placements.seeker_texts, placements.job_texts))
    features = Features(*(side.astype(np.float32) for side in sides))
    batches = PairBatches(placements, split_by_time(placements).train, features, 16, seed=1)
    towers = TwoTowers(WIDTH)
    towers.compile(optimizer=keras.optimizers.Adam(1e-2))
    for epoch in range(12):
        batches.start_epoch(epoch)
        towers.fit(batches, epochs=1, verbose=0, shuffle=False)
    seekers, jobs = tower_vectors(towers, features)
    return seekers @ jobs.T


def test_somebody_who_only_clicked_is_learned_from(placements: PlacementSet, tiny_world: World, onlooker: str) -> None:
    words = next(seeker_text(one) for one in tiny_world.seekers if one.seeker_id == onlooker)
    row = placements.seeker_texts.index(words)
    jobs = placements.interest.jobs[placements.interest.seekers == row]
    assert len(jobs) == CLICKED
    assert not (placements.seekers == row).any()
    with_events = cosines(placements)[row]
    without = cosines(replace(placements, interest=no_interest()))[row]
    assert (with_events[jobs] > without[jobs] + 0.1).all()


def test_a_run_tells_what_clicks_weighed_and_comes_back(
    placements: PlacementSet, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    config = replace(CONFIG, labels=LabelWeights(application=0.7, click=0.4))
    fitted = fitted_with(placements, tiny_hugging_face, tmp_path, config)
    assert [entry["loss"] for entry in fitted.history][-1] < fitted.history[1]["loss"]
    fitted.cosines = {"unrelated_cosine": 0.1, "placed_cosine": 0.9}  # so few epochs may not tell pairs apart
    folder = save_run(fitted, placements, f"hf:{tiny_hugging_face}", tmp_path / "runs")
    _, towers, _, document = load_towers(folder)
    assert document["config"]["labels"] == asdict(config.labels) == {"application": 0.7, "click": 0.4}
    for got, expected in zip(towers.seeker_head.get_weights(), fitted.towers.seeker_head.get_weights(), strict=True):
        np.testing.assert_array_equal(got, expected)


def test_a_killed_run_goes_on_only_with_the_events_it_began_with(
    placements: PlacementSet, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    config, shown = replace(CONFIG, epochs=2), list[float]()

    def stop(entry: dict[str, float]) -> None:
        raise KeyboardInterrupt(str(entry))

    def fitted(data: PlacementSet, on_epoch: Callable[[dict[str, float]], object]) -> None:
        fit(data, load_encoder(f"hf:{tiny_hugging_face}"), config, tmp_path, on_epoch)

    with pytest.raises(KeyboardInterrupt):
        fitted(placements, stop)
    for data in (replace(placements, interest=no_interest()), placements):
        fitted(data, lambda entry: shown.append(entry["epoch"]))
    assert shown == [1, 2, 2]


def test_what_is_judged_does_not_depend_on_events(records: Records, placements: PlacementSet, tmp_path: Path) -> None:
    bare = replace(placements, interest=no_interest())
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=SAMPLE_NOW)
    for one in (bare, read_snapshot(snapshot.folder)):
        for got, expected in zip(
            asdict(split_by_time(one)).values(), asdict(split_by_time(placements)).values(), strict=True
        ):
            assert got.tolist() == expected.tolist()
