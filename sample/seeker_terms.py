"""Draws a sample seeker's terms: languages, hours, device, connection, and the pay they would not go below."""

from __future__ import annotations

from engine.facts import facts
from engine.jobs import Connection, Device, LanguageLevel
from engine.pay import Pay, PayPeriod
from engine.seekers import Availability
from sample.dice import Dice
from sample.free_hours import FREE_TIMES, NIGHTS, FreeTime

Languages = tuple[tuple[str, LanguageLevel], ...]

_ENGLISH: dict[LanguageLevel | None, float] = {
    None: 24.0,
    LanguageLevel.A1: 14.0,
    LanguageLevel.A2: 18.0,
    LanguageLevel.B1: 20.0,
    LanguageLevel.B2: 15.0,
    LanguageLevel.C1: 9.0,
}
# Paths through life that took English, and how much of it.
_ENGLISH_PATHS = {
    "documents": (LanguageLevel.C1, LanguageLevel.C1, LanguageLevel.C2),
    "subtitles": (LanguageLevel.B2, LanguageLevel.C1),
    "websites": (LanguageLevel.B2, LanguageLevel.C1),
    "english": (LanguageLevel.B2, LanguageLevel.C1),
    "foreign_books": (LanguageLevel.B1, LanguageLevel.B2),
    "tour_guide": (LanguageLevel.B1, LanguageLevel.B2, LanguageLevel.C1),
    "hotel_reception": (LanguageLevel.A2, LanguageLevel.B1, LanguageLevel.B2),
}
_QUECHUA_PATHS = {"quechua_interpreting": 1.0, "farmer": 0.8, "radio": 0.3, "soup_kitchen": 0.25, "nursing": 0.2}
_FLOORS_IN_MINIMUM_WAGES = (0.8, 0.9, 1.0, 1.0, 1.1, 1.3, 1.6)
_HOURLY_FLOORS = (5, 6, 7, 8, 10, 12)
_ELSEWHERE = {"BO": "America/La_Paz", "EC": "America/Guayaquil", "CO": "America/Bogota"}


def draw_home(dice: Dice) -> tuple[str, str]:
    """Country and time zone: Peru, but for a few neighbours."""
    if dice.happens(0.97):
        return "PE", "America/Lima"
    country = dice.one(tuple(_ELSEWHERE))
    return country, _ELSEWHERE[country]


def draw_languages(dice: Dice, paths: tuple[str, ...]) -> Languages:
    """Languages and levels, given the occupations, specialties and backgrounds somebody has been through."""
    quechua = max(_QUECHUA_PATHS.get(path, 0.06) for path in paths)
    levels: dict[str, LanguageLevel] = {"es": LanguageLevel.NATIVE}
    if dice.happens(quechua):
        levels["qu"] = dice.weighted({LanguageLevel.NATIVE: 7.0, LanguageLevel.C1: 2.0, LanguageLevel.B2: 2.0})
    elif dice.happens(0.025):
        levels["ay"] = LanguageLevel.NATIVE
    if LanguageLevel.NATIVE in (levels.get("qu"), levels.get("ay")):
        levels["es"] = LanguageLevel.C1
    english = dice.weighted(_ENGLISH)
    for path in paths:
        if path in _ENGLISH_PATHS:
            english = max(english or LanguageLevel.A1, dice.one(_ENGLISH_PATHS[path]))
    if english is not None:
        levels["en"] = english
    if dice.happens(0.02):
        levels["pt"] = dice.one((LanguageLevel.A2, LanguageLevel.B1, LanguageLevel.B2))
    return tuple(levels.items())


def draw_free_time(dice: Dice, prefers_night: bool) -> FreeTime:
    """The kind of week somebody has."""
    if prefers_night and dice.happens(0.5):
        return NIGHTS
    return FREE_TIMES[dice.weighted({number: free.share for number, free in enumerate(FREE_TIMES)})]


def draw_availability(dice: Dice, free: FreeTime, time_zone: str) -> Availability:
    """Windows and cap of a kind of week."""
    windows = tuple(hours.window for hours in dice.one(free.windows))
    return Availability(time_zone, windows, dice.one(free.caps))


def draw_device(dice: Dice, usual_phone_share: float) -> Device | None:
    """What somebody owns: those whose work is seldom done on a phone mostly have a computer."""
    if dice.happens(0.06):
        return None
    if dice.happens(0.2 + 0.5 * usual_phone_share):
        return Device.PHONE
    return Device.TABLET if dice.happens(0.05) else Device.COMPUTER


def draw_connection(dice: Dice) -> Connection | None:
    """How somebody gets online, if they say."""
    if dice.happens(0.15):
        return None
    return Connection.BROADBAND if dice.happens(0.68) else Connection.MOBILE_DATA


def draw_min_pay(dice: Dice, availability: Availability) -> Pay | None:
    """The least pay somebody would take, for one in three: a month's when they have many hours, else an hour's."""
    if not dice.happens(0.33):
        return None
    if (availability.hours_per_week or 40) >= 40 and dice.happens(0.7):
        floor = dice.one(_FLOORS_IN_MINIMUM_WAGES) * facts("peru")["minimum_wage"]["soles_per_month"]
        return Pay(float(round(floor, -1)), "PEN", PayPeriod.MONTH)
    if dice.happens(0.12):
        return Pay(float(dice.whole(2, 5)), "USD", PayPeriod.HOUR)
    return Pay(float(dice.one(_HOURLY_FLOORS)), "PEN", PayPeriod.HOUR)
