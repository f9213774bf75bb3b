"""Jobs are served in segments, each with rows of its own: the bundle's, and those that came or changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.catalogue import Catalogue
from engine.filtering.bitmaps import BitmapWords, RowBitmap, count_bits
from engine.filtering.compiled import CompiledFilter
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter
from engine.filtering.schedule_fit import ScheduleFit, schedule_fit
from engine.retrieval.searcher import Found, JobSearcher
from engine.seekers import Seeker


@dataclass(frozen=True, slots=True)
class Segment:
    """Jobs, their index and their filter. `alive` leaves out rows that are closed or newer in a later segment; `size`
    is how many are left."""

    catalogue: Catalogue
    searcher: JobSearcher
    bitmaps: BitmapFilter
    alive: BitmapWords | None = None
    size: int = field(init=False)

    def __post_init__(self) -> None:
        # Counted once: a request would count a bit a job.
        size = len(self.catalogue) if self.alive is None else count_bits(self.alive)
        object.__setattr__(self, "size", size)

    def eligibility(
        self, seeker: Seeker, wanted: JobFilter, now: datetime, excluded: frozenset[str] = frozenset()
    ) -> Eligibility:
        """The segment's jobs that the person can take, but for those `excluded` by id, and the hours they share."""
        hours = schedule_fit(self.catalogue, seeker, now)
        return Eligibility(self, hours, CompiledFilter(self.bitmaps, seeker, wanted, hours, now, excluded, self.alive))


@dataclass(frozen=True, slots=True)
class Eligibility:
    """A segment under one request's filter."""

    segment: Segment
    hours: ScheduleFit
    filter: CompiledFilter

    @property
    def eligible(self) -> RowBitmap:
        """The rows of the jobs that pass."""
        return self.filter.bitmap

    def nearest(self, query: NDArray[np.float32], count: int) -> Found:
        """The nearest eligible jobs."""
        return self.segment.searcher.search(query, self.filter, count)
