"""Reads the days that an ad says are worked, where it does not say at what hours: "de lunes a sábado"."""

from __future__ import annotations

from engine.reading.schedules import marks
from engine.reading.schedules.gathering import worked_days
from engine.reading.schedules.passages import passages
from engine.schedules import Weekday


def read_working_days(text: str) -> tuple[Weekday, ...]:
    """The days in order; none where `text` names none, tells hours too, or can be read in two ways."""
    words = marks.without_lunch(passages(text).words)
    if marks.rotates(words):
        return ()
    return tuple(sorted(worked_days(words) or ()))
