"""Imported jobs that are not simply shown: signs of fraud hold them until a moderator looks, or one took them down.

What a moderator released stays shown while its words are the same; what was taken down stays closed whatever its source
says. What the source wants meanwhile is kept, so that a job that comes back is as open as its source has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from engine.documents.jobs import job_from_document
from engine.jobs import Job
from engine.offer_signs import Severity, blocking_kinds
from store.hiring.judged_words import judged_words
from store.hiring.taken_down import taken_down_among
from store.matching.job_changes import lock_job_changes, put_numbered_jobs
from store.matching.row_reads import JobRead, read_job
from store.matching.rows import job_row, opened_or_closed
from store.people.cases import CaseKind
from store.people.waiting_cases import drop_waiting_cases, open_import_cases
from store.tables.hiring import ModeratedImportRow

MODERATED: Table = ModeratedImportRow.metadata.tables["moderated_imports"]


@dataclass(frozen=True, slots=True)
class _Moderated:
    is_wanted_open: bool
    released_words: str | None


def as_moderated(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> tuple[dict[str, Any], set[str]]:
    """Rows of imported jobs, job id → columns, closed where they are held or taken down; and the ids that are held.

    For what is held a case waits; one whose new words show no signs is held no more. The caller has the lock of jobs.
    """
    down, known = taken_down_among(connection, rows), _known(connection, rows)
    blocking = {job_id: kinds for job_id, row in rows.items() if (kinds := _blocking(row["document"]))}
    held = {job_id for job_id in blocking if not _is_released(known.get(job_id), job_id, rows[job_id])}
    now_known = {
        job_id: _Moderated(row["is_open"], None if job_id in held else _released_words(known.get(job_id)))
        for job_id, row in rows.items()
        if job_id in held or job_id in down or _released_words(known.get(job_id)) is not None
    }
    _keep(connection, known, now_known)
    freed = known.keys() - now_known.keys()
    if freed:
        connection.execute(delete(MODERATED).where(MODERATED.c.job_id.in_(freed)))
        drop_waiting_cases(connection, CaseKind.IMPORT, freed)
    waiting = {job_id: blocking[job_id] for job_id in sorted(held - down)}
    if waiting:
        open_import_cases(connection, waiting, datetime.now(UTC))
    closed = held | down
    shown = {
        job_id: opened_or_closed(job_id, row, is_open=False) if job_id in closed else row
        for job_id, row in rows.items()
    }
    return shown, held


def is_held(connection: Connection, job: Job) -> bool:
    """Whether signs of fraud keep an imported job from being shown."""
    return bool(held_among(connection, [job]))


def held_among(connection: Connection, jobs: Collection[Job]) -> set[str]:
    """The ids of those of some imported jobs that signs of fraud keep from being shown."""
    known = _known(connection, [job.job_id for job in jobs])
    held = {job_id for job_id, one in known.items() if one.released_words is None}
    return {job.job_id for job in jobs if job.job_id in held and blocking_kinds(job.signs)}


def close_import(connection: Connection, job_id: str) -> Job:
    """Close an imported job, and keep whether its source wants it open; the job. Raises NotFoundError."""
    lock_job_changes(connection)
    stored = read_job(connection, job_id)
    known = _known(connection, [job_id])
    wanted = known[job_id].is_wanted_open if job_id in known else stored.job.is_open
    _keep(connection, known, {job_id: _Moderated(wanted, None)})
    return _put(connection, job_id, is_open=False)


def release_import(connection: Connection, job_id: str, encode: Callable[[JobRead], JobRead]) -> Job:
    """Show an imported job as its source wants it, for as long as its words are the same; raises NotFoundError.

    `encode` gives one without a vector its vector, so that it is shown at once.
    """
    lock_job_changes(connection)
    job = read_job(connection, job_id).job
    known = _known(connection, [job_id])
    wanted = known[job_id].is_wanted_open if job_id in known else job.is_open
    _keep(connection, known, {job_id: _Moderated(wanted, judged_words(job))})
    return _put(connection, job_id, is_open=wanted, encode=encode)


def want_closed(connection: Connection, job_ids: Collection[str]) -> None:
    """Note that the source of some jobs has them no more: whoever releases one does not open it."""
    connection.execute(update(MODERATED).where(MODERATED.c.job_id.in_(job_ids)).values(is_wanted_open=False))


def _put(
    connection: Connection, job_id: str, *, is_open: bool, encode: Callable[[JobRead], JobRead] | None = None
) -> Job:
    stored = read_job(connection, job_id)
    stored = stored if encode is None else encode(stored)
    changed = replace(stored.job, is_open=is_open)
    put_numbered_jobs(connection, {job_id: job_row(changed, stored.vector, stored.model_id)})
    return changed


def _known(connection: Connection, job_ids: Collection[str]) -> dict[str, _Moderated]:
    query = select(MODERATED).where(MODERATED.c.job_id.in_(list(job_ids)))
    return {row.job_id: _Moderated(row.is_wanted_open, row.released_words) for row in connection.execute(query)}


def _keep(connection: Connection, known: Mapping[str, _Moderated], wanted: Mapping[str, _Moderated]) -> None:
    new = [
        {"job_id": job_id, "is_wanted_open": one.is_wanted_open, "released_words": one.released_words}
        for job_id, one in wanted.items()
        if job_id not in known
    ]
    if new:
        connection.execute(insert(MODERATED), new)
    for job_id, one in wanted.items():
        if job_id in known and known[job_id] != one:
            values = {"is_wanted_open": one.is_wanted_open, "released_words": one.released_words}
            connection.execute(update(MODERATED).where(MODERATED.c.job_id == job_id).values(values))


def _is_released(known: _Moderated | None, job_id: str, row: Mapping[str, Any]) -> bool:
    released = _released_words(known)
    return released is not None and released == judged_words(job_from_document(row["document"], job_id))


def _released_words(known: _Moderated | None) -> str | None:
    return None if known is None else known.released_words


def _blocking(document: Mapping[str, Any]) -> list[str]:
    signs = document.get("signs") or ()
    return sorted({sign["kind"] for sign in signs if sign["severity"] == Severity.BLOCK})
