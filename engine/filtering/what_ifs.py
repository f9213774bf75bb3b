"""What if one limit were looser: the person and the filter as they would be, so that what opens can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

import numpy as np

from engine.arrays import BoolArray
from engine.availability import ScheduleTable, hours_shared_by_each
from engine.catalogue.catalogue import Catalogue
from engine.filtering.filters import JobFilter, schedules_with_hours
from engine.jobs import Connection, Device, LanguageLevel, Modality
from engine.pay import Pay
from engine.schedules import HOURS_IN_A_WEEK, Weekday, Window
from engine.seekers import Seeker
from engine.slots import SlotBits, seeker_slots, slot_hours, week_start, window_slots

WEEKDAYS, WEEKEND = tuple(Weekday)[:5], tuple(Weekday)[5:]
PARTS_OF_DAY = ((8 * 60, 12 * 60), (13 * 60, 17 * 60), (18 * 60, 22 * 60))
# In whole quarters: a job's slots of a window are then a person's too.
MORE_WINDOWS = tuple(
    Window(days, *part) for days in (*((day,) for day in Weekday), WEEKDAYS, WEEKEND) for part in PARTS_OF_DAY
)
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
    `window` (None: at any time). `free`: where hours change, the slots that are free then, bits `[11]`."""

    loosened: Loosened
    seeker: Seeker
    wanted: JobFilter
    change: Any = None
    extra_hours: float = 0.0
    window: Window | None = None
    free: SlotBits | None = field(default=None, compare=False)


def passing_by_step(table: ScheduleTable, steps: Sequence[WhatIf], wanted: JobFilter) -> BoolArray:
    """Which of S schedules a person has the hours for after each of K steps that change their hours, `[K, S]`."""
    free = np.array([step.free for step in steps], dtype=np.uint64)
    most = [step.seeker.availability.hours_per_week for step in steps if step.seeker.availability is not None]
    shared = hours_shared_by_each(table, free, most)
    return schedules_with_hours(table, shared, wanted.min_hours_coverage, wanted.allow_unstated)


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
    week = week_start(now)
    free = seeker_slots(own, week)
    if own.hours_per_week is not None:
        for hours in MORE_HOURS_A_WEEK:
            more = replace(own, hours_per_week=min(own.hours_per_week + hours, HOURS_IN_A_WEEK))
            yield WhatIf(
                Loosened.HOURS_OF_WEEK, replace(seeker, availability=more), wanted, extra_hours=hours, free=free
            )
    if not own.windows:
        return
    wider_free = free | np.array([window_slots((window,), own.time_zone, week) for window in MORE_WINDOWS])
    had = slot_hours(free)
    for window, slots, extra in zip(MORE_WINDOWS, wider_free, (slot_hours(wider_free) - had).tolist(), strict=True):
        if not extra:
            continue
        wider = replace(own, windows=(*own.windows, window))
        if own.hours_per_week is not None:
            wider = replace(wider, hours_per_week=min(own.hours_per_week + extra, HOURS_IN_A_WEEK))
        of = Loosened.HOURS_OF_DAY if len(window.days) == 1 else Loosened.HOURS_OF_WEEK
        yield WhatIf(of, replace(seeker, availability=wider), wanted, extra_hours=extra, window=window, free=slots)


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
