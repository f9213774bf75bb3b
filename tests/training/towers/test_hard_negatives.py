"""Hard negatives are near, never a known match, and rejections come from the training time alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.data.datasets import PlacementSet
from training.towers.features import Features
from training.towers.hard_negatives import MiningConfig, mine_near_misses, rejected_jobs
from training.towers.pair_batches import PairBatches


def placements_of(rows: list[tuple[int, int, int, str]], seekers: int, jobs: int) -> PlacementSet:
    """Rows of seeker, job, grade, day."""
    return PlacementSet(
        name="test",
        version="1",
        seeker_texts=[f"seeker {number}" for number in range(seekers)],
        job_texts=[f"job {number}" for number in range(jobs)],
        seekers=np.array([row[0] for row in rows]),
        jobs=np.array([row[1] for row in rows]),
        grades=np.array([row[2] for row in rows]),
        times=np.array([row[3] for row in rows], dtype="datetime64[D]"),
        positive_grade=1,
    )


@given(st.integers(0, 10_000))
def test_near_misses_are_the_nearest_jobs_that_are_not_known(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = [(int(s), int(j), 1, "2021-01-01") for s, j in random.integers(0, (6, 12), (15, 2))]
    placements = placements_of(rows, 6, 14)
    seekers, jobs = random.normal(size=(6, 4)).astype(np.float32), random.normal(size=(14, 4)).astype(np.float32)
    config = MiningConfig(skipped=2, depth=4)
    mined = mine_near_misses(seekers, jobs, placements, np.arange(15), config)
    pool = sorted({job for _, job, _, _ in rows})
    for seeker in range(6):
        if seeker not in {row[0] for row in rows}:
            assert (mined[seeker] == -1).all()
            continue
        ranked = sorted(pool, key=lambda job: -float(seekers[seeker] @ jobs[job]))[2:6]
        own = {row[1] for row in rows if row[0] == seeker}
        assert {int(job) for job in mined[seeker]} - {-1} == set(ranked) - own


def test_rejections_after_training_and_of_matched_jobs_are_left_out() -> None:
    placements = placements_of(
        [
            (0, 0, 2, "2021-01-05"),
            (0, 1, -1, "2021-01-02"),
            (0, 2, -1, "2021-01-04"),
            (0, 0, -1, "2021-01-01"),  # matched with it later
            (0, 3, -1, "2021-01-09"),  # not known yet when training ends
            (1, 1, 0, "2021-01-01"),  # a prospect is no rejection
        ],
        2,
        4,
    )
    assert rejected_jobs(placements, np.array([0]), 3).tolist() == [[2, 1, -1], [-1, -1, -1]]
    assert rejected_jobs(placements, np.array([0]), 1).tolist() == [[2], [-1]]


@pytest.fixture
def batches() -> PairBatches:
    rows = [(seeker, seeker, 1 + seeker % 4, "2021-01-05") for seeker in range(8)]
    rows += [(seeker, 8, -1, "2021-01-04") for seeker in range(4)]
    placements = placements_of(rows, 8, 9)
    features = Features(np.eye(8, dtype=np.float32), np.eye(9, 8, dtype=np.float32) + np.arange(9)[:, None])
    return PairBatches(placements, np.arange(8), features, 4, seed=1, rejections=1, mined=2)


def test_a_batch_carries_rejections_and_near_misses_with_padding_marked(batches: PairBatches) -> None:
    inputs, _, weights = batches[0]
    assert inputs["hard_jobs"].shape == (4, 3, 8)
    assert not inputs["is_hard_negative"][:, 1:].any()  # nothing mined yet
    batches.near_misses = np.full((8, 5), 7)
    batches.start_epoch(1)
    seen = 0
    for index in range(len(batches)):
        inputs, _, weights = batches[index]
        for pair, seeker in enumerate(inputs["seeker"].argmax(axis=1)):
            assert inputs["is_hard_negative"][pair].tolist() == [bool(seeker < 4), True, True]
            assert inputs["hard_jobs"][pair, 1:, 0].astype(int).tolist() == [7, 7]
            assert weights[pair] == 1 + seeker % 4
            if seeker < 4:
                assert int(inputs["hard_jobs"][pair, 0, 0]) == 8
            seen += 1
    assert seen == 8


def test_an_epoch_draws_the_same_however_it_was_reached(batches: PairBatches) -> None:
    batches.near_misses = np.arange(40).reshape(8, 5) % 9
    batches.start_epoch(3)
    straight = [batches[index][0] for index in range(len(batches))]
    for epoch in (1, 2, 3):
        batches.start_epoch(epoch)
    for index, expected in enumerate(straight):
        for name, value in batches[index][0].items():
            np.testing.assert_array_equal(value, expected[name])


def test_a_split_without_rejections_gives_no_extra_columns() -> None:
    placements = placements_of([(seeker, seeker, 1, "2021-01-05") for seeker in range(8)], 8, 8)
    features = Features(np.eye(8, dtype=np.float32), np.eye(8, dtype=np.float32))
    plain = PairBatches(replace(placements), np.arange(8), features, 4, seed=1)
    assert "hard_jobs" not in plain[0][0]
