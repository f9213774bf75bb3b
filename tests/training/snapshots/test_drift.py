"""Drift measures against slow oracles, and what they say of samples whose difference is known."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample.world import World, generate_world
from tests.databases import NewDatabaseUrl
from tests.training.snapshot_parts import store_of
from training.snapshots.checks import CheckResult
from training.snapshots.drift import (
    area_under_curve,
    chance_area,
    chance_stability,
    stability_terms,
    two_sample_scores,
    word_vectors,
)
from training.snapshots.drift_checks import drift_checks
from training.snapshots.taking import take_snapshot

NOW = datetime(2026, 7, 1, tzinfo=UTC)
counts = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=12)


@given(counts)
def test_population_stability_is_the_sum_of_its_definition(pairs: list[tuple[int, int]]) -> None:
    before, now = [one for one, _ in pairs], [other for _, other in pairs]
    index = 0.0
    for one, other in pairs:
        share_before = (one + 0.5) / (sum(before) + 0.5 * len(pairs))
        share_now = (other + 0.5) / (sum(now) + 0.5 * len(pairs))
        index += (share_now - share_before) * math.log(share_now / share_before)
    assert stability_terms(np.array(before), np.array(now)).sum() == pytest.approx(index)
    assert index >= -1e-12


def test_the_textbook_index() -> None:
    """Shares of 40, 30, 20, 10% become 30, 30, 25, 15%: 0.0288 + 0 + 0.0112 + 0.0203."""
    before, now = np.array([40, 30, 20, 10]) * 10**6, np.array([30, 30, 25, 15]) * 10**6
    assert stability_terms(before, now).sum() == pytest.approx(0.0602, abs=1e-4)


def test_chance_is_the_quantile_of_chi_square() -> None:
    """The 0.999 quantile of chi-square with 9 and 4 degrees of freedom is 27.88 and 18.47 in any table."""
    assert chance_stability(10, 1000, 1000) == pytest.approx(27.88 * 2 / 1000, rel=1e-3)
    assert chance_stability(5, 200, 400) == pytest.approx(18.47 * (1 / 200 + 1 / 400), rel=1e-3)
    assert chance_stability(1, 10, 10) == 0


def test_chance_alone_hardly_ever_exceeds_it() -> None:
    random = np.random.default_rng(3)
    shares = np.array([0.3, 0.25, 0.2, 0.1, 0.1, 0.05])
    exceeded = sum(
        stability_terms(random.multinomial(80, shares), random.multinomial(120, shares)).sum()
        > chance_stability(6, 80, 120)
        for _ in range(2000)
    )
    assert exceeded <= 10


scores = st.lists(st.integers(0, 6), min_size=1, max_size=25)


@given(scores, scores)
def test_the_area_counts_pairs(before: list[int], now: list[int]) -> None:
    wins = sum(1.0 if high > low else 0.5 if high == low else 0.0 for low, high in product(before, now))
    area = area_under_curve(np.array(before, dtype=float), np.array(now, dtype=float))
    assert area == pytest.approx(wins / (len(before) * len(now)))


def area(
    before: np.ndarray[tuple[int, int], np.dtype[np.float32]], now: np.ndarray[tuple[int, int], np.dtype[np.float32]]
) -> float:
    groups = [str(row) for row in range(len(before) + len(now))]
    return area_under_curve(*two_sample_scores(before, now, groups))


def test_a_share_of_new_texts_shows_as_half_of_it_above_a_half() -> None:
    random = np.random.default_rng(7)

    def sample(new: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        vectors = random.normal(size=(400, 32))
        vectors[:new, 0] += 30
        return vectors.astype(np.float32)

    assert area(sample(0), sample(0)) < chance_area(400, 400)
    assert area(sample(0), sample(160)) == pytest.approx(0.7, abs=0.05)
    assert area(sample(0), sample(400)) > 0.99


def test_texts_that_both_samples_hold_tell_nothing_apart() -> None:
    texts = [f"aviso {number} de ventas" for number in range(100)]
    vectors = word_vectors(texts)
    assert area_under_curve(*two_sample_scores(vectors, vectors, texts * 2)) == pytest.approx(0.5)


def drifted(results: list[CheckResult]) -> set[str]:
    return {one.name for one in results if one.status.value == "failed"}


def folder_of(world: World, url: str, folder: Path) -> Path:
    return take_snapshot(store_of(world, url), folder / "snapshots", now=NOW)[0].folder


@pytest.fixture(scope="module")
def sound(tiny_world: World, new_module_database_url: NewDatabaseUrl, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tiny_world, new_module_database_url(), tmp_path_factory.mktemp("sound"))


def test_a_small_sample_of_the_same_world_is_no_drift(sound: Path, database_url: str, tmp_path: Path) -> None:
    other = folder_of(generate_world(seed=11, job_count=90, seeker_count=60), database_url, tmp_path)
    assert drifted(drift_checks(sound, other, None)) == set()
    assert drifted(drift_checks(sound, sound, None)) == set()


def test_a_column_that_moved_is_named_with_its_values(
    sound: Path, tiny_world: World, database_url: str, tmp_path: Path
) -> None:
    jobs = [replace(job, hours_per_week=60.0, country="BR", pay=None) for job in tiny_world.jobs]
    results = drift_checks(sound, folder_of(replace(tiny_world, jobs=jobs), database_url, tmp_path), None)
    assert drifted(results) == {"drift jobs.hours_per_week", "drift jobs.country", "drift jobs.pay_soles_month"}
    rows = {one.name: one.rows for one in results}
    assert {"value": "BR", "before": "0.0%", "now": "100.0%"} in rows["drift jobs.country"]
    assert "not stated" in {row["value"] for row in rows["drift jobs.pay_soles_month"]}


@pytest.mark.slow
@pytest.mark.sqlite_only("slow, and the same with any database")
@pytest.mark.parametrize("with_model", [False, True])
def test_texts_about_something_else_drift(
    with_model: bool, sound: Path, tiny_world: World, tiny_model: Path, database_url: str, tmp_path: Path
) -> None:
    jobs = [
        replace(
            job, title="Soldador naval", description="Soldadura TIG de cascos en el astillero del Callao", skills=()
        )
        for job in tiny_world.jobs
    ]
    jobs = [replace(job, description=f"{job.description}, turno {row}") for row, job in enumerate(jobs)]
    folder = folder_of(replace(tiny_world, jobs=jobs), database_url, tmp_path)
    found = {one.name: one for one in drift_checks(sound, folder, tiny_model if with_model else None)}
    assert found["drift jobs texts"].status.value == "failed"
    assert found["drift jobs texts"].rows[0]["id"].startswith("sample:job-")
    assert found["drift seekers texts"].status.value == "passed"
