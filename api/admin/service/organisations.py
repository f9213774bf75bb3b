"""Organisations as administrators see them: RUC and contact, people, jobs and history."""

from __future__ import annotations

from typing import Any

from api.admin.service.reading import Reading, decided_documents
from api.hiring.posting_states import posting_state, state_reasons
from api.hiring.state_texts import MODERATOR_TEXTS
from engine.errors import InvalidInputError
from store.audit import AuditAction, count_audit
from store.hiring.employers import count_members, get_employer, read_private_facts, require_tax_id
from store.hiring.overview import counts_by
from store.hiring.postings import POSTINGS, Moderation, list_postings
from store.hiring.standing import Owner
from store.hiring.suspensions import suspension_of_organisation
from store.matching.row_reads import job_of
from store.people.cases import CaseKind, Decision
from store.people.listed_cases import CaseFilter, list_cases

MOST_LISTED = 20


def organisation_detail(reading: Reading, employer_id: str) -> dict[str, Any]:
    """An organisation in the shape of `OrganisationDetail`; raises NotFoundError."""
    connection = reading.connection
    employer = get_employer(connection, employer_id)
    suspension = suspension_of_organisation(connection, employer_id)
    return {
        "employer_id": employer_id,
        "name": employer.name,
        "status": employer.status,
        "created_at": employer.created_at.isoformat(),
        "description": employer.description,
        "website": employer.website,
        "country": employer.country,
        **private_facts(reading, employer_id),
        "members": count_members(connection, employer_id),
        "jobs": counts_by(connection, POSTINGS, "moderation", POSTINGS.c.employer_id == employer_id),
        "waiting": _jobs(reading, employer_id, Moderation.WAITING),
        "taken_down": _jobs(reading, employer_id, Moderation.REJECTED),
        **organisation_history(reading, employer_id),
        "suspended_by": suspension and suspension.suspended_by,
        "suspended_at": suspension and suspension.suspended_at.isoformat(),
        "suspended_for": suspension and (suspension.cause or suspension.reason),
        "acts": reading.acts(f"employer:{employer_id}"),
    }


def private_facts(reading: Reading, employer_id: str) -> dict[str, Any]:
    """RUC, whether its check digit is right, and contact: read, and told to the audit log."""
    tax_id, contact = read_private_facts(reading.connection, reading.services.cipher, employer_id)
    reading.reveal(f"employer:{employer_id}", tax_id=tax_id, contact=contact)
    return {"tax_id": tax_id, "tax_id_is_valid": None if tax_id is None else _is_valid(tax_id), "contact": contact}


def organisation_history(reading: Reading, employer_id: str) -> dict[str, Any]:
    """What was decided of an organisation, and how often it was suspended."""
    cases = list_cases(reading.connection, CaseFilter(kinds=[CaseKind.EMPLOYER], subject_id=employer_id))
    suspended = count_audit(
        reading.connection, subject=f"employer:{employer_id}", action=AuditAction.EMPLOYER_SUSPENDED
    )
    refused = [case for case in cases if case.decision is Decision.ORGANISATION_REFUSED]
    appeals = CaseFilter(kinds=[CaseKind.ORGANISATION_APPEAL], subject_id=employer_id)
    decided = decided_documents([*cases, *list_cases(reading.connection, appeals)])
    return {"times_suspended": suspended + len(refused), "decisions": decided}


def _jobs(reading: Reading, employer_id: str, moderation: Moderation) -> list[dict[str, Any]]:
    postings = list_postings(reading.connection, Owner(employer_id), limit=MOST_LISTED, moderation=moderation)
    found = []
    for posting in postings:
        job = job_of(reading.connection, posting.job_id)
        reasons = state_reasons(reading.connection, posting, job, reading.now, reading.locale, MODERATOR_TEXTS)
        found.append(
            {
                "job_id": posting.job_id,
                "title": None if job is None else job.title,
                "state": posting_state(posting, job, reading.now),
                "state_reasons": [one.model_dump() for one in reasons],
            }
        )
    return found


def _is_valid(tax_id: str) -> bool:
    try:
        require_tax_id(tax_id)
    except InvalidInputError:
        return False
    return True
