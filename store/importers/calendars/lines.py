"""An iCalendar file (RFC 5545) as a small tree of components: only what tells a person's hours, with line numbers.

The library's whole-file parser is not asked: it expands the rules of VTIMEZONE, however many seconds those take, and
keeps the zones of one person's file for the next person's. Its content lines and values are used one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from engine.errors import InvalidInputError

MOST_BYTES = 256 * 1024
MOST_COMPONENTS = 2_000
DEEPEST_NESTING = 8
EXPORT_AGAIN = "export the calendar again as .ics, or state the free hours by hand"

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NAME = re.compile(rb"[A-Za-z0-9_.-]{1,64}(?=[;:])")
_SPAN = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID"})
# The components that are read: where each stands, and which of its properties say something about hours.
_PARENTS = {
    "VCALENDAR": None,
    "VAVAILABILITY": "VCALENDAR",
    "AVAILABLE": "VAVAILABILITY",
    "VEVENT": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}
_PROPERTIES = {
    "VCALENDAR": frozenset({"X-CHAMBA-HOURS-PER-WEEK"}),
    "VAVAILABILITY": frozenset({"DTSTART", "DTEND", "DURATION", "PRIORITY", "RRULE", "RDATE"}),
    "AVAILABLE": _SPAN | {"UID", "RDATE", "EXDATE", "EXRULE"},
    "VEVENT": _SPAN | {"TRANSP", "STATUS"},
    "VTIMEZONE": frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"TZOFFSETTO"}),
    "DAYLIGHT": frozenset({"TZOFFSETTO"}),
}


@dataclass(frozen=True, slots=True)
class CalendarProperty:
    """One property: its `name` and parameter names in capitals, the first `line` it stands in, its text as written."""

    name: str
    line: int
    parameters: Mapping[str, str]
    value: str


@dataclass(slots=True)
class CalendarComponent:
    """A component that is read, with the properties and the components in it that are."""

    name: str
    line: int
    properties: list[CalendarProperty] = field(default_factory=list)
    children: list[CalendarComponent] = field(default_factory=list)

    def every(self, name: str) -> list[CalendarProperty]:
        """All properties of a name."""
        return [held for held in self.properties if held.name == name]

    def one(self, name: str) -> CalendarProperty | None:
        """The property of a name that may stand once; raises InvalidInputError where it stands more often."""
        held = self.every(name)
        if len(held) > 1:
            raise calendar_fault(f"{self.name} states {name} more than once", held[1].line, expected=f"one {name}")
        return held[0] if held else None

    def inside(self, name: str) -> list[CalendarComponent]:
        """The components of a name directly in this one."""
        return [child for child in self.children if child.name == name]


def calendar_fault(message: str, line: int, *, expected: str, fix: str = EXPORT_AGAIN) -> InvalidInputError:
    """An error about one line of the file; what stands there is not repeated, since it may be private."""
    return InvalidInputError(message, expected=expected, got=f"line {line}", fix=fix, field="calendar")


def read_calendars(content: bytes) -> list[CalendarComponent]:
    """The calendars (VCALENDAR) of a file, of at most 256 kB and 2,000 components.

    Raises InvalidInputError for a file that is empty, too large, cut off, nested too deeply, or no iCalendar.
    """
    if len(content) > MOST_BYTES:
        raise InvalidInputError(
            "the calendar file is too large",
            expected=f"at most {MOST_BYTES} bytes",
            got=f"{len(content)} bytes",
            fix="export only the calendar of your availability",
            field="calendar",
        )
    tree = _Tree()
    for line, text in _logical_lines(content):
        tree.take(line, text)
    return tree.finished()


def _logical_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Unfolded lines with the number of their first physical one (RFC 5545, 3.1: folds may split a character)."""
    first, pieces = 0, list[bytes]()
    for number, physical in enumerate(content.removeprefix(_BYTE_ORDER_MARK).split(b"\n"), start=1):
        text = physical.removesuffix(b"\r")
        if pieces and text[:1] in (b" ", b"\t"):
            pieces.append(text[1:])
        elif text:
            if pieces:
                yield first, b"".join(pieces)
            first, pieces = number, [text]
    if pieces:
        yield first, b"".join(pieces)


class _Tree:
    """The components met so far. `open_names` holds those not ended, `read_components` the ones of them that are
    read."""

    def __init__(self) -> None:
        self.calendars: list[CalendarComponent] = []
        self.open_names: list[str] = []
        self.read_components: list[CalendarComponent] = []
        self.components = 0

    def take(self, line: int, text: bytes) -> None:
        """Take one logical line; raises InvalidInputError for one that is no property, or stands where it cannot."""
        match = _NAME.match(text)
        if match is None:
            raise calendar_fault("a line of the calendar is no property", line, expected="NAME:value, as in RFC 5545")
        name = match[0].decode("ascii").upper()
        if name == "BEGIN":
            self._begin(line, _property(name, line, text).value.strip().upper())
        elif name == "END":
            self._end(line, _property(name, line, text).value.strip().upper())
        elif not self.open_names:
            raise calendar_fault("a property stands outside of the calendar", line, expected="BEGIN:VCALENDAR first")
        elif self._is_reading() and name in _PROPERTIES[self.read_components[-1].name]:
            self.read_components[-1].properties.append(_property(name, line, text))

    def finished(self) -> list[CalendarComponent]:
        """The calendars, once the file has ended; raises InvalidInputError where one has not."""
        if self.open_names:
            raise InvalidInputError(
                "the calendar file is cut off",
                expected=f"END:{self.open_names[0]} at its end",
                got="the end of the file",
                fix=EXPORT_AGAIN,
                field="calendar",
            )
        if not self.calendars:
            raise InvalidInputError(
                "the calendar file is empty",
                expected="BEGIN:VCALENDAR … END:VCALENDAR",
                got="nothing",
                fix=EXPORT_AGAIN,
                field="calendar",
            )
        return self.calendars

    def _is_reading(self) -> bool:
        return len(self.read_components) == len(self.open_names)

    def _begin(self, line: int, name: str) -> None:
        self.components += 1
        if self.components > MOST_COMPONENTS or len(self.open_names) >= DEEPEST_NESTING:
            raise calendar_fault(
                "the calendar holds too much",
                line,
                expected=f"at most {MOST_COMPONENTS} components, {DEEPEST_NESTING} deep",
                fix="export only the calendar of your availability",
            )
        parent = self.open_names[-1] if self.open_names else None
        if name in _PARENTS:
            if parent != _PARENTS[name]:
                expected = f"{name} inside {_PARENTS[name]}" if _PARENTS[name] else f"{name} around all else"
                raise calendar_fault(f"{name} stands where it cannot", line, expected=expected)
            component = CalendarComponent(name, line)
            (self.read_components[-1].children if self.read_components else self.calendars).append(component)
            self.read_components.append(component)
        elif parent is None:
            raise calendar_fault("the file is no calendar", line, expected="BEGIN:VCALENDAR first")
        self.open_names.append(name)

    def _end(self, line: int, name: str) -> None:
        if not self.open_names or self.open_names[-1] != name:
            expected = f"END:{self.open_names[-1]}" if self.open_names[-1:] else "BEGIN:VCALENDAR first"
            raise calendar_fault("a component ends that was not begun", line, expected=expected)
        if self._is_reading():
            self.read_components.pop()
        self.open_names.pop()


def _property(name: str, line: int, text: bytes) -> CalendarProperty:
    try:
        _, parameters, value = Contentline(text.decode("utf-8")).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:  # UnicodeDecodeError is one; the library's words repeat the line, which may be private
        raise calendar_fault(f"{name} cannot be read", line, expected="a property in UTF-8, as in RFC 5545") from None
    texts = {key.upper(): ",".join(held) if isinstance(held, list) else str(held) for key, held in parameters.items()}
    return CalendarProperty(name, line, texts, value)
