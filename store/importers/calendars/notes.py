"""What is said of an imported calendar: notes on what its usual week leaves out, and why a file is refused."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from engine.errors import InvalidInputError
from engine.explain import Locale

# How many starts are reckoned for one file, those of all its rules together.
MOST_RECKONED = 2_000_000


class NoteKind(StrEnum):
    """What a note is about."""

    CUT_OFF = "cut_off"
    UNREAD = "unread"
    UNKNOWN_ZONE = "unknown_zone"
    TOO_MUCH = "too_much"
    ENDS = "ends"
    NOT_USUAL = "not_usual"
    NO_END = "no_end"
    EXCEPTIONS = "exceptions"
    ZONE_MOVES = "zone_moves"
    EQUAL_PRIORITY = "equal_priority"
    EVENTS_TAKEN_OFF = "events_taken_off"
    EVENTS_LEFT_OUT = "events_left_out"
    DECLINED = "declined"
    DECLINED_BY_SOMEBODY = "declined_by_somebody"
    NO_EVENTS = "no_events"
    PIECES = "pieces"


class Refusal(StrEnum):
    """Why a file is refused."""

    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    NO_CALENDAR = "no_calendar"
    ZIPPED = "zipped"
    NO_HOURS = "no_hours"
    NONE_FREE = "none_free"
    BAD_HOURS = "bad_hours"


class UnreadError(ValueError):
    """Something of the file cannot be read: it is left out, and a note of `kind` says so."""

    def __init__(self, kind: NoteKind = NoteKind.UNREAD) -> None:
        super().__init__(kind.value)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class CalendarNote:
    """One note, ready to show."""

    kind: NoteKind
    text: str


@dataclass(slots=True)
class CalendarTally:
    """What was met while reading: how often each kind, the zones and whether they move, the day that hours end first,
    and how much was reckoned."""

    counts: Counter[NoteKind] = field(default_factory=Counter)
    zones: dict[str, bool] = field(default_factory=dict)
    ends: date | None = None
    reckoned: int = 0

    def spend(self, starts: int) -> None:
        """Reckon so many starts; raises UnreadError where that is too much for one file."""
        if self.reckoned + starts > MOST_RECKONED:
            raise UnreadError(NoteKind.TOO_MUCH)
        self.reckoned += starts

    def end_on(self, day: date) -> None:
        """Some hours end on `day`."""
        self.counts[NoteKind.ENDS] += 1
        self.ends = day if self.ends is None else min(day, self.ends)

    def notes(self, week: date, locale: Locale) -> tuple[CalendarNote, ...]:
        """The notes, in the order of `NoteKind`; `week` is the Monday of the week that was read."""
        return tuple(self._notes(week, locale))

    def _notes(self, week: date, locale: Locale) -> Iterator[CalendarNote]:
        for kind in NoteKind:
            if self.counts[kind] > 0:
                day = self.ends if kind is NoteKind.ENDS and self.ends is not None else week
                words = {"count": self.counts[kind], "date": _day_text(day, locale)}
                text: str = _texts()["notes"][kind][locale]
                yield CalendarNote(
                    kind,
                    text.format(zones=", ".join(sorted(name for name, moves in self.zones.items() if moves)), **words),
                )


def refused(why: Refusal, locale: Locale, *, field: str = "calendar", **words: object) -> InvalidInputError:
    """The error of what is refused, in the person's language. What stands in a file is not repeated."""
    texts = {name: text.format(**words) for name, text in _texts()["refusals"][why][locale].items()}
    return InvalidInputError(got=str(words.get("got", "")), field=field, **texts)


def _day_text(day: date, locale: Locale) -> str:
    return f"{day:%d/%m/%Y}" if locale is Locale.ES else day.isoformat()


@lru_cache(maxsize=1)
def _texts() -> Any:
    """The words of `notes.toml`, by what they are about and by language."""
    return tomllib.loads((files("store") / "importers" / "calendars" / "notes.toml").read_text("utf-8"))
