"""Opens a published bundle for serving, and follows the `current` link to newer ones and the store's changes of jobs.

What is served is one object, swapped whole: who holds the old one goes on with it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.array_files import ArrayFiles
from engine.arrays import AnyVectors
from engine.catalogue.catalogue import Catalogue
from engine.encoder.encoder import ModelManifest, Tower, TowerEncoder
from engine.encoder.texts import job_text
from engine.errors import ArtifactError, ChambaError
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.jobs import Job
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.reranking.model import Reranker
from engine.retrieval.segments import Segment
from index.backends.backend import search_backend
from index.bundle import CATALOGUE, CURRENT, FIX, MODEL, VECTORS, BundleManifest, broken_link, current_folder
from index.fresh import FreshJob, FreshJobs

CHANGES_PER_PAGE = 500

log = logging.getLogger("chamba.index")


class JobChange(Protocol):
    """One numbered change of the store's jobs."""

    @property
    def change_number(self) -> int:
        """Its number; a later change has a larger one."""

    @property
    def job_id(self) -> str:
        """Which job."""

    @property
    def job(self) -> Job | None:
        """The job as it is now, None when it was deleted."""

    @property
    def vector(self) -> NDArray[np.float32] | None:
        """Its vector, None before it was encoded."""

    @property
    def vector_model_id(self) -> str | None:
        """The model that made the vector."""


class JobFeed(Protocol):
    """What is asked of the system of record, which this room does not import."""

    def job_change_number(self) -> int:
        """The number of the newest change."""

    def job_changes(self, after: int, limit: int) -> Sequence[JobChange]:
        """The changes after a number, in order."""


@dataclass(frozen=True, slots=True)
class ServedBundle:
    """Model, index and catalogue of one version, with every job change up to `job_change_number`; it never changes.

    `job_vectors` `[N, dimension]` are those of the bundle's own jobs, on disk until read."""

    version: str
    built_at: datetime
    as_of: datetime | None
    model_id: str
    job_count: int
    recommender: Recommender
    encoder: TowerEncoder
    job_vectors: AnyVectors
    job_change_number: int
    data_version: str

    @property
    def fresh_job_count(self) -> int:
        """How many of the jobs came or changed since the bundle was built."""
        return sum(segment.size for segment in self.recommender.segments[1:])

    def now(self) -> datetime:
        """The moment to answer for: the day the bundle is pinned to, or the clock."""
        return self.as_of or datetime.now(UTC)


def open_bundle(
    folder: Path, threads: int = 1, opened: TowerEncoder | None = None, *, steps_back: bool = False
) -> ServedBundle:
    """Open the bundle in `folder`, its large files mapped; `opened` serves again where it holds the same weights.

    `steps_back` is the encoder's.

    Raises:
        ArtifactError: a file is missing or damaged, or model and vectors do not belong together.
    """
    manifest = BundleManifest.read(folder)
    files = ArrayFiles(folder, manifest.arrays)
    model = ModelManifest.read(folder / MODEL)
    # The same weights: whose bytes they are does not matter.
    if opened is None or opened.manifest != model:
        opened = TowerEncoder(folder / MODEL, threads, steps_back=steps_back)
    encoder = opened
    vectors = files.map(VECTORS)
    expected = (manifest.job_count, encoder.manifest.dimension)
    if vectors.shape != expected or encoder.model_id != manifest.model_id:
        raise ArtifactError(
            f"the parts of bundle {folder.name} do not belong together",
            expected=f"vectors {expected} of model {encoder.model_id}",
            got=f"vectors {vectors.shape} of model {manifest.model_id}",
            fix=FIX,
        )
    calibration = encoder.manifest.calibration
    reranker = Reranker.open(folder / MODEL, calibration) if encoder.manifest.has_reranker else None
    catalogue = Catalogue.open(files.within(CATALOGUE))
    searcher = search_backend(manifest.search_backend).open(folder, catalogue, vectors, manifest.costs)
    segment = Segment(catalogue, searcher, BitmapFilter(catalogue))
    return ServedBundle(
        manifest.version,
        manifest.built_at,
        manifest.as_of,
        manifest.model_id,
        manifest.job_count,
        Recommender((segment,), calibration, reranker, match_calibration=encoder.manifest.match_calibration),
        encoder,
        vectors,
        manifest.job_change_number,
        manifest.data_version,
    )


class FollowedBundle:
    """A bundle that takes in the changes of a store's jobs; one thread at a time."""

    def __init__(self, opened: ServedBundle) -> None:
        (segment,) = opened.recommender.segments
        self.served = self._opened = opened
        self._segment, self._fresh = segment, FreshJobs(segment, opened.job_vectors)

    def catch_up(self, feed: JobFeed) -> bool:
        """Take in every change there is; True when there was one. A bundle of a past day takes in none."""
        if self.served.as_of is not None:
            return False
        before = self.served
        newest = feed.job_change_number()
        # A store that was put back to an earlier state counts from there: what it says holds.
        after = 0 if newest < before.job_change_number else before.job_change_number
        if newest == after:
            return False
        fresh = self._fresh
        if fresh.is_wasteful:
            # Each job's last change is all that counts: read anew, what changed over and over takes one row.
            fresh = FreshJobs(self._segment, self._opened.job_vectors)
            after = min(after, self._opened.job_change_number)
        segments = before.recommender.segments
        while changes := feed.job_changes(after, CHANGES_PER_PAGE):
            segments = fresh.apply([self._with_vector(change) for change in changes])
            after = changes[-1].change_number
            if len(changes) < CHANGES_PER_PAGE:
                break
        # Served once all pages are read, else nothing is: a page lacks what changes again on a later one.
        # The last tombstones may have been forgotten: then the newest number has no change left to show.
        recommender = replace(before.recommender, segments=segments)
        self._fresh = fresh
        self.served = replace(before, recommender=recommender, job_change_number=max(newest, after))
        return True

    def _with_vector(self, change: JobChange) -> FreshJob:
        """The change with a vector by this bundle's model: one that another model encoded is encoded again."""
        job, vector = change.job, change.vector
        if job is not None and vector is not None and change.vector_model_id != self.served.model_id:
            vector = self.served.encoder.encode([job_text(job)], Tower.JOB)[0]
        return FreshJob(change.job_id, job, vector)


class BundleWatch:
    """The bundle in service. `current` is swapped whole; who holds the old one goes on with it."""

    def __init__(self, bundles: Path, threads: int = 1, feed: JobFeed | None = None) -> None:
        self._bundles, self._threads, self._feed = bundles, threads, feed
        self._opened: Path | None = None
        self._refused: tuple[Path, str] | None = None
        self._followed: FollowedBundle | None = None
        self._lock = Lock()
        self.current: ServedBundle | None = None
        self.problem: str | None = f"no bundle in {bundles}; {FIX}"

    def refresh(self, questions: Sequence[Query] = ()) -> bool:
        """Open the published bundle if it is another than before; True when `current` changed.

        A bundle that cannot be opened leaves the old one in service and says why in `problem`. A new one is served
        when it has caught up with the store, so that no fresh job is missed meanwhile, and has answered `questions`,
        so that nobody waits for pages and bitmaps that it needs for the first time.
        """
        folder = current_folder(self._bundles)
        if folder is None:
            self.problem = self._problem_of_link()
            return False
        if folder == self._opened:
            self.problem = None
            return False
        if self._refused is not None and folder == self._refused[0] and self.current is not None:
            self.problem = self._refused[1]
            return False
        encoder = self.current.encoder if self.current is not None else None
        try:
            followed = FollowedBundle(open_bundle(folder, self._threads, encoder, steps_back=True))
        except (ChambaError, OSError, ValueError, RuntimeError) as cause:
            self.problem = f"bundle {folder.name} cannot be served: {cause}"
            self._refused = folder, self.problem
            return False
        self._follow(followed)
        _warm_up(followed.served, questions)
        with self._lock:
            self._followed, self.current, self._opened, self.problem = followed, followed.served, folder, None
        return True

    def close(self) -> None:
        """Let go of the bundle, whose mapped files are open as long as anybody holds it."""
        with self._lock:
            self._followed = self.current = self._opened = None

    def catch_up(self) -> bool:
        """Take in the store's newest changes of jobs; True when there was one. Raises what the feed raises."""
        if self._feed is None:
            return False
        with self._lock:
            followed = self._followed
            if followed is None or not followed.catch_up(self._feed):
                return False
            self.current = followed.served
        return True

    def _problem_of_link(self) -> str:
        """Why no bundle is named; what was opened goes on."""
        broken = broken_link(self._bundles)
        if broken is None and self._opened is None:
            return f"no bundle in {self._bundles}; {FIX}"
        gone = f"{self._bundles / CURRENT} is gone"
        return f"{broken or gone}; chamba bundle list shows what is kept, chamba bundle rollback names one of them"

    def _follow(self, followed: FollowedBundle) -> None:
        """A store that does not answer keeps no bundle from being served."""
        try:
            if self._feed is not None:
                followed.catch_up(self._feed)
        except Exception:
            log.exception("changes of jobs could not be read; they follow when the store answers")


def _warm_up(bundle: ServedBundle, questions: Sequence[Query]) -> None:
    now, dimension = bundle.now(), bundle.encoder.manifest.dimension
    for question in questions:
        if len(question.seeker_vector) == dimension:
            bundle.recommender.recommend(question, now)
