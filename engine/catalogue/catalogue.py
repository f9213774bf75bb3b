"""The jobs of one bundle as columns: one row a job, distinct schedules, language needs and places numbered.

A request judges the few distinct values, and jobs look their verdict up by number. `N` is the number of jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray

from engine.array_files import ArrayFiles
from engine.availability import HoursRule, ScheduleTable, WorkingHours
from engine.catalogue.columns import NOT_STATED, Columns, DistinctValues, Place, column_dtype, id_hash
from engine.catalogue.growing import ByteRows
from engine.catalogue.inverted_index import InvertedIndex, TermOccurrences
from engine.catalogue.job_cards import ReasonInputs, read_reason_inputs, reason_inputs_job_id
from engine.catalogue.row_records import RECORD, RowRecords, row_records
from engine.catalogue.skill_table import SkillTable
from engine.explain import Locale
from engine.jobs import LanguageNeed, Modality
from engine.schedules import Weekday, Window

CACHED_MEMOS = 4096
CACHED_JOBS = 4096  # at about 5 kB each
# The columns that bundles may lack, and what they are read as.
READ_LATER = {
    "experience_years": np.nan,
    "pay_currency": NOT_STATED,
    "title_words": 0,
    "title_words_again": 0,
    "title_level": 0,
    "foreign_languages": 0,
}
COLUMNS_FOLDER, CARDS, REASON_INPUTS, DISTINCT, RECORDS = "columns", "cards", "told", "distinct.json", "row_records.npy"

Value = TypeVar("Value")


class Catalogue:
    """Columns, distinct values, skills, and what answers show of a bundle's jobs: `cards` and what reasons are made
    of."""

    def __init__(
        self,
        columns: Columns,
        distinct: DistinctValues,
        cards: ByteRows,
        reason_inputs: ByteRows,
        skills: SkillTable,
        inverted_index: InvertedIndex | TermOccurrences,
        records: RowRecords | None = None,
    ) -> None:
        """`records`: those of `row_records`; None: worked out when they are asked for, as is the index of
        `inverted_index`."""
        self.columns, self.distinct, self.skills = columns, distinct, skills
        self._inverted_index = inverted_index
        self.cards, self.reason_inputs = cards, reason_inputs
        self._records = records
        self._memo: dict[Hashable, Any] = {}
        self.schedule_table: Callable[[datetime], ScheduleTable] = lru_cache(maxsize=4)(
            lambda week: ScheduleTable.build(distinct.schedules, week)
        )
        # What a job's reasons are made of, by row and language: many people are recommended the same ones.
        self.read_reason_inputs: Callable[[int, Locale], ReasonInputs] = lru_cache(maxsize=CACHED_JOBS)(
            lambda row, locale: read_reason_inputs(reason_inputs[row], locale)
        )
        # What a job is named by beside another, by row: its id and its title.
        self.name: Callable[[int], tuple[str, str]] = lru_cache(maxsize=CACHED_JOBS)(
            lambda row: (reason_inputs_job_id(reason_inputs[row]), str(orjson.loads(cards[row])["title"]))
        )

    def __len__(self) -> int:
        return len(self.cards)

    @property
    def records(self) -> RowRecords:
        """What reranking reads of each job, `[N]` of `RECORD`."""
        if self._records is None:
            self._records = row_records(self.columns, self.skills)
        return self._records

    @cached_property
    def inverted_index(self) -> InvertedIndex:
        """Which jobs have a term."""
        return (
            self._inverted_index.index() if isinstance(self._inverted_index, TermOccurrences) else self._inverted_index
        )

    @cached_property
    def vocabulary(self) -> list[str]:
        """The words of letters that jobs have, read when the first misspelt one is looked for."""
        return self.inverted_index.words()

    def memo(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What `make` gave for `key` before, while that is kept: for what many requests ask of the distinct values."""
        value: Value | None = self._memo.get(key)
        if value is None:
            if len(self._memo) >= CACHED_MEMOS:
                self._memo.clear()
            value = self._memo[key] = make()
        return value

    def card(self, row: int) -> dict[str, Any]:
        """What answers show of a job."""
        card: dict[str, Any] = orjson.loads(self.cards[row])
        return card

    def job_id(self, row: int) -> str:
        """The id of a row's job."""
        return reason_inputs_job_id(self.reason_inputs[row])

    def row_of(self, job_id: str) -> int | None:
        """The row of a job, None when it is not here; of one that has changed, and has several rows, the newest."""
        wanted, found = id_hash(job_id), None
        hashes, rows = self._rows_by_id_hash
        place = int(np.searchsorted(hashes, wanted))
        while place < len(hashes) and hashes[place] == wanted:
            if self.job_id(int(rows[place])) == job_id:
                found = int(rows[place])
            place += 1
        return found

    @cached_property
    def _rows_by_id_hash(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows = np.argsort(self.columns.id_hash, kind="stable")
        return self.columns.id_hash[rows], rows

    def save(self, folder: Path) -> None:
        """Write the catalogue into `folder`, which exists."""
        (folder / COLUMNS_FOLDER).mkdir()
        for field in fields(Columns):
            np.save(folder / COLUMNS_FOLDER / f"{field.name}.npy", getattr(self.columns, field.name))
        self.cards.save(folder, CARDS)
        self.reason_inputs.save(folder, REASON_INPUTS)
        (folder / DISTINCT).write_bytes(orjson.dumps(self.distinct))
        self.skills.save(folder)
        self.inverted_index.save(folder)
        np.save(folder / RECORDS, self.records)

    @classmethod
    def open(cls, files: ArrayFiles) -> Catalogue:
        """The catalogue that `save` wrote, its large parts mapped from disk."""
        columns = Columns(**_columns(files))
        distinct = _read_distinct(orjson.loads((files.folder / DISTINCT).read_bytes()))
        cards, reason_inputs = ByteRows.open(files, CARDS), ByteRows.open(files, REASON_INPUTS)
        skills, inverted_index = SkillTable.open(files), InvertedIndex.open(files)
        records = files.map(RECORDS)  # an older bundle's have other fields, and are worked out anew
        known = records if records.dtype == RECORD else None
        return cls(columns, distinct, cards, reason_inputs, skills, inverted_index, known)


def _columns(files: ArrayFiles) -> dict[str, NDArray[Any]]:
    """The columns by name; what a bundle is too old to have is as `READ_LATER` says."""
    columns: dict[str, NDArray[Any]] = {}
    for field in fields(Columns):
        path = f"{COLUMNS_FOLDER}/{field.name}.npy"
        if field.name in READ_LATER and not (files.folder / path).exists():
            count, dtype = len(columns["schedule_number"]), column_dtype(field.name)
            columns[field.name] = np.full(count, READ_LATER[field.name], dtype=dtype)
        else:
            columns[field.name] = files.map(path)
    return columns


def _read_distinct(document: dict[str, list[Any]]) -> DistinctValues:
    return DistinctValues(
        schedules=[
            WorkingHours(
                HoursRule(entry["rule"]),
                entry["time_zone"],
                tuple(_window(window) for window in entry["windows"]),
                entry["hours_per_week"],
                entry["core_hours"],
                tuple(tuple(_window(window) for window in shift) for shift in entry.get("shifts", ())),
                tuple(Weekday(day) for day in entry.get("days", ())),
            )
            for entry in document["schedules"]
        ],
        languages=[tuple(LanguageNeed(**need) for need in needs) for needs in document["languages"]],
        places=[
            Place(
                Modality(entry["modality"]) if entry["modality"] else None,
                entry["country"],
                tuple(entry["applicant_countries"]),
                entry.get("region"),
                entry.get("city"),
            )
            for entry in document["places"]
        ],
    )


def _window(entry: dict[str, Any]) -> Window:
    return Window(tuple(Weekday(day) for day in entry["days"]), entry["start_minute"], entry["end_minute"])
