"""The hours of a week in Lima: what a person is free for and what a job needs, as a text of 168 digits.

A digit is an hour, Monday 00:00 first; its four bits are its quarters, the first quarter the lowest: `f` is a whole
hour, `0` none of it. So the engine's arithmetic on 672 quarters stays exact, whatever the hours are shown by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray
from engine.schedules import Window
from engine.seekers import Availability
from engine.slots import (
    SLOT_MINUTES,
    SLOTS_PER_HOUR,
    SLOTS_PER_WEEK,
    local_slots,
    utc_slots,
)

LIMA = ZoneInfo("America/Lima")
HOURS_PER_WEEK = SLOTS_PER_WEEK // SLOTS_PER_HOUR
WHOLE_HOUR, NO_HOUR = "f", "0"

_DIGITS = np.frombuffer(b"0123456789abcdef", np.uint8)
_QUARTERS = 1 << np.arange(SLOTS_PER_HOUR)


def lima_slots(windows: Sequence[Window], time_zone: str, week: datetime, *, whole_quarters_only: bool) -> BoolArray:
    """The quarters of Lima's week, Monday 00:00 first, that local windows cover, `[672]`.

    `week`: Monday 00:00 UTC of the reference week; `whole_quarters_only` as in `engine.slots.local_slots`.
    """
    in_utc = utc_slots(local_slots(windows, whole_quarters_only=whole_quarters_only), time_zone, week)
    offset = week.astimezone(LIMA).utcoffset() or timedelta()
    slots: BoolArray = np.roll(in_utc, int(offset.total_seconds() // 60) // SLOT_MINUTES)
    return slots


def free_slots(availability: Availability, week: datetime) -> BoolArray:
    """The quarters that a person is free in, `[672]`; no windows means all of them, as the engine has it."""
    if not availability.windows:
        return np.ones(SLOTS_PER_WEEK, dtype=np.bool_)
    return lima_slots(availability.windows, availability.time_zone, week, whole_quarters_only=True)


def hours_text(slots: BoolArray) -> str:
    """Quarters `[672]` as 168 digits."""
    values = slots.reshape(HOURS_PER_WEEK, SLOTS_PER_HOUR) @ _QUARTERS
    return _DIGITS[values].tobytes().decode()


def slots_of(texts: Sequence[str]) -> BoolArray:
    """The quarters of some texts of 168 digits, `[len(texts), 672]`."""
    digits = np.frombuffer("".join(texts).encode(), np.uint8).reshape(len(texts), HOURS_PER_WEEK)
    values = np.searchsorted(_DIGITS, digits)
    quarters: NDArray[np.bool_] = (values[:, :, np.newaxis] & _QUARTERS) > 0
    return quarters.reshape(len(texts), SLOTS_PER_WEEK)
