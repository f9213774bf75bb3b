"""Values of an iCalendar file: moments, lengths of time and the zones that clocks are told in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from icalendar.prop import vDDDTypes, vDuration, vUTCOffset
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from engine.errors import InvalidInputError
from engine.schedules import require_time_zone
from store.importers.calendars.lines import CalendarComponent, CalendarProperty, calendar_fault

MOST_ZONES = 50
LONGEST_ZONE_NAME = 128
LONGEST_DURATION_TEXT = 32
# A name such as /vendor.example/America/Argentina/Buenos_Aires ends with an IANA name of at most so many parts.
MOST_NAME_PARTS = 3

_DATE_OR_TIME = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """What a clock on the wall shows (`wall`, naive) in `zone`; a whole day is its midnight."""

    wall: datetime
    zone: tzinfo
    is_whole_day: bool = False

    def wall_in(self, zone: tzinfo) -> datetime:
        """What a clock in another zone shows then."""
        return moved(self.wall, self.zone, zone)


def moved(wall: datetime, source: tzinfo, target: tzinfo) -> datetime:
    """The wall-clock time in `target` when clocks in `source` show `wall`; both naive."""
    if source is target:
        return wall
    try:
        return wall.replace(tzinfo=source).astimezone(target).replace(tzinfo=None)
    except OverflowError:  # at the ends of the calendar a day more or less says the same
        return wall


class CalendarZones:
    """The zones that a file names. `person` is where times without a zone are told.

    A name is looked up as IANA's, as Windows', as an IANA name behind a vendor's prefix, then by what the file's own
    VTIMEZONE says: the IANA name it gives, or its offset from UTC where that never changes.
    """

    def __init__(self, person: ZoneInfo, declared: Iterable[CalendarComponent]) -> None:
        self.person = person
        self._known: dict[str, tzinfo] = {}
        self._declared: dict[str, list[CalendarComponent]] = {}
        for component in declared:
            for stated in component.every("TZID"):
                self._declared.setdefault(stated.value.strip(), []).append(component)

    def zone_of(self, stated: CalendarProperty) -> tzinfo:
        """The zone of a property; raises InvalidInputError for a name that means none."""
        name = stated.parameters.get("TZID")
        if name is None:
            return self.person
        if name not in self._known:
            zone = self._look_up(name) if len(name) <= LONGEST_ZONE_NAME and len(self._known) < MOST_ZONES else None
            if zone is None:
                raise calendar_fault(
                    f"{stated.name} is told in a time zone that is not known",
                    stated.line,
                    expected=f"at most {MOST_ZONES} zones with IANA names such as America/Lima",
                    fix="choose the time zone by city in the calendar and export it again",
                )
            self._known[name] = zone
        return self._known[name]

    def _look_up(self, name: str) -> tzinfo | None:
        parts = name.strip("/").split("/")
        names = ["/".join(parts), WINDOWS_TO_OLSON.get(name, "")]
        names += ["/".join(parts[-count:]) for count in range(min(MOST_NAME_PARTS, len(parts) - 1), 0, -1)]
        declared = self._declared.get(name, [])
        names += [stated.value.strip() for component in declared[:1] for stated in component.every("X-LIC-LOCATION")]
        zones = (_iana_zone(candidate) for candidate in names if candidate)
        return next((zone for zone in zones if zone is not None), None) or _only_offset(declared)


def _iana_zone(name: str) -> ZoneInfo | None:
    try:
        return require_time_zone(name)
    except InvalidInputError:
        return None


def _only_offset(declared: list[CalendarComponent]) -> tzinfo | None:
    """The offset of a zone that the file describes with a single one (Lima, since 1994); else None."""
    stated = {offset.value for zone in declared for part in zone.children for offset in part.every("TZOFFSETTO")}
    if len(stated) != 1:
        return None
    try:
        return timezone(vUTCOffset.from_ical(stated.pop()))  # type: ignore[no-untyped-call]
    except ValueError:
        return None


def read_moment(stated: CalendarProperty, zones: CalendarZones) -> Moment:
    """The moment that a property states; raises InvalidInputError where it states none."""
    return moment_of(stated.value, stated, zones)


def read_moments(stated: CalendarProperty, zones: CalendarZones) -> list[Moment]:
    """The moments that a property lists; raises InvalidInputError where one of them is none."""
    return [moment_of(text, stated, zones) for text in stated.value.split(",") if text]


def moment_of(text: str, stated: CalendarProperty, zones: CalendarZones) -> Moment:
    """The moment that `text`, a part of a property's value, states; raises InvalidInputError where it is none.

    A time with Z is in UTC, one without a zone in the person's; a date is the whole day where the person lives.
    """
    try:
        is_moment = _DATE_OR_TIME.fullmatch(text) is not None
        value = vDDDTypes.from_ical(text) if is_moment else None  # type: ignore[no-untyped-call]
    except ValueError:
        value = None
    if isinstance(value, datetime):
        zone = UTC if text.endswith("Z") else zones.zone_of(stated)
        return Moment(value.replace(tzinfo=None), zone)
    if isinstance(value, date):
        return Moment(datetime.combine(value, time()), zones.person, is_whole_day=True)
    raise calendar_fault(
        f"{stated.name} states no date or time", stated.line, expected="20260105, 20260105T190000 or 20260106T000000Z"
    )


def duration_of(text: str, stated: CalendarProperty) -> timedelta:
    """The length of time that `text`, a part of a property's value, states; raises InvalidInputError for none."""
    try:
        is_short = len(text) <= LONGEST_DURATION_TEXT
        length: timedelta = vDuration.from_ical(text) if is_short else timedelta()  # type: ignore[no-untyped-call]
    except ValueError:
        length = timedelta()
    if length > timedelta():
        return length
    raise calendar_fault(f"{stated.name} states no length of time", stated.line, expected="PT4H, P1D or PT3H30M")


def time_between(start: Moment, end: Moment) -> timedelta:
    """How long it is from `start` to `end`: by the clock on the wall in one zone, else as time passes."""
    return end.wall_in(start.zone) - start.wall
