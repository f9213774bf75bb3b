"""A contested answer as it was given, read from the log: nothing of it is worked out anew."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, func, select

from api.admin.service.jobs import job_state
from api.admin.service.reading import Reading
from engine.documents.jobs import job_from_document
from engine.jobs import Job
from store.evidence.recommendation_log import read_answer
from store.matching.job_changes import JOB_VERSIONS
from store.matching.row_reads import job_of


def contested_answer(reading: Reading, recommendation_id: str) -> dict[str, Any]:
    """An answer of the log in the shape of `ContestedAnswer`; raises NotFoundError for one that was forgotten."""
    record = read_answer(reading.connection, recommendation_id).record
    subject = f"seeker:{record.seeker_id}" if record.seeker_id else f"recommendation:{recommendation_id}"
    reading.reveal(subject, profile=record.document)
    shown = [job_id for job_id, _ in record.shown]
    then = _jobs_then(reading.connection, shown, record.job_change_number)
    jobs = []
    for place, (job_id, score) in enumerate(record.shown, 1):
        job, now = then.get(job_id), job_of(reading.connection, job_id)
        jobs.append(
            {
                "place": place,
                "job_id": job_id,
                "title": job and job.title,
                "employer": job and job.employer,
                "score": score,
                "state": job_state(reading, job_id, now)[0],
            }
        )
    return {
        "recommendation_id": recommendation_id,
        "answered_at": record.answered_at.isoformat(),
        "seeker_id": record.seeker_id or None,
        "partner_id": record.partner_id,
        "query": record.query,
        "profile": record.document,
        "bundle": record.bundle,
        "model": record.model_id,
        "reranker": record.reranker,
        "job_change_number": record.job_change_number,
        "jobs": jobs,
    }


def _jobs_then(connection: Connection, job_ids: Collection[str], change_number: int) -> dict[str, Job]:
    """The jobs as the newest change up to a number left them."""
    version = JOB_VERSIONS.c
    newest = select(func.max(version.change_number)).where(
        version.job_id.in_(job_ids), version.change_number <= change_number
    )
    query = select(version.job_id, version.document).where(version.change_number.in_(newest.group_by(version.job_id)))
    return {
        row.job_id: job_from_document(row.document, row.job_id)
        for row in connection.execute(query)
        if row.document is not None
    }
