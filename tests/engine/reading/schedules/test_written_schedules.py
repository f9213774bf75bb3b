"""A schedule that is written in words, in many forms and among other sentences, is read back exactly."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.reading.schedules.schedule_text import read_schedule
from engine.schedules import Schedule, ScheduleKind, Weekday, Window

LIMA = "America/Lima"
DRAW = st.data()
LONG = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT = {
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
BEFORE = ("Somos una empresa líder.", "Buscamos cajera con experiencia.", "REQUISITOS: secundaria completa\n", "")
AFTER = ("Planilla completa.", "Sueldo S/ 1,300 mensual.", "\nLugar: Av. Arequipa 1234", "Trabajo presencial.", "")
SHOUTED: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.capitalize)


def days_text(days: list[int], language: str, draw: st.DataObject) -> str:
    """Days in a row as a range, others as a list."""
    names = draw.draw(st.sampled_from([LONG, SHORT]))[language] if len(days) > 1 else LONG[language]
    in_a_row = len(days) > 2 and all(two == one + 1 for one, two in pairwise(days))
    if in_a_row:
        link = draw.draw(st.sampled_from([" a ", "-", " - "] if language == "es" else [" to ", "-", " through "]))
        return f"{names[days[0]]}{link}{names[days[-1]]}"
    last = " y " if language == "es" else " and "
    return last.join(filter(None, (", ".join(names[day] for day in days[:-1]), names[days[-1]])))


def clock_text(minute: int, style: str) -> str:
    """A time of day in one of the styles of ads."""
    hour, rest = divmod(minute % 1440, 60)
    if style == "24":
        return f"{hour:02d}:{rest:02d}"
    if style == "hs":
        return f"{hour}.{rest:02d} hs" if rest else f"{hour} hs"
    half = {"am": ("am", "pm"), "a.m.": ("a.m.", "p.m."), "AM": (" AM", " PM"), "a. m.": (" a. m.", " p. m.")}[style]
    shown = f"{(hour + 11) % 12 + 1}" + (f":{rest:02d}" if rest or style != "am" else "")
    return f"{shown}{half[hour >= 12]}"


def hours_text(start: int, end: int, draw: st.DataObject) -> str:
    """From one time to another."""
    style = draw.draw(st.sampled_from(["24", "hs", "am", "a.m.", "AM", "a. m."]))
    form = draw.draw(
        st.sampled_from(["de {} a {}", "{} - {}", "{} a {}", "from {} to {}", "desde las {} hasta las {}"])
    )
    return form.format(clock_text(start, style), clock_text(end, style))


@st.composite
def shift(draw: st.DrawFn, of: st.SearchStrategy[list[int]]) -> tuple[list[int], int, int]:
    """Days, and hours between five in the morning and midnight, in quarters."""
    start = draw(st.integers(5 * 4, 19 * 4)) * 15
    return draw(of), start, min(start + draw(st.integers(3 * 4, 9 * 4)) * 15, 1440)


WEEKDAYS = st.lists(st.integers(0, 4), min_size=1, max_size=5, unique=True).map(sorted)
WEEKEND = st.sampled_from([[5], [6], [5, 6]])


def window(days: list[int], start: int, end: int) -> Window:
    """The window of a shift."""
    return Window(tuple(Weekday(day) for day in days), start, end)


def read_back(text: str, draw: st.DataObject) -> Schedule | None:
    """What is read of `text` among other sentences, in one of several ways of shouting."""
    shouted = draw.draw(st.sampled_from(SHOUTED))(text)
    before, after = draw.draw(st.sampled_from(BEFORE)), draw.draw(st.sampled_from(AFTER))
    found = read_schedule(f"{before} {shouted}. {after}", LIMA)
    return found.schedule if found is not None else None


@given(shift(WEEKDAYS), shift(WEEKEND), st.booleans(), DRAW)
def test_fixed_hours_of_one_or_two_sets_of_days(
    one: tuple[list[int], int, int], two: tuple[list[int], int, int], has_two: bool, draw: st.DataObject
) -> None:
    assume(not has_two or len(one[0]) + len(two[0]) < 7)  # people rest: all seven days are hours to lie within
    language = draw.draw(st.sampled_from(["es", "en"]))
    label = draw.draw(st.sampled_from(["Horario: ", "", "Jornada laboral: ", "Disponibilidad para trabajar de "]))
    parts = [f"{days_text(days, language, draw)} {hours_text(start, end, draw)}" for days, start, end in (one, two)]
    link = draw.draw(st.sampled_from([" y ", ", ", " / ", "; ", "\n"]))
    text = label + (link.join(parts) if has_two else parts[0])
    windows = [window(*one), window(*two)] if has_two else [window(*one)]
    read = read_back(text, draw)
    assert read is not None, text
    assert (read.kind, minutes(read.windows)) == (ScheduleKind.FIXED, minutes(tuple(windows))), text


def minutes(windows: tuple[Window, ...]) -> set[tuple[int, int, int]]:
    """The hours of each day: the same hours may be told of two sets of days."""
    return {(day, one.start_minute, one.end_minute) for one in windows for day in one.days}


@given(shift(WEEKDAYS), st.integers(1, 12), DRAW)
def test_one_of_two_shifts(one: tuple[list[int], int, int], later: int, draw: st.DataObject) -> None:
    days, start, end = one
    second = (min(start + later * 15, 20 * 60), min(end + later * 15, 1440))
    assume(second != (start, end))
    named = days_text(days, "es", draw)
    style = draw.draw(st.sampled_from(["24", "am", "a.m."]))
    first, other = (f"de {clock_text(a, style)} a {clock_text(b, style)}" for a, b in ((start, end), second))
    text = draw.draw(
        st.sampled_from(
            [
                f"Horario: {named} {first} o {other}",
                f"Turno 1: {named} {first}\nTurno 2: {named} {other}",
                f"Dos turnos disponibles: {named} {first} / {named} {other}",
            ]
        )
    )
    read = read_back(text, draw)
    assert read is not None, text
    assert read.kind is ScheduleKind.ONE_OF, text
    assert set(map(frozenset, map(minutes, read.shifts))) == {
        frozenset(minutes((window(days, start, end),))),
        frozenset(minutes((window(days, *second),))),
    }, text


ROTATING = ("turnos rotativos", "horarios rotativos", "turnos que rotan", "rotating shifts", "jornada rotativa")


@given(shift(WEEKDAYS), st.sampled_from(ROTATING), DRAW)
def test_rotating_is_never_fixed(one: tuple[list[int], int, int], words: str, draw: st.DataObject) -> None:
    days, start, end = one
    read = read_back(f"{words} {days_text(days, 'es', draw)} {hours_text(start, end, draw)}", draw)
    assert read is not None
    assert read.kind is ScheduleKind.ROTATING


@given(st.text(alphabet="lunes aviernes0123456789:-,.hsy/ LVpm|()ñ\n", max_size=120))
def test_no_text_raises_and_whatever_is_read_has_a_sentence(text: str) -> None:
    found = read_schedule(f"turno {text} horario", LIMA)
    assert found is None or found.sentence
