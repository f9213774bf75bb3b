"""What a bundle holds besides its model, worked out from all jobs, or from the last bundle and what changed since.

Folding changes in reads no unchanged job, encodes only what changed, and says which rows are the last bundle's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from engine.array_files import ArrayFiles
from engine.arrays import Vectors
from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.folding import fold, schedule_order
from engine.catalogue.job_hours import job_hours
from engine.encoder.texts import job_text
from engine.jobs import Job
from index.backends.index_parts import CarriedRows, IndexedJobs
from index.bundle import CATALOGUE, TEXT_HASHES, VECTORS, BundleManifest
from index.encoding import Hashes, VectorSource


@dataclass(frozen=True, slots=True)
class Contents:
    """N jobs to be indexed, their texts' hashes `[N]`, and how many were encoded."""

    jobs: IndexedJobs
    hashes: Hashes
    encoded_count: int


@dataclass(frozen=True, slots=True)
class ChangedJob:
    """A job as it is now (None: deleted), and its vector `[dimension]` by the bundle's model where it is known."""

    job_id: str
    job: Job | None
    vector: Vectors | None = None


def contents_of_jobs(jobs: Sequence[Job], source: VectorSource) -> Contents:
    """The contents of a bundle of these jobs."""
    hours = [job_hours(job) for job in jobs]
    # Jobs of one schedule lie together: a filter then sets ranges.
    order = sorted(range(len(jobs)), key=lambda row: schedule_order(hours[row]))
    jobs, hours = [jobs[row] for row in order], [hours[row] for row in order]
    vectors, hashes, encoded = source([job_text(job) for job in tqdm(jobs, desc="reading jobs", unit="job")])
    return Contents(IndexedJobs(build_catalogue(jobs, hours), vectors), hashes, encoded)


def contents_with_changes(folder: Path, changes: Sequence[ChangedJob], source: VectorSource, now: datetime) -> Contents:
    """The contents of the bundle in `folder` with changes folded in, without the jobs that have closed by `now`."""
    manifest = BundleManifest.peek(folder)
    files = ArrayFiles(folder, manifest.arrays)
    previous = Catalogue.open(files.within(CATALOGUE))
    old_rows = np.flatnonzero(_unchanged(previous, changes, now))
    jobs = []
    for change in changes:
        if change.job is not None and _is_open(change.job, now):
            jobs.append(change.job)
            if change.vector is not None:
                source.know([job_text(change.job)], change.vector[None, :])
    fresh = build_catalogue(jobs)
    new_vectors, new_hashes, encoded = source([job_text(job) for job in jobs])
    folded = fold([(previous, old_rows), (fresh, np.arange(len(jobs)))])
    vectors = np.concatenate([files.map(VECTORS)[old_rows], new_vectors])[folded.order]
    hashes = np.concatenate([files.map(TEXT_HASHES)[old_rows], new_hashes])[folded.order]
    row_of = np.empty(len(vectors), dtype=np.int64)
    row_of[folded.order] = np.arange(len(vectors))
    new_rows, added_rows = np.split(row_of, [len(old_rows)])
    carried = CarriedRows(folder, old_rows, new_rows, added_rows, manifest.costs)
    return Contents(IndexedJobs(folded.catalogue, vectors, carried), hashes, encoded)


def _unchanged(previous: Catalogue, changes: Sequence[ChangedJob], now: datetime) -> NDArray[np.bool_]:
    """Which rows of the last bundle stay as they are, `[N]`."""
    unchanged: NDArray[np.bool_] = previous.columns.closes_at > int(now.timestamp())
    for change in changes:
        row = previous.row_of(change.job_id)
        if row is not None:
            unchanged[row] = False
    return unchanged


def _is_open(job: Job, now: datetime) -> bool:
    return job.is_open and (job.closes_at is None or job.closes_at > now)
