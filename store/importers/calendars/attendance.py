"""Which events of a calendar its owner has declined: an event that somebody else declined takes their hours as before.

The owner is told by the calendar itself, as Google's and Exchange's exports do, or is the one person that all events
with people have in common. Where several are in all of them, nobody knows which one it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from store.importers.calendars.lines import CalendarComponent
from store.importers.calendars.notes import CalendarTally, NoteKind

NAMED_BY = ("X-WR-CALNAME", "X-WR-RELCALID", "X-OWNER")
_ADDRESS = re.compile(r"[^\s\";,:<>=@]{1,64}@[^\s\";,:<>=@]{1,190}")
_QUOTED = re.compile(r'"[^"]*+"')
_DECLINED = re.compile(r';PARTSTAT="?DECLINED"?(?=[;:])', re.IGNORECASE)
_NO_PERSON = re.compile(r';CUTYPE="?(?:ROOM|RESOURCE|GROUP)"?(?=[;:])', re.IGNORECASE)
CALENDARS_OWN = "calendar.google.com"  # organises what a shared calendar holds


class _Attendance(NamedTuple):
    """The addresses of an event's people, and those of them that have declined it."""

    people: frozenset[str]
    declined: frozenset[str]


def mark_declined(calendars: Iterable[CalendarComponent], tally: CalendarTally) -> None:
    """Mark the events that a calendar's owner has declined, and those of a calendar that cancels."""
    for calendar in calendars:
        events = calendar.inside("VEVENT")
        for event in events if calendar.text("METHOD") == "CANCEL" else ():
            event.is_called_off = True
        if any(_DECLINED.search(line) for event in events for line in event.people):
            _mark(calendar, events, tally)


def _mark(calendar: CalendarComponent, events: list[CalendarComponent], tally: CalendarTally) -> None:
    attended = [(event, _attendance(event.people)) for event in events if event.people]
    named = {address for name in NAMED_BY for held in calendar.every(name) for address in _addresses(held.value)}
    everybody = [one.people for _, one in attended if one.people]
    named &= set[str]().union(*everybody)
    owners = named or set.intersection(*map(set, everybody or [frozenset()]))
    is_known = bool(named) or len(owners) == 1
    for event, one in attended:
        if is_known:
            event.is_called_off |= bool(one.declined & owners)
            tally.counts[NoteKind.DECLINED] += bool(one.declined & owners)
        elif one.declined and (not owners or one.declined & owners):
            tally.counts[NoteKind.DECLINED_BY_SOMEBODY] += 1


def _attendance(lines: Iterable[str]) -> _Attendance:
    people, declined = set[str](), set[str]()
    for line in lines:
        address = next(iter(_addresses(line.rpartition(":")[2]) or _addresses(line)), "")
        if not address or address.endswith(CALENDARS_OWN) or _NO_PERSON.search(_QUOTED.sub('""', line)):
            continue
        people.add(address)
        if line[:1] in "Aa" and _DECLINED.search(_QUOTED.sub('""', line)):
            declined.add(address)
    return _Attendance(frozenset(people), frozenset(declined))


def _addresses(text: str) -> list[str]:
    return [found.lower() for found in _ADDRESS.findall(text)]
