"""What a seeker is: `Seeker`. `None` always means "not stated"."""

from __future__ import annotations

from dataclasses import dataclass

from engine.jobs import Connection, Device, LanguageLevel
from engine.pay import Pay, require_comparable
from engine.schedules import Window


@dataclass(frozen=True, slots=True)
class Availability:
    """The hours a person is free, in local time of an IANA `time_zone`.

    No `windows` means any time of the week; `hours_per_week` caps the total, None: all of the windows.
    """

    time_zone: str
    windows: tuple[Window, ...] = ()
    hours_per_week: float | None = None


@dataclass(frozen=True, slots=True)
class Seeker:
    """A person looking for work, or an ad-hoc profile (`seeker_id` is then empty).

    `languages` maps ISO 639-1 codes to levels; empty means "not stated", not "none". `country` is ISO 3166-1
    alpha-2. Income, poverty class, age and sex are never held here: they may not touch a ranking.
    """

    seeker_id: str = ""
    text: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[tuple[str, LanguageLevel], ...] = ()
    availability: Availability | None = None
    device: Device | None = None
    connection: Connection | None = None
    min_pay: Pay | None = None
    country: str = "PE"

    def __post_init__(self) -> None:
        if self.min_pay is not None:
            require_comparable(self.min_pay, self.availability.hours_per_week if self.availability else None)
