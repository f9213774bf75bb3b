"""Values of an iCalendar file: moments, lengths of time and the zones that clocks are told in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Component, Timezone
from icalendar.prop import vDDDTypes, vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from engine.errors import InvalidInputError
from engine.schedules import require_time_zone
from store.importers.calendars.lines import CalendarComponent, CalendarProperty
from store.importers.calendars.notes import NoteKind, UnreadError

MOST_ZONES, LONGEST_ZONE_NAME = 30, 128
MOST_ONSETS, LONGEST_ONSET = 8, 1_000
LONGEST_DURATION_TEXT = 32
# A name such as /vendor.example/America/Argentina/Buenos_Aires ends with an IANA name of at most so many parts.
MOST_NAME_PARTS = 3
DAY = timedelta(days=1)
EARLIEST = datetime.min  # noqa: DTZ901 in any zone

_DATE_OR_TIME = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?")
# A second that is put in, and the end of a day: the library knows neither.
_LEAP_SECOND, _DAYS_END = re.compile(r"(T[0-9]{4})60"), re.compile(r"T240000")
# What is read of VTIMEZONE. Every rule names a day that each year, or one year in seven, has: the library looks for
# the next of a rule until the year 9999.
_ONSETS = {
    "DTSTART": re.compile(r"[0-9]{8}T[0-9]{6}"),
    "RDATE": re.compile(r"[0-9]{8}T[0-9]{6}(?:,[0-9]{8}T[0-9]{6})*+"),
    "RRULE": re.compile(
        r"FREQ=YEARLY(?:;(?:INTERVAL=1|WKST=[A-Z]{2}|BY(?:HOUR|MINUTE|SECOND)=[0-9]{1,2}"
        r"|BYMONTH=(?:1[0-2]|0?[1-9])|BYDAY=(?:[+-]?[1-5])?[A-Z]{2}"
        r"|BYMONTHDAY=(?:1[0-9]|2[0-8]|[1-9])(?:,[0-9]{1,2}){0,9}|UNTIL=[0-9]{8}(?:T[0-9]{6}Z?)?)){0,9}+"
    ),
    "TZOFFSETFROM": re.compile(r"[+-](?:[01][0-9]|2[0-3])(?:[0-5][0-9]){1,2}"),
    "TZOFFSETTO": re.compile(r"[+-](?:[01][0-9]|2[0-3])(?:[0-5][0-9]){1,2}"),
}
FIRST_YEAR = "1972"
_OFFSET = re.compile(r"\(?(?:UTC|GMT)? ?([+-])(0?[0-9]|1[0-4])(?:[:.]?([0-5][0-9]))?\)?", re.IGNORECASE)
_BETWEEN_CITIES = re.compile(r"[,/;]")


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
    VTIMEZONE says: the IANA name it gives, or its offsets from UTC; at last as an offset (GMT-0500) or by its cities.
    """

    def __init__(self, person: ZoneInfo, declared: Iterable[CalendarComponent]) -> None:
        self.person = person
        self._known: dict[str, tzinfo | None] = {}
        self.names: dict[tzinfo, str] = {}
        self._declared = {_plain(stated.value): one for one in declared for stated in one.every("TZID")}

    def zone_of(self, stated: CalendarProperty) -> tzinfo:
        """The zone of a property; raises UnreadError for a name that means none."""
        name = stated.parameters.get("TZID", "").strip()
        if not name:
            return self.person
        if name not in self._known and len(self._known) < MOST_ZONES:
            self._known[name] = self._look_up(name) if len(name) <= LONGEST_ZONE_NAME else None
        zone = self._known.get(name)
        if zone is None:
            raise UnreadError(NoteKind.UNKNOWN_ZONE)
        self.names.setdefault(zone, name)
        return zone

    def _look_up(self, name: str) -> tzinfo | None:
        parts, declared = name.strip("/").split("/"), self._declared.get(_plain(name))
        names = ["/".join(parts[-count:]) for count in range(min(MOST_NAME_PARTS, len(parts) - 1), 0, -1)]
        names += [stated.value for stated in declared.every("X-LIC-LOCATION")] if declared else []
        zones = (_named_zone("/".join(parts)), *map(_iana_zone, names))
        zone = next((zone for zone in zones if zone is not None), None)
        if zone is None and declared is not None:
            return _declared_zone(declared)
        if zone is None and parts[-1].upper() == "UTC":
            return UTC
        return zone or _offset_zone(name) or _named_zone(name.rstrip(" 0123456789")) or _zone_of_cities(name)


def _plain(name: str) -> str:
    """A zone's name without what programs add to it in one place and not in the other."""
    return re.sub(r'[\\\s"_]', "", name).casefold()


def _offset_zone(name: str) -> tzinfo | None:
    """The zone of a name that is an offset, such as GMT-0500; None for another."""
    match = _OFFSET.fullmatch(name)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset)


def _zone_of_cities(name: str) -> ZoneInfo | None:
    """The zone of a name that lists cities, such as `(UTC-05:00) Bogota, Lima`: that of the first one which has a zone
    with the offset that is stated; of a name that is a city, its zone."""
    stated, separator, rest = name.partition(")")
    if not separator:
        return _iana_zone(_zone_names()[1].get(_plain(name), ""))
    offset = _offset_zone(stated + separator)
    zones = (_iana_zone(_zone_names()[1].get(_plain(city), "")) for city in _BETWEEN_CITIES.split(rest))
    return next((zone for zone in zones if zone and offset and offset.utcoffset(None) == _standard_offset(zone)), None)


def _standard_offset(zone: ZoneInfo) -> timedelta:
    """How far a zone is from UTC while no clock is put forward."""
    winters = (datetime(2026, month, 1, tzinfo=zone) for month in (1, 7))
    return min(winter.utcoffset() or timedelta() for winter in winters)


def _named_zone(name: str) -> ZoneInfo | None:
    """The zone of a name of IANA's or Windows', however it is written."""
    return _iana_zone(name) or _iana_zone(_zone_names()[0].get(_plain(name), ""))


@lru_cache(maxsize=1)
def _zone_names() -> tuple[dict[str, str], dict[str, str]]:
    """IANA's names by plain names of zones, and by those of cities that only one zone is named after."""
    known = sorted(available_timezones())
    names = {_plain(name): zone for name, zone in WINDOWS_TO_OLSON.items()} | {_plain(name): name for name in known}
    placed = [name for name in known if "/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/"))]
    cities = Counter(_plain(name.rpartition("/")[2]) for name in placed)
    return names, {city: name for name in placed if cities[city := _plain(name.rpartition("/")[2])] == 1}


def _iana_zone(name: str) -> ZoneInfo | None:
    try:
        return require_time_zone(name) if name else None
    except InvalidInputError:
        return None


def _declared_zone(declared: CalendarComponent) -> tzinfo | None:
    """The zone that a VTIMEZONE describes; None for one that cannot be read."""
    zone = Timezone(TZID="file")
    onsets = sorted(declared.inside("STANDARD", "DAYLIGHT"), key=lambda onset: onset.text("DTSTART"))
    try:
        for onset in onsets[-MOST_ONSETS:]:
            zone.add_component(Component.from_ical(_onset_text(onset)))
        found: tzinfo = zone.to_tz(lookup_tzid=False)
        found.utcoffset(EARLIEST)  # the library fails at it where no standard time is described
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        return None
    return found


def _onset_text(onset: CalendarComponent) -> str:
    """What of a STANDARD or DAYLIGHT is read; raises ValueError where that is not known to be harmless."""
    texts = {"DTSTART": f"{FIRST_YEAR}0101T000000", "TZOFFSETFROM": onset.text("TZOFFSETTO")}
    texts |= {name: ",".join(one.value.upper() for one in stated) for name, stated in onset.properties.items()}
    texts |= {name: _as_standard(name, text) for name, text in texts.items() if len(text) <= LONGEST_ONSET}
    for name, text in texts.items():
        if len(text) > LONGEST_ONSET or not _ONSETS[name].fullmatch(text):
            raise ValueError(name)
    if "RRULE" in texts:
        texts["DTSTART"] = max(texts["DTSTART"][:4], FIRST_YEAR) + texts["DTSTART"][4:]
    return "\n".join([f"BEGIN:{onset.name}", *(f"{name}:{text}" for name, text in texts.items()), f"END:{onset.name}"])


def _as_standard(name: str, text: str) -> str:
    """A property of an onset as RFC 5545 writes it, from what programs make of it."""
    if name.startswith("TZOFFSET"):
        plain = text.replace(":", "")
        return plain if plain[:1] in ("+", "-") else f"+{plain}"
    if name in ("DTSTART", "RDATE"):
        days = (one.strip().removesuffix("Z") for one in text.split(","))
        return ",".join(day if "T" in day else f"{day}T000000" for day in days)
    position = re.search(r";BYSETPOS=(-?[1-5])(?![^;])", text)
    if position is None:
        return text
    return text.replace(position[0], "").replace(";BYDAY=", f";BYDAY={position[1]}")


def moment_of(text: str, stated: CalendarProperty, zones: CalendarZones) -> Moment:
    """The moment that `text`, a part of a property's value, states; raises UnreadError where it is none.

    A time with Z is in UTC, one without a zone in the person's; a date is the whole day where the person lives.
    """
    text, days_ends = _DAYS_END.subn("T000000", _LEAP_SECOND.sub(r"\g<1>59", text.strip().upper()))
    try:
        value = vDDDTypes.from_ical(text) if _DATE_OR_TIME.fullmatch(text) else None  # type: ignore[no-untyped-call]
        value = value + DAY if value is not None and days_ends else value
    except (ValueError, OverflowError):
        value = None
    if isinstance(value, datetime):
        return Moment(value.replace(tzinfo=None), UTC if text.endswith("Z") else zones.zone_of(stated))
    if isinstance(value, date):
        return Moment(datetime.combine(value, time()), zones.person, is_whole_day=True)
    raise UnreadError


def length_of(text: str) -> timedelta:
    """The length of time that a text states; raises UnreadError for none."""
    try:
        is_short = len(text) <= LONGEST_DURATION_TEXT
        length: timedelta = vDuration.from_ical(text) if is_short else timedelta()  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        length = timedelta()
    if length <= timedelta():
        raise UnreadError
    return length
