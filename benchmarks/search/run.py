"""`chamba bench search`: every peer over the same grown jobs and filters, each beside exact answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.report import Section, write_raw
from benchmarks.search.peer_measure import PeerFigures, measure_peer
from benchmarks.search.peers.jobs import Jobs, Where, hand_over
from benchmarks.search.peers.processes import Place
from benchmarks.search.peers.worker import NAMES
from benchmarks.search.postings import EncodedPostings, encoded_postings
from benchmarks.search.workload import BUCKETS, SELECTIVITIES, buckets, exact_rows, grow
from engine.jobs import Job
from engine.schedules import MINUTES_PER_DAY, ScheduleKind

QUERIES, DEPTH, WANTED_RECALL = 300, 10, 0.99
EVENING_MINUTE = 18 * 60
CORRELATED = "night jobs in English"
COLUMNS = {
    "recall": "recall@10",
    "p50_ms": "p50, ms",
    "p95_ms": "p95, ms",
    "times_ours": "p50, times ours",
}
BUILD_COLUMNS = {
    "build_seconds": "build, s",
    "disk_mb": "on disk, MB",
    "resident_mb": "resident, MB",
    "open_seconds": "open, s",
}


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """`peers`: names in the table, none for all. `peer_python`: the Python that has them."""

    data: Path
    model: Path
    cache: Path
    count: int
    peers: Sequence[str]
    peer_python: str
    build_seconds: float
    results: Path


def run_search(settings: SearchSettings, say: Callable[[str], object]) -> None:
    """Measure, print tables as they come, and write the raw figures."""
    postings = encoded_postings(settings.data, settings.model, settings.cache, threads=2)
    jobs = _handed_over(postings, settings)
    filters = _filters(jobs)
    faiss.omp_set_num_threads(2)
    exact = {
        name: exact_rows(jobs.vectors, jobs.queries, jobs.eligible(where), DEPTH) for name, where in filters.items()
    }
    place = Place(jobs.folder, settings.peer_python, settings.build_seconds)
    measured: list[PeerFigures] = []
    for name in [NAMES[0], *(name for name in NAMES[1:] if not settings.peers or name in settings.peers)]:
        say(f"measuring {name}")
        measured.append(measure_peer(name, place, filters, exact, WANTED_RECALL))
    sections = _sections(measured, jobs, filters)
    for section in sections:
        say("\n" + section.as_markdown())
    shares = {name: _share(jobs, where) for name, where in filters.items()}
    raw = {
        "jobs": settings.count,
        "queries": QUERIES,
        "selectivity": shares,
        "peers": [figures.as_document() for figures in measured],
        "sections": [section.as_document() for section in sections],
    }
    say(f"\nraw results: {write_raw(settings.results, 'search', raw)}")


def is_night_english(job: Job) -> bool:
    """Whether a job needs English and all of its stated hours begin in the evening or later."""
    schedule = job.schedule
    if schedule is None or schedule.kind is ScheduleKind.FLEXIBLE or not any(n.code == "en" for n in job.languages):
        return False
    return all(
        window.start_minute >= EVENING_MINUTE or window.end_minute <= window.start_minute < MINUTES_PER_DAY
        for window in schedule.windows
    )


def _handed_over(postings: EncodedPostings, settings: SearchSettings) -> Jobs:
    grown = grow(postings.job_vectors, settings.count)
    night_english = np.array([is_night_english(job) for job in postings.jobs], dtype=np.bool_)[grown.source]
    people = np.random.default_rng(11).permutation(len(postings.seeker_vectors))
    # Whole: some peers write paths into their index.
    folder = (settings.cache / f"search-{settings.count}").resolve()
    query_rows, others = people[:QUERIES], people[QUERIES : 2 * QUERIES]
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "calibration.npy", postings.seeker_vectors[others])
    return hand_over(folder, grown.vectors, buckets(settings.count), night_english, postings.seeker_vectors[query_rows])


def _filters(jobs: Jobs) -> dict[str, Where]:
    """The filters that some job passes, by name."""
    by_share: dict[str, Where] = {
        f"{share:.2%} pass": None if share == 1 else {"bucket_below": round(share * BUCKETS)} for share in SELECTIVITIES
    }
    filters = by_share | {CORRELATED: {"night_english": True}}
    return {name: where for name, where in filters.items() if _share(jobs, where) > 0}


def _share(jobs: Jobs, where: Where) -> float:
    mask: NDArray[np.bool_] | None = jobs.eligible(where)
    return 1.0 if mask is None else float(mask.mean())


def _sections(measured: Sequence[PeerFigures], jobs: Jobs, filters: Mapping[str, Where]) -> list[Section]:
    sections = []
    for name, where in filters.items():
        ours = measured[0].chosen(name, WANTED_RECALL)
        rows = [figures.row(name, WANTED_RECALL) for figures in measured]
        for row in rows:
            if ours is not None and "p50_ms" in row.measures:
                assert isinstance(row.measures, dict)
                row.measures["times_ours"] = row.measures["p50_ms"] / ours.p50_ms
        title = f"{name}: {_share(jobs, where):.3%} of {len(jobs.vectors):,} jobs"
        sections.append(Section(title, COLUMNS, rows))
    rows = [figures.row(next(iter(filters)), WANTED_RECALL) for figures in measured]
    remarks = ("Builds use both cores; searches one. Memory counts shared pages once.",)
    sections.append(Section("What the indexes cost", BUILD_COLUMNS, rows, remarks))
    return sections
