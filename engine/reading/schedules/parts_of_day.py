"""Parts of a day, and between which hours work lies that is told by them only."""

from __future__ import annotations

from enum import Enum


class PartOfDay(Enum):
    """A part of the day: `start` and `end`, minutes after midnight. What ends before it starts runs into the next day.

    The three shifts of eight hours, as factories and hospitals count them.
    """

    MORNING = (6 * 60, 14 * 60)
    AFTERNOON = (14 * 60, 22 * 60)
    NIGHT = (22 * 60, 6 * 60)
    SMALL_HOURS = (0, 6 * 60)
    DAY = (6 * 60, 18 * 60)
    EVENING = (18 * 60, 22 * 60)


_WORDS = {
    PartOfDay.MORNING: "mananas manana matutino matutina matutinos matutinas matinal mornings morning tm am",
    PartOfDay.AFTERNOON: "tardes tarde vespertino vespertina vespertinos vespertinas afternoons afternoon tt pm",
    PartOfDay.NIGHT: "noches noche nocturno nocturna nocturnos nocturnas nights night overnight graveyard tn"
    " amanecidas amanecida",
    PartOfDay.SMALL_HOURS: "madrugadas madrugada",
    PartOfDay.DAY: "diurno diurna diurnos diurnas daytime dia",
    PartOfDay.EVENING: "evenings evening",
}
_PART_OF_WORD = {word: part for part, words in _WORDS.items() for word in words.split()}
_OF_SHIFTS = frozenset(("dia", "am", "pm"))  # "turno día", "turno PM"; elsewhere they are 24 hours, or of a clock
_NAMED_ALONE = _PART_OF_WORD.keys() - _OF_SHIFTS
_OTHER_HALF = "|".join(f"(?<={shift} am{joined})" for shift in ("turno", "turnos") for joined in (" o ", " y ", "/"))
PARTS_PATTERN = (
    rf"\b(?:{'|'.join(sorted(_NAMED_ALONE, key=len, reverse=True))})\b|(?:(?<=turno )|(?<=turno de )"
    rf"|(?<=turnos ))dia\b"
    rf"|(?:(?<=turno )|(?<=turno: )|(?<=turnos ))[ap]m\b|\b[ap]m(?= shift)|(?:{_OTHER_HALF})pm\b"
)


def part_named(word: str) -> PartOfDay:
    """The part of the day that a word names."""
    return _PART_OF_WORD[word]
