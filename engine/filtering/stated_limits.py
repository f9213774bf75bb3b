"""Which limits of a search jobs do not only not break, but state that they meet: those are to come first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.arrays import BoolArray, Floats
from engine.availability import HoursRule, among
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.columns import NOT_STATED, Columns
from engine.filtering.filters import JobFilter, in_place, with_hours_types
from engine.filtering.schedule_fit import ScheduleFit
from engine.jobs import Device
from engine.seekers import Seeker

DEFAULTS = JobFilter()
OF_TIMES = np.float32(0.5)  # beside what a search itself asks for
TIMES_TOLD = (HoursRule.FIXED, HoursRule.CORE_OVERLAP, HoursRule.ONE_OF, HoursRule.WITHIN)


def limits_stated(catalogue: Catalogue, seeker: Seeker, wanted: JobFilter, hours: ScheduleFit) -> Floats:
    """How many of the limits each job states, `[N]`; of the jobs that break none, how many it states to meet."""
    columns = catalogue.columns
    stated = [*_terms_stated(columns, wanted)]
    if wanted.hours_types is not None:
        stated.append(with_hours_types(catalogue, wanted.hours_types, False))
    if wanted.place is not None:
        stated.append(in_place(catalogue, wanted.place))
    if seeker.device is not None and seeker.device < Device.COMPUTER:
        stated.append(columns.device != NOT_STATED)
    if seeker.min_pay is not None:
        stated.append(~np.isnan(columns.soles_per_month) | ~np.isnan(columns.soles_per_hour))
    count = np.zeros(len(catalogue), dtype=np.float32)
    for one in stated:
        count += one
    if seeker.availability is not None:  # which the search may not have named
        count += OF_TIMES * among(hours.rules, TIMES_TOLD)[columns.schedule_number]
    return count


def _terms_stated(columns: Columns, wanted: JobFilter) -> Iterator[BoolArray]:
    """Which jobs state each term that a search asks for."""
    if wanted.modalities is not None and wanted.modalities != DEFAULTS.modalities:
        yield columns.modality != NOT_STATED
    if wanted.contracts is not None:
        yield columns.contract != NOT_STATED
    if wanted.currencies is not None:
        yield columns.pay_currency != NOT_STATED
    if wanted.max_experience_years is not None:
        yield ~np.isnan(columns.experience_years)
