"""Fitting on the tiny world: it learns, it is reproducible, and what it saves comes back."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
import pytest

from engine.encoder.texts import job_text, seeker_text
from engine.errors import ArtifactError, InvalidInputError
from engine.placements import Placement
from sample.world import World
from store.database import database_url, migrate, open_database
from store.records.records import Records
from tests.databases import NewDatabaseUrl
from tests.training.snapshot_parts import store_of
from training.data.datasets import PlacementSet, from_records, split_by_time
from training.encoders.sources import RUN, load_encoder
from training.towers.features import Features
from training.towers.fit import fit
from training.towers.fit_config import FitConfig, FittedTowers
from training.towers.pair_batches import PairBatches
from training.towers.runs import load_towers, save_run

CONFIG = FitConfig(epochs=6, batch_pairs=16, learning_rate=5e-3, max_tokens=64, seed=3)


@pytest.fixture(scope="module")
def records(tiny_world: World, new_module_database_url: NewDatabaseUrl) -> Records:
    return store_of(tiny_world, new_module_database_url())


@pytest.fixture(scope="module")
def placements(tiny_world: World, tmp_path_factory: pytest.TempPathFactory) -> PlacementSet:
    """Of a SQLite file, whatever database is tested: what is fitted does not change with it."""
    url = database_url(tmp_path_factory.mktemp("store"))
    database = open_database(url)
    migrate(database)
    database.dispose()
    return from_records(store_of(tiny_world, url))


@pytest.fixture(scope="module")
def fitted(placements: PlacementSet, tiny_hugging_face: Path, tmp_path_factory: pytest.TempPathFactory) -> FittedTowers:
    return fit(placements, load_encoder(f"hf:{tiny_hugging_face}"), CONFIG, tmp_path_factory.mktemp("cache"))


def test_the_store_gives_every_outcome_with_its_texts(records: Records, tiny_world: World) -> None:
    placements = from_records(records)
    expected = sorted(
        (seeker_text(seeker), job_text(job), placement.grade)
        for placement in tiny_world.placements
        for seeker in tiny_world.seekers
        for job in tiny_world.jobs
        if (seeker.seeker_id, job.job_id) == (placement.seeker_id, placement.job_id)
    )
    found = sorted(
        (placements.seeker_texts[seeker], placements.job_texts[job], int(grade))
        for seeker, job, grade in zip(placements.seekers, placements.jobs, placements.grades, strict=True)
    )
    assert found == expected


def test_an_outcome_of_an_unknown_person_is_left_out(records: Records, placements: PlacementSet) -> None:
    known = next(records.iter_placements())
    records.add_placements([Placement("nobody", known.job_id, known.placed_at)])
    assert len(from_records(records).grades) == len(placements.grades)


def test_no_test_outcome_is_older_than_one_that_was_trained_on(placements: PlacementSet) -> None:
    split = split_by_time(placements)
    times = placements.times
    assert times[split.train].max() <= times[split.validation].min()
    assert times[split.validation].max() <= times[split.test].min()
    assert (placements.grades[np.concatenate([split.train, split.validation, split.test])] >= 2).all()


def test_too_few_placements_are_refused(placements: PlacementSet) -> None:
    few = replace(placements, grades=np.where(np.arange(len(placements.grades)) < 5, 4, 0))
    with pytest.raises(InvalidInputError, match="chamba sample"):
        split_by_time(few)


def test_known_matches_and_applications_are_never_negatives(placements: PlacementSet) -> None:
    split = split_by_time(placements)
    features = Features(np.zeros((len(placements.seeker_texts), 2)), np.zeros((len(placements.job_texts), 2)))
    matched = {(int(placements.seekers[row]), int(placements.jobs[row])) for row in split.train}
    last = placements.times[split.train].max()
    applied = np.flatnonzero(np.isin(placements.grades, (0, 1)) & (placements.times <= last))
    known = matched | {(int(placements.seekers[row]), int(placements.jobs[row])) for row in applied}
    assert len(known) > len(matched)
    batches = PairBatches(placements, split.train, features, 16, seed=1)
    for index in range(len(batches)):
        rows = batches._order[index * 16 : (index + 1) * 16]
        seekers, jobs = batches.pairs.seekers[rows].tolist(), batches.pairs.jobs[rows].tolist()
        is_negative = batches[index][0]["is_negative"]
        for i, seeker in enumerate(seekers):
            for j, job in enumerate(jobs):
                assert is_negative[i, j] == ((seeker, job) not in known)


@pytest.mark.slow
def test_the_loss_falls_and_every_epoch_reports(fitted: FittedTowers) -> None:
    losses = [entry["loss"] for entry in fitted.history[1:]]
    assert len(losses) == CONFIG.epochs
    assert losses[-1] < losses[0]
    assert all(0 <= entry["validation_recall_at_10"] <= 1 for entry in fitted.history)
    assert math.isnan(fitted.history[0]["loss"])


def test_a_seed_reproduces_a_run(
    fitted: FittedTowers, placements: PlacementSet, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    again = fit(placements, load_encoder(f"hf:{tiny_hugging_face}"), CONFIG, tmp_path)
    assert [entry["validation_recall_at_10"] for entry in again.history] == [
        entry["validation_recall_at_10"] for entry in fitted.history
    ]
    for new, old in zip(again.towers.get_weights(), fitted.towers.get_weights(), strict=True):
        np.testing.assert_array_equal(new, old)


@pytest.mark.slow
@pytest.mark.parametrize("trained_blocks", [0, 1])
def test_a_saved_run_gives_back_the_same_towers(
    trained_blocks: int, placements: PlacementSet, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    source = f"hf:{tiny_hugging_face}"
    config = replace(CONFIG, trained_blocks=trained_blocks)
    fitted = fit(placements, load_encoder(source), config, tmp_path)
    fitted.cosines = {"unrelated_cosine": 0.1, "placed_cosine": 0.9}  # so few epochs may not tell pairs apart
    folder = save_run(fitted, placements, source, tmp_path / "runs")
    encoder, towers, _, document = load_towers(folder)
    tokens = np.array([[0, 9, 30, 41, 2]], np.int32)
    mask = np.ones_like(tokens)
    np.testing.assert_allclose(
        np.asarray(towers.job_head(encoder.body(tokens, mask))),
        np.asarray(fitted.towers.job_head(fitted.encoder.body(tokens, mask))),
        atol=1e-5,
    )
    assert document["calibration"] == fitted.cosines
    assert document["data"]["version"] == placements.version
    assert document["config"]["trained_blocks"] == trained_blocks
    assert document["metrics"].keys() >= {"test_recall_at_10", "validation_recall_at_10"}


def test_a_run_that_learnt_nothing_is_kept_and_refused_at_export(
    fitted: FittedTowers, placements: PlacementSet, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    useless = replace(fitted, cosines={"unrelated_cosine": 0.9, "placed_cosine": 0.8})
    folder = save_run(useless, placements, f"hf:{tiny_hugging_face}", tmp_path)
    assert (folder / RUN).is_file()
    with pytest.raises(InvalidInputError, match="train again"):
        load_towers(folder)


def test_a_run_of_another_format_is_refused(fitted: FittedTowers, placements: PlacementSet, tmp_path: Path) -> None:
    folder = save_run(fitted, placements, "e5-small", tmp_path)
    document = orjson.loads((folder / RUN).read_bytes()) | {"format_version": 99}
    (folder / RUN).write_bytes(orjson.dumps(document))
    with pytest.raises(ArtifactError, match="99"):
        load_towers(folder)
