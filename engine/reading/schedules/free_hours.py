"""The hours that a person says to be free, in their own words: "20 horas a la semana por las mañanas".

A person's words are read more willingly than an ad's: they tell all they have, in a line, and it is only a proposal.
"""

from __future__ import annotations

import re

from engine.jobs import HoursBound
from engine.reading.schedules.clock_zones import clock_told
from engine.reading.schedules.marks import without_lunch
from engine.reading.schedules.meanings import FREE
from engine.reading.schedules.passages import passages
from engine.reading.schedules.personal_hours import PersonalHours, personal_hours
from engine.reading.schedules.weekly_hours import weekly_hours_in
from engine.seekers import Availability

NUMBER_WORDS = {"una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8} | {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8,
}  # fmt: skip
HOURS_A_DAY = re.compile(
    rf"(?<![\d:.,])(?P<hours>\d{{1,2}}|\b(?:{'|'.join(NUMBER_WORDS)})\b) ?(?:hs|hrs?|horas?|h|hours?)\b"
    r"(?! ?(?:semanal|a la semana|por semana|per week|a week))"
)
WORKING_DAYS, MOST_HOURS_A_DAY = 5, 12


def free_hours(text: str, time_zone: str) -> Availability | None:
    """The hours that `text` states, in `time_zone` unless it names another; None where it states none."""
    words = without_lunch(passages(text).words)
    told = personal_hours(words, FREE)
    windows = told.windows if told is not None else ()
    cap = _hours_a_week(words, told)
    if not windows and cap is None:
        return None
    return Availability(clock_told(words).time_zone or time_zone, windows, cap)


def _hours_a_week(words: str, told: PersonalHours | None) -> float | None:
    """The most hours a week: told so, or by the day."""
    weekly = weekly_hours_in(words)
    if weekly is not None:
        return weekly.most if weekly.bound is HoursBound.AT_LEAST else weekly.hours
    said = {found["hours"] for found in HOURS_A_DAY.finditer(words)}
    daily = {NUMBER_WORDS.get(one) or int(one) for one in said}
    if len(daily) != 1 or (told is not None and told.has_clock) or not 1 <= max(daily) <= MOST_HOURS_A_DAY:
        return None
    return float(max(daily) * (len(told.days) if told is not None and told.days else WORKING_DAYS))
