"""The jobs of one bundle as columns: one row a job, distinct schedules, language needs and places numbered.

A request judges the few distinct values, and jobs look their verdict up by number. `N` is the number of jobs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from engine.availability import HoursRule, ScheduleTable, WorkingHours
from engine.documents import job_document, job_from_document
from engine.hours import stated_hours_per_week, working_hours
from engine.jobs import Job, LanguageNeed, Modality
from engine.pay import soles_per_hour, soles_per_month
from engine.schedules import Weekday, Window
from engine.skill_table import SkillTable
from engine.skills import normalised_words

NOT_STATED = 0
NEVER_SECONDS = np.iinfo(np.int64).max
COLUMNS_FOLDER, CARDS, CARD_OFFSETS, DISTINCT = "columns", "cards.jsonl", "card_offsets.npy", "distinct.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job is and from where it may be done."""

    modality: Modality | None
    country: str | None
    applicant_countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a job, `[N]` each; 0 means "not stated" in the codes, NaN in the pays.

    `*_number` index the catalogue's distinct values; `duplicate_group` is equal for the same title of the same
    employer; times are seconds since 1970, `closes_at` is the largest integer when a job does not close.
    """

    schedule_number: NDArray[np.int32]
    language_number: NDArray[np.int32]
    place_number: NDArray[np.int32]
    modality: NDArray[np.uint8]
    contract: NDArray[np.uint8]
    hours_type: NDArray[np.uint8]
    device: NDArray[np.uint8]
    connection: NDArray[np.uint8]
    soles_per_month: NDArray[np.float32]
    soles_per_hour: NDArray[np.float32]
    closes_at: NDArray[np.int64]
    posted_at: NDArray[np.int64]
    duplicate_group: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DistinctValues:
    """The values that the number columns index."""

    schedules: list[WorkingHours]
    languages: list[tuple[LanguageNeed, ...]]
    places: list[Place]


class Catalogue:
    """Columns, distinct values and the full documents ("cards") of a bundle's jobs."""

    def __init__(
        self,
        columns: Columns,
        distinct: DistinctValues,
        cards: NDArray[np.uint8],
        offsets: NDArray[np.int64],
        skills: SkillTable | None,
    ) -> None:
        self.columns, self.distinct = columns, distinct
        self._cards, self._offsets, self._skills = cards, offsets, skills
        self.schedule_table: Callable[[datetime], ScheduleTable] = lru_cache(maxsize=4)(
            lambda week: ScheduleTable.build(distinct.schedules, week)
        )

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @property
    def skills(self) -> SkillTable:
        """The jobs' skills, numbered; read from the cards where an older version wrote the catalogue."""
        if self._skills is None:
            self._skills = SkillTable.build(self.card(row).get("skills", ()) for row in range(len(self)))
        return self._skills

    def card(self, row: int) -> dict[str, Any]:
        """The job document of a row, with its `id`."""
        card: dict[str, Any] = orjson.loads(self._cards[self._offsets[row] : self._offsets[row + 1]].tobytes())
        return card

    def job(self, row: int) -> Job:
        """The job of a row."""
        return job_of_card(self.card(row))

    @classmethod
    def build(cls, jobs: Sequence[Job]) -> Catalogue:
        """The catalogue of `jobs`, in their order."""
        schedules, languages, places = Numbering(), Numbering(), Numbering()
        columns = Columns(
            schedule_number=_column((schedules.number(working_hours(job)) for job in jobs), np.int32),
            language_number=_column((languages.number(tuple(job.languages)) for job in jobs), np.int32),
            place_number=_column((places.number(_place(job)) for job in jobs), np.int32),
            modality=_column((enum_code(job.modality) for job in jobs), np.uint8),
            contract=_column((enum_code(job.contract) for job in jobs), np.uint8),
            hours_type=_column((enum_code(job.hours_type) for job in jobs), np.uint8),
            device=_column((job.device or NOT_STATED for job in jobs), np.uint8),
            connection=_column((job.connection or NOT_STATED for job in jobs), np.uint8),
            soles_per_month=_column((_pay(job, soles_per_month) for job in jobs), np.float32),
            soles_per_hour=_column((_pay(job, soles_per_hour) for job in jobs), np.float32),
            closes_at=_column((_seconds(job.closes_at, NEVER_SECONDS) for job in jobs), np.int64),
            posted_at=_column((_seconds(job.posted_at, 0) for job in jobs), np.int64),
            duplicate_group=_column((_duplicate_group(job) for job in jobs), np.int64),
        )
        cards = [orjson.dumps({"id": job.job_id} | job_document(job)) + b"\n" for job in jobs]
        offsets = np.cumsum([0, *map(len, cards)], dtype=np.int64)
        distinct = DistinctValues(schedules.values, languages.values, places.values)
        skills = SkillTable.build(job.skills for job in jobs)
        return cls(columns, distinct, np.frombuffer(b"".join(cards), dtype=np.uint8), offsets, skills)

    def save(self, folder: Path) -> None:
        """Write the catalogue into `folder`, which exists."""
        (folder / COLUMNS_FOLDER).mkdir()
        for field in fields(Columns):
            np.save(folder / COLUMNS_FOLDER / f"{field.name}.npy", getattr(self.columns, field.name))
        (folder / CARDS).write_bytes(self._cards.tobytes())
        np.save(folder / CARD_OFFSETS, self._offsets)
        (folder / DISTINCT).write_bytes(orjson.dumps(self.distinct))
        self.skills.save(folder)

    @classmethod
    def open(cls, folder: Path) -> Catalogue:
        """The catalogue that `save` wrote, its large parts mapped from disk."""
        columns = Columns(
            **{
                field.name: np.load(folder / COLUMNS_FOLDER / f"{field.name}.npy", allow_pickle=False)
                for field in fields(Columns)
            }
        )
        distinct = _read_distinct(orjson.loads((folder / DISTINCT).read_bytes()))
        path = folder / CARDS
        empty = path.stat().st_size == 0
        cards = np.zeros(0, np.uint8) if empty else np.memmap(path, dtype=np.uint8, mode="r")
        offsets = np.load(folder / CARD_OFFSETS, allow_pickle=False)
        return cls(columns, distinct, cards, offsets, SkillTable.open(folder))


class Numbering:
    """Numbers distinct values in the order they are first seen."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Hashable, int] = {}

    def number(self, value: Hashable) -> int:
        """The number of a value, a new one the first time."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


def job_of_card(card: dict[str, Any]) -> Job:
    """The job that a card tells of."""
    return job_from_document({key: value for key, value in card.items() if key != "id"}, card["id"])


def enum_code(member: StrEnum | None) -> int:
    """A small number for a term: its position in its enum from 1 on, 0 for "not stated"."""
    return NOT_STATED if member is None else list(type(member)).index(member) + 1


def _column(values: Iterable[float], dtype: type[np.generic]) -> NDArray[Any]:
    return np.array(list(values), dtype=dtype)


def _place(job: Job) -> Place:
    return Place(job.modality, job.country, job.applicant_countries)


def _pay(job: Job, convert: Callable[..., float | None]) -> float:
    converted = convert(job.pay, stated_hours_per_week(job)) if job.pay is not None else None
    return np.nan if converted is None else converted


def _seconds(moment: datetime | None, otherwise: int) -> int:
    return otherwise if moment is None else int(moment.timestamp())


def _duplicate_group(job: Job) -> int:
    """A hash of employer and title; a job without an employer is a group of its own."""
    owner = job.employer if job.employer is not None else f"\0{job.job_id}"
    key = f"{owner.casefold()}\0{' '.join(normalised_words(job.title))}"
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little", signed=True)


def _read_distinct(document: dict[str, list[Any]]) -> DistinctValues:
    return DistinctValues(
        schedules=[
            WorkingHours(
                HoursRule(entry["rule"]),
                entry["time_zone"],
                tuple(_window(window) for window in entry["windows"]),
                entry["hours_per_week"],
                entry["core_hours"],
            )
            for entry in document["schedules"]
        ],
        languages=[tuple(LanguageNeed(**need) for need in needs) for needs in document["languages"]],
        places=[
            Place(
                Modality(entry["modality"]) if entry["modality"] else None,
                entry["country"],
                tuple(entry["applicant_countries"]),
            )
            for entry in document["places"]
        ],
    )


def _window(entry: dict[str, Any]) -> Window:
    return Window(tuple(Weekday(day) for day in entry["days"]), entry["start_minute"], entry["end_minute"])
