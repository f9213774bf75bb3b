"""What the routes of analysts do: opening snapshots, and telling of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.analysts.schemas import SnapshotDocument
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from engine.errors import ArtifactError
from store.analytics.snapshots import AnalyticsSnapshot, current_snapshot, open_version


@contextmanager
def snapshot_of(services: Services, version: str | None) -> Iterator[AnalyticsSnapshot]:
    """A snapshot; one that is not there, or cannot be read, is the 404 problem."""
    folder = services.settings.analytics
    try:
        yield current_snapshot(folder) if version is None else open_version(folder, version)
    except ArtifactError as error:
        raise ProblemError(ProblemKind.NOT_FOUND, str(error)) from None


def snapshot_document(snapshot: AnalyticsSnapshot, *, is_current: bool) -> SnapshotDocument:
    """A snapshot as it is listed."""
    return SnapshotDocument(
        version=snapshot.version,
        taken_at=snapshot.taken_at.isoformat(),
        counts=dict(snapshot.counts),
        rewritten_at=snapshot.rewritten_at and snapshot.rewritten_at.isoformat(),
        is_current=is_current,
    )
