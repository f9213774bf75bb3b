"""What the routes of analysts do: opening snapshots, and telling of them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from api.analysts.schemas import SnapshotDocument
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from engine.errors import ArtifactError
from store.analytics.attempts import note_beginning, note_end
from store.analytics.questions.answers import prepare
from store.analytics.snapshots import AnalyticsSnapshot, current_snapshot, has_current, open_version, take_snapshot
from store.encryption.data_keys import Purpose

log = logging.getLogger("chamba.api")


@contextmanager
def snapshot_of(services: Services, version: str | None) -> Iterator[AnalyticsSnapshot]:
    """A snapshot, the newest for None, which is taken where there is none yet.

    One that is not there, or cannot be read, is the 404 problem.
    """
    folder = services.settings.analytics
    if version is None and not has_current(folder):
        new_snapshot(services)
    try:
        yield current_snapshot(folder) if version is None else open_version(folder, version)
    except ArtifactError as error:
        raise ProblemError(ProblemKind.NOT_FOUND, error) from None


def new_snapshot(services: Services) -> AnalyticsSnapshot:
    """A snapshot of everything now, and what takes long to answer of it; while another is taken, the 409 problem."""
    pseudonym = partial(services.cipher.keyed_hash, Purpose.PSEUDONYM)
    try:
        taken = take_snapshot(services.database, services.settings.analytics, pseudonym, services.now())
    except ArtifactError as error:
        raise ProblemError(ProblemKind.CONFLICT, error) from None
    prepare(taken)
    return taken


def begin_snapshot(services: Services) -> None:
    """Note that a snapshot is being taken; `finish_snapshot` takes it, beside what is served."""
    note_beginning(services.settings.analytics, services.now())


def finish_snapshot(services: Services) -> None:
    """Take the snapshot that was begun, and note how that went."""
    begun = perf_counter()
    try:
        new_snapshot(services)
    except Exception:
        log.exception("no snapshot was taken")
        note_end(services.settings.analytics, None)
    else:
        note_end(services.settings.analytics, perf_counter() - begun)


def snapshot_document(snapshot: AnalyticsSnapshot, *, is_current: bool) -> SnapshotDocument:
    """A snapshot as it is listed."""
    return SnapshotDocument(
        version=snapshot.version,
        taken_at=snapshot.taken_at.isoformat(),
        counts=snapshot.told_counts,
        rewritten_at=snapshot.rewritten_at and snapshot.rewritten_at.isoformat(),
        is_current=is_current,
    )
