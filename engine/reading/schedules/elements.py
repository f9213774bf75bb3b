"""Days in a row, times from one to another, parts of a day: what statements of hours are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.reading.schedules.clock_zones import CLOCK_NAMES
from engine.reading.schedules.clocks import Evidence, Hours, hours_between, opening_between
from engine.reading.schedules.day_names import RANGE_LINKS, days_of, misspelt_day
from engine.reading.schedules.parts_of_day import PartOfDay
from engine.reading.schedules.tokens import Kind, Token
from engine.schedules import Weekday


@dataclass(frozen=True, slots=True)
class Days:
    """Days that are named together; `days` is None when they can be read in two ways."""

    days: frozenset[Weekday] | None
    first: int  # tokens
    end: int


@dataclass(frozen=True, slots=True)
class Range:
    """Hours from one time to another; `hours` is None when they cannot be told. `opening`: longer than a shift."""

    hours: Hours | None
    opening: Hours | None
    evidence: Evidence
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day that is named, as a shift is ("turno tarde") or as one's time is ("por las tardes")."""

    part: PartOfDay
    is_shift: bool
    first: int
    end: int


Element = Days | Range | Part
_SMALL = {"los", "el", "la", "las", "de", "del", "dia", "dias", "desde", "from", "on", "the"}
_BETWEEN = {"entre", "between"}
_BEFORE_SHIFT = {"turno", "turnos", "shift", "shifts", "horario", "horarios", "jornada", "jornadas", "t"}
_BEFORE_PART = {"por", "en", "las", "la", "durante", "work", "in", "the", "during"}
_SHORT_PARTS = {"tm", "tt", "tn"}
_SAID_OF_SHIFTS = {"shift", "shifts", "overnight", "graveyard", "nocturno", "nocturna", "diurno", "diurna"}
NO_DAYS = _SMALL | {"partir", "tiempo", "full", "part", "jornada", "horario", "eleccion", "convenir", "coordinar"}
_MOST_BEFORE_PART, FEW = 3, 2


def elements(row: Sequence[Token]) -> list[Element]:
    """The elements of a row of tokens, in order."""
    found: list[Element] = []
    place = 0
    while place < len(row):
        element = _element(row, place, is_after_hours=_begins_with_hours(found, place))
        if element is not None:
            found.append(element)
        place = element.end if element is not None else place + 1
    return found


def _begins_with_hours(found: Sequence[Element], place: int) -> bool:
    """Whether hours without days stand just before `place`: those that follow are theirs."""
    last, earlier = (found[-1] if found else None), (found[-2] if len(found) > 1 else None)
    return isinstance(last, Range) and place - last.end <= FEW and not isinstance(earlier, Days)


def _element(row: Sequence[Token], place: int, *, is_after_hours: bool) -> Element | None:
    kind = row[place].kind
    if kind in (Kind.DAY, Kind.DAYS):
        return _days(row, place, is_after_hours=is_after_hours)
    if kind is Kind.CLOCK:
        return _range(row, place)
    return _part(row, place) if kind is Kind.PART else None


def _days(row: Sequence[Token], first: int, *, is_after_hours: bool) -> Days:
    names, is_open, place = [row[first].days], False, first + 1
    links: list[str] = []
    if first > 1 and row[first - 1].text in ("a", "to") and row[first - 2].kind is Kind.WORD:
        names, links = _with_misspelt(row[first - 2].text, names)
        is_open = not links and row[first - 2].text not in NO_DAYS  # "feriados a viernes"
    while (link := _link(row, place, in_list=not RANGE_LINKS & {*links})) is not None:
        word, further = link
        if is_after_hours and word not in RANGE_LINKS and _leads_to_hours(row, further + 1):
            break  # "9 a 18 lunes a viernes, sábado 9 a 13"
        place = further
        names.append(row[place].days or misspelt_day(row[place].text))
        links.append(word)
        is_open |= word == "or"
        place += 1
    is_open |= _leads_to_unknown_word(row, place)
    return Days(None if is_open else days_of(names, links), first, place)


def _with_misspelt(word: str, names: list[frozenset[Weekday]]) -> tuple[list[frozenset[Weekday]], list[str]]:
    """The days of "lunea a viernes"."""
    day = misspelt_day(word)
    return ([day, *names], ["to"]) if day else (names, [])


def _leads_to_unknown_word(row: Sequence[Token], place: int) -> bool:
    """Whether days go on to a word that is none ("lunes a campaña"): which days those are is not known."""
    if place + 1 >= len(row) or row[place].text not in ("a", "to"):
        return False
    return row[place + 1].kind is Kind.WORD and row[place + 1].text not in NO_DAYS


_WORD_OF_LINK = {Kind.UNTIL: "to", Kind.AND: "and", Kind.SLASH: "slash", Kind.OR: "or"}


def _link(row: Sequence[Token], place: int, *, in_list: bool) -> tuple[str, int] | None:
    """What joins the days before `place` to further ones, and where those stand. Boards write full stops for the commas
    of a list ("lunes. miércoles. y viernes")."""
    words: list[str] = []
    if _is_misspelt_range(row, place):
        return "to", place + 1
    if in_list and _stand_side_by_side(row, place):
        return "and", place  # "sábados domingos y feriados", "lun mie vie"
    if in_list and row[place - 1].kind is Kind.DAY and (further := _after_full_stop(row, place)):
        words, place = ["and"], further
    while place < len(row) and len(words) < 3 and row[place].kind in _WORD_OF_LINK:
        words.append("dash" if row[place].text == "-" else _WORD_OF_LINK[row[place].kind])
        place += 1
    place = _after_small(row, place)
    if not words or place >= len(row):
        return None
    if row[place].kind not in (Kind.DAY, Kind.DAYS) and not (
        words in (["to"], ["dash"]) and misspelt_day(row[place].text)
    ):
        return None
    return ("or" if "or" in words else words[0]), place


def _stand_side_by_side(row: Sequence[Token], place: int) -> bool:
    """Whether two days stand next to each other as in a list; "lunes viernes" alone may be a range."""
    one, two = row[place - 1], row[place] if place < len(row) else row[place - 1]
    if one is two or one.kind is not Kind.DAY or two.kind is not Kind.DAY:
        return False
    is_longer = any(0 <= at < len(row) and row[at].kind is Kind.DAY for at in (place - 2, place + 1))
    return is_longer or not (one.days == {Weekday.MON} and min(two.days) >= Weekday.FRI)


def _after_full_stop(row: Sequence[Token], place: int) -> int | None:
    """The place after a full stop (and the end of its line) that one more day, alone, follows."""
    end = place
    while end < min(place + 2, len(row)) and row[end].kind is Kind.BREAK and row[end].text in (".", "\n"):
        end += 1
    day = end + 1 if end < len(row) and row[end].kind is Kind.AND else end
    is_list = end > place and row[place].text == "." and day < len(row) and row[day].kind is Kind.DAY
    return end if is_list and not (day + 1 < len(row) and row[day + 1].kind in (Kind.CLOCK, Kind.UNTIL)) else None


def _leads_to_hours(row: Sequence[Token], place: int) -> bool:
    place = _after_small(row, place)
    return place < len(row) and row[place].kind is Kind.CLOCK


def _is_misspelt_range(row: Sequence[Token], place: int) -> bool:
    """Whether days stand as in "lunes de viernes" or "lunes viernes": from the first to the last of a working week."""
    if not 0 < place < len(row) - 1 or row[place - 1].days != frozenset({Weekday.MON}) or row[place].text != "de":
        return False
    return row[place + 1].kind is Kind.DAY and min(row[place + 1].days) >= Weekday.FRI


def _after_small(row: Sequence[Token], place: int) -> int:
    end = min(place + 3, len(row))
    while place < end and row[place].text in _SMALL:
        place += 1
    return place


def _range(row: Sequence[Token], first: int) -> Range | None:
    start = row[first].clock
    place = first + 1
    if place < len(row) and row[place].text in CLOCK_NAMES:  # "9 am EST a 5 pm EST"
        place += 1
    is_between = first > 0 and any(token.text in _BETWEEN for token in row[max(0, first - 2) : first])
    has_link = place < len(row) and (
        row[place].kind is Kind.UNTIL or (is_between and row[place].text in ("y", "and", "e"))
    )
    place = _after_small(row, place + 1) if has_link else place
    if place + 1 < len(row) and has_link and row[place].kind is Kind.UNTIL:  # "9 - a 18", "hasta a las"
        place = _after_small(row, place + 1)
    place = _after_way_out(row, place) or place
    has_link = has_link or place > first + 1
    end = row[place].clock if place < len(row) else None
    if start is None or end is None:
        return None
    if not has_link and not (min(start.evidence, end.evidence) >= Evidence.COLON and _touch(row[first], row[place])):
        return None
    hours = hours_between(start, end)
    opening = opening_between(start, end) if hours is None else None
    return Range(hours, opening, max(start.evidence, end.evidence), first, place + 1)


_WAYS_OUT = {"salida", "salidas", "out", "termino", "fin", "termina", "finaliza", "culmina", "egreso", "sale"}


def _after_way_out(row: Sequence[Token], place: int) -> int | None:
    """Where the second time of "entrada 8 am, salida 5 pm" stands."""
    for end in range(place, min(place + 8, len(row))):
        if row[end].clock is not None:
            said = {token.text for token in row[place:end]}
            return (
                end
                if _WAYS_OUT & said and said <= _WAYS_OUT | _SMALL | {",", "y", ":", "-", "/", "hora", "a"}
                else None
            )
    return None


def _touch(one: Token, two: Token) -> bool:
    return two.start - one.end <= 1


def _part(row: Sequence[Token], place: int) -> Part | None:
    token = row[place]
    before = [one.text for one in row[max(0, place - _MOST_BEFORE_PART) : place]]
    after = row[place + 1].text if place + 1 < len(row) else ""
    if token.part is None:
        return None
    is_shift = bool(_BEFORE_SHIFT & set(before)) or _leads_to_shift(row, place + 1) or token.text in _SAID_OF_SHIFTS
    if token.text in _SHORT_PARTS and not (after in (":", "(", "-") or _BEFORE_SHIFT & set(before)):
        is_clock_next = place + 1 < len(row) and row[place + 1].kind in (Kind.CLOCK, Kind.DAY, Kind.DAYS)
        return Part(token.part, True, place, place + 1) if is_clock_next else None
    is_named = is_shift or bool(before and before[-1] in _BEFORE_PART)
    if is_named or _follows_part(row, place) or _leads_to_part(row, place + 1):
        return Part(token.part, is_shift, place, place + 1)
    return None


def _leads_to_shift(row: Sequence[Token], place: int) -> bool:
    """Whether "shifts" follows, perhaps after other parts of the day ("morning, afternoon and night shifts")."""
    for token in row[place : place + 8]:
        if token.text in ("shift", "shifts"):
            return True
        if token.kind not in (Kind.PART, Kind.AND, Kind.OR, Kind.SLASH):
            return False
    return False


def _leads_to_part(row: Sequence[Token], place: int) -> bool:
    """Whether another part follows that is named with it ("mañana o tarde")."""
    ahead = row[place : place + 2]
    return len(ahead) > 1 and ahead[0].kind in (Kind.OR, Kind.AND, Kind.SLASH) and ahead[1].kind is Kind.PART


def _follows_part(row: Sequence[Token], place: int) -> bool:
    """Whether another part stands just before ("mañana, tarde o noche"), or hours just after ("Noche: 22")."""
    back = row[max(0, place - 3) : place]
    if any(one.kind is Kind.PART for one in back) and all(
        one.kind in (Kind.PART, Kind.OR, Kind.AND, Kind.SLASH, Kind.UNTIL) or one.text in _SMALL for one in back[-2:]
    ):
        return True
    ahead = row[place + 1 : place + 4]
    return bool(ahead) and (
        ahead[0].kind is Kind.CLOCK
        or (ahead[0].text in (":", "(", "-", "de") and any(one.kind is Kind.CLOCK for one in ahead))
    )
