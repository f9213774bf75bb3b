"""`/v1/me/saved-jobs` and `/v1/me/dismissals`: jobs that a person keeps, and jobs that are not for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.quotas import require_quota
from api.access.rules import SeekerCaller
from api.hiring.notices import tell_case_opened
from api.hiring.seen_states import seen_job, seen_states, shown_document
from api.http.pagination import PageRequest, page_document
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import IdInPath
from api.seekers.schemas import DismissalDocument, DismissalRequest, Dismissals, SavedJobDocument, SavedJobs
from api.services.services import ServicesOfApp
from engine.errors import NotFoundError
from engine.explain import Locale
from store.hiring.saved_jobs import (
    Dismissal,
    DismissalReason,
    SavedJob,
    dismiss_job,
    list_dismissals,
    list_saved_jobs,
    save_job,
    undismiss_job,
    unsave_job,
)
from store.people.cases import CaseKind, NewCase, get_case, open_case
from store.people.seeker_accounts import seeker_of
from store.requests.quotas import REPORTS

router = APIRouter(tags=["seekers"], route_class=TypedRoute)

SAVED, DISMISSED = "/v1/me/saved-jobs", "/v1/me/dismissals"
JobId = IdInPath


@router.get(SAVED, **operation("Jobs that one keeps", answer="A page of them"))
def get_saved_jobs(caller: SeekerCaller, page: PageRequest, services: ServicesOfApp) -> WrittenAnswer[SavedJobs]:
    """By id, with the job as it is now."""

    def work(connection: Connection) -> dict[str, Any]:
        seeker_id, after = seeker_of(connection, caller.account_id), page.after_id()
        found = list_saved_jobs(connection, seeker_id, after=after, limit=page.limit + 1)
        return page_document(
            found, page, lambda one: _saved(connection, one, services.now(), caller.locale), lambda one: (one.job_id,)
        )

    return json_response(services.read(work))


@router.put(
    SAVED + "/{job_id}",
    **operation(
        "Save a job",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        answer="It is saved already",
        also={201: ("It is saved", SavedJobDocument)},
    ),
)
def put_saved_job(caller: SeekerCaller, job_id: JobId, services: ServicesOfApp) -> WrittenAnswer[SavedJobDocument]:
    """Keeping it again changes nothing."""
    now = services.now()

    def work(connection: Connection) -> tuple[dict[str, Any], bool]:
        seeker_id = seeker_of(connection, caller.account_id)
        if seen_job(connection, job_id) is None:
            raise NotFoundError("no such job", got=repr(job_id), field="job_id")
        saved = save_job(connection, seeker_id, job_id, now)
        return _saved(connection, saved, now, caller.locale), saved.saved_at == now

    document, is_new = services.write(work)
    return json_response(document, 201 if is_new else 200)


@router.delete(
    SAVED + "/{job_id}",
    **operation("Save a job no longer", ProblemKind.NOT_FOUND, answer="It is not saved", status=204),
)
def delete_saved_job(caller: SeekerCaller, job_id: JobId, services: ServicesOfApp) -> None:
    """404 for a job that was not saved."""

    def work(connection: Connection) -> None:
        if not unsave_job(connection, seeker_of(connection, caller.account_id), job_id):
            raise NotFoundError("the job is not saved", got=repr(job_id), field="job_id")

    services.write(work)


@router.get(DISMISSED, **operation("Jobs that are not for one", answer="All of them"))
def get_dismissals(caller: SeekerCaller, services: ServicesOfApp) -> Dismissals:
    """They are not recommended any more."""

    def work(connection: Connection) -> Dismissals:
        found = list_dismissals(connection, services.cipher, seeker_of(connection, caller.account_id))
        return Dismissals(items=[_dismissed(one) for one in found])

    return services.read(work)


@router.put(
    DISMISSED + "/{job_id}",
    **operation(
        "Say that a job is not for one, and why",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="The reason is another",
        also={201: ("It is said", DismissalDocument)},
    ),
)
def put_dismissal(
    caller: SeekerCaller, job_id: JobId, body: DismissalRequest, services: ServicesOfApp, response: Response
) -> DismissalDocument:
    """It is not recommended any more, from the next answer on; of `looks_false`, people who moderate are told."""
    now = services.now()
    dismissal = Dismissal(job_id, body.reason, body.text, now)

    def work(connection: Connection) -> bool:
        seeker_id = seeker_of(connection, caller.account_id)
        if seen_job(connection, job_id) is None:
            raise NotFoundError("no such job", got=repr(job_id), field="job_id")
        if body.reason is DismissalReason.LOOKS_FALSE:
            reported = NewCase(CaseKind.REPORT, job_id, caller.account_id, [body.reason], body.text)
            case = get_case(connection, open_case(connection, services.cipher, reported, now))
            if case.opened_at == now:  # not one that waits already
                require_quota(connection, services, REPORTS, caller.account_id)
                tell_case_opened(connection, services, case)
        return dismiss_job(connection, services.cipher, seeker_id, dismissal)

    response.status_code = 201 if services.write(work) else 200
    return _dismissed(dismissal)


@router.delete(
    DISMISSED + "/{job_id}",
    **operation("Take a dismissal back", ProblemKind.NOT_FOUND, answer="It may be recommended again", status=204),
)
def delete_dismissal(caller: SeekerCaller, job_id: JobId, services: ServicesOfApp) -> None:
    """404 for a job that was not dismissed."""

    def work(connection: Connection) -> None:
        if not undismiss_job(connection, seeker_of(connection, caller.account_id), job_id):
            raise NotFoundError("the job is not dismissed", got=repr(job_id), field="job_id")

    services.write(work)


def _saved(connection: Connection, saved: SavedJob, now: datetime, locale: Locale) -> dict[str, Any]:
    state, message = seen_states(connection, [saved.job_id], now, locale)[saved.job_id]
    job = seen_job(connection, saved.job_id)
    return {
        "job_id": saved.job_id,
        "saved_at": saved.saved_at.isoformat(),
        "job": None if job is None else shown_document(job, now, locale),
        "state": state,
        "message": message,
    }


def _dismissed(dismissal: Dismissal) -> DismissalDocument:
    return DismissalDocument(
        job_id=dismissal.job_id,
        reason=dismissal.reason,
        text=dismissal.words,
        dismissed_at=dismissal.dismissed_at.isoformat(),
    )
