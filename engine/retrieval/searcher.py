"""What the engine asks of an index: the nearest eligible jobs, and how they were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from engine.arrays import Rows, Vectors
from engine.filtering.compiled import CompiledFilter


class PlanKind(StrEnum):
    """EXACT: every eligible job was scored. FILTERED: lists near the person, their eligible jobs only, by codes.
    FILTERED_FLAT: the same by full vectors. UNFILTERED: lists near the person, all of whose jobs are eligible."""

    EXACT = "exact"
    FILTERED = "filtered"
    FILTERED_FLAT = "filtered_flat"
    UNFILTERED = "unfiltered"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a search ran: `probes` lists were read (0: exact). `came_short` when an exact search had to follow."""

    kind: PlanKind
    probes: int = 0
    came_short: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """C jobs, nearest first: catalogue `rows` and their `cosines`, `[C]` each, and the plan that found them.

    A search by words raises the cosines of jobs that say them.
    """

    rows: Rows
    cosines: Vectors
    plan: Plan


class JobVectors(Protocol):
    """The vectors of jobs by their rows."""

    def vector(self, row: int) -> Vectors:
        """The unit vector of a row, `[dimension]`."""

    def cosines(self, query: Vectors, rows: Rows) -> Vectors:
        """The cosines of some rows with a unit vector `[dimension]`, `[len(rows)]`."""


class JobSearcher(JobVectors, Protocol):
    """Nearest jobs by cosine, among those that pass a filter; safe to share between threads."""

    def search(self, query: Vectors, eligible: CompiledFilter, count: int) -> Found:
        """About the `count` nearest eligible jobs to a unit vector `[dimension]`; all of them when there are fewer."""

    def search_many(self, queries: Vectors, eligible: Sequence[CompiledFilter], counts: Sequence[int]) -> list[Found]:
        """What `search` finds for each of some unit vectors `[Q, dimension]`, each with its filter and count."""
