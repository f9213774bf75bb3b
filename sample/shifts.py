"""When sample jobs happen and when sample seekers are free: templates and zones.

A template's clock is the employer's; a New York evening is a Lima evening, a Madrid morning a Lima night.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.schedules import Weekday, Window, parse_clock

WEEKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
TO_SATURDAY = (*WEEKDAYS, Weekday.SAT)
WEEKEND = (Weekday.SAT, Weekday.SUN)
THREE_DAYS = (Weekday.MON, Weekday.WED, Weekday.FRI)
TWO_DAYS = (Weekday.TUE, Weekday.THU)
SATURDAY = (Weekday.SAT,)

# The keys of hours.toml.
DAY_NAMES = {
    WEEKDAYS: "weekdays",
    TO_SATURDAY: "to_saturday",
    WEEKEND: "weekend",
    THREE_DAYS: "three_days",
    TWO_DAYS: "two_days",
    SATURDAY: "saturday",
}


@dataclass(frozen=True, slots=True)
class Hours:
    """Clock hours on some days, as people write them."""

    days: tuple[Weekday, ...]
    start: str
    end: str

    @property
    def window(self) -> Window:
        return Window(self.days, parse_clock(self.start), parse_clock(self.end))

    @property
    def hours_per_week(self) -> float:
        length = (parse_clock(self.end) - parse_clock(self.start)) % 1440 or 1440
        return len(self.days) * length / 60


# Fixed shifts by kind; none is longer than Peru's 48 hours a week.
FIXED_SHIFTS: dict[str, tuple[tuple[Hours, ...], ...]] = {
    "day": (
        (Hours(WEEKDAYS, "09:00", "18:00"),),
        (Hours(WEEKDAYS, "08:00", "17:00"),),
        (Hours(WEEKDAYS, "09:00", "17:00"),),
        (Hours(WEEKDAYS, "09:00", "17:00"), Hours(SATURDAY, "09:00", "13:00")),
        (Hours(TO_SATURDAY, "09:00", "17:00"),),
    ),
    "morning": (
        (Hours(WEEKDAYS, "08:00", "12:00"),),
        (Hours(WEEKDAYS, "09:00", "13:00"),),
        (Hours(WEEKDAYS, "08:30", "12:30"),),
        (Hours(THREE_DAYS, "09:00", "12:00"),),
        (Hours(TO_SATURDAY, "08:00", "12:00"),),
        (Hours(TWO_DAYS, "09:00", "12:00"),),
    ),
    "afternoon": (
        (Hours(WEEKDAYS, "14:00", "18:00"),),
        (Hours(WEEKDAYS, "15:00", "19:00"),),
        (Hours(WEEKDAYS, "13:00", "19:00"),),
        (Hours(THREE_DAYS, "15:00", "18:00"),),
        (Hours(TWO_DAYS, "16:00", "18:00"),),
    ),
    "evening": (
        (Hours(WEEKDAYS, "19:00", "23:00"),),
        (Hours(WEEKDAYS, "18:00", "22:00"),),
        (Hours(WEEKDAYS, "19:00", "22:00"),),
        (Hours(TO_SATURDAY, "19:00", "23:00"),),
        (Hours(THREE_DAYS, "19:00", "22:00"),),
        (Hours(TWO_DAYS, "19:00", "21:00"),),
        (Hours(WEEKDAYS, "20:00", "23:00"),),
    ),
    "night": (
        (Hours(WEEKDAYS, "22:00", "06:00"),),
        (Hours(WEEKDAYS, "23:00", "05:00"),),
        (Hours(THREE_DAYS, "22:00", "04:00"),),
        (Hours(WEEKEND, "22:00", "06:00"),),
        (Hours(WEEKDAYS, "00:00", "06:00"),),
    ),
    "weekend": (
        (Hours(WEEKEND, "09:00", "17:00"),),
        (Hours(WEEKEND, "10:00", "16:00"),),
        (Hours(SATURDAY, "09:00", "13:00"),),
        (Hours(WEEKEND, "14:00", "20:00"),),
        (Hours(WEEKEND, "08:00", "12:00"),),
    ),
}
SHIFT_KINDS = (*FIXED_SHIFTS, "core", "flexible")
# Core overlap: the team's day, hours inside it, hours in all.
CORE_DAYS: tuple[tuple[Hours, float, float], ...] = (
    (Hours(WEEKDAYS, "09:00", "18:00"), 10, 20),
    (Hours(WEEKDAYS, "09:00", "18:00"), 20, 40),
    (Hours(WEEKDAYS, "09:00", "17:00"), 15, 30),
    (Hours(WEEKDAYS, "10:00", "18:00"), 5, 20),
    (Hours(WEEKDAYS, "08:00", "17:00"), 10, 25),
    (Hours(WEEKDAYS, "09:00", "18:00"), 4, 12),
)
FLEXIBLE_HOURS = (6, 8, 10, 12, 15, 20, 20, 25, 30, 40)

# Employer's country: weight, zones, currency.
COUNTRIES: dict[str, tuple[float, tuple[str, ...], str]] = {
    "PE": (62, ("America/Lima",), "PEN"),
    "US": (19, ("America/New_York", "America/New_York", "America/Chicago", "America/Los_Angeles"), "USD"),
    "MX": (8, ("America/Mexico_City",), "USD"),
    "ES": (7, ("Europe/Madrid",), "EUR"),
    "CO": (6, ("America/Bogota",), "USD"),
    "CL": (5, ("America/Santiago",), "USD"),
    "AR": (4, ("America/Argentina/Buenos_Aires",), "USD"),
    "CA": (3, ("America/Toronto",), "USD"),
}
