"""Applying for a job: by one's own choice, or by accepting an invitation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.credentials.standing import require_takes_applications
from api.hiring.applications import application_detail, audit_stage, open_job
from api.hiring.notices import tell_applied
from api.hiring.partner_notices import notify_partner
from api.hiring.schemas import OwnApplicationDetail
from api.routing.idempotency import Created
from api.seekers.schemas import ApplicationRequest
from api.services.services import Services
from engine.errors import ConflictError, Message
from store.hiring.applications import NewApplication, apply
from store.hiring.invitations import accept_invitations
from store.hiring.postings import find_posting
from store.people.cv_files import find_cv

APPLICATION = "/v1/me/applications/{application_id}"


def applied(
    connection: Connection,
    services: Services,
    caller: Caller,
    seeker_id: str,
    body: ApplicationRequest,
    match: Mapping[str, Any] | None,
) -> Created[OwnApplicationDetail]:
    """A new application, which accepts an invitation to the job; `match`: how the person fits it.

    Raises NotFoundError for no job, ConflictError for one that takes no applications, or has this person's.
    """
    now = services.now()
    posting = find_posting(connection, body.job_id)
    if posting is not None:
        require_takes_applications(posting)
    job = open_job(connection, body.job_id, now)
    if posting is None:
        raise ConflictError(
            "the employer of this job takes no applications here",
            fix=Message("apply at {url}", url=job.url) if job.url else "ask whoever posted it",
            field="job_id",
        )
    if body.with_cv and find_cv(connection, seeker_id) is None:
        raise ConflictError("there is no CV file to apply with", fix="save it at /v1/me/cv first", field="with_cv")
    new = NewApplication(
        seeker_id, body.job_id, posting.owner, body.text, body.recommendation_id, match, with_cv=body.with_cv
    )
    application = apply(connection, services.cipher, new, now)
    accept_invitations(connection, seeker_id, body.job_id, now)
    document = application_detail(connection, services, application, caller.locale)
    notify_partner(connection, application, now)
    tell_applied(connection, services, application)
    audit_stage(connection, caller, application, services)
    return Created(document, APPLICATION.format(application_id=application.application_id))
