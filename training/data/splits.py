"""Split by when jobs opened: what was learnt from earlier jobs is judged on later ones, among those alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from training.data.datasets import TEST_SHARE, VALIDATION_SHARE, PlacementSet, TimeSplit, split_by_time

Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class SplitDays:
    """Jobs opened from `test` on are the test, those from `validation` up to it the validation."""

    validation: np.datetime64
    test: np.datetime64


def split_days(opened: Days) -> SplitDays:
    """The days that leave the last 20% of the jobs `[J]` to the test and the 10% before them to the validation."""
    ordered = np.sort(opened)
    test = int(len(ordered) * (1 - TEST_SHARE))
    return SplitDays(ordered[int(len(ordered) * (1 - TEST_SHARE - VALIDATION_SHARE))], ordered[test])


def held_out_by_posting_day(placements: PlacementSet, opened: Days) -> HeldOut:
    """Positives by when their job opened, `opened` `[jobs]`; each part is ranked among its own jobs.

    What is trained on was also known before the first validation job opened.
    """
    days = split_days(opened)
    positives = np.flatnonzero(placements.grades >= placements.positive_grade)
    positives = positives[np.argsort(placements.times[positives], kind="stable")]
    posted, known = opened[placements.jobs[positives]], placements.times[positives]
    is_validation = (opened >= days.validation) & (opened < days.test)
    return HeldOut(
        TimeSplit(
            train=positives[(posted < days.validation) & (known < days.validation)],
            validation=positives[is_validation[placements.jobs[positives]]],
            test=positives[posted >= days.test],
        ),
        validation_jobs=np.flatnonzero(is_validation),
        test_jobs=np.flatnonzero(opened >= days.test),
    )


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a run is chosen and judged on: the split, and the jobs that compete in each part (None: all)."""

    split: TimeSplit
    validation_jobs: Rows | None = None
    test_jobs: Rows | None = None


def default_held_out(placements: PlacementSet) -> HeldOut:
    """By the opening of jobs where that is known, by the time of the outcomes where not."""
    if placements.opened is None:
        return HeldOut(split_by_time(placements))
    return held_out_by_posting_day(placements, placements.opened)
