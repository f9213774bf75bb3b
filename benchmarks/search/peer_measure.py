"""A peer's searches, from fast to precise until they find enough, for each filter; and what its index costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from benchmarks.report import Origin, Row
from benchmarks.search.peers.jobs import Jobs, Where
from benchmarks.search.peers.peer import Knob
from benchmarks.search.peers.processes import OPEN_SECONDS, NotInstalledError, Place, Worker, built_index
from benchmarks.search.peers.worker import SEARCH
from benchmarks.search.workload import recall
from engine.arrays import Rows
from engine.errors import ChambaError

# So many settings fit into a filter's time however slow they are; a slow one answers fewer queries.
SETTINGS_PER_BUDGET = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One setting of one filter: recall and milliseconds over `queries` queries, and the fewest rows any got."""

    knob: Knob
    recall: float
    p50_ms: float
    p95_ms: float
    mean_ms: float
    queries: int
    fewest_rows: int


@dataclass(slots=True)
class PeerFigures:
    """What was measured of a peer. `points` are the settings tried for each filter; `note` says what went wrong."""

    name: str
    origin: Origin = Origin.MEASURED
    note: str = ""
    index: dict[str, float] = field(default_factory=dict)
    points: dict[str, list[Point]] = field(default_factory=dict)

    def chosen(self, filter_name: str, wanted_recall: float) -> Point | None:
        """The first setting that finds enough, else the one that finds most; None where none was tried."""
        points = self.points.get(filter_name, [])
        enough = (point for point in points if point.recall >= wanted_recall)
        return next(enough, max(points, key=lambda point: point.recall, default=None))

    def row(self, filter_name: str, wanted_recall: float) -> Row:
        """The peer's line of a filter's table."""
        point = self.chosen(filter_name, wanted_recall)
        if point is None:
            return Row(self.name, self.index, self.origin, self.note)
        knob = ", ".join(f"{name} {value}" for name, value in point.knob.items())
        notes = [knob, "" if point.recall >= wanted_recall else f"finds less than {wanted_recall:g}", self.note]
        measures = {name: getattr(point, name) for name in ("recall", "p50_ms", "p95_ms", "mean_ms")}
        return Row(self.name, self.index | measures, self.origin, "; ".join(filter(None, notes)))

    def as_document(self) -> dict[str, Any]:
        """Everything measured, for the raw JSON."""
        return asdict(self)


def measure_peer(
    name: str, place: Place, filters: Mapping[str, Where], exact: Mapping[str, Rows], wanted_recall: float = 0.99
) -> PeerFigures:
    """The peer over the jobs of `place`: `exact` holds each filter's true rows `[Q, depth]`.

    A peer that is not installed, fails or is too slow says so in its figures, beside what it did before.
    """
    figures = PeerFigures(name)
    try:
        index, figures.index["build_seconds"] = built_index(name, place)
        with Worker(name, place, index, SEARCH) as worker:
            opened = worker.read(OPEN_SECONDS)
            figures.index["open_seconds"] = opened["seconds"]
            figures.index["disk_mb"] = opened["disk_bytes"] / 1e6
            figures.index["opened_mb"] = worker.resident_mb(opened["server_ids"])
            for filter_name, where in filters.items():
                knobs = opened["knobs"]["all" if where is None else "filtered"]
                points = figures.points[filter_name] = []
                for point in sweep(worker, where, knobs, exact[filter_name], place):
                    points.append(point)
                    if point.recall >= wanted_recall:
                        break
            # Pages of a mapped file come in with the first searches.
            figures.index["resident_mb"] = worker.resident_mb(opened["server_ids"])
    except NotInstalledError as error:
        figures.origin, figures.note = Origin.NOT_INSTALLED, str(error)
    except ChambaError as error:
        figures.note = str(error)
    return figures


def sweep(worker: Worker, where: Where, knobs: Sequence[Knob], exact: Rows, place: Place) -> Iterator[Point]:
    """The settings' points in their order, until the time is spent."""
    jobs, budget_seconds = Jobs(place.folder), place.filter_seconds
    until = time.monotonic() + budget_seconds
    for knob in knobs:
        answer = worker.search(where, exact.shape[1], knob, budget_seconds / SETTINGS_PER_BUDGET)
        found, milliseconds = answer["rows"], 1000 * np.array(answer["seconds"])
        p50, p95 = np.percentile(milliseconds, (50, 95)).tolist()
        fewest = min(map(len, found))
        share = recall(found, exact, jobs.vectors, jobs.queries)
        yield Point(knob, share, p50, p95, float(milliseconds.mean()), len(found), fewest)
        if time.monotonic() > until:
            return
