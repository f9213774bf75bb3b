"""What if one limit were looser: the person and the filter as they would be, so that what opens can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

import numpy as np

from engine.catalogue.catalogue import Catalogue
from engine.filtering.filters import JobFilter, schedules_with_hours, shared_hours
from engine.jobs import Connection, Device, LanguageLevel, Modality
from engine.pay import Pay
from engine.schedules import Weekday, Window
from engine.seekers import Availability, Seeker
from engine.slots import SLOTS_PER_HOUR, seeker_slots, week_start

WEEKDAYS, WEEKEND = tuple(Weekday)[:5], tuple(Weekday)[5:]
PARTS_OF_DAY = ((8 * 60, 12 * 60), (13 * 60, 17 * 60), (18 * 60, 22 * 60))
MORE_HOURS_A_WEEK = (4, 8, 16)
PAY_SHARES = (0.9, 0.75)
MOST_LANGUAGES = 6


class Loosened(StrEnum):
    """Which limit is looser: the hours of one day or of the week, pay, a language, equipment, a filter; or a skill that
    many ask for."""

    HOURS_OF_DAY = "hours_of_day"
    HOURS_OF_WEEK = "hours_of_week"
    MIN_PAY = "min_pay"
    LANGUAGE = "language"
    DEVICE = "device"
    CONNECTION = "connection"
    MODALITY = "modality"
    CONTRACT = "contract"
    HOURS_TYPE = "hours_type"
    UNSTATED = "unstated"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The person and the filter with one limit looser; `change` is what to state instead, or `extra_hours` in a
    `window` (None: at any time)."""

    loosened: Loosened
    seeker: Seeker
    wanted: JobFilter
    change: Any = None
    extra_hours: float = 0.0
    window: Window | None = None


class PassingSchedules:
    """Which schedules a person would have the hours for, as a filter asks it."""

    def __init__(self, catalogue: Catalogue, seeker: Seeker, wanted: JobFilter, now: datetime) -> None:
        shared = shared_hours(catalogue, seeker.availability, now)
        self._passing = None
        if shared is not None:
            table = catalogue.schedule_table(week_start(now))
            passing = schedules_with_hours(table, shared, wanted.min_hours_coverage, wanted.allow_unstated)
            self._passing = passing.tobytes()

    def passing(self, wanted: JobFilter) -> bytes | None:  # noqa: ARG002
        """One byte a schedule; None when every one passes."""
        return self._passing


def what_ifs(seeker: Seeker, wanted: JobFilter, catalogues: Sequence[Catalogue], now: datetime) -> list[WhatIf]:
    """Every limit that was stated, a step looser: a few dozen in all. Of equal ones the smaller step comes first."""
    found = [
        *_more_hours(seeker, wanted, now),
        *_less_pay(seeker, wanted),
        *_more_languages(seeker, wanted, catalogues),
    ]
    if seeker.device is not None and seeker.device < Device.COMPUTER:
        device = Device.COMPUTER
        found.append(WhatIf(Loosened.DEVICE, replace(seeker, device=device), wanted, device))
    if seeker.connection is not None and seeker.connection < Connection.BROADBAND:
        better = Connection.BROADBAND
        found.append(WhatIf(Loosened.CONNECTION, replace(seeker, connection=better), wanted, better))
    return found + list(_wider_filters(seeker, wanted))


def _wider_filters(seeker: Seeker, wanted: JobFilter) -> Iterator[WhatIf]:
    if wanted.modalities is not None:
        for modality in Modality:
            if modality not in wanted.modalities:
                wider = replace(wanted, modalities=wanted.modalities | {modality})
                yield WhatIf(Loosened.MODALITY, seeker, wider, modality)
    if wanted.contracts is not None:
        yield WhatIf(Loosened.CONTRACT, seeker, replace(wanted, contracts=None))
    if wanted.hours_types is not None:
        yield WhatIf(Loosened.HOURS_TYPE, seeker, replace(wanted, hours_types=None))
    if not wanted.allow_unstated:
        yield WhatIf(Loosened.UNSTATED, seeker, replace(wanted, allow_unstated=True))


def _more_hours(seeker: Seeker, wanted: JobFilter, now: datetime) -> Iterator[WhatIf]:
    own = seeker.availability
    if own is None:
        return
    if own.hours_per_week is not None:
        for hours in MORE_HOURS_A_WEEK:
            more = replace(own, hours_per_week=min(own.hours_per_week + hours, 168.0))
            yield WhatIf(
                Loosened.HOURS_OF_WEEK, replace(seeker, availability=more), wanted, extra_hours=hours, window=None
            )
    if not own.windows:
        return
    windows = [Window((day,), *part) for day in Weekday for part in PARTS_OF_DAY]
    windows += [Window(days, *part) for days in (WEEKDAYS, WEEKEND) for part in PARTS_OF_DAY]
    had = _free_hours(own, now)
    for window in windows:
        wider = replace(own, windows=(*own.windows, window))
        extra = _free_hours(wider, now) - had
        if not extra:
            continue
        if own.hours_per_week is not None:
            wider = replace(wider, hours_per_week=min(own.hours_per_week + extra, 168.0))
        of = Loosened.HOURS_OF_DAY if len(window.days) == 1 else Loosened.HOURS_OF_WEEK
        yield WhatIf(of, replace(seeker, availability=wider), wanted, extra_hours=extra, window=window)


def _free_hours(availability: Availability, now: datetime) -> float:
    return float(np.bitwise_count(seeker_slots(availability, week_start(now))).sum()) / SLOTS_PER_HOUR


def _less_pay(seeker: Seeker, wanted: JobFilter) -> Iterator[WhatIf]:
    floor = seeker.min_pay
    if floor is not None:
        for share in PAY_SHARES:
            less = Pay(round(floor.amount * share, 2), floor.currency, floor.period)
            yield WhatIf(Loosened.MIN_PAY, replace(seeker, min_pay=less), wanted, less)


def _more_languages(seeker: Seeker, wanted: JobFilter, catalogues: Sequence[Catalogue]) -> Iterator[WhatIf]:
    """Each language at the next level that a job asks for; who states none is ruled out by none."""
    levels = dict(seeker.languages)
    if not levels:
        return
    wanting: dict[str, LanguageLevel] = {}
    for needs in (needs for catalogue in catalogues for needs in catalogue.distinct.languages):
        for need in needs:
            if need.level is not None and need.level > levels.get(need.code, 0):
                wanting[need.code] = min(need.level, wanting.get(need.code, need.level))
    for code, value in islice(sorted(wanting.items()), MOST_LANGUAGES):
        level = LanguageLevel(value)  # an opened catalogue has plain numbers
        spoken = tuple(sorted((levels | {code: level}).items()))
        yield WhatIf(Loosened.LANGUAGE, replace(seeker, languages=spoken), wanted, (code, level))
