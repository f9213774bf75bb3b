"""What was read of a job's working hours."""

from __future__ import annotations

from dataclasses import dataclass

from engine.jobs import HoursBound
from engine.schedules import Schedule, ScheduleKind

# How surely: every word is clear; the days were gathered from elsewhere; the days were supposed.
SURE, LIKELY, GATHERED, GUESSED, SUPPOSED = 0.95, 0.85, 0.75, 0.65, 0.5


@dataclass(frozen=True, slots=True)
class ScheduleReading:
    """A schedule, the sentence that tells it, and how surely: `confidence`, 0 to 1."""

    schedule: Schedule
    sentence: str
    confidence: float

    @property
    def kind(self) -> ScheduleKind:
        """What kind of schedule it is."""
        return self.schedule.kind


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Hours a week; `bound` is how they are meant, None: exactly."""

    hours: float
    bound: HoursBound | None
    sentence: str
    confidence: float
