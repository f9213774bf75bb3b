"""Rows of several catalogues as one catalogue, in order of schedule: how fresh jobs are folded into the next bundle.

No job is read again: columns are gathered, and cards and what reasons are made of are copied as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Rows
from engine.availability import WorkingHours
from engine.catalogue.builder import Numbering
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.columns import Columns, DistinctValues
from engine.catalogue.growing import ByteRows
from engine.catalogue.inverted_index import InvertedIndex
from engine.catalogue.skill_table import SkillNames, SkillTable


@dataclass(frozen=True, slots=True)
class Folded:
    """The catalogue, and where each of its N rows came from: row `order[r]` of the parts' rows laid end to end."""

    catalogue: Catalogue
    order: Rows


def schedule_order(hours: WorkingHours) -> tuple[object, ...]:
    """A sorting key: schedules that much the same people have the hours for come near each other."""
    return (
        hours.rule,
        hours.time_zone,
        hours.hours_per_week,
        hours.core_hours,
        hours.windows,
        hours.shifts,
        hours.days,
    )


def fold(parts: Sequence[tuple[Catalogue, Rows]]) -> Folded:
    """The chosen rows of each catalogue as one catalogue."""
    schedules, schedule_of = _numbered(parts, lambda distinct: distinct.schedules, schedule_order)
    languages, language_of = _numbered(parts, lambda distinct: distinct.languages)
    places, place_of = _numbered(parts, lambda distinct: distinct.places)
    columns = {
        field.name: np.concatenate([getattr(part.columns, field.name)[rows] for part, rows in parts])
        for field in fields(Columns)
    }
    for name, number_of in (
        ("schedule_number", schedule_of),
        ("language_number", language_of),
        ("place_number", place_of),
    ):
        renumbered = [of[getattr(part.columns, name)[rows]] for of, (part, rows) in zip(number_of, parts, strict=True)]
        columns[name] = np.concatenate(renumbered).astype(np.int32)
    order = np.argsort(columns["schedule_number"], kind="stable")
    return Folded(
        Catalogue(
            Columns(**{name: column[order] for name, column in columns.items()}),
            DistinctValues(schedules, languages, places),
            _byte_rows([part.cards.taken(rows) for part, rows in parts]).taken(order),
            _byte_rows([part.reason_inputs.taken(rows) for part, rows in parts]).taken(order),
            _skills(parts, order),
            _words(parts, order),
        ),
        order,
    )


def _numbered(
    parts: Sequence[tuple[Catalogue, Rows]],
    values: Callable[[DistinctValues], Sequence[Hashable]],
    key: Callable[[Any], Any] | None = None,
) -> tuple[list[Any], list[NDArray[np.int64]]]:
    """The distinct values of all parts, sorted when there is a key, and for each part what its numbers become."""
    numbering = Numbering()
    numbers = [np.array([numbering.number(value) for value in values(part.distinct)], np.int64) for part, _ in parts]
    if key is None:
        return numbering.values, numbers
    order = sorted(range(len(numbering.values)), key=lambda number: key(numbering.values[number]))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return [numbering.values[number] for number in order], [rank[found] for found in numbers]


def _byte_rows(parts: Sequence[ByteRows]) -> ByteRows:
    lengths = np.concatenate([np.diff(part.offsets) for part in parts])
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return ByteRows(np.concatenate([part.content for part in parts]), offsets)


def _words(parts: Sequence[tuple[Catalogue, Rows]], order: Rows) -> InvertedIndex:
    row_of = np.empty(len(order), dtype=np.int64)
    row_of[order] = np.arange(len(order))
    indexes, start = [], 0
    for part, rows in parts:
        new_rows = np.full(len(part), -1, dtype=np.int64)
        new_rows[rows] = row_of[start : start + len(rows)]
        indexes.append((part.inverted_index, new_rows))
        start += len(rows)
    return InvertedIndex.of_parts(indexes)


def _skills(parts: Sequence[tuple[Catalogue, Rows]], order: Rows) -> SkillTable:
    names = SkillNames()
    numbers, lengths = [], []
    for part, rows in parts:
        number_of = np.array([names.number(name) for name in part.skills.names.names], dtype=np.int32)
        found, counts = part.skills.of(rows)
        numbers.append(number_of[found])
        lengths.append(counts)
    joined, counts = np.concatenate(numbers), np.concatenate(lengths)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    found, counts = SkillTable(names, joined.astype(np.int32), offsets).of(order)
    return SkillTable(names, found, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))
