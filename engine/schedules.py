"""When a job's work happens: weekly local windows in an IANA zone, and the kinds of schedule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

from engine.errors import InvalidInputError, Message

MINUTES_PER_DAY = 1440
# The least is a quarter of an hour, in which availability is counted: what is less would be lost in it.
LEAST_HOURS_A_WEEK, HOURS_IN_A_WEEK = 0.25, 168
POSSIBLE_HOURS = Message("{least} to {most} hours a week", least=LEAST_HOURS_A_WEEK, most=HOURS_IN_A_WEEK)


class Weekday(IntEnum):
    """Days as `datetime.weekday` numbers them."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


class ScheduleKind(StrEnum):
    """FIXED: every window is worked. CORE_OVERLAP: at least `core_hours` a week inside the windows (the team's
    day), the rest at any time. FLEXIBLE: `hours_per_week` at any time. ONE_OF: one of several `shifts`, for good.
    ROTATING: now one shift, now another; which are there may be left unsaid. WITHIN: the work lies inside the windows
    ("turno noche"), which hours of them is not said."""

    FIXED = "fixed"
    CORE_OVERLAP = "core_overlap"
    FLEXIBLE = "flexible"
    ONE_OF = "one_of"
    ROTATING = "rotating"
    WITHIN = "within"


_KINDS_OF_WINDOWS = (ScheduleKind.FIXED, ScheduleKind.CORE_OVERLAP, ScheduleKind.WITHIN)
LEAST_SHIFTS = {ScheduleKind.ONE_OF: 2, ScheduleKind.ROTATING: 0}


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The same hours on some days: minutes after local midnight, `0 <= start < 1440`, `0 < end <= 1440`.

    An `end` at or before `start` runs into the next day (22:00 to 06:00). A window of no length is refused. People
    write the end of the day as 24:00, 23:59 and 00:00: `end_minute` is 1440 for each of them.
    """

    days: tuple[Weekday, ...]
    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not self.days:
            raise InvalidInputError("a window names no day", expected="at least one of mon … sun", field="days")
        if not 0 <= self.start_minute < MINUTES_PER_DAY:
            raise InvalidInputError(
                "a window starts outside the day",
                expected="00:00 to 23:59",
                got=clock_text(self.start_minute),
                field="start",
            )
        if not 0 <= self.end_minute <= MINUTES_PER_DAY or self.end_minute == self.start_minute:
            raise InvalidInputError(
                "a window ends where it cannot",
                expected="an end from 00:01 to 24:00 that differs from the start",
                got=f"{clock_text(self.start_minute)}-{clock_text(self.end_minute)}",
                fix="for the whole day use 00:00 to 24:00",
                field="end",
            )
        if self.end_minute in (0, MINUTES_PER_DAY - 1):
            object.__setattr__(self, "end_minute", MINUTES_PER_DAY)

    @property
    def length_minutes(self) -> int:
        """Minutes of one day's hours, those after midnight among them."""
        return (self.end_minute - self.start_minute) % MINUTES_PER_DAY or MINUTES_PER_DAY


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the work happens. `windows` belong to FIXED, CORE_OVERLAP and WITHIN, `shifts` (the windows of each) to
    ONE_OF and ROTATING, `time_zone` to both; `hours_per_week` to all but FIXED and ONE_OF, where it is the length of
    the windows; `core_hours` to CORE_OVERLAP."""

    kind: ScheduleKind
    time_zone: str = "UTC"
    windows: tuple[Window, ...] = ()
    hours_per_week: float | None = None
    core_hours: float | None = None
    shifts: tuple[tuple[Window, ...], ...] = ()

    def __post_init__(self) -> None:
        require_time_zone(self.time_zone)
        self._require_shifts()
        if self.kind in _KINDS_OF_WINDOWS and not self.windows:
            raise InvalidInputError(
                Message("a {kind} schedule has no windows", kind=self.kind.value),
                expected="at least one window",
                field="windows",
            )
        if self.kind is ScheduleKind.CORE_OVERLAP and self.core_hours is None:
            raise InvalidInputError(
                "a core_overlap schedule does not say how many hours must overlap",
                expected="core_hours a week",
                field="core_hours",
            )
        for name, hours in (("hours_per_week", self.hours_per_week), ("core_hours", self.core_hours)):
            if hours is not None and not LEAST_HOURS_A_WEEK <= hours <= HOURS_IN_A_WEEK:
                raise InvalidInputError(
                    Message("{key} is impossible", key=name), expected=POSSIBLE_HOURS, got=str(hours), field=name
                )

    def _require_shifts(self) -> None:
        """Raise InvalidInputError for fewer shifts than the kind has, for a shift without windows, and for shifts of a
        kind that has none."""
        least = LEAST_SHIFTS.get(self.kind)
        possible = not self.shifts if least is None else all(self.shifts) and len(self.shifts) >= least
        if not possible or len(self.shifts) == 1:
            raise InvalidInputError(
                Message("the shifts of a {kind} schedule are impossible", kind=self.kind.value),
                expected="no shifts" if least is None else "two or more, each with a window",
                got=str(len(self.shifts)),
                field="shifts",
            )


def require_time_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as `America/Lima`; raises InvalidInputError for any other text."""
    try:
        return ZoneInfo(name)
    except Exception as cause:  # zoneinfo raises six kinds of error for a bad key, OSError among them
        raise InvalidInputError(
            "unknown time zone",
            expected="an IANA name such as America/Lima",
            got=repr(name[:64]),
            field="time_zone",
        ) from cause


def clock_text(minute: int) -> str:
    """Minutes after midnight as `HH:MM`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def parse_clock(text: str) -> int:
    """`HH:MM`, 00:00 to 24:00, as minutes after midnight; raises InvalidInputError otherwise."""
    hours, separator, minutes = text.partition(":")
    well_formed = separator and len(minutes) == 2 and len(hours) in (1, 2) and (hours + minutes).isascii()
    if well_formed and (hours + minutes).isdigit() and int(minutes) < 60:
        minute = int(hours) * 60 + int(minutes)
        if minute <= MINUTES_PER_DAY:
            return minute
    raise InvalidInputError("not a time of day", expected="HH:MM from 00:00 to 24:00", got=repr(text[:16]))


def parse_window(text: str) -> Window:
    """A window from words such as `mon-fri 19:00-23:00` or `sábado,domingo 08:00 - 13:00`; raises InvalidInputError."""
    try:
        days, hours = _DASHES.sub("-", text.lower() if len(text) <= LONGEST_WINDOW else "").split()
        start, end = hours.split("-")
        return Window(_parse_days(days), parse_clock(start), parse_clock(end))
    except (ValueError, StopIteration) as cause:
        raise InvalidInputError(
            "not a window of hours", expected="days and hours such as 'mon-fri 19:00-23:00'", got=repr(text[:40])
        ) from cause


def _parse_days(text: str) -> tuple[Weekday, ...]:
    days: set[Weekday] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        start, end = _parse_day(first), _parse_day(last or first)
        days.update(Weekday((start + step) % 7) for step in range((end - start) % 7 + 1))
    return tuple(sorted(days))


_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_SPANISH_DAYS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_NAME, LONGEST_WINDOW = 3, 120


def _parse_day(text: str) -> Weekday:
    plain = text.replace("é", "e").replace("á", "a").removesuffix(".")
    if len(plain) < _SHORTEST_NAME:
        raise ValueError(text)
    days = zip(Weekday, _SPANISH_DAYS, _ENGLISH_DAYS, strict=True)
    return next(day for day, *names in days if any(f"{name}s".startswith(plain) for name in names))
