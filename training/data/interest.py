"""Which jobs people wanted, short of a match: clicks and applications, each with its day.

A job that was shown and not clicked says nothing: nobody knows that it was looked at. Impressions only tell how likely
each position is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Doubles, Rows
from store.matching.events import Event, EventKind


@dataclass(frozen=True, slots=True)
class Interest:
    """I signs that a person wanted a job. `seekers` and `jobs` `[I]` index the texts; `times` `[I]`, days.

    `is_application` `[I]`: applied or better, else clicked. `propensities` `[I]`: how likely a job is looked at where
    it was clicked, beside the first position; 1 for an application.
    """

    seekers: Rows
    jobs: Rows
    times: NDArray[np.datetime64]
    is_application: NDArray[np.bool_]
    propensities: NDArray[np.float64]

    def until(self, day: np.datetime64) -> Interest:
        """What was shown on that day or before."""
        return self.only(self.times <= day)

    def only(self, mask: NDArray[np.bool_]) -> Interest:
        """The signs that `mask` `[I]` marks."""
        return Interest(*(getattr(self, field.name)[mask] for field in fields(self)))

    def and_applied(self, seekers: Rows, jobs: Rows, times: NDArray[np.datetime64]) -> Interest:
        """The same, and applications `[A]`."""
        more = Interest(seekers, jobs, times, np.ones(len(seekers), dtype=np.bool_), np.ones(len(seekers)))
        parts = [[getattr(one, field.name) for one in (self, more)] for field in fields(self)]
        return Interest(*map(np.concatenate, parts))

    def weights(self, labels: LabelWeights) -> NDArray[np.float64]:
        """What each teaches, `[I]`."""
        clicks = np.minimum(labels.click / self.propensities, max(labels.application, labels.click))
        return np.where(self.is_application, labels.application, clicks)


def no_interest() -> Interest:
    """No sign of anybody's."""
    return Interest(_rows([]), _rows([]), _days([]), np.zeros(0, dtype=np.bool_), np.zeros(0))


def interest_in(events: Iterable[Event], seeker_rows: Mapping[str, int], job_rows: Mapping[str, int]) -> Interest:
    """The clicks and applications among events of known people and jobs; impressions tell where people look."""
    impressions, clicks = Counter[int](), Counter[int]()
    signs = []
    for event in events:
        position = event.position or 0
        if event.kind is EventKind.IMPRESSION:
            impressions[position] += 1
        elif event.seeker_id in seeker_rows and event.job_id in job_rows:
            is_click = event.kind is EventKind.CLICK
            clicks[position] += is_click
            at = (seeker_rows[event.seeker_id], job_rows[event.job_id], event.occurred_at.date())
            signs.append((*at, not is_click, min(position, DEEPEST) if is_click else 0))
    for counts in (impressions, clicks):
        del counts[0]  # where they stood is not known
    seekers, jobs, days, is_application, positions = zip(*sorted(signs), strict=True) if signs else ([],) * 5
    return Interest(
        _rows(seekers),
        _rows(jobs),
        _days(days),
        np.array(is_application, dtype=np.bool_),
        click_propensities(impressions, clicks)[_rows(positions)],
    )


def _rows(numbers: Iterable[int]) -> Rows:
    return np.array(list(numbers), dtype=np.int64)


def _days(days: Iterable[object]) -> NDArray[np.datetime64]:
    return np.array(list(days), dtype="datetime64[D]")


@dataclass(frozen=True, slots=True)
class LabelWeights:
    """The weight in the loss of a job that a person wanted, short of a match; a match weighs its grade, 2 to 4.

    `application`: applied for, and no more known. `click`: opened at the first position; further down more, as fewer
    look there, yet never more than an application. 0 leaves them out.
    """

    application: float = 1.0
    click: float = 0.3


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
    # Here, since whoever only erases people from data has no scikit-learn.
    from sklearn.isotonic import isotonic_regression

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
