"""Whether somebody is free in the hours that they name: "no puedo domingos", "estudio de 8 a 1", "libre las noches"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Freedom(Enum):
    """Whether hours are free; `UNKNOWN`: of work that somebody has, or that they look for."""

    FREE = "free"
    BUSY = "busy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SaidFree:
    """What is said of hours, and from where to where it is said."""

    freedom: Freedom
    start: int
    end: int


LONGEST_CLAUSE, LONGEST_AHEAD, MOST_BETWEEN = 120, 40, 30
_BOUNDARY = re.compile(
    r"(?<![ap]\.m)(?<![ap])\.(?=\s|$)|[,;\n|!?]|\b(?:pero|porque|aunque|but)\b"
    r"|\by (?=(?:ya |yo )?(?:estoy|tengo|puedo|quiero|busco|libres?|trabajo|estudio|disponible|no)\b)"
)
_TIME = r"(?:lun|mar|mie|jue|vie|sab|dom|finde|fin|manan|tarde|noche|madrug|\d)"
_MARK = re.compile(
    r"(?P<weak>(?<!al )(?<!lo )(?<!\bo )\bmenos\b(?! de\b)|\b(?:not|ni|sin|no)\b(?! (?:solo|only)\b)"
    r"|\b(?:excepto|salvo"
    r"|except|nunca|never|tampoco)\b)"
    r"|(?P<busy>\bocupad[oa]s?\b|\bbusy\b|\b(?:cuido|atiendo)\b|\btrabajando\b|\b(?:tengo|llevo|voy a|en"
    r"|mis) clases\b"
    r"|\btengo que\b|\bestudi(?:o|ando)\b(?! (?:contable|juridico|legal|de |fotograf|creativo)\D)"
    r"|\bestudio de (?=\d))"
    rf"|(?P<work>\btrabajo\b(?= (?:(?:de|en|por|los|las|todos|todas|desde|hasta|turno|medio|full|como)\b|l\b"
    rf"|{_TIME})))"
    r"|(?P<free>\b(?:libres?|puedo|podria|disponib\w{1,8}|tengo|quiero|quisiera|busco|buscando|necesito|prefiero"
    r"|deseo"
    r"|available|free|can|want|looking|solo|solamente|unicamente|only)\b)"
)
# "no puedo", "not available": what is said of them is the contrary.
_CONTRARY = re.compile(
    r"\s(?:(?:me|se)\s)?(?:puedo|podria|trabajo|estoy|tengo (?:libre|tiempo|disponib\w{1,8})|disponible|quiero"
    r"|available|free|can)\b"
)
_FILLERS = re.compile(r"\W*(?:(?:los|las|el|la|en|por|de|a|al|on|the|in|trabajar|dias?|turnos?|horarios?)\s)*")
_SUBJECT = re.compile(r"(?:^|\b(?:yo|ya|actualmente|tambien|ahora|como|que|y|hoy|solo)\s)\s*$")
_NOUN = re.compile(
    r"\b(?:un|el|del?|mi|tu|su|algun|otro|cualquier|para|con|sin|buen|hacer|busco|buscando|quiero|quisiera"
    r"|necesito|deseo"
    r"|prefiero|encontrar|conseguir|acepto|interesa)\s+$"
)
_IS_FREE_ELSEWHERE = re.compile(r"\b(?:libres?|(?<!no )puedo|disponible|free|available)\b")
_BUSY_AFTER = re.compile(
    r"\s(?:yo\s)?(?:no\b(?:\s(?:puedo|podria|estoy|trabajo|tengo))?(?!\s(?:hay|importa))|estudio\b"
    r"|(?:estoy\s)?(?:ocupad[oa]s?\b|en clases\b|trabajando\b|estudiando\b)|tengo clases\b|busy\b)"
    rf"(?!\s(?:(?:los|las|el|la|en|por|de|trabajar)\s){{0,3}}{_TIME})"
)


def freedom_at(words: str, start: int, end: int, *, is_search: bool) -> SaidFree:
    """What plain `words` say of the hours that stand from `start` to `end`.

    "Trabajo de 8 a 5" is work that somebody has where they tell when they are free; in a search it is what they look
    for.
    """
    edges = [found.end() for found in _BOUNDARY.finditer(words, max(0, start - LONGEST_CLAUSE), start)]
    first = max(edges, default=max(0, start - LONGEST_CLAUSE))
    for mark, mark_end, is_weak in reversed(list(_marks(words, first, start))):
        if mark["free"]:
            return SaidFree(Freedom.FREE, start, end)
        if mark["work"]:
            has_free = _IS_FREE_ELSEWHERE.search(words) is not None
            before = words[first : mark.start()]
            if _NOUN.search(before) or not (has_free or _SUBJECT.search(before)):
                continue
            unclear = Freedom.FREE if is_search else Freedom.UNKNOWN
            return SaidFree(Freedom.BUSY if has_free else unclear, mark.start() if has_free else start, end)
        if not is_weak or _FILLERS.fullmatch(words, mark_end, start):
            return SaidFree(Freedom.BUSY, mark.start(), end)
    after = _BUSY_AFTER.match(words, end, end + LONGEST_AHEAD)
    return SaidFree(Freedom.BUSY, start, after.end()) if after else SaidFree(Freedom.FREE, start, end)


def _marks(words: str, first: int, last: int) -> Iterator[tuple[re.Match[str], int, bool]]:
    """The words of a clause that say whether hours are free, where those end that belong to them, and whether they say
    it only of what stands next to them."""
    place = first
    while (mark := _MARK.search(words, place, last)) is not None:
        contrary = _CONTRARY.match(words, mark.end(), last) if mark["weak"] else None
        place = contrary.end() if contrary else mark.end()
        yield mark, place, mark["weak"] is not None and not (contrary and last - place <= MOST_BETWEEN)
