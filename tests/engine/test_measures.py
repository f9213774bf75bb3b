"""Relevance measures against worked examples and their bounds."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.measures import (
    congestion,
    congestion_at_k,
    coverage_at_k,
    exposure_at_k,
    exposure_gini_at_k,
    gini,
    mean_average_precision,
    mean_reciprocal_rank,
    ndcg,
    ndcg_at_k,
    recall_at_k,
    recall_by_group,
)

RANKINGS, RELEVANT = [[3, 1, 2, 0], [0, 1, 2, 3]], [frozenset({1, 2}), frozenset({3})]


def test_worked_example() -> None:
    assert recall_at_k(RANKINGS, RELEVANT, 2) == pytest.approx((0.5 + 0) / 2)
    assert mean_reciprocal_rank(RANKINGS, RELEVANT) == pytest.approx((1 / 2 + 1 / 4) / 2)
    ideal = 1 + 1 / math.log2(3)
    found = 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at_k(RANKINGS, RELEVANT, 3) == pytest.approx((found / ideal + 0) / 2)


def test_queries_without_relevant_items_do_not_count() -> None:
    assert recall_at_k([*RANKINGS, [0]], [*RELEVANT, frozenset()], 4) == 1
    assert math.isnan(recall_at_k([[0]], [frozenset()], 1))


@given(st.permutations(range(8)), st.sets(st.integers(0, 7), min_size=1), st.integers(1, 8))
def test_measures_stay_between_none_and_all(ranking: list[int], wanted: set[int], k: int) -> None:
    relevant = [frozenset(wanted)]
    for value in (recall_at_k([ranking], relevant, k), ndcg_at_k([ranking], relevant, k)):
        assert 0 <= value <= 1 + 1e-9
    best = sorted(wanted) + sorted(set(range(8)) - wanted)
    assert ndcg_at_k([best], relevant, k) == pytest.approx(1)
    assert mean_reciprocal_rank([best], relevant) == 1


def test_average_precision_of_a_worked_example() -> None:
    # Relevant at ranks 2 and 3 of the first; at rank 4 of the second.
    assert mean_average_precision(RANKINGS, RELEVANT) == pytest.approx(((1 / 2 + 2 / 3) / 2 + 1 / 4) / 2)
    assert mean_average_precision([[0, 1]], [frozenset({1, 5})]) == pytest.approx((1 / 2) / 2)


@given(st.permutations(range(8)), st.sets(st.integers(0, 9), min_size=1))
def test_average_precision_is_the_precision_at_each_relevant_rank(ranking: list[int], wanted: set[int]) -> None:
    relevant_ranks = [rank for rank, item in enumerate(ranking, 1) if item in wanted]
    precisions = [len([item for item in ranking[:rank] if item in wanted]) / rank for rank in relevant_ranks]
    assert mean_average_precision([ranking], [frozenset(wanted)]) == pytest.approx(sum(precisions) / len(wanted))


def test_recall_is_told_by_group() -> None:
    rankings = [[0, 1], [1, 0], [0, 1], [0, 1]]
    relevant = [frozenset({0}), frozenset({0}), frozenset({0}), frozenset[int]()]
    assert recall_by_group(rankings, relevant, ["es", "es", "en", "qu"], 1) == {"es": 0.5, "en": 1.0}


CATALOGUE = 5
SHOWN = st.lists(st.permutations(range(CATALOGUE)), min_size=1, max_size=7)


@given(SHOWN, st.integers(1, CATALOGUE))
def test_exposure_against_slow_definitions(rankings: list[list[int]], k: int) -> None:
    shown = [sum(item in ranking[:k] for ranking in rankings) for item in range(CATALOGUE)]
    assert coverage_at_k(rankings, CATALOGUE, k) == sum(count > 0 for count in shown) / CATALOGUE
    differences = sum(abs(one - other) for one, other in product(shown, shown))
    expected = differences / (2 * CATALOGUE * sum(shown))
    assert exposure_gini_at_k(rankings, CATALOGUE, k) == pytest.approx(expected)
    assert gini(np.array(shown)) == pytest.approx(expected)


@given(SHOWN, st.lists(st.integers(1, 4), min_size=CATALOGUE, max_size=CATALOGUE), st.integers(1, CATALOGUE))
def test_congestion_is_the_crowd_a_person_meets(rankings: list[list[int]], openings: list[int], k: int) -> None:
    met = [
        sum(item in other[:k] for other in rankings) / openings[item] for ranking in rankings for item in ranking[:k]
    ]
    assert congestion_at_k(rankings, openings, k) == pytest.approx(sum(met) / len(met))
    sent = exposure_at_k(rankings, CATALOGUE, k)
    assert congestion(sent, np.array(openings)) == pytest.approx(sum(met) / len(met))


def test_everybody_sent_to_one_vacancy_is_worse_than_spread_out() -> None:
    crowd, spread = [[0, 1]] * 4, [[0, 1], [1, 0], [2, 0], [3, 0]]
    assert congestion_at_k(crowd, [1] * 4, 1) == 4
    assert congestion_at_k(spread, [1] * 4, 1) == 1
    assert congestion_at_k(crowd, [2] * 4, 1) == 2
    assert exposure_gini_at_k(spread, 4, 1) == pytest.approx(0)
    assert exposure_gini_at_k(crowd, 4, 1) == pytest.approx(3 / 4)


@given(st.lists(st.integers(0, 4), max_size=12), st.lists(st.integers(1, 4), min_size=1, max_size=6), st.integers(1, 9))
def test_graded_gain_against_a_slow_definition(gains: list[int], relevant: list[int], k: int) -> None:
    def gained(grades: list[int]) -> float:
        return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades[:k], 1))

    expected = gained(gains) / gained(sorted(relevant, reverse=True))
    assert ndcg(gains, relevant, k) == pytest.approx(expected)


def test_nobody_asked_shows_nothing() -> None:
    assert gini(np.zeros(4, dtype=np.int64)) is None
    assert congestion(np.zeros(4, dtype=np.int64), np.ones(4, dtype=np.int64)) is None
    assert coverage_at_k([], 4, 10) == 0
    assert exposure_gini_at_k([], 4, 10) == 0
    assert math.isnan(congestion_at_k([], [1] * 4, 10))
