"""Estimates held against published figures, and against counting where nobody is censored."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from store.analytics.questions.rates import wilson_interval
from store.analytics.questions.survival import disclosable_points, place_of_quantile, survival


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_that_of_newcombe_1998(successes: int, trials: int, low: float, high: float) -> None:
    assert wilson_interval(successes, trials) == pytest.approx((low, high), abs=5e-5)


# Remission under 6-mercaptopurine, Freireich et al. 1963: weeks, and whether the remission had ended.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_survival_is_that_of_the_textbook() -> None:
    curve = survival(np.array(WEEKS), np.array(ENDED, dtype=bool))
    assert curve.days.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.placed.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert curve.share == pytest.approx([0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5)
    assert (curve.low[-1], curve.high[-1]) == pytest.approx((0.188, 0.680), abs=2e-3)
    place = place_of_quantile(curve, 0.5)
    assert place is not None
    assert curve.days[place] == 23
    assert place_of_quantile(curve, 0.75) is None


@given(st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_where_everybody_was_placed_it_is_the_share_of_those_who_waited_longer(days: list[int]) -> None:
    curve = survival(np.array(days), np.ones(len(days), dtype=bool))
    waited_longer = [sum(other > day for other in days) / len(days) for day in curve.days]
    assert curve.share == pytest.approx(waited_longer)
    assert (curve.low <= curve.share + 1e-9).all()
    assert (curve.share <= curve.high + 1e-9).all()


def test_a_longer_wait_of_those_not_placed_raises_the_estimate() -> None:
    placed = np.array([True] * 10 + [False] * 10)
    short = survival(np.array([10] * 10 + [5] * 10), placed)
    long = survival(np.array([10] * 10 + [50] * 10), placed)
    assert (short.share[-1], long.share[-1]) == (0.0, 0.5)


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=80))
def test_between_two_points_of_the_curve_at_least_five_were_placed(waits: list[tuple[int, bool]]) -> None:
    curve = survival(np.array([day for day, _ in waits]), np.array([is_placed for _, is_placed in waits]))
    before = -1
    for place in disclosable_points(curve, 7):
        day = int(curve.days[place])
        assert sum(is_placed and before < other <= day for other, is_placed in waits) >= 5
        assert sum(other > day or (other == day and not is_placed) for other, is_placed in waits) not in range(1, 5)
        before = day


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=80))
def test_survival_is_that_of_scipy_also_where_some_still_look(waits: list[tuple[int, bool]]) -> None:
    days, is_placed = np.array([day for day, _ in waits]), np.array([is_placed for _, is_placed in waits])
    curve = survival(days, is_placed)
    oracle = ecdf(CensoredData.right_censored(days, ~is_placed)).sf
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings(action="ignore"):
        interval = oracle.confidence_interval(method="log-log")
    at_events = np.searchsorted(oracle.quantiles, curve.days)
    assert curve.share == pytest.approx(oracle.probabilities[at_events])
    inside = curve.share > 1e-12  # where everybody was placed SciPy gives no interval, and ours ends at 0
    assert curve.low[inside] == pytest.approx(interval.low.probabilities[at_events][inside], abs=1e-5)
    assert curve.high[inside] == pytest.approx(interval.high.probabilities[at_events][inside], abs=1e-5)
