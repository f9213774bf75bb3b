"""Which past versions of ads no kept answer needs any more, so that they can be forgotten without losing a replay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from store.evidence.recommendation_log import RECOMMENDATIONS
from store.matching.job_changes import JOB_VERSIONS, newest_change_number

TIME_IN_BUNDLE = "%Y%m%dT%H%M%S%f"  # a bundle's name begins with when it was built
BUILDING = timedelta(days=1)  # far longer than it takes from reading the jobs to naming the bundle


def is_needed_no_more(connection: Connection, bundles: Path, before: datetime) -> ColumnElement[bool]:
    """What holds of the versions from before a moment that can go.

    An answer is replayed from its bundle and the last version of each job since, up to the change that was the newest
    then (`store.evidence.past_jobs`). A version that another had replaced by the oldest such change of all kept answers
    is read by none of them. The last version of a job that was deleted only tells bundles that still held the job: it
    goes when every bundle that an answer names or that `bundles` holds was built later.
    """
    version, later = JOB_VERSIONS.c, JOB_VERSIONS.alias("later")
    oldest = select(func.min(RECOMMENDATIONS.c.job_change_number))
    retained_from = connection.execute(oldest).scalar()
    if retained_from is None:
        retained_from = newest_change_number(connection)
    is_replaced = exists().where(
        later.c.job_id == version.job_id,
        later.c.change_number > version.change_number,
        later.c.change_number <= retained_from,
    )
    is_over: ColumnElement[bool] = is_replaced
    built_at = _first_built(connection, bundles)
    if built_at is not None:
        is_deletion = and_(
            version.document.is_(None),
            version.change_number <= retained_from,
            version.changed_at < built_at - BUILDING,
        )
        is_over = or_(is_replaced, is_deletion)
    return and_(version.changed_at < before, is_over)


def _first_built(connection: Connection, bundles: Path) -> datetime | None:
    """When the oldest bundle was built that an answer names or that is here; None when a name does not tell.

    Without any bundle: the end of time.
    """
    named = connection.execute(select(RECOMMENDATIONS.c.bundle).distinct()).scalars().all()
    here = (path.name for path in bundles.glob("[!.]*") if path.is_dir() and not path.is_symlink())
    first = datetime.max.replace(tzinfo=UTC)
    for name in {*named, *here}:
        try:
            built_at = datetime.strptime(name.partition("-")[0], TIME_IN_BUNDLE).replace(tzinfo=UTC)
        except ValueError:
            return None
        first = min(first, built_at)
    return first
