"""A person's hours held against a catalogue's distinct schedules: worked out once, and cached for whoever asks with
them again. A request then scores schedules, not jobs, and most requests only look."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray, Floats
from engine.availability import HoursRule, HoursShared, ScheduleTable, among
from engine.catalogue.catalogue import Catalogue
from engine.filtering.filters import JobFilter, schedules_with_enough_hours, schedules_with_hours, shared_hours
from engine.filtering.more_hours import MoreHours
from engine.seekers import Availability, Seeker
from engine.slots import week_start


class ScheduleFit:
    """For each of S schedules: what a person shares of it (None: they state no hours), its rule `[S]`, the factor of
    the formula `[S]`, and `features` `[3, S]`: share of the hours, times unstated, hours unstated. None is written to.
    """

    def __init__(
        self, table: ScheduleTable, shared: HoursShared | None, availability: Availability | None, week: datetime
    ) -> None:
        self.shared, self.rules, self._table = shared, table.rules, table
        self._own, self._week = availability, week
        self.availability = availability_by_schedule(table.rules, shared)
        self.features = _features(table.rules, shared)
        self._passing: dict[tuple[float, bool], bytes] = {}

    def passing(self, wanted: JobFilter) -> bytes | None:
        """One byte a schedule: whether the person has the hours for it; None when every one passes."""
        if self.shared is None:
            return None
        key = (wanted.min_hours_coverage, wanted.allow_unstated)
        passing = self._passing.get(key)
        if passing is None:
            passing = self._passing[key] = schedules_with_hours(self._table, self.shared, *key).tobytes()
        return passing

    def has_enough(self, wanted: JobFilter) -> BoolArray:
        """Which schedules the person, who states their hours, has enough hours for, whatever days are told, `[S]`."""
        assert self.shared is not None
        return schedules_with_enough_hours(self._table, self.shared, wanted.min_hours_coverage, wanted.allow_unstated)

    @cached_property
    def more_hours(self) -> MoreHours:
        """The same for a person with more hours, step by step."""
        return MoreHours(self._table, self._own, self._week)


def schedule_fit(catalogue: Catalogue, seeker: Seeker, now: datetime) -> ScheduleFit:
    """The person's hours against the catalogue's schedules in the week of `now` (aware)."""
    availability, week = seeker.availability, week_start(now)
    return catalogue.memo(
        ("hours", availability, week),
        lambda: ScheduleFit(
            catalogue.schedule_table(week), shared_hours(catalogue, availability, week), availability, week
        ),
    )


def _features(rules: NDArray[np.uint8], shared: HoursShared | None) -> Floats:
    features = np.zeros((3, len(rules)), dtype=np.float32)
    if shared is None:  # nobody knows whether the hours fit
        features[0] = features[2] = 1.0
        return features
    unstated = np.isnan(shared.needed)
    features[0] = np.where(unstated, 1.0, shared.coverage)
    features[1] = among(rules, TIMES_UNSTATED) & ~unstated
    features[2] = unstated
    return features


TIMES_NOT_STATED, HOURS_NOT_STATED = 0.9, 0.7
# Rules of schedules whose times are not all told, or change.
TIMES_UNSTATED = (HoursRule.HOURS_ONLY, HoursRule.ROTATING, HoursRule.WITHIN)


def availability_by_schedule(rules: NDArray[np.uint8], shared: HoursShared | None) -> Floats:
    """The availability factor of each distinct schedule, `[S]`."""
    if shared is None:
        return np.full(len(rules), HOURS_NOT_STATED, dtype=np.float32)
    certainty = np.where(among(rules, TIMES_UNSTATED), np.float32(TIMES_NOT_STATED), np.float32(1))
    unstated = np.isnan(shared.needed)
    factor: Floats = np.where(unstated, np.float32(HOURS_NOT_STATED), shared.coverage * certainty)
    return factor.astype(np.float32)
