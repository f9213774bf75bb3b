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

from engine.arrays import Rows
from store.partners.events import Event, EventKind
from training.label_weights import LabelWeights
from training.position_bias import DEEPEST, click_propensities


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

    def only(self, kept: NDArray[np.bool_]) -> Interest:
        """The signs that `kept` `[I]` marks."""
        return Interest(*(getattr(self, field.name)[kept] for field in fields(self)))

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
