"""How likely a position is looked at, from how often it is clicked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.data.interest import click_propensities

COUNTS = st.dictionaries(st.integers(1, 80), st.integers(0, 10_000), max_size=30)


@given(COUNTS, COUNTS)
def test_propensities_fall_from_one_and_never_to_nothing(impressions: dict[int, int], clicks: dict[int, int]) -> None:
    found = click_propensities(impressions, clicks)
    assert found[0] == found[1] == 1
    assert (np.diff(found[1:]) <= 0).all()
    assert (found >= 0.1).all()


@given(COUNTS)
def test_without_impressions_every_click_counts_the_same(clicks: dict[int, int]) -> None:
    assert (click_propensities({}, clicks) == 1).all()
    assert (click_propensities(clicks, {}) == 1).all()


def test_the_positions_that_people_look_at_are_found_in_what_they_click() -> None:
    random = np.random.default_rng(4)
    looked_at = 1 / np.arange(1, 11) ** 0.5
    impressions = dict.fromkeys(range(1, 11), 50_000)
    clicks = {place: int(random.binomial(50_000, 0.2 * chance)) for place, chance in enumerate(looked_at, 1)}
    np.testing.assert_allclose(click_propensities(impressions, clicks)[1:11], looked_at, rtol=0.05)


def test_few_impressions_say_little_and_a_position_without_any_is_like_its_neighbours() -> None:
    assert click_propensities({1: 5, 2: 5}, {1: 2})[2] > 0.9
    found = click_propensities({1: 50_000, 3: 50_000}, {1: 5_000, 3: 1_000})
    assert found[3] == pytest.approx(0.2, rel=0.1)
    assert found[3] <= found[2] <= found[1]


def test_all_positions_beyond_the_deepest_are_one() -> None:
    scattered = click_propensities({1: 50_000, 60: 20_000, 900: 30_000}, {1: 5_000, 60: 500, 900: 500})
    assert scattered[50] == pytest.approx(click_propensities({1: 50_000, 50: 50_000}, {1: 5_000, 50: 1_000})[50])
