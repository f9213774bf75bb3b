"""Jobs to catalogue rows, one after the other: for a bundle all at once, for fresh jobs as they come in.

A catalogue taken from a builder never changes; the next one has more rows and shares what the two have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import numpy as np

from engine.availability import WorkingHours
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.columns import (
    NEVER_SECONDS,
    NOT_STATED,
    Columns,
    DistinctValues,
    Place,
    column_dtype,
    currency_code,
    enum_code,
    hours_type_code,
    id_hash,
)
from engine.catalogue.duplicates import ad_marks
from engine.catalogue.growing import GrowingArray, GrowingByteRows
from engine.catalogue.inverted_index import InvertedIndexBuilder
from engine.catalogue.job_cards import card_bytes, reason_input_bytes
from engine.catalogue.job_hours import job_hours
from engine.catalogue.skill_table import SkillTableBuilder
from engine.catalogue.thin_ads import told_words
from engine.comparable_pay import comparable_pay
from engine.jobs import Job
from engine.pay import soles_per_hour, soles_per_month
from engine.reading.experience import read_experience
from engine.skills import spaced_words
from engine.working_hours import likely_hours_type, stated_hours_per_week


class CatalogueBuilder:
    """Appends jobs; one thread at a time."""

    def __init__(self) -> None:
        self._columns = {field.name: GrowingArray(column_dtype(field.name)) for field in fields(Columns)}
        self._schedules, self._languages, self._places = Numbering(), Numbering(), Numbering()
        self._cards, self._reason_inputs = GrowingByteRows(), GrowingByteRows()
        self._skills, self._words = SkillTableBuilder(), InvertedIndexBuilder()

    def append(self, job: Job, hours: WorkingHours | None = None) -> None:
        """Add a job as the next row; `hours` are its working hours, where they are worked out already."""
        hours = hours or job_hours(job)
        experience = read_experience(f"{job.title}\n{job.description}")
        years = None if experience is None else experience.value
        for name, value in self._values(job, hours, years).items():
            self._columns[name].append(value)
        comparable = comparable_pay(job, hours)
        self._cards.append(card_bytes(job, comparable))
        self._reason_inputs.append(reason_input_bytes(job, hours, years, comparable))
        self._skills.append(job.skills)
        self._words.append(job)

    def catalogue(self) -> Catalogue:
        """The catalogue of the jobs so far."""
        columns = Columns(**{name: column.view() for name, column in self._columns.items()})
        distinct = DistinctValues(list(self._schedules.values), list(self._languages.values), list(self._places.values))
        cards, reason_inputs, skills = self._cards.view(), self._reason_inputs.view(), self._skills.table()
        return Catalogue(columns, distinct, cards, reason_inputs, skills, self._words.occurrences())

    def _values(self, job: Job, hours: WorkingHours, experience_years: float | None) -> dict[str, float]:
        return {
            "schedule_number": self._schedules.number(hours),
            "language_number": self._languages.number(tuple(job.languages)),
            "place_number": self._places.number(_place(job)),
            "modality": enum_code(job.modality),
            "contract": enum_code(job.contract),
            "hours_type": hours_type_code(job.hours_type, likely_hours_type(job, hours)),
            "device": job.device or NOT_STATED,
            "connection": job.connection or NOT_STATED,
            "soles_per_month": _pay(job, soles_per_month),
            "soles_per_hour": _pay(job, soles_per_hour),
            "pay_currency": currency_code(job.pay.currency if job.pay is not None else None),
            "experience_years": np.nan if experience_years is None else experience_years,
            "closes_at": _seconds(job.closes_at, NEVER_SECONDS) if job.is_open else 0,
            "posted_at": _seconds(job.posted_at, 0),
            **ad_marks(job)._asdict(),
            "told_words": told_words(job),
            "id_hash": id_hash(job.job_id),
        }


def build_catalogue(jobs: Sequence[Job], hours: Sequence[WorkingHours] | None = None) -> Catalogue:
    """The catalogue of `jobs`, in their order; `hours` are their working hours, where they are worked out already."""
    builder = CatalogueBuilder()
    for job, of_job in zip(jobs, map(job_hours, jobs) if hours is None else hours, strict=True):
        builder.append(job, of_job)
    return builder.catalogue()


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


def _place(job: Job) -> Place:
    region, city = (spaced_words(name) if name else None for name in (job.region, job.city))
    return Place(job.modality, job.country, job.applicant_countries, region, city)


def _pay(job: Job, convert: Callable[..., float | None]) -> float:
    converted = convert(job.pay, stated_hours_per_week(job)) if job.pay is not None else None
    return np.nan if converted is None else converted


def _seconds(moment: datetime | None, otherwise: int) -> int:
    return otherwise if moment is None else int(moment.timestamp())
