"""How likely a job was looked at where it stood in a list, from how often each position is clicked.

Joachims et al., "Unbiased Learning-to-Rank with Biased Feedback", WSDM 2017: a click divided by the propensity of its
position counts for those that were not looked at. They estimate propensities by swapping results at random; here lists
are as they were served, so that good ranking looks like bias too. That is why small propensities are cut off.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from sklearn.isotonic import isotonic_regression

from engine.arrays import Doubles

DEEPEST = 50  # positions from here on count as one
PRIOR_IMPRESSIONS = 200.0  # at the mean rate, added to each position: few impressions then say little
LEAST_PROPENSITY = 0.1


def click_propensities(impressions: Mapping[int, int], clicks: Mapping[int, int]) -> Doubles:
    """The chance that each position is looked at, beside the first: `[DEEPEST + 1]` from 1 down, by position.

    Entry 0 is of clicks whose position is not known, and 1. Without impressions all are 1, with few nearly so; a
    position that had none is as the one above it.

    Args:
        impressions, clicks: how many there were at each position, 1 for the first.
    """
    clicked = _by_position(clicks)
    shown = np.maximum(_by_position(impressions), clicked)  # a click without its impression was one
    if not clicked.any():
        return np.ones(DEEPEST + 1)
    at = np.flatnonzero(shown)
    trials = shown[at] + PRIOR_IMPRESSIONS
    rates = (clicked[at] + PRIOR_IMPRESSIONS * clicked.sum() / shown.sum()) / trials
    falling = np.asarray(isotonic_regression(rates, sample_weight=trials, increasing=False), dtype=np.float64)
    above = np.maximum(np.searchsorted(at, np.arange(DEEPEST), side="right") - 1, 0)
    return np.concatenate([[1.0], np.maximum(falling[above] / falling[0], LEAST_PROPENSITY)])


def _by_position(counts: Mapping[int, int]) -> Doubles:
    """Counts at positions 1 to `DEEPEST`, `[DEEPEST]`."""
    found = np.zeros(DEEPEST)
    for position, count in counts.items():
        found[min(position, DEEPEST) - 1] += count
    return found
