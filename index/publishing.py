"""A store's open jobs to a bundle in two steps, build and publish, with the people's vectors that go with its model.

The store is known by what it can do, not by import: `index` and `store` are rooms that do not meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from tqdm import tqdm

from engine.arrays import Vectors
from engine.artifacts import only_one
from engine.encoder.encoder import Tower, TowerEncoder
from engine.encoder.texts import seeker_text
from engine.errors import ArtifactError
from engine.jobs import Job
from engine.seekers import Seeker
from index.build import (
    BUSY,
    RECALL_QUERIES,
    IndexConfig,
    IndexReport,
    build_index,
    foldable,
    publish_built,
    update_index,
)
from index.bundle import BundleManifest, publish_checked
from index.contents import ChangedJob
from index.serving import JobChange

# Past this share of changed jobs reading all of them costs no more.
MOST_CHANGED = 0.2


class StoredPerson(Protocol):
    """A profile, its vector `[dimension]` and the model that made it."""

    @property
    def seeker(self) -> Seeker:
        """The profile."""

    @property
    def vector(self) -> Vectors | None:
        """Its vector, None before it was encoded."""

    @property
    def vector_model_id(self) -> str | None:
        """The model that made the vector."""


class Store(Protocol):
    """What this module asks of the system of record."""

    def iter_jobs(self, *, open_at: datetime | None = None) -> Iterable[Job]:
        """The jobs open at a moment."""

    def iter_seekers(self) -> Iterable[StoredPerson]:
        """Every profile."""

    def job_change_number(self) -> int:
        """The number of the newest change of a job."""

    def job_changes(self, after: int, limit: int) -> Sequence[JobChange]:
        """The changes after a number, in order."""

    def data_version(self) -> str:
        """A name for the content."""

    def store_seeker_vectors(self, vectors: Sequence[tuple[Seeker, Vectors]], model_id: str) -> None:
        """Keep the vectors that a model made of profiles."""


def index_store(store: Store, model: Path, bundles: Path, config: IndexConfig, *, full: bool = False) -> IndexReport:
    """Build the bundle of a store's open jobs and publish it when it is fit, with the vectors of its people.

    What changed since the published bundle is folded into it; all is read anew with `full`, for a past day, for
    another model, and when more than `MOST_CHANGED` of the jobs have changed.
    """
    encoder = TowerEncoder(model, config.threads)
    stale, seeker_vectors = encode_people(store, encoder)
    newest = store.job_change_number()  # before the jobs are read: what changes meanwhile comes again
    config = replace(config, job_change_number=newest)
    version = store.data_version()
    previous = None if full or config.as_of else foldable(bundles, model)
    changes = None if previous is None else _changes_since(store, previous, newest, encoder.model_id)
    if changes is not None:
        report = update_index(changes, model, bundles, config, data_version=version, seeker_vectors=seeker_vectors)
    else:
        jobs = list(store.iter_jobs(open_at=config.as_of or datetime.now(UTC)))
        report = build_index(jobs, model, bundles, config, data_version=version, seeker_vectors=seeker_vectors)
    if report.published:
        store.store_seeker_vectors(stale, encoder.model_id)
    return report


def _changes_since(store: Store, previous: BundleManifest, newest: int, model_id: str) -> list[ChangedJob] | None:
    """The changes that a bundle lacks; None when they are too many, or the store was put back to an earlier state."""
    after, most = previous.job_change_number, int(previous.job_count * MOST_CHANGED)
    if newest < after or newest - after > most:
        return None
    changes = store.job_changes(after, most + 1)
    return [
        ChangedJob(change.job_id, change.job, change.vector if change.vector_model_id == model_id else None)
        for change in changes
    ]


def serve_version(bundles: Path, version: str) -> None:
    """Serve another bundle that is kept; raises ArtifactError when it is not there, damaged, or a build is running."""
    with only_one(bundles, BUSY):
        publish_checked(bundles, version)


class BundleJob:
    """Builds bundles of a store under `bundles` and publishes them later."""

    def __init__(self, store: Store, bundles: Path, threads: int = 2) -> None:
        self._store, self._bundles, self._threads = store, bundles, threads

    def build(self, model: Path, recall_floor: float) -> str:
        """Build a bundle with a model folder and leave it unpublished; raises ArtifactError when it is not fit."""
        encoder = TowerEncoder(model, self._threads)
        # As many people as the lists' recall is measured with: the rest are encoded when the bundle is published.
        people = [seeker_text(stored.seeker) for stored in self._store.iter_seekers()]
        chosen = np.random.default_rng(0).permutation(len(people))[:RECALL_QUERIES]
        queries = encoder.encode([people[row] for row in chosen], Tower.SEEKER)
        change_number = self._store.job_change_number()  # before the jobs are read
        report = build_index(
            list(self._store.iter_jobs(open_at=datetime.now(UTC))),
            model,
            self._bundles,
            IndexConfig(recall_floor, threads=self._threads, build_only=True, job_change_number=change_number),
            data_version=self._store.data_version(),
            seeker_vectors=queries,
        )
        if report.objections:
            raise ArtifactError("; ".join(report.objections), fix="mend it, or accept it with a lower --recall-floor")
        return report.manifest.version

    def publish(self, version: str, model: Path) -> None:
        """Encode the people with the bundle's model, serve the bundle, and keep the people's vectors."""
        encoder = TowerEncoder(model, self._threads)
        stale, _ = encode_people(self._store, encoder)
        publish_built(self._bundles, version)
        self._store.store_seeker_vectors(stale, encoder.model_id)


def encode_people(store: Store, encoder: TowerEncoder) -> tuple[list[tuple[Seeker, Vectors]], Vectors]:
    """The people whose vector is missing or of another model, with a new one; and every vector, as queries."""
    people = list(store.iter_seekers())
    fresh = [stored.vector for stored in people if stored.vector_model_id == encoder.model_id]
    stale = [stored.seeker for stored in people if stored.vector_model_id != encoder.model_id]
    with tqdm(total=len(stale), desc="encoding people", unit="person", disable=not stale) as progress:
        vectors = encoder.encode([seeker_text(seeker) for seeker in stale], Tower.SEEKER, progress.update)
    known = np.stack([*(vector for vector in fresh if vector is not None), *vectors]) if people else vectors
    return list(zip(stale, vectors, strict=True)), known
