"""What chance does to a mean over people: they are drawn with replacement, again and again (Efron & Tibshirani, "An
Introduction to the Bootstrap", 1993).
"""

from __future__ import annotations

import numpy as np

from engine.arrays import Doubles

RESAMPLES_AT_ONCE = 100  # so that memory does not grow with their number
SHARE_95 = (2.5, 97.5)


def bootstrap_means(values: Doubles, resamples: int, seed: int) -> Doubles:
    """The mean of each resample, `[resamples]`, of one value a person `[people]`."""
    random = np.random.default_rng(seed)
    means = np.empty(resamples)
    for start in range(0, resamples, RESAMPLES_AT_ONCE):
        count = min(RESAMPLES_AT_ONCE, resamples - start)
        drawn = random.integers(0, len(values), (count, len(values)))
        means[start : start + count] = values[drawn].mean(axis=1)
    return means


def interval_95(means: Doubles) -> tuple[float, float]:
    """Where 95% of the means lie."""
    low, high = np.percentile(means, SHARE_95).tolist()
    return low, high
