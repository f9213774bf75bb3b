"""Hard constraints compiled to one bitmap over a catalogue's jobs, in the time of a few passes over N / 64 words.

People share most limits (a country, a language or two, a device), so each limit's bitmap is cached. Hours are a
person's own: they are judged by schedule, and where a catalogue's rows lie in order of schedule, jobs are ranges.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.columns import NEVER_SECONDS
from engine.filtering.bitmaps import BitmapWords, RowBitmap, pack_mask
from engine.filtering.filters import Constraint, JobFilter, constraints
from engine.seekers import Seeker

CACHED_BYTES = 64 * 2**20


class HoursVerdicts(Protocol):
    """What tells which schedules pass."""

    def passing(self, wanted: JobFilter) -> bytes | None:
        """One byte a schedule: whether it passes; None when every one does."""


class PassingSchedules:
    """Schedules that pass whatever is wanted: `passing` `[S]`, None for every one."""

    def __init__(self, passing: BoolArray | None) -> None:
        self._passing = None if passing is None else passing.tobytes()

    def passing(self, wanted: JobFilter) -> bytes | None:  # noqa: ARG002
        """One byte a schedule."""
        return self._passing


class BitmapFilter:
    """Compiles requests to bitmaps over one catalogue. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        numbers = catalogue.columns.schedule_number
        in_order = bool((numbers[1:] >= numbers[:-1]).all())
        schedules = len(catalogue.distinct.schedules)
        self._range_starts = np.searchsorted(numbers, np.arange(schedules + 1)) if in_order else None
        closes_at = catalogue.columns.closes_at
        self._closings = np.sort(closes_at[closes_at < NEVER_SECONDS])
        self._cached = CachedBitmaps(CACHED_BYTES)

    def __call__(
        self,
        seeker: Seeker,
        wanted: JobFilter,
        hours: HoursVerdicts,
        now: datetime,
        alive: BitmapWords | None = None,
    ) -> RowBitmap:
        """The jobs that meet every hard constraint, as `eligible_jobs` has them; `alive` leaves further rows out."""
        seconds = int(now.timestamp())
        closed = int(np.searchsorted(self._closings, seconds, side="right"))
        limits = constraints(seeker, wanted)
        words = self._cached((limits, closed), lambda: self._open_within(limits, closed, seconds))
        passing = hours.passing(wanted)
        if passing is not None:
            words = words & self._cached(("hours", passing), lambda: pack_mask(self._of_schedules(passing)))
        if alive is not None:
            words = words & alive
        return RowBitmap.of_words(words, len(self.catalogue))

    def _open_within(self, limits: Iterable[Constraint], closed: int, seconds: int) -> BitmapWords:
        """The open jobs that pass every limit; each limit is cached too, for people who share it."""
        words = self._cached(("closed", closed), lambda: pack_mask(self.catalogue.columns.closes_at > seconds))
        for limit in limits:
            words = words & self._cached(limit, partial(self._passing, limit))
        return words

    def _passing(self, limit: Constraint) -> BitmapWords:
        return pack_mask(limit.passing(self.catalogue))

    def _of_schedules(self, passing_schedules: bytes) -> NDArray[np.bool_]:
        passing, starts = np.frombuffer(passing_schedules, dtype=np.bool_), self._range_starts
        if starts is None:
            return passing[self.catalogue.columns.schedule_number]
        mask = np.zeros(len(self.catalogue), dtype=np.bool_)
        turns = np.flatnonzero(np.diff(passing, prepend=False, append=False))
        for first, end in zip(starts[turns[::2]].tolist(), starts[turns[1::2]].tolist(), strict=True):
            mask[first:end] = True
        return mask


class CachedBitmaps:
    """The bitmaps asked for last, as many as `most_bytes` hold. Nobody writes to one that was given out."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._words: OrderedDict[Hashable, BitmapWords] = OrderedDict()
        self._lock = Lock()

    def __call__(self, key: Hashable, make: Callable[[], BitmapWords]) -> BitmapWords:
        """The bitmap of `key`, made when it is not here; it must not be written to."""
        with self._lock:
            words = self._words.get(key)
            if words is not None:
                self._words.move_to_end(key)
                return words
        words = make()
        with self._lock:
            if key not in self._words:
                self._words[key] = words
                self._bytes += words.nbytes
            while self._bytes > self._most_bytes and len(self._words) > 1:
                self._bytes -= self._words.popitem(last=False)[1].nbytes
        return words
