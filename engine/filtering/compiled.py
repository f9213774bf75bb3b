"""One request's filter over one catalogue: what is asked, and the jobs that pass it as bits, for who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from engine.catalogue.catalogue import Catalogue
from engine.filtering.bitmaps import BitmapWords, RowBitmap
from engine.filtering.filter_bitmaps import BitmapFilter, HoursVerdicts
from engine.filtering.filters import JobFilter
from engine.seekers import Seeker


@dataclass(frozen=True, eq=False)
class CompiledFilter:
    """The jobs of a catalogue that a person can take at `now`, but for those `excluded` by id and rows not `alive`.

    An engine elsewhere compiles what is asked to conditions of its own; one in memory reads `bitmap`.
    """

    bitmaps: BitmapFilter
    seeker: Seeker
    wanted: JobFilter
    hours: HoursVerdicts
    now: datetime
    excluded: frozenset[str] = frozenset()
    alive: BitmapWords | None = None

    @property
    def catalogue(self) -> Catalogue:
        """Whose jobs are filtered."""
        return self.bitmaps.catalogue

    @cached_property
    def bitmap(self) -> RowBitmap:
        """The rows that pass, compiled when they are first read."""
        eligible = self.bitmaps(self.seeker, self.wanted, self.hours, self.now, self.alive)
        return self._without_excluded(eligible) if self.excluded else eligible

    def _without_excluded(self, eligible: RowBitmap) -> RowBitmap:
        rows = [row for row in map(self.catalogue.row_of, self.excluded) if row is not None]
        if not rows:
            return eligible
        words = eligible.words.copy()
        places = np.array(rows, dtype=np.int64)
        np.bitwise_and.at(words, places >> 6, ~(np.uint64(1) << (places & 63).astype(np.uint64)))
        return RowBitmap.of_words(words, eligible.size)
