"""The gate: what is the same never passes, what is plainly better does, and no language or vacancy pays for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.errors import InvalidInputError
from training.bootstrap import bootstrap_means, interval_95
from training.release.evaluation import Evaluation
from training.release.gate import GateConfig, run_gate

FEW = GateConfig(resamples=300)


def evaluation(
    recall: Sequence[float] | NDArray[np.float64], languages: Sequence[str] | None = None, congestion: float = 3.0
) -> Evaluation:
    """An evaluation with these recalls, by default all of Spanish queries."""
    measured = np.asarray(recall, dtype=np.float64)
    return Evaluation(
        model_id="0" * 16,
        data_version="v1",
        seekers=np.arange(len(measured)),
        languages=list(languages or ["es"] * len(measured)),
        recall_at_10=measured,
        ndcg_at_10=measured,
        congestion_at_10=congestion,
        coverage_at_10=0.5,
        exposure_gini_at_10=0.5,
    )


recalls = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=2, max_size=80)


@given(recalls, st.integers(0, 2**32 - 1))
def test_a_model_never_beats_itself(recall: list[float], seed: int) -> None:
    report = run_gate(evaluation(recall), evaluation(recall), replace(FEW, seed=seed))
    assert not report.passed
    assert "recall_at_10" in report.reason


@given(recalls, st.integers(0, 2**32 - 1))
def test_whoever_passes_would_not_pass_the_other_way_round(recall: list[float], seed: int) -> None:
    random = np.random.default_rng(seed)
    one, other = evaluation(recall), evaluation(random.permutation(recall))
    config = replace(FEW, seed=seed)
    assert not (run_gate(one, other, config).passed and run_gate(other, one, config).passed)


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5]), min_size=2, max_size=80), st.floats(0.01, 0.5))
def test_better_for_everybody_passes(recall: list[float], gain: float) -> None:
    assert run_gate(evaluation(recall), evaluation(np.array(recall) + gain), FEW).passed


def test_better_for_one_of_many_is_chance() -> None:
    champion = np.zeros(200)
    challenger = champion.copy()
    challenger[0] = 1.0
    assert not run_gate(evaluation(champion), evaluation(challenger)).passed


@given(recalls, recalls, st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_report(old: list[float], new: list[float], seed: int) -> None:
    size = min(len(old), len(new))
    config = replace(FEW, seed=seed)
    first = run_gate(evaluation(old[:size]), evaluation(new[:size]), config)
    assert first == run_gate(evaluation(old[:size]), evaluation(new[:size]), config)


def test_another_seed_draws_others() -> None:
    differences = np.random.default_rng(1).normal(size=50)
    assert not np.array_equal(bootstrap_means(differences, 50, 1), bootstrap_means(differences, 50, 2))


def test_the_interval_is_that_of_the_normal_approximation() -> None:
    differences = np.random.default_rng(2).normal(0.1, 1.0, 2000)
    low, high = interval_95(bootstrap_means(differences, 2000, 0))
    deviation = differences.std() / np.sqrt(len(differences))
    assert low == pytest.approx(differences.mean() - 1.96 * deviation, abs=0.01)
    assert high == pytest.approx(differences.mean() + 1.96 * deviation, abs=0.01)


def test_a_language_that_loses_stands_in_the_way_of_one_that_gains() -> None:
    languages = ["es"] * 300 + ["en"] * 60
    champion = np.full(360, 0.4)
    challenger = np.concatenate([np.full(300, 0.6), np.full(60, 0.3)])
    report = run_gate(evaluation(champion, languages), evaluation(challenger, languages))
    assert not report.passed
    assert "recall@10 in en" in report.reason
    assert "recall@10 in es" not in report.reason


def test_a_small_sure_loss_stands_in_the_way_and_so_does_a_large_unsure_one() -> None:
    random = np.random.default_rng(3)
    languages = ["es"] * 400 + ["en"] * 40
    gain = np.full(400, 0.2)
    sure = np.full(40, -0.005)
    unsure = random.permutation(np.repeat([1.0, -1.0, 0.0], [9, 11, 20])) * 0.5
    for change in (sure, unsure):
        champion = np.full(440, 0.5)
        challenger = champion + np.concatenate([gain, change])
        report = run_gate(evaluation(champion, languages), evaluation(challenger, languages))
        assert "recall@10 in en" in report.reason


def test_a_language_of_few_people_is_shown_and_not_judged() -> None:
    languages = ["es"] * 300 + ["qu"] * 5
    champion = np.full(305, 0.4)
    challenger = np.concatenate([np.full(300, 0.6), np.zeros(5)])
    report = run_gate(evaluation(champion, languages), evaluation(challenger, languages))
    assert report.passed
    assert "recall_at_10 in qu" in report.table()
    assert "not judged" in report.table()


@pytest.mark.parametrize(("congestion", "passes"), [(3.0, True), (3.1, True), (4.0, False)])
def test_more_people_at_the_same_vacancy_is_refused(congestion: float, passes: bool) -> None:
    report = run_gate(evaluation(np.full(50, 0.2)), evaluation(np.full(50, 0.4), congestion=congestion))
    assert report.passed is passes
    assert ("congestion" in report.reason) is not passes


def test_without_a_champion_there_is_nothing_to_beat() -> None:
    assert run_gate(None, evaluation([0.0, 0.1])).passed


def test_models_judged_on_different_data_cannot_be_compared() -> None:
    one = evaluation([0.5, 0.5])
    with pytest.raises(InvalidInputError, match="one snapshot"):
        run_gate(one, replace(one, data_version="v2"))
    with pytest.raises(InvalidInputError, match="one snapshot"):
        run_gate(one, replace(one, seekers=np.array([3, 4])))
