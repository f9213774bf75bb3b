"""The hours that components of an iCalendar file state: single ones, repeated, left out, added and moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from store.importers.calendars.lines import CalendarComponent, CalendarProperty
from store.importers.calendars.notes import NoteKind, UnreadError
from store.importers.calendars.rules import DAY_SECONDS, Mask, Seconds, read_rule, wall_seconds
from store.importers.calendars.values import DAY, Moment, length_of, moment_of
from store.importers.calendars.weeks import WEEK, CalendarWeeks, Hours

LAST_MINUTE, SECOND = time(23, 59), timedelta(seconds=1)
# To read a date, or a rule, takes as long as to reckon so many starts.
DATE_COST, RULE_COST = 100, 400
LONGEST_VERSION = 10


def read_hours(components: Sequence[CalendarComponent], weeks: CalendarWeeks, *, are_free: bool) -> list[Hours]:
    """The free hours of AVAILABLE, or the busy ones of events; what cannot be read is tallied.

    Where a free one is doubtful it is left out, where a busy one is, it is kept.
    """
    changes, found = defaultdict[str, list[CalendarComponent]](list), list[Hours]()
    components = _newest(components)
    for component in components:
        if component.every("RECURRENCE-ID") and component.text("UID"):  # without one it is nobody's
            changes[component.text("UID")].append(component)
    for component in components:
        try:
            if are_free or _is_busy(component):
                found += _hours(component, changes[component.text("UID")], weeks, are_free=are_free)
        except UnreadError as error:
            weeks.tally.counts[error.kind] += 1
    return found


def _newest(components: Sequence[CalendarComponent]) -> list[CalendarComponent]:
    """The components without those that the file holds in a newer version too (SEQUENCE, RFC 5545, 3.8.7.4)."""
    newest: dict[tuple[str, str], int] = {}
    for component in components:
        newest[_name(component)] = max(newest.get(_name(component), 0), _version(component))
    return [one for one in components if not one.text("UID") or _version(one) == newest[_name(one)]]


def _name(component: CalendarComponent) -> tuple[str, str]:
    return component.text("UID"), component.text("RECURRENCE-ID")


def _version(component: CalendarComponent) -> int:
    text = component.text("SEQUENCE")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_VERSION else 0


def read_periods(component: CalendarComponent, weeks: CalendarWeeks) -> list[Hours]:
    """The busy hours of a VFREEBUSY."""
    stated = [one for one in component.every("FREEBUSY") if one.parameters.get("FBTYPE", "").upper() != "FREE"]
    return [_dated(_periods([one], weeks, are_free=False), weeks) for one in stated]


def _is_busy(event: CalendarComponent) -> bool:
    return not (
        event.is_called_off
        or event.text("TRANSP") == "TRANSPARENT"
        or event.text("STATUS") in ("CANCELLED", "CANCELED")
        or event.text("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    )


def _hours(
    component: CalendarComponent, changes: list[CalendarComponent], weeks: CalendarWeeks, *, are_free: bool
) -> list[Hours]:
    first, length = _first_hours(component, weeks)
    is_change = component.one("RECURRENCE-ID") is not None
    rules = [] if is_change else component.every("RRULE")
    if not length:
        says_no_end = not component.every("DTEND") and bool(rules)
        weeks.tally.counts[NoteKind.NO_END] += are_free or says_no_end
        rules = []
    changes = [] if is_change else changes
    is_doubtful = component.is_damaged or component.every("EXRULE") or len(rules) > 1
    if are_free and (is_doubtful or any(map(_holds_on, changes))):
        raise UnreadError
    exceptions = component.every("EXDATE") + [stated for one in changes for stated in one.every("RECURRENCE-ID")]
    leaves_out = _Exceptions.of([one for one, _ in _periods(exceptions, weeks, are_free=are_free)], first)
    dated = [] if rules else [(first, length)]
    dated += _periods(component.every("RDATE"), weeks, length, are_free=are_free)
    walls = np.array([wall_seconds(start.wall_in(first.zone)) for start, _ in dated], np.int64)
    kept = [period for period, is_out in zip(dated, leaves_out.hold(walls), strict=True) if period[1] and not is_out]
    lasting = _lasting(changes, first, weeks) if rules else []
    repeated = [_repeated(stated, first, min(length, WEEK), (leaves_out, lasting), weeks) for stated in rules]
    return [*repeated, *([_dated(kept, weeks, are_free=are_free)] if kept else [])]


class _Exceptions(NamedTuple):
    """Starts that are left out, by the clock of the first; a whole day leaves out what starts on it."""

    seconds: list[int]
    days: list[int]

    @classmethod
    def of(cls, left_out: Sequence[Moment], first: Moment) -> _Exceptions:
        """What `left_out` leaves out of hours that start at `first`."""
        seconds = [wall_seconds(one.wall_in(first.zone)) for one in left_out if not one.is_whole_day]
        return cls(seconds, [wall_seconds(one.wall) // DAY_SECONDS for one in left_out if one.is_whole_day])

    def hold(self, starts: Seconds) -> Mask:
        """Which starts are left out."""
        if not self.seconds and not self.days:
            return np.zeros(starts.size, np.bool_)
        return np.isin(starts, self.seconds) | np.isin(starts // DAY_SECONDS, self.days)


class _Change(NamedTuple):
    """A change of all starts after one: by how many seconds they move, and how long each then lasts, 0 where none is
    busy any more."""

    after: int
    moves: int
    lasts: int


def _holds_on(change: CalendarComponent) -> bool:
    """Whether a change is one of all later dates too."""
    return any("RANGE" in stated.parameters for stated in change.every("RECURRENCE-ID"))


def _lasting(changes: Sequence[CalendarComponent], first: Moment, weeks: CalendarWeeks) -> list[_Change]:
    """The changes that hold on, in order; those that cannot be read are tallied where they stand themselves."""
    found = []
    for change in filter(_holds_on, changes):
        with suppress(UnreadError):
            (stated,) = change.every("RECURRENCE-ID")
            left = moment_of(stated.value, stated, weeks.zones)
            wall = datetime.combine(left.wall, first.wall.time()) if left.is_whole_day else left.wall_in(first.zone)
            start, length = _first_hours(change, weeks)
            moves = wall_seconds(start.wall_in(first.zone)) - wall_seconds(wall)
            lasts = min(length, WEEK) // SECOND if _is_busy(change) else 0
            found.append(_Change(wall_seconds(wall), moves, lasts))
    return sorted(found)


def _repeated(
    stated: CalendarProperty,
    first: Moment,
    length: timedelta,
    changed: tuple[_Exceptions, Sequence[_Change]],
    weeks: CalendarWeeks,
) -> Hours:
    weeks.tally.spend(RULE_COST)
    (leaves_out, lasting), shift, seconds = changed, weeks.shift(first.zone), length // SECOND
    rule, reach = read_rule(stated, weeks.zones), WEEK // SECOND if lasting else 0
    low, high = weeks.begin - shift - seconds - reach, weeks.end - shift + reach
    starts = rule.starts(first, low, high, weeks.tally)
    starts = starts[~leaves_out.hold(starts)]
    if starts.size:
        weeks.note_moves(first.zone)
    moves, lasts = np.zeros_like(starts), np.full_like(starts, seconds)
    for one in lasting:
        moves[starts > one.after], lasts[starts > one.after] = one.moves, one.lasts
    starts, lasts = (starts + moves + shift)[lasts > 0], lasts[lasts > 0]
    return Hours(starts, starts + lasts, repeats=True)


def _dated(periods: Sequence[tuple[Moment, timedelta]], weeks: CalendarWeeks, *, are_free: bool = False) -> Hours:
    """Hours on single dates. Busy ones of more than a week (a trip) belong to no usual week."""
    walls = [(wall_seconds(start.wall_in(weeks.zone)), length) for start, length in periods]
    spans = [(start, start + length // SECOND) for start, length in walls if are_free or length <= WEEK]
    is_left_out = any(length > WEEK and start + length // SECOND > weeks.now for start, length in walls)
    weeks.tally.counts[NoteKind.EVENTS_LEFT_OUT] += is_left_out and not are_free
    starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
    return Hours(starts, ends, repeats=len(spans) > 1)


def _first_hours(component: CalendarComponent, weeks: CalendarWeeks) -> tuple[Moment, timedelta]:
    """The first start and how long it lasts: nothing where the file does not say.

    A whole day without an end is one day (RFC 5545, 3.6.1).
    """
    start, end, duration = (component.one(name) for name in ("DTSTART", "DTEND", "DURATION"))
    is_said_twice = end is not None and duration is not None
    if start is None or (is_said_twice and component.name == "AVAILABLE"):
        raise UnreadError
    first = moment_of(start.value, start, weeks.zones)
    if duration is not None and end is None:
        return first, _to_midnight(first, length_of(duration.value))
    if end is None:
        return first, DAY if first.is_whole_day else timedelta()
    last = moment_of(end.value, end, weeks.zones)
    if (last.wall, last.zone) != (first.wall, first.zone):
        return first, _between(first, last)
    if not first.is_whole_day and component.name == "AVAILABLE":
        raise UnreadError
    return first, DAY if first.is_whole_day else timedelta()  # else a reminder


def _periods(
    listed: Sequence[CalendarProperty], weeks: CalendarWeeks, length: timedelta = timedelta(), *, are_free: bool
) -> list[tuple[Moment, timedelta]]:
    """The dates of properties and how long each lasts: `length`, or what it says after a slash.

    Raises UnreadError for one of free hours that cannot be read; one of busy hours is tallied, and the others count.
    """
    found = []
    for stated, text in _affordable(listed, weeks, are_free=are_free):
        try:
            found.append(_period(text, stated, weeks, length))
        except UnreadError as error:
            _pass_over(error, weeks, are_free=are_free)
    return found


def _affordable(
    listed: Sequence[CalendarProperty], weeks: CalendarWeeks, *, are_free: bool
) -> Iterator[tuple[CalendarProperty, str]]:
    """The dates of properties, as texts; those of one that lists too many are passed over."""
    for stated in listed:
        texts = [text.strip() for text in stated.value.split(",") if text.strip()]
        try:
            weeks.tally.spend(DATE_COST * len(texts))
        except UnreadError as error:
            _pass_over(error, weeks, are_free=are_free)
        else:
            yield from ((stated, text) for text in texts)


def _pass_over(error: UnreadError, weeks: CalendarWeeks, *, are_free: bool) -> None:
    if are_free:
        raise error
    weeks.tally.counts[error.kind] += 1


def _period(text: str, stated: CalendarProperty, weeks: CalendarWeeks, length: timedelta) -> tuple[Moment, timedelta]:
    start_text, slash, end_text = text.partition("/")
    start = moment_of(start_text, stated, weeks.zones)
    if end_text[:1] in ("P", "p"):
        return start, _to_midnight(start, length_of(end_text))
    return start, _between(start, moment_of(end_text, stated, weeks.zones)) if slash else length


def _between(start: Moment, end: Moment) -> timedelta:
    """How long it is from `start` to `end`: by the clock on the wall in one zone, else as time passes.

    Until 00:00 of the same day means until the day ends.
    """
    last, midnight = end.wall_in(start.zone), datetime.combine(start.wall.date(), time())
    length = last - start.wall
    if last == midnight < start.wall and not end.is_whole_day:
        length += DAY
    if length <= timedelta():
        raise UnreadError
    return _to_midnight(start, length)


def _to_midnight(start: Moment, length: timedelta) -> timedelta:
    """The length, to the end of the day where it ends at 23:59."""
    try:
        end = start.wall + length
        midnight = datetime.combine(end.date() + DAY, time())
    except OverflowError:
        raise UnreadError from None
    return midnight - start.wall if end.time() >= LAST_MINUTE else length
