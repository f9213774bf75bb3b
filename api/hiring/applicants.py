"""Applications as those they were made to read them: many at a glance, one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query
from sqlalchemy import Connection

from api.access.auditing import audit
from api.credentials.callers import Caller
from api.hiring.applications import audit_stage, contact_of, messages_documents, take_step
from api.hiring.matches import fit_of
from api.hiring.schemas import Applicant, Applicants, StepRequest
from api.http.pagination import Page, page_of_all
from api.services.services import Services
from engine.documents.seekers import seeker_document
from engine.errors import NotFoundError
from engine.explain import Locale
from engine.recommendation.fit_texts import headline_of
from store.audit import AuditAction
from store.hiring.application_lists import (
    ApplicationSort,
    list_applications,
    list_best_applications,
    names_of,
    score_of,
    seekers_of,
    titles_of,
    unread_counts,
)
from store.hiring.applications import Application, Stage, StepTaker, next_stages, note_of, steps_of
from store.hiring.invitations import invited_pairs
from store.hiring.standing import Owner
from store.people.careers import read_career
from store.people.cv_files import CvFile, find_cv, read_cv


@dataclass(frozen=True, slots=True)
class ApplicationsWanted:
    """Which applications to an owner are wanted, and in which order."""

    job_id: str | None
    stage: Stage | None
    sort: ApplicationSort


def wanted_applications(
    stage: Annotated[Stage | None, Query(description="only those in this stage")] = None,
    sort: Annotated[ApplicationSort, Query(description="`best`: by score, those without one last")] = (
        ApplicationSort.NEWEST
    ),
) -> ApplicationsWanted:
    """What a request asks for; which job, its route says."""
    return ApplicationsWanted(None, stage, sort)


WantedRequest = Annotated[ApplicationsWanted, Depends(wanted_applications)]


def applicants_page(
    connection: Connection, services: Services, owner: Owner, wanted: ApplicationsWanted, page: Page, locale: Locale
) -> Applicants:
    """A page of the applications to an owner."""

    def documents(found: Sequence[Application]) -> list[Applicant]:
        return applicants(connection, services, found, locale)

    asked: dict[str, Any] = {"job_id": wanted.job_id, "stage": wanted.stage, "limit": page.limit + 1}
    if wanted.sort is ApplicationSort.BEST:
        found = list_best_applications(connection, owner, **asked, after=page.after_score())
        return page_of_all(Applicants, found, page, documents, lambda one: (repr(score_of(one)), one.application_id))
    found = list_applications(connection, owner=owner, **asked, after=page.after_id())
    return page_of_all(Applicants, found, page, documents, lambda one: (one.application_id,))


def applicants(
    connection: Connection, services: Services, applications: Sequence[Application], locale: Locale
) -> list[Applicant]:
    """Applications as a list shows them; of somebody who withdrew, nothing but that they did."""
    shown = [one for one in applications if one.stage is not Stage.WITHDRAWN]
    people = {one.seeker_id for one in shown}
    names, seekers = names_of(connection, services.cipher, people), seekers_of(connection, people)
    titles = titles_of(connection, {one.job_id for one in applications})
    unread = unread_counts(connection, [one.application_id for one in applications], StepTaker.EMPLOYER)
    invited = invited_pairs(connection, {one.job_id for one in shown}, people)

    def applicant(one: Application) -> Applicant:
        is_shown = one.stage is not Stage.WITHDRAWN
        seeker = seekers.get(one.seeker_id)
        return Applicant(
            application_id=one.application_id,
            job_id=one.job_id,
            job_title=titles.get(one.job_id),
            seeker_id=one.seeker_id,
            name=names.get(one.seeker_id) if is_shown else None,
            headline=None if seeker is None or not is_shown else headline_of(seeker),
            **dict(fit_of(one.match if is_shown else None, locale)),
            was_invited=(one.seeker_id, one.job_id) in invited,
            unread_messages=unread.get(one.application_id, 0),
            stage=one.stage,
            next_stages=list(next_stages(one.stage)),
            version=one.version,
            applied_at=one.applied_at.isoformat(),
            updated_at=one.updated_at.isoformat(),
        )

    return [applicant(one) for one in applications]


def applicant_detail(
    connection: Connection, services: Services, application: Application, locale: Locale
) -> dict[str, Any]:
    """An application with profile and contacts; of somebody who withdrew, neither."""
    cipher, application_id = services.cipher, application.application_id
    (listed,) = applicants(connection, services, [application], locale)
    is_withdrawn = application.stage is Stage.WITHDRAWN
    seeker = None if is_withdrawn else seekers_of(connection, [application.seeker_id]).get(application.seeker_id)
    return listed.model_dump() | {
        "profile": None if seeker is None else seeker_document(seeker),
        "contact": None if is_withdrawn else contact_of(connection, services, application.seeker_id),
        "text": None if is_withdrawn else note_of(connection, cipher, application_id),
        "career": None if is_withdrawn else read_career(connection, cipher, application.seeker_id),
        "has_cv": application.shows_cv and find_cv(connection, application.seeker_id) is not None,
        "steps": [one.document() for one in steps_of(connection, application_id)],
        "messages": [one.model_dump() for one in messages_documents(connection, cipher, application_id)],
    }


def applicants_cv(
    connection: Connection, services: Services, application: Application, caller: Caller
) -> tuple[CvFile, bytes]:
    """The CV file that an application shows, which the audit log is told; raises NotFoundError where it shows none."""
    if not application.shows_cv:
        raise NotFoundError("there is no CV file", field="cv")
    found = read_cv(connection, services.cipher, application.seeker_id)
    audit(connection, caller, AuditAction.CV_READ, f"application:{application.application_id}", services)
    return found


def stepped_detail(
    connection: Connection, services: Services, application: Application, body: StepRequest, caller: Caller
) -> dict[str, Any]:
    """An application a step on, as whoever reviews it sees it; told to the audit log last."""
    stepped = take_step(connection, services, application, body)
    document = applicant_detail(connection, services, stepped, caller.locale)
    audit_stage(connection, caller, stepped, services)
    return document
