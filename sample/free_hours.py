"""When sample seekers are free."""

from __future__ import annotations

from dataclasses import dataclass

from sample.shifts import TO_SATURDAY, WEEKDAYS, WEEKEND, Hours


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A kind of week: its key in hours.toml, how common it is, its windows, and caps on hours drawn from."""

    name: str
    share: float
    windows: tuple[tuple[Hours, ...], ...]
    caps: tuple[float | None, ...]


_EVENINGS = Hours(WEEKDAYS, "19:00", "23:00")
_SCHOOL_HOURS = Hours(WEEKDAYS, "08:00", "13:00")
_WHOLE_WEEKEND = Hours(WEEKEND, "07:00", "22:00")

NIGHTS = FreeTime(
    "nights",
    9,
    (
        (Hours(WEEKDAYS, "21:00", "07:00"),),
        (Hours(TO_SATURDAY, "22:00", "06:00"),),
        (Hours(WEEKDAYS, "18:00", "02:00"),),
    ),
    (None, 40, 30, 20),
)

FREE_TIMES: tuple[FreeTime, ...] = (
    FreeTime(
        "evenings",
        20,
        ((_EVENINGS,), (Hours(WEEKDAYS, "18:00", "23:00"),), (Hours(TO_SATURDAY, "18:30", "23:30"),)),
        (None, 20, 15, 12),
    ),
    FreeTime(
        "school_hours",
        16,
        ((_SCHOOL_HOURS,), (Hours(WEEKDAYS, "08:00", "12:30"),), (Hours(WEEKDAYS, "07:30", "13:30"),)),
        (None, 20, 25, 15),
    ),
    FreeTime(
        "weekends",
        10,
        ((_WHOLE_WEEKEND,), (Hours(WEEKEND, "08:00", "18:00"),), (_WHOLE_WEEKEND, Hours(WEEKDAYS, "20:00", "23:00"))),
        (None, 16, 12),
    ),
    FreeTime(
        "all_day",
        17,
        (
            (Hours(TO_SATURDAY, "07:00", "20:00"),),
            (Hours(WEEKDAYS, "07:00", "19:00"),),
            (Hours(WEEKDAYS, "08:00", "18:00"), Hours(WEEKEND, "09:00", "13:00")),
        ),
        (None, 48, 45, 40),
    ),
    NIGHTS,
    FreeTime(
        "afternoons",
        13,
        (
            (Hours(WEEKDAYS, "13:00", "19:00"),),
            (Hours(WEEKDAYS, "14:00", "20:00"),),
            (Hours(TO_SATURDAY, "14:00", "22:00"),),
        ),
        (None, 30, 20, 15),
    ),
    FreeTime(
        "any_time",
        15,
        ((), (Hours(WEEKDAYS, "06:00", "24:00"), _WHOLE_WEEKEND)),
        (10, 15, 20, 25, 30, 40),
    ),
)
