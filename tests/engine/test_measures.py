"""Relevance measures against worked examples and their bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.measures import mean_reciprocal_rank, ndcg_at_k, recall_at_k

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
