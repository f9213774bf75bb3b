"""Who can take which open jobs, counted: distinct hours and distinct limits instead of every person with every job.

A person can take a job when the engine would let it pass: the same hours shared (`engine.availability`), the same rule
on them and the same hard limits (`engine.filtering.filters`), with what is asked by default. Pay floors are not known
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray
from engine.availability import ScheduleTable, hours_shared
from engine.filtering.filters import JobFilter, schedules_with_hours
from engine.slots import pack_slots

Counts = NDArray[np.int64]
PackedVerdicts = NDArray[np.uint8]
WANTED = JobFilter()
HOURS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Market:
    """People who state their hours, by A distinct hours and G distinct limits; open jobs, by S schedules and K limits.

    `free` `[A, 672]`, quarters of Lima's week; `hours_wanted` `[A]`, the most a week, None: all that are free.
    `people` `[M, 3]`: how many have which hours and which limits, as rows (a, g, count) in order of a.
    `schedules`: the S schedules; `needed` `[S, 672]` their quarters. `jobs` `[S, K]`: how many jobs have both.
    `may_take` `[G, K]`: whether people of these limits may take jobs of those, hours aside.
    """

    free: BoolArray
    hours_wanted: tuple[float | None, ...]
    people: Counts
    schedules: ScheduleTable
    needed: BoolArray
    jobs: Counts
    may_take: BoolArray

    @property
    def every_job(self) -> BoolArray:
        """All kinds of jobs, as `people_gaining` takes them, `[S, K]`."""
        return np.ones(self.jobs.shape, dtype=np.bool_)

    def has_hours(self, free: BoolArray, schedules: ScheduleTable) -> PackedVerdicts:
        """Whether those who were free `[A, 672]` then had the hours for each of S schedules, as bits `[A, ⌈S / 8⌉]`."""
        verdicts = np.zeros((len(free), -(-len(schedules.rules) // 8)), dtype=np.uint8)
        for row, bits in enumerate(pack_slots(free)):
            shared = hours_shared(schedules, bits, self.hours_wanted[row])
            verdicts[row] = np.packbits(
                schedules_with_hours(schedules, shared, WANTED.min_hours_coverage, WANTED.allow_unstated)
            )
        return verdicts

    def people_able(self, has_hours: PackedVerdicts) -> Counts:
        """How many people can take the jobs of each schedule and limits, `[S, K]`."""
        able = np.zeros(self.jobs.shape)
        for rows, people in self._chunks():
            able += self._unpacked(has_hours[rows]).T @ (people @ self.may_take)
        return able.astype(np.int64)

    def people_allowed(self) -> Counts:
        """How many people may take the jobs of each limits, hours aside, `[K]`."""
        by_limits = np.bincount(self.people[:, 1], weights=self.people[:, 2], minlength=len(self.may_take))
        allowed: Counts = (by_limits @ self.may_take).astype(np.int64)
        return allowed

    def people_gaining(self, before: PackedVerdicts, after: PackedVerdicts, is_offered: BoolArray) -> int:
        """How many people could take at least one more of the jobs where `is_offered` `[S, K]`."""
        gaining = 0.0
        offered = np.where(is_offered, self.jobs, 0)
        for rows, people in self._chunks():
            new_jobs = self._unpacked(after[rows] & ~before[rows]) @ offered
            gaining += people[(new_jobs @ self.may_take.T) > 0].sum()
        return int(gaining)

    def people_free(self) -> Counts:
        """How many people are free in each quarter of the week, `[672]`."""
        counts = np.bincount(self.people[:, 0], weights=self.people[:, 2], minlength=len(self.free))
        free: Counts = (counts @ self.free).astype(np.int64)
        return free

    def _chunks(self) -> Iterator[tuple[slice, NDArray[np.float64]]]:
        """Some of the A hours at a time, with the number of people of each who have which limits, `[rows, G]`."""
        for start in range(0, len(self.free), HOURS_AT_ONCE):
            rows = slice(start, min(start + HOURS_AT_ONCE, len(self.free)))
            first, last = np.searchsorted(self.people[:, 0], (rows.start, rows.stop))
            hours, limits, counts = self.people[first:last].T
            people = np.zeros((rows.stop - rows.start, len(self.may_take)))
            people[hours - rows.start, limits] = counts
            yield rows, people

    def _unpacked(self, verdicts: PackedVerdicts) -> NDArray[np.float64]:
        return np.unpackbits(verdicts, axis=1, count=len(self.needed)).astype(np.float64)
