"""`/v1/seekers/{seeker_id}`: profiles, for partner apps. A `def` route runs on a worker thread: SQL may wait."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Response

from api.json_bodies import JsonBody, validated
from api.openapi import answers, body_of
from api.problems import ProblemKind
from api.recommending import seeker_vector
from api.schemas.answers import SavedSeeker
from api.schemas.fields import ID_PATTERN
from api.schemas.seekers import ProfileDocument
from api.services import ServicesOfApp
from engine.documents import seeker_document

router = APIRouter(tags=["seekers"])

SEEKER = "/v1/seekers/{seeker_id}"
SeekerId = Annotated[str, Path(pattern=ID_PATTERN)]


@router.put(
    SEEKER,
    summary="Create or replace a profile",
    openapi_extra=body_of(ProfileDocument),
    responses=answers(
        {200: ("It was replaced", SavedSeeker), 201: ("It is new", SavedSeeker)},
        ProblemKind.MALFORMED_BODY,
        ProblemKind.BODY_TOO_LARGE,
        ProblemKind.WRONG_CONTENT_TYPE,
        ProblemKind.INVALID_INPUT,
        ProblemKind.DATABASE_UNAVAILABLE,
    ),
)
def put_seeker(seeker_id: SeekerId, body: JsonBody, services: ServicesOfApp) -> Response:
    """Its vector is computed now, so that recommending to this person runs no encoder.

    While no bundle is served there is no model to do it: `vector` is then `pending`, and the first recommendation
    computes it.
    """
    seeker = validated(ProfileDocument, body).seeker(seeker_id)
    bundle = services.watch.current
    if bundle is None:
        created = services.records.put_seeker(seeker, None, None)
    else:
        created = services.records.put_seeker(seeker, seeker_vector(seeker, bundle, services), bundle.model_id)
    answer = orjson.dumps({"seeker_id": seeker_id, "vector": "stored" if bundle else "pending"})
    headers = {"Location": SEEKER.format(seeker_id=seeker_id)} if created else None
    return Response(answer, 201 if created else 200, headers, "application/json")


@router.get(
    SEEKER,
    summary="Read a profile",
    responses=answers(
        {200: ("The profile", ProfileDocument)},
        ProblemKind.NOT_FOUND,
        ProblemKind.INVALID_INPUT,
        ProblemKind.DATABASE_UNAVAILABLE,
    ),
)
def get_seeker(seeker_id: SeekerId, services: ServicesOfApp) -> Response:
    """The document that was put; it can be put again as it is."""
    document = seeker_document(services.records.get_seeker(seeker_id).seeker)
    return Response(orjson.dumps(document), media_type="application/json")


@router.delete(
    SEEKER,
    summary="Forget a person",
    status_code=204,
    responses=answers({}, ProblemKind.NOT_FOUND, ProblemKind.INVALID_INPUT, ProblemKind.DATABASE_UNAVAILABLE),
)
def delete_seeker(seeker_id: SeekerId, services: ServicesOfApp) -> Response:
    """The profile and its vector are gone at once; placements stay."""
    services.records.delete_seeker(seeker_id)
    return Response(status_code=204)
