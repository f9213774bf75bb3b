"""The share of people who still look for work after so many days, those who still look counted as far as was seen.

The product-limit estimator of Kaplan & Meier (1958) with Greenwood's variance on the log-log scale (Kalbfleisch &
Prentice, "The Statistical Analysis of Failure Time Data", 1.4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Doubles
from store.analytics.questions.rates import Z_95
from store.analytics.small_groups import LEAST_PEOPLE, is_small

ROUNDING = 1e-9

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Survival:
    """The estimate on the E days on which somebody was placed, in order, `[E]` each.

    `share` of people not placed by the end of the day, with the 95% interval `low` to `high`; `placed` that day;
    `at_risk`: still looking, and seen, that day.
    """

    days: Ints
    share: Doubles
    low: Doubles
    high: Doubles
    placed: Ints
    at_risk: Ints


def survival(days: Ints, is_placed: NDArray[np.bool_]) -> Survival:
    """The estimate from P people: `days` `[P]` until they were placed, or until they were last seen looking."""
    event_days, placed = np.unique(days[is_placed], return_counts=True)
    at_risk = len(days) - np.searchsorted(np.sort(days), event_days, side="left")
    share: Doubles = np.cumprod(1 - placed / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = Z_95 * np.sqrt(np.cumsum(placed / (at_risk * (at_risk - placed)))) / np.abs(np.log(share))
        low, high = share ** np.exp(spread), share ** np.exp(-spread)
    ends = share == 0  # where everybody was placed the scale ends
    return Survival(event_days, share, np.where(ends, 0.0, low), np.where(ends, 0.0, high), placed, at_risk)


def place_of_quantile(curve: Survival, share_placed: float) -> int | None:
    """The first event day by whose end so many were placed, as a place in the curve; None when that was not seen."""
    reached = np.flatnonzero(curve.share <= 1 - share_placed + ROUNDING)
    return int(reached[0]) if len(reached) else None


def disclosable_points(curve: Survival, step_days: int) -> list[int]:
    """The event days to tell of, as places in the curve: the last of each `step_days`, where since the one before it
    at least `LEAST_PEOPLE` were placed, and not few are left."""
    points, since = [], 0
    for place, day in enumerate(curve.days):
        since += int(curve.placed[place])
        is_last_of_step = place + 1 == len(curve.days) or curve.days[place + 1] // step_days > day // step_days
        are_few_left = is_small(int(curve.at_risk[place] - curve.placed[place]))
        if is_last_of_step and since >= LEAST_PEOPLE and not are_few_left:
            points.append(place)
            since = 0
    return points
