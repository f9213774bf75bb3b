"""Jobs of any origin as administrators see them: what they say and show, whose they are, and all that was decided."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import func, select

from api.admin.schemas.jobs import ListedJob
from api.admin.service.organisations import organisation_history, private_facts
from api.admin.service.reading import Reading, decided_document, decided_documents, reports_of
from api.hiring.posting_states import posting_state, reason_text, state_reasons
from api.hiring.postings import sign_documents
from api.hiring.state_texts import MODERATOR_TEXTS, NO_REASON, StateCode
from api.schemas.state_reasons import StateReason
from engine.documents.jobs import job_document
from engine.errors import NotFoundError
from engine.jobs import Job
from engine.offer_signs import blocking_kinds
from store.audit import AuditAction, count_audit
from store.hiring.applications import APPLICATIONS
from store.hiring.employers import count_members, get_employer
from store.hiring.finding import FoundJob
from store.hiring.job_owners import owners_of
from store.hiring.moderated_imports import is_held
from store.hiring.overview import counts_by
from store.hiring.postings import POSTINGS, find_posting
from store.hiring.saved_jobs import SAVED
from store.hiring.standing import Owner
from store.hiring.taken_down import TakenDown, find_taken_down
from store.matching.row_reads import job_of
from store.partners.partners import get_partner, read_contact
from store.people.cases import ABOUT_JOBS, Case, CaseKind, words_of
from store.people.listed_cases import CaseFilter, list_cases
from store.tables import JOBS


def job_detail(reading: Reading, job_id: str) -> dict[str, Any]:
    """A job in the shape of `AdministeredJob`; raises NotFoundError for an id that nobody ever used."""
    connection = reading.connection
    owner = owners_of(connection, [job_id]).get(job_id)
    if owner is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    job = job_of(connection, job_id)
    state, reasons = job_state(reading, job_id, job)
    cases = list_cases(connection, CaseFilter(kinds=ABOUT_JOBS, subject_id=job_id))
    return {
        "job_id": job_id,
        "origin": origin_of(owner),
        "state": state,
        "state_reasons": [one.model_dump() for one in reasons],
        "job": None if job is None else job_document(job),
        "signs": [] if job is None else sign_documents(job.signs, reading.locale),
        "owner": _owner(reading, owner),
        "reports": [_report(reading, case) for case in cases if case.kind is CaseKind.REPORT],
        "steps": decided_documents(cases),
        "acts": reading.acts(f"job:{job_id}"),
        "saved_by": _count(reading, select(func.count()).where(SAVED.c.job_id == job_id)),
        "applications": _count(reading, select(func.count()).where(APPLICATIONS.c.job_id == job_id)),
    }


def listed_job(found: FoundJob) -> ListedJob:
    """An ad as a list shows it."""
    owner = found.owner
    return ListedJob(
        job_id=found.job_id,
        title=found.title,
        employer=found.employer,
        origin=origin_of(owner),
        owner_id=owner.employer_id or owner.partner_id or owner.source,
        standing=found.standing,
    )


def taken_down_document(reading: Reading, down: TakenDown) -> dict[str, Any]:
    """A job in the shape of `TakenDownJob`."""
    job = job_of(reading.connection, down.job_id)
    owner = owners_of(reading.connection, [down.job_id]).get(down.job_id, Owner())
    return {
        "job_id": down.job_id,
        "title": None if job is None else job.title,
        "origin": origin_of(owner),
        "owner_id": owner.employer_id or owner.partner_id or owner.source,
        "reason": down.reason,
        "decided_by": down.decided_by,
        "case_id": down.case_id,
        "taken_down_at": down.taken_down_at.isoformat(),
        "state": job_state(reading, down.job_id, job)[0],
    }


def job_state(reading: Reading, job_id: str, job: Job | None) -> tuple[str, list[StateReason]]:
    """The state of a job of any origin, and why."""
    posting = find_posting(reading.connection, job_id)
    if posting is not None:
        reasons = state_reasons(reading.connection, posting, job, reading.now, reading.locale, MODERATOR_TEXTS)
        return ("deleted" if job is None else posting_state(posting, job, reading.now)), reasons
    down = find_taken_down(reading.connection, job_id)
    if down is not None:
        text = MODERATOR_TEXTS[reading.locale][StateCode.TAKEN_DOWN]
        reason = text.replace("{reason}", down.reason or NO_REASON[reading.locale])
        return "rejected", [StateReason(code=StateCode.TAKEN_DOWN, text=reason)]
    if job is None:
        return "deleted", []
    if is_held(reading.connection, job):
        kinds = blocking_kinds(job.signs)
        return "waiting", [StateReason(code=kind, text=reason_text(kind, reading.locale)) for kind in kinds]
    is_over = job.closes_at is not None and job.closes_at <= reading.now
    return ("open" if job.is_open and not is_over else "closed"), []


def origin_of(owner: Owner) -> Literal["employer", "partner", "import", "nobody"]:
    """Where a job comes from."""
    if owner.employer_id is not None:
        return "employer"
    if owner.partner_id is not None:
        return "partner"
    return "nobody" if owner.source is None else "import"


def _report(reading: Reading, case: Case) -> dict[str, Any]:
    text = words_of(reading.connection, reading.services.cipher, case.case_id)
    none = {"reports": 0, "reports_right": 0, "reports_wrong": 0}
    history = none if case.opened_by is None else reports_of(reading.connection, case.opened_by)
    return decided_document(case) | {"text": text} | history


def _owner(reading: Reading, owner: Owner) -> dict[str, Any]:
    if owner.employer_id is not None:
        return _employer(reading, owner.employer_id)
    if owner.partner_id is not None:
        return _partner(reading, owner.partner_id)
    is_open = {True: "open", False: "closed"}
    jobs = {}
    if owner.source is not None:
        jobs = counts_by(reading.connection, JOBS, "is_open", JOBS.c.source == owner.source)
    return {
        "kind": origin_of(owner),
        "owner_id": owner.source,
        "name": None,
        "status": None,
        "jobs": {is_open[name in ("1", "True")]: count for name, count in jobs.items()},
        "times_suspended": 0,
        "decisions": [],
    }


def _employer(reading: Reading, employer_id: str) -> dict[str, Any]:
    employer = get_employer(reading.connection, employer_id)
    return {
        "kind": "employer",
        "owner_id": employer_id,
        "name": employer.name,
        "status": employer.status,
        **private_facts(reading, employer_id),
        "website": employer.website,
        "members": count_members(reading.connection, employer_id),
        "jobs": counts_by(reading.connection, POSTINGS, "moderation", POSTINGS.c.employer_id == employer_id),
        **organisation_history(reading, employer_id),
    }


def _partner(reading: Reading, partner_id: str) -> dict[str, Any]:
    partner = get_partner(reading.connection, partner_id)
    contact = read_contact(reading.connection, reading.services.cipher, partner_id)
    reading.reveal(f"partner:{partner_id}", contact=contact)
    suspended = count_audit(reading.connection, subject=f"partner:{partner_id}", action=AuditAction.PARTNER_SUSPENDED)
    return {
        "kind": "partner",
        "owner_id": partner_id,
        "name": partner.name,
        "status": partner.status,
        "contact": contact,
        "jobs": counts_by(reading.connection, POSTINGS, "moderation", POSTINGS.c.partner_id == partner_id),
        "times_suspended": suspended,
        "decisions": [],
    }


def _count(reading: Reading, query: Any) -> int:
    return int(reading.connection.execute(query).scalar_one())
