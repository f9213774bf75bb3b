"""The jobs as they were when some change of them was the newest, read from the versions that every change leaves."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from store.matching.job_changes import JOB_VERSIONS, JobChange, feed_columns, job_change


class PastJobs:
    """The feed of job changes as it was at change `until`; who follows it holds what followers held then."""

    def __init__(self, connection: Connection, until: int) -> None:
        """`connection` is the caller's, open while this is read."""
        self._connection, self._until = connection, until

    def job_change_number(self) -> int:
        """The number that was the newest."""
        return self._until

    def job_changes(self, after: int, limit: int) -> list[JobChange]:
        """The first `limit` changes above `after`, in order; each job once, as its last change until then left it."""
        version, later = JOB_VERSIONS, JOB_VERSIONS.alias("later")
        is_replaced = exists().where(
            later.c.job_id == version.c.job_id,
            later.c.change_number > version.c.change_number,
            later.c.change_number <= self._until,
        )
        query = select(*feed_columns(version)).where(
            version.c.change_number > after, version.c.change_number <= self._until
        )
        rows = self._connection.execute(query.where(~is_replaced).order_by(version.c.change_number).limit(limit))
        return [job_change(row) for row in rows]
