"""What a search backend is given to index, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.arrays import Rows, Vectors
from engine.catalogue.catalogue import Catalogue
from index.backends.planning import PlanCosts

FAISS = "faiss"


@dataclass(frozen=True, slots=True)
class CarriedRows:
    """What a new bundle takes over from the one in `folder`: its `old_rows` `[C]` are `new_rows` `[C]` now, and
    `added_rows` are new. `costs` are those of the old one."""

    folder: Path
    old_rows: Rows
    new_rows: Rows
    added_rows: Rows
    costs: PlanCosts


@dataclass(frozen=True, slots=True)
class IndexedJobs:
    """N jobs to be searched: what filters ask of them, their unit vectors `[N, dimension]`, and what was indexed before
    (None: nothing)."""

    catalogue: Catalogue
    vectors: Vectors
    carried: CarriedRows | None = None


@dataclass(frozen=True, slots=True)
class IndexFigures:
    """Of a new index: recall@10 of a search without a filter, and what each plan costs, where there is a choice."""

    recall_at_10: float
    costs: PlanCosts
