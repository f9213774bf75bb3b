"""`/v1/jobs/{job_id}`: postings, for partner apps. A `def` route runs on a worker thread: SQL may wait."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Response

from api.candidates import candidates
from api.json_bodies import JsonBody, validated
from api.openapi import answers, body_of
from api.problems import ProblemKind
from api.recommending import job_vector
from api.schemas.answers import SavedJob
from api.schemas.candidates import CandidatesAnswer, CandidatesRequest
from api.schemas.fields import ID_PATTERN
from api.schemas.jobs import JobDocument
from api.services import ServicesOfApp
from engine.documents import job_document

router = APIRouter(tags=["jobs"])

JOB = "/v1/jobs/{job_id}"
JobId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.put(
    JOB,
    summary="Create or replace a job",
    openapi_extra=body_of(JobDocument),
    responses=answers(
        {200: ("It was replaced", SavedJob), 201: ("It is new", SavedJob)},
        ProblemKind.MALFORMED_BODY,
        ProblemKind.BODY_TOO_LARGE,
        ProblemKind.WRONG_CONTENT_TYPE,
        ProblemKind.INVALID_INPUT,
        ProblemKind.DATABASE_UNAVAILABLE,
    ),
)
def put_job(job_id: JobId, body: JsonBody, services: ServicesOfApp) -> Response:
    """Its vector is computed now, and **the next recommendation can hold it**; one that is closed is gone from them.

    While no bundle is served there is no model to do it: the job is recommended after the next `chamba index`.
    """
    job = validated(JobDocument, body).job(job_id)
    bundle = services.watch.current
    if bundle is None or not job.is_open:
        created = services.records.put_job(job, None, None)
    else:
        created = services.records.put_job(job, job_vector(job, bundle, services), bundle.model_id)
    answer = orjson.dumps({"job_id": job_id})
    headers = {"Location": JOB.format(job_id=job_id)} if created else None
    return Response(answer, 201 if created else 200, headers, "application/json")


@router.get(
    JOB,
    summary="Read a job",
    responses=answers(
        {200: ("The job", JobDocument)},
        ProblemKind.NOT_FOUND,
        ProblemKind.INVALID_INPUT,
        ProblemKind.DATABASE_UNAVAILABLE,
    ),
)
def get_job(job_id: JobId, services: ServicesOfApp) -> Response:
    """The document that was put, times in UTC; it can be put again as it is."""
    document = job_document(services.records.get_job(job_id))
    return Response(orjson.dumps(document), media_type="application/json")


@router.delete(
    JOB,
    summary="Forget a job",
    status_code=204,
    responses=answers({}, ProblemKind.NOT_FOUND, ProblemKind.INVALID_INPUT, ProblemKind.DATABASE_UNAVAILABLE),
)
def delete_job(job_id: JobId, services: ServicesOfApp) -> Response:
    """It is recommended no more, from now on; its placements stay."""
    services.records.delete_job(job_id)
    return Response(status_code=204)


@router.post(
    JOB + "/candidates",
    summary="People who can do a job and have the hours for it",
    openapi_extra=body_of(CandidatesRequest),
    responses=answers(
        {200: ("The best people first", CandidatesAnswer)},
        ProblemKind.MALFORMED_BODY,
        ProblemKind.NOT_FOUND,
        ProblemKind.BODY_TOO_LARGE,
        ProblemKind.WRONG_CONTENT_TYPE,
        ProblemKind.INVALID_INPUT,
        ProblemKind.NOT_READY,
        ProblemKind.DATABASE_UNAVAILABLE,
    ),
)
def post_candidates(job_id: JobId, body: JsonBody, services: ServicesOfApp) -> Response:
    """The same limits and the same score by which the job is recommended to each of them.

    Those nearest in meaning are judged first, until enough of them can take the job.
    """
    answer = candidates(job_id, validated(CandidatesRequest, body), services)
    return Response(answer, media_type="application/json")
