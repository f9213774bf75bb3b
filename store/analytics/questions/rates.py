"""Shares with what chance leaves open: the interval of Wilson (1927), "Probable inference, the law of succession"."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959964  # the standard normal's 97.5% point


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """The 95% interval of a share of `trials`, at least 1, that succeeded: within 0 and 1, sound for few trials."""
    share, square = successes / trials, Z_95**2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = Z_95 * sqrt(share * (1 - share) / trials + square / (4 * trials**2)) / (1 + square / trials)
    return max(0.0, middle - half), min(1.0, middle + half)
