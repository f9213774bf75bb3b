"""People who agreed to be found for a job, inviting them, and what they answered."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Response

from api.access.rules import EmployerCaller
from api.credentials.callers import Caller
from api.employers.endpoints import invitations, jobs
from api.employers.endpoints.jobs import JobId
from api.employers.endpoints.organisations import EmployerId
from api.employers.pages.jobs import JOB, posting_of
from api.employers.pages.organisations import organisation_values
from api.employers.people_schemas import InvitationRequest, PeopleSearchRequest
from api.employers.service.invitations import MOST_A_DAY
from api.http.pagination import PageRequest
from api.http.problems import ProblemError, ProblemKind
from api.services.services import ServicesOfApp
from api.web.forms import Form
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from api.web.weeks import week_picture
from engine.documents.seekers import seeker_from_document
from engine.errors import ChambaError, ConflictError

router = APIRouter(route_class=PageRoute)

PAGE = "employers/people.html"
MOST_SHOWN = 30


@router.get(JOB + "/personas")
def get_people(caller: EmployerCaller, frame: Frame, employer_id: EmployerId, job_id: JobId) -> Response:
    """The best first, with why and which hours; no names."""
    return frame.page(PAGE, **_values(frame, caller, employer_id, job_id))


@router.post(JOB + "/invitar")
def post_invitation(
    caller: EmployerCaller, form: Form, frame: Frame, employer_id: EmployerId, job_id: JobId, services: ServicesOfApp
) -> Response:
    """They are told, and decide."""
    try:
        body = checked(InvitationRequest, {"seeker_id": form.text("seeker_id")} | form.stated("text"))
        invitations.post_invitation(caller, employer_id, job_id, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again(PAGE, error, form, **_values(frame, caller, employer_id, job_id))
    said = marked("Le avisamos. Verás su nombre y sus datos solo si acepta.")
    return frame.see(f"/empresas/{employer_id}/trabajos/{job_id}/personas", said=said)


@router.get(JOB + "/invitaciones")
def get_invitations(
    caller: EmployerCaller,
    frame: Frame,
    employer_id: EmployerId,
    job_id: JobId,
    page: PageRequest,
    services: ServicesOfApp,
) -> Response:
    """Who was invited, and what they answered."""
    found = invitations.get_invitations(caller, employer_id, job_id, page, services)
    posting = posting_of(caller, employer_id, job_id, services)
    shown = organisation_values(frame, caller, employer_id)
    return frame.page("employers/invitations.html", found=found, posting=posting, job_id=job_id, **shown)


def _values(frame: PageFrame, caller: Caller, employer_id: str, job_id: str) -> dict[str, Any]:
    services = frame.services
    posting = posting_of(caller, employer_id, job_id, services)
    values = organisation_values(frame, caller, employer_id) | {"posting": posting, "job_id": job_id, "why_none": ""}
    body = PeopleSearchRequest(limit=MOST_SHOWN, include_applicants=False)
    try:
        people = orjson.loads(jobs.post_candidates(caller, employer_id, job_id, body, services).body)["people"]
    except ConflictError:
        return values | {"people": [], "why_none": "not_shown"}
    except ProblemError as error:
        if error.kind is not ProblemKind.NOT_READY:
            raise
        return values | {"people": [], "why_none": "not_ready"}
    schedule, now = (posting["job"] or {}).get("schedule"), services.now()
    for one in people:
        free = seeker_from_document(one["profile"]).availability
        one["week"] = week_picture(free, schedule, now)
    return values | {"people": people, "most_a_day": MOST_A_DAY}
