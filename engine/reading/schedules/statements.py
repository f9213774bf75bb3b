"""Which hours are said of which days: "lunes a viernes de 9 a 18 y sábados de 9 a 13" are two statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.reading.schedules.clocks import NOON, Clock, Evidence, Hours
from engine.reading.schedules.elements import Days, Element, Part, Range, elements
from engine.reading.schedules.parts_of_day import PartOfDay
from engine.reading.schedules.tokens import Kind, Token, tokens
from engine.schedules import MINUTES_PER_DAY, Weekday


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of `days` (None: of which is not told), from `start` to `end` of the words.

    `hours` None with a `part` is a part of the day; without one, hours that cannot be told. `opening` holds hours that
    are longer than a shift. `link` is what joins it to the statement before it in the same row ("" begins a row).
    `is_clear` is False for what can be read in two ways, `is_dated` True for days with a date.
    """

    days: frozenset[Weekday] | None
    hours: Hours | None
    opening: Hours | None
    part: PartOfDay | None
    evidence: Evidence
    link: str
    start: int
    end: int
    is_shift: bool = False  # its part of the day is called a shift ("turno tarde")
    is_clear: bool = True
    is_dated: bool = False


@dataclass(frozen=True, slots=True)
class DaysAlone:
    """Days that are named without hours; `is_group`: by a word such as "fines de semana" or "todos los días". `until`
    is the end of their hours where only that is told ("sábados hasta la 1")."""

    days: frozenset[Weekday] | None
    start: int
    end: int
    is_group: bool = False
    until: Clock | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """All that some words say of days and hours."""

    statements: tuple[Statement, ...]
    days_alone: tuple[DaysAlone, ...]


_FILLERS = frozenset(
    """
    a al com con de del desde el en entre es este esta hora horario horarios horas hs hrs hr h la las lo los laboral
    laborales laborar jornada jornadas trabajo trabajar turno turnos full part time tiempo completo completa medio
    presencial fijo fija regular sera seran son siguiente siguientes rango partir cubrir continuo corrido semana dia
    dias ingreso salida entrada t m am pm hasta on the from at between work working shift shifts hours schedule is
    are cada todos ambos both inclusive solo solamente only aprox aproximadamente of ser normal diario diarias
    administrativo apertura cierre feriados holidays atencion comprendido comprendida asi manera por
    """.split()  # noqa: SIM905
)
_AT_HOME = frozenset({"home", "office", "homeoffice", "remoto", "remota", "virtual", "oficina"})
EARLIEST_NIGHT, FEW_BETWEEN = 19 * 60, 2
LONGEST_SHORT_NAME = 4
OTHER_WORDS = frozenset({"mar", "sun"})
WEEKEND_WORDS = frozenset({"fin de semana", "fines de semana", "fines de semanas", "weekend", "weekends", "sadofe"})
_MOST_TOKENS_BETWEEN, _MOST_CHARACTERS_BETWEEN = 10, 60
_SHIFT_WORDS = frozenset({"turno", "shift"})
_LINKS = ((Kind.OR, "or"), (Kind.SLASH, "slash"), (Kind.BREAK, "break"), (Kind.AND, "and"))


def told_in(words: str) -> Told:
    """What `words` (plain) say of days and hours."""
    row = list(tokens(words))
    statements: list[Statement] = []
    alone: list[DaysAlone] = []
    for chain in _chains(row, elements(row)):
        _read_chain(row, chain, statements, alone)
    return Told(tuple(statements), tuple(alone))


def _chains(row: Sequence[Token], found: list[Element]) -> Iterator[list[Element]]:
    """The elements in rows: next to each other, nothing between but words that say nothing."""
    chain: list[Element] = []
    for element in found:
        if chain and not _are_near(row, chain[-1], element):
            yield chain
            chain = []
        chain.append(element)
    if chain:
        yield chain


def _are_near(row: Sequence[Token], one: Element, two: Element) -> bool:
    between = row[one.end : two.first]
    if any(token.kind is Kind.BREAK for token in between) and any(token.text in _AT_HOME for token in between):
        return False
    if len(between) > _MOST_TOKENS_BETWEEN or row[two.first].start - row[one.end - 1].end > _MOST_CHARACTERS_BETWEEN:
        return False
    return all(
        token.kind not in (Kind.WORD, Kind.ROSTER, Kind.CLOCK) or token.text in _FILLERS | _AT_HOME for token in between
    )


def _read_chain(
    row: Sequence[Token], chain: list[Element], statements: list[Statement], alone: list[DaysAlone]
) -> None:
    of_range = _days_of_ranges(row, chain)
    used = {id(days) for days in of_range if days is not None}
    has_hours = any(isinstance(element, Range) for element in chain)
    for place, element in enumerate(chain):
        if isinstance(element, Range):
            part = _label(chain, place)
            statements.append(_statement(row, chain, place, of_range[place], element, part))
        elif isinstance(element, Part) and not has_hours:
            days = _nearest_days(row, chain, place)
            used |= {id(days)} if days is not None else set()
            statements.append(_statement(row, chain, place, days, None, element))
    alone.extend(
        DaysAlone(
            element.days,
            row[element.first].start,
            row[element.end - 1].end,
            _is_group(row, element),
            _until(row, element),
        )
        for element in chain
        if isinstance(element, Days) and id(element) not in used and not _is_other_word(row, element, chain)
    )


def _is_other_word(row: Sequence[Token], days: Days, chain: Sequence[Element]) -> bool:
    """Whether one short name stands alone: "mar", "sun", "dom." are other words too; "l-v" is none, and beside hours
    most are days ("8 a 17, sáb. medio turno")."""
    name = row[days.first].text.rstrip(".")
    is_short = row[days.first].kind is Kind.DAY and days.end == days.first + 1 and len(name) <= LONGEST_SHORT_NAME
    return is_short and (len(chain) == 1 or name in OTHER_WORDS)


def _until(row: Sequence[Token], days: Days) -> Clock | None:
    """The clock of "sábados hasta la 1"."""
    ahead = row[days.end : days.end + 5]
    if not any(token.text == "hasta" for token in ahead[:2]):
        return None
    clock = next((token for token in ahead if token.clock is not None), None)
    return clock.clock if clock is not None else None


def _is_group(row: Sequence[Token], days: Days) -> bool:
    token = row[days.first]
    return days.end == days.first + 1 and token.kind is Kind.DAYS and " " in token.text


def _days_of_ranges(row: Sequence[Token], chain: list[Element]) -> list[Days | None]:
    """For each element the days of its hours: those before it, or after it in a row that begins with hours."""
    kinds = [element for element in chain if not isinstance(element, Part)]
    is_hours_first = bool(kinds) and isinstance(kinds[0], Range)
    last: list[Days | None] = []
    seen: Days | None = None
    for element in chain:
        seen = element if isinstance(element, Days) else seen
        last.append(seen)
    if not is_hours_first:
        return [days if isinstance(element, Range) else None for element, days in zip(chain, last, strict=True)]
    following: list[Days | None] = []
    seen = None
    for element in reversed(chain):
        seen = element if isinstance(element, Days) else seen
        following.append(seen)
    following.reverse()
    ends_with_days = isinstance(kinds[-1], Days)
    begins_another = _begins_another(row, kinds)
    return [
        (after if ends_with_days or (before is None and not begins_another) else before)
        if isinstance(element, Range)
        else None
        for element, before, after in zip(chain, last, following, strict=True)
    ]


def _begins_another(row: Sequence[Token], kinds: Sequence[Element]) -> bool:
    """Whether the days after the hours that begin a row are those of the next hours ("9 a 18 y sábados 9 a 13")."""
    if len(kinds) < 3 or not isinstance(kinds[1], Days) or not isinstance(kinds[2], Range):
        return False
    return any(token.kind in (Kind.AND, Kind.BREAK) for token in row[kinds[0].end : kinds[1].first])


def _label(chain: list[Element], place: int) -> Part | None:
    """The part of the day that hours are called by: before them (days may stand between), or just after."""
    for before in reversed(chain[:place]):
        if isinstance(before, Range):
            break
        if isinstance(before, Part):
            return before
    after = chain[place + 1] if place + 1 < len(chain) else None
    ends_row = not any(isinstance(one, Range) for one in chain[place + 1 :])
    return after if isinstance(after, Part) and ends_row else None


def _nearest_days(row: Sequence[Token], chain: list[Element], place: int) -> Days | None:
    """The days of a part of the day; "turno noche y fines de semana" are two things."""
    before = next((one for one in reversed(chain[max(0, place - 3) : place]) if isinstance(one, Days)), None)
    days = before or next((one for one in chain[place + 1 : place + 4] if isinstance(one, Days)), None)
    if days is None or row[days.first].text in WEEKEND_WORDS:
        return None
    between = row[days.end : chain[place].first] if before else row[chain[place].end : days.first]
    return None if any(token.kind in (Kind.AND, Kind.OR) and token.text != "," for token in between) else days


def _statement(
    row: Sequence[Token], chain: list[Element], place: int, days: Days | None, hours: Range | None, part: Part | None
) -> Statement:
    element = chain[place]
    ends = [one for one in (days, part, element) if one is not None]
    first, end = min(one.first for one in ends), max(one.end for one in ends)
    last = _before(chain, place, part, is_among_hours=hours is not None)
    gap = row[last.end : first if first >= last.end else element.first] if last is not None else ()
    dated = days is not None and any(token.kind is Kind.DATE for token in row[days.end : days.end + 2])
    clear = (days is None or days.days is not None) and (hours is None or bool(hours.hours or hours.opening))
    return Statement(
        days=days.days if days is not None else None,
        hours=_by_its_name(row, hours, part),
        opening=hours.opening if hours is not None else None,
        part=part.part if part is not None else None,
        evidence=hours.evidence if hours is not None else Evidence.BARE,
        link=_link(gap, is_first=not place),
        start=row[first].start,
        end=row[end - 1].end,
        is_shift=part is not None and part.is_shift,
        is_clear=clear,
        is_dated=dated,
    )


def _before(chain: list[Element], place: int, part: Part | None, *, is_among_hours: bool) -> Element | None:
    """The hours before a place, or where a row has none what is nearest and no day."""
    nearest: Element | None = None
    for at in range(place - 1, -1, -1):
        one = chain[at]
        if isinstance(one, Range):
            return one
        if nearest is None and not isinstance(one, Days) and one is not part:
            nearest = one
        if nearest is not None and not is_among_hours:
            break
    return nearest


def _by_its_name(row: Sequence[Token], told: Range | None, part: Part | None) -> Hours | None:
    """The hours, in the half of the day that they are called by: "noche de 10 a 6" begins in the evening."""
    hours = told.hours if told is not None else None
    if told is None or hours is None or part is None or part.part is not PartOfDay.NIGHT:
        return hours
    between = row[part.end : told.first]
    is_named = part.end <= told.first and len(between) <= FEW_BETWEEN
    if not is_named or any(token.kind in (Kind.BREAK, Kind.AND) for token in between) or told.evidence is Evidence.HALF:
        return hours
    is_by_day = EARLIEST_NIGHT - NOON <= hours.start <= NOON and hours.start < hours.end
    return Hours(hours.start + NOON, (hours.end + NOON) % MINUTES_PER_DAY, is_sure=False) if is_by_day else hours


def _link(gap: Sequence[Token], *, is_first: bool) -> str:
    """What joins hours to those before them; "turno am (8 a 13) y turno pm (16 a 21)" are two shifts."""
    link = next((name for kind, name in _LINKS if any(token.kind is kind for token in gap)), "" if is_first else " ")
    return "or" if link == "and" and any(token.text in _SHIFT_WORDS for token in gap) else link
