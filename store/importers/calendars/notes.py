"""What an imported calendar said that a usual week cannot hold, in words for the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.explain import Locale


class NoteKind(StrEnum):
    """What a note is about."""

    OTHER_WEEK = "other_week"
    IRREGULAR_WEEK = "irregular_week"
    ENDED = "ended"
    NOT_STARTED = "not_started"
    ENDS = "ends"
    NOT_WEEKLY = "not_weekly"
    ONE_OFF = "one_off"
    NO_END = "no_end"
    EXCEPTIONS = "exceptions"
    ZONE_MOVES = "zone_moves"
    EQUAL_PRIORITY = "equal_priority"
    EVENTS_TAKEN_OFF = "events_taken_off"
    EVENTS_LEFT_OUT = "events_left_out"


@dataclass(frozen=True, slots=True)
class CalendarNote:
    """One note, ready to show."""

    kind: NoteKind
    text: str


@dataclass(slots=True)
class CalendarTally:
    """What was met while reading: how often each kind, the zones that move, and the day that hours end first."""

    counts: Counter[NoteKind] = field(default_factory=Counter)
    zones: set[str] = field(default_factory=set)
    ends: date | None = None

    def end_on(self, day: date) -> None:
        """Some hours end on `day`."""
        self.counts[NoteKind.ENDS] += 1
        self.ends = day if self.ends is None else min(day, self.ends)

    def notes(self, week: date, locale: Locale) -> tuple[CalendarNote, ...]:
        """The notes, in the order of `NoteKind`; `week` is the Monday of the week that was read."""
        return tuple(self._notes(week, locale))

    def _notes(self, week: date, locale: Locale) -> Iterator[CalendarNote]:
        texts = _TEXTS[locale]
        for kind in NoteKind:
            if self.counts[kind] > 0:
                day = self.ends if kind is NoteKind.ENDS and self.ends is not None else week
                words = {"count": self.counts[kind], "date": _day_text(day, locale)}
                yield CalendarNote(kind, texts[kind].format(zones=", ".join(sorted(self.zones)), **words))


def _day_text(day: date, locale: Locale) -> str:
    return f"{day:%d/%m/%Y}" if locale is Locale.ES else day.isoformat()


_TEXTS = {
    Locale.ES: {
        NoteKind.OTHER_WEEK: "Esta semana no es como las demás (feriado, viaje, días movidos o cambio de hora): "
        "tomamos la del {date}.",
        NoteKind.IRREGULAR_WEEK: "Ninguna semana cercana está libre de cambios (feriado, viaje, días movidos): tomamos "
        "la del {date} tal como está. Revísala.",
        NoteKind.ENDED: "Horarios que ya terminaron y no contamos: {count}.",
        NoteKind.NOT_STARTED: "Horarios que aún no empiezan y no contamos: {count}.",
        NoteKind.ENDS: "Parte de tus horas termina el {date}: actualízalas entonces.",
        NoteKind.NOT_WEEKLY: "Horarios que no se repiten igual cada semana (cada dos semanas, cada mes u otros) y no "
        "contamos: {count}.",
        NoteKind.ONE_OFF: "Horas libres de una sola fecha, que no contamos: {count}.",
        NoteKind.NO_END: "Horarios que no dicen a qué hora terminan y no contamos: {count}.",
        NoteKind.EXCEPTIONS: "Guardamos tu semana usual, sin los cambios de fechas sueltas (feriados, días movidos).",
        NoteKind.ZONE_MOVES: "Las horas dadas en hora de {zones} se mueven con el horario de verano: las pasamos a tu "
        "hora como son en la semana del {date}.",
        NoteKind.EQUAL_PRIORITY: "Dos disponibilidades de igual prioridad se contradicen: contamos solo las horas "
        "libres en ambas.",
        NoteKind.EVENTS_TAKEN_OFF: "Eventos que se repiten y que quitamos de tus horas libres: {count}.",
        NoteKind.EVENTS_LEFT_OUT: "Eventos que no se repiten cada semana y que no quitamos de tus horas: {count}.",
    },
    Locale.EN: {
        NoteKind.OTHER_WEEK: "This week is not like the others (a holiday, a trip, days moved, clocks put forward): "
        "we took that of {date}.",
        NoteKind.IRREGULAR_WEEK: "No week near is free of changes (a holiday, a trip, days moved): we took that of "
        "{date} as it is. Check it.",
        NoteKind.ENDED: "Hours that have ended and do not count: {count}.",
        NoteKind.NOT_STARTED: "Hours that have not started and do not count: {count}.",
        NoteKind.ENDS: "Some of your hours end on {date}: update them then.",
        NoteKind.NOT_WEEKLY: "Hours that are not the same every week (every second week, monthly or other) and do not "
        "count: {count}.",
        NoteKind.ONE_OFF: "Free hours on a single date, which do not count: {count}.",
        NoteKind.NO_END: "Hours that do not say when they end and do not count: {count}.",
        NoteKind.EXCEPTIONS: "We keep your usual week, without the changes on single dates (holidays, days moved).",
        NoteKind.ZONE_MOVES: "Hours told in the time of {zones} move with daylight saving: they are in your time as in "
        "the week of {date}.",
        NoteKind.EQUAL_PRIORITY: "Two availabilities of the same priority disagree: only the hours free in both count.",
        NoteKind.EVENTS_TAKEN_OFF: "Repeated events taken off your free hours: {count}.",
        NoteKind.EVENTS_LEFT_OUT: "Events that are not weekly, which are not taken off your hours: {count}.",
    },
}
