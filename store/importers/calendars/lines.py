"""An iCalendar file (RFC 5545) as a small tree of components: only what tells a person's hours.

The library's whole-file parser is not asked: it keeps the zones of one person's file for the next person's, and
expands their rules however long that takes. Content lines, values, rules and zones are read by it one by one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from icalendar.parser import Contentline

from engine.explain import Locale
from store.importers.calendars.notes import Refusal, UnreadError, refused

MOST_BYTES = 8 * 1024 * 1024
# Of those that are read; alarms, tasks and what vendors add do not count.
MOST_COMPONENTS = 20_000
DEEPEST_NESTING = 8
ZIP_BEGINS = b"PK\x03\x04"

_NAME = re.compile(rb"[A-Za-z0-9_.-]{1,64}(?=[;:])")
# A property as nearly all are, which needs no reader of quotes and escapes: its name, its parameters, its value.
_PLAIN_PROPERTY = re.compile(r"[A-Za-z0-9-]++((?:;[A-Za-z0-9-]++=[^\";:,^\\%]*+)*+):([^\\%:]*+)")
# Some programs leave out the quotes that the colons and commas of a zone's name need; a date holds no colon.
_BARE_ZONE = re.compile(r";TZID=([^\";]{1,128})(?=;|:[^:]*+\Z)", re.IGNORECASE)
_SPAN = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "UID"})
_ONSET = frozenset({"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"})
_PROPERTIES = {
    "VCALENDAR": frozenset({"X-CHAMBA-HOURS-PER-WEEK", "METHOD", "X-WR-CALNAME", "X-WR-RELCALID", "X-OWNER"}),
    "VAVAILABILITY": frozenset({"DTSTART", "DTEND", "DURATION", "PRIORITY", "RRULE", "RDATE"}),
    "AVAILABLE": _SPAN,
    "VEVENT": _SPAN | {"SEQUENCE", "TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS"},
    "VFREEBUSY": frozenset({"DTSTART", "DTEND", "FREEBUSY"}),
    "VTIMEZONE": frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": _ONSET,
    "DAYLIGHT": _ONSET,
}
_PEOPLE, MOST_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER"}), 500  # of one event
_PARENTS = {
    "VCALENDAR": "",
    "AVAILABLE": "VAVAILABILITY",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
} | dict.fromkeys(("VAVAILABILITY", "VEVENT", "VFREEBUSY", "VTIMEZONE"), "VCALENDAR")


class CalendarProperty(NamedTuple):
    """A property: the names of its parameters are in capitals, its value is as written."""

    parameters: Mapping[str, str]
    value: str


@dataclass(slots=True)
class CalendarComponent:
    """A component with what is read of it; `is_damaged`: a line of it could not be read, or its end is missing.

    `people` are the lines of an event's, as written. `is_called_off`: it takes no hours, as its calendar tells.
    """

    name: str
    properties: dict[str, list[CalendarProperty]] = field(default_factory=dict)
    children: list[CalendarComponent] = field(default_factory=list)
    is_damaged: bool = False
    people: list[str] = field(default_factory=list)
    is_called_off: bool = False

    def every(self, name: str) -> list[CalendarProperty]:
        """All properties of a name."""
        return self.properties.get(name, [])

    def one(self, name: str) -> CalendarProperty | None:
        """The property of a name that may stand once; raises UnreadError where it stands more often."""
        held = self.every(name)
        if len(held) > 1:
            raise UnreadError
        return held[0] if held else None

    def text(self, name: str) -> str:
        """The value of the first property of a name, in capitals; empty where there is none."""
        return next((held.value.strip().upper() for held in self.every(name)), "")

    def inside(self, *names: str) -> list[CalendarComponent]:
        """The components of some names directly in this one."""
        return [child for child in self.children if child.name in names]


def read_calendar(content: bytes, locale: Locale) -> CalendarComponent:
    """A file as one component that holds its calendars; it is damaged where the file is cut off.

    Raises InvalidInputError for a file that is no iCalendar, or holds too much.
    """
    if len(content) > MOST_BYTES:
        raise refused(Refusal.TOO_LARGE, locale, most=MOST_BYTES, got=len(content))
    if content.startswith(ZIP_BEGINS):  # as Google exports all of somebody's calendars
        raise refused(Refusal.ZIPPED, locale)
    tree = _Tree(locale)
    for line in _logical_lines(content):
        tree.take(line)
    if not tree.root.inside("VCALENDAR"):
        raise refused(Refusal.NO_CALENDAR, locale)
    tree.root.is_damaged |= len(tree.open) > 1
    return tree.root


def _logical_lines(content: bytes) -> Iterator[bytes]:
    """Unfolded lines (RFC 5545, 3.1: a fold may split a character)."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode()
    elif content.startswith((b"B\0", b"\0B")):
        content = content.decode("utf-16-le" if content[0] else "utf-16-be", "replace").encode()
    pieces = list[bytes]()
    for text in content.removeprefix(codecs.BOM_UTF8).splitlines():
        if pieces and text[:1] in (b" ", b"\t"):
            pieces.append(text[1:])
        elif text.strip():
            yield b"".join(pieces)
            pieces = [text]
    yield b"".join(pieces)


class _Tree:
    """The components met so far; `open` are those that have not ended, the whole file first."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.root = CalendarComponent("")
        self.open = [self.root]
        self.components = 0

    def take(self, line: bytes) -> None:
        """Take one logical line."""
        match = _NAME.match(line)
        name = match[0].decode("ascii").upper() if match else ""
        if name == "BEGIN":
            self._begin(_value(line))
        elif name == "END":
            value = _value(line)
            if any(part.name == value for part in self.open[1:]):
                self._end_inside(value)
                self.open.pop()
        elif name in _PEOPLE and self.open[-1].name == "VEVENT":
            if len(self.open[-1].people) < MOST_PEOPLE:
                self.open[-1].people.append(line.decode("utf-8", "replace"))
        elif line and (not name or name in _PROPERTIES.get(self.open[-1].name, ())):
            held = _property(line) if name else None
            self.open[-1].is_damaged |= held is None
            if held is not None:
                self.open[-1].properties.setdefault(name, []).append(held)

    def _begin(self, name: str) -> None:
        self.components += name in _PROPERTIES
        if self.components > MOST_COMPONENTS or len(self.open) > DEEPEST_NESTING:
            raise refused(Refusal.TOO_MUCH, self.locale, most=MOST_COMPONENTS)
        parent = _PARENTS.get(name)
        if parent is not None and any(part.name == parent for part in self.open):
            self._end_inside(parent)
        component = CalendarComponent(name)
        if name in _PROPERTIES:
            self.open[-1].children.append(component)
        self.open.append(component)

    def _end_inside(self, name: str) -> None:
        """End what stands open in the innermost component of a name: its own end is missing."""
        while self.open[-1].name != name:
            self.open.pop().is_damaged = True


def _value(line: bytes) -> str:
    return line.partition(b":")[2].decode("utf-8", "replace").strip().upper()


def _property(line: bytes) -> CalendarProperty | None:
    written = line.decode("utf-8", "replace")
    if (plain := _PLAIN_PROPERTY.fullmatch(written)) is not None:
        pairs = (part.partition("=") for part in plain[1].split(";")[1:])
        return CalendarProperty({key.upper(): held for key, _, held in pairs}, plain[2].strip())
    text = _BARE_ZONE.sub(r';TZID="\1"', written, count=1)
    try:
        _, parameters, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call]
    except (ValueError, AssertionError):
        return None
    texts = {key.upper(): ",".join(held) if isinstance(held, list) else str(held) for key, held in parameters.items()}
    return CalendarProperty(texts, value.strip())
