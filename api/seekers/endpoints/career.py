"""`/v1/me/career` and `/v1/me/cv`: what a person shows to those whom they apply to, and to nobody else."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from pydantic import ConfigDict
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import SeekerCaller
from api.hiring.career import Career, career_to_keep
from api.hiring.cv_answers import CV_BODY, CV_CONTENT, CvBody, cv_response
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import WHEN, Document
from api.services.services import ServicesOfApp
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.importers.cv.formats import CvKind, cv_kind
from store.people.careers import put_career, read_career
from store.people.cv_files import delete_cv, put_cv, read_cv
from store.people.seeker_accounts import seeker_of

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

CAREER, CV = "/v1/me/career", "/v1/me/cv"
NOT_FOUND = ProblemKind.NOT_FOUND


class CvDocument(Document):
    """What is known of a CV file: its kind by its content, and its size."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"media_type": "application/pdf", "byte_count": 48211, "sent_at": WHEN}]}
    )

    media_type: CvKind
    byte_count: int
    sent_at: str


@router.put(CAREER, **operation("Save portfolio, experience and education", answer="They are saved"))
def put_own_career(caller: SeekerCaller, body: Career, services: ServicesOfApp) -> WrittenAnswer[Career]:
    """All of it at once, kept sealed. Those whom one applies to read it; contacts in its words are taken out."""
    now = services.now()
    career = career_to_keep(body, now)

    def work(connection: Connection) -> None:
        put_career(connection, services.cipher, seeker_of(connection, caller.account_id), career, now)
        audit(connection, caller, AuditAction.DATA_CORRECTED, caller.name, services, {"fields": ["career"]})

    services.write(work)
    return json_response(career)


@router.get(CAREER, **operation("Read portfolio, experience and education", answer="What was saved"))
def get_own_career(caller: SeekerCaller, services: ServicesOfApp) -> WrittenAnswer[Career]:
    """Empty lists before anything is saved."""

    def work(connection: Connection) -> dict[str, Any] | None:
        return read_career(connection, services.cipher, seeker_of(connection, caller.account_id))

    return json_response(services.read(work) or Career().model_dump())


@router.put(
    CV,
    **(
        operation(
            "Save one's CV file",
            ProblemKind.WRONG_CONTENT_TYPE,
            ProblemKind.BODY_TOO_LARGE,
            ProblemKind.MALFORMED_BODY,
            answer="It is saved",
        )
        | {"openapi_extra": CV_BODY}
    ),
)
def put_own_cv(caller: SeekerCaller, content: CvBody, services: ServicesOfApp) -> CvDocument:
    """A PDF, .docx or .odt of at most 2 MB, in the place of the one before; kept sealed. What it is, its content says:
    nothing with a password, macros, scripts or other files in it. Who reads it, each application says (`with_cv`)."""
    kind, now = cv_kind(content), services.now()

    def work(connection: Connection) -> CvDocument:
        seeker_id = seeker_of(connection, caller.account_id)
        file = put_cv(connection, services.cipher, seeker_id, kind, content, now)
        audit(connection, caller, AuditAction.DATA_CORRECTED, caller.name, services, {"fields": ["cv"]})
        return CvDocument(media_type=file.kind, byte_count=file.byte_count, sent_at=file.sent_at.isoformat())

    return services.write(work)


@router.get(
    CV,
    **operation("Read one's CV file", NOT_FOUND, answer="The file", content=CV_CONTENT),
    response_class=Response,
)
def get_own_cv(caller: SeekerCaller, services: ServicesOfApp) -> Response:
    """As it was sent."""

    def work(connection: Connection) -> Response:
        return cv_response(*read_cv(connection, services.cipher, seeker_of(connection, caller.account_id)))

    return services.read(work)


@router.delete(CV, **operation("Forget one's CV file", NOT_FOUND, answer="It is gone", status=204))
def delete_own_cv(caller: SeekerCaller, services: ServicesOfApp) -> None:
    """For those whom one applied to as well."""

    def work(connection: Connection) -> None:
        if not delete_cv(connection, seeker_of(connection, caller.account_id)):
            raise NotFoundError("there is no CV file", field="cv")
        audit(connection, caller, AuditAction.DATA_CORRECTED, caller.name, services, {"fields": ["cv"]})

    services.write(work)
