"""Small grammar for both languages: gendered endings, lists, clocks, capitals, and careless typing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from engine.schedules import parse_clock
from sample.dice import Dice
from sample.shifts import DAY_NAMES, Hours
from sample.vocabulary import vocabulary
from sample.word_lists import Language

_GENDERED = re.compile(r"\[(\w*)/(\w*)\]")
_SOUNDS_LIKE_I = re.compile(r"(?:i|hi)(?!a|e|o)", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def name_both_genders(text: str, dice: Dice) -> str:
    """Settle `Diseñador[/a]` as ads do: Diseñador/a, Diseñador(a), Diseñadora or Diseñador."""
    form = dice.weighted({r"\1/\2": 5.0, r"\1(\2)": 2.0, r"\2": 2.0, r"\1": 2.0})
    return _GENDERED.sub(form, text)


def name_one_gender(text: str, feminine: bool) -> str:
    """Settle `cansad[o/a]` for one speaker."""
    return _GENDERED.sub(r"\2" if feminine else r"\1", text)


def capitalised(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def in_sentence(title: str) -> str:
    """A title inside a Spanish sentence: its first letter small, unless the first word is an acronym."""
    first = title.split(" ", 1)[0]
    is_acronym = any(letter.isupper() for letter in first[1:])
    return title if is_acronym else title[:1].lower() + title[1:]


def listed_es(items: Sequence[str]) -> str:
    """`a, b y c`, with `e` before the sound of i."""
    if len(items) == 1:
        return items[0]
    joint = "e" if _SOUNDS_LIKE_I.match(items[-1]) else "y"
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def listed_en(items: Sequence[str]) -> str:
    """`a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def clock_12(clock: str, am_pm: tuple[str, str]) -> str:
    """`19:30` as `7:30 p. m.` with the given words for the halves of the day."""
    minute = parse_clock(clock) % 1440
    hour = minute // 60 % 12 or 12
    minutes = f":{minute % 60:02d}" if minute % 60 else ""
    return f"{hour}{minutes} {am_pm[minute >= 720]}"


def days_in(language: Language, hours: Hours) -> str:
    """The days of a shift: `lunes a viernes`."""
    return vocabulary().hours.days[DAY_NAMES[hours.days]].of(language)


def when_es(shift: Sequence[Hours], dice: Dice) -> str:
    """A shift in Spanish words: `lunes a viernes de 19:00 a 23:00`."""
    halves = dice.one((("a. m.", "p. m."), ("am", "pm"), None))
    parts = []
    for hours in shift:
        start, end = (clock_12(clock, halves) if halves else clock for clock in (hours.start, hours.end))
        parts.append(f"{days_in('es', hours)} de {start} a {end}")
    return " y ".join(parts)


def when_en(shift: Sequence[Hours], dice: Dice) -> str:
    """A shift in English words: `Monday to Friday, 7 pm to 11 pm`."""
    halves = dice.one((("am", "pm"), ("AM", "PM"), None))
    parts = []
    for hours in shift:
        start, end = (clock_12(clock, halves) if halves else clock for clock in (hours.start, hours.end))
        parts.append(f"{days_in('en', hours)}, {start} to {end}")
    return " and ".join(parts)


def without_accents(text: str) -> str:
    """The text as typed on a keyboard without accents; the tilde of ñ stays."""
    protected = text.replace("ñ", "\0").replace("Ñ", "\1")
    bare = "".join(c for c in unicodedata.normalize("NFD", protected) if not unicodedata.combining(c))
    return bare.replace("\0", "ñ").replace("\1", "Ñ")


def typed_carelessly(text: str, dice: Dice) -> str:
    """The text as somebody in a hurry types it: no accents or capitals, short forms, a few swapped letters."""
    shortens = dice.happens(0.4)
    texted = vocabulary().profiles.texted

    def typed(match: re.Match[str]) -> str:
        word = match.group()
        if shortens and word in texted:
            return texted[word]
        if len(word) > 4 and dice.happens(0.03):
            at = dice.whole(1, len(word) - 3)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return word

    plain = without_accents(_WORD.sub(typed, text.lower()))
    return plain.replace(".", "" if dice.happens(0.3) else ",").strip(" ,")
