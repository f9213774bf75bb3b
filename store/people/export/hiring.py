"""What happened between a person and jobs, and the organisations they act for, as they may take it away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from store.alerts.saved_searches import list_searches
from store.encryption.field_cipher import FieldCipher
from store.hiring.applications import APPLICATIONS, note_of, steps_of
from store.hiring.employers import EMPLOYERS, MEMBERS, read_private_facts
from store.hiring.invitations import INVITATIONS, words_of_invitations
from store.hiring.members import REQUESTS
from store.hiring.messages import list_templates, messages_of
from store.hiring.postings import POSTINGS
from store.hiring.saved_jobs import SAVED, list_dismissals
from store.people.cases import CASES, words_of
from store.people.phones import NUMBERED
from store.tables.alerts import ToldJobRow

TOLD = ToldJobRow.metadata.tables["told_jobs"]


def portable_saved_jobs(connection: Connection, cipher: FieldCipher, seeker_id: str | None) -> dict[str, Any]:
    """`saved_jobs` and `dismissals`, with the words that the person gave."""
    saved = connection.execute(select(SAVED).where(SAVED.c.seeker_id == seeker_id).order_by(SAVED.c.job_id))
    dismissed = [] if seeker_id is None else list_dismissals(connection, cipher, seeker_id)
    return {
        "saved_jobs": [{"job_id": row.job_id, "saved_at": row.saved_at.isoformat()} for row in saved],
        "dismissals": [
            {
                "job_id": one.job_id,
                "reason": one.reason,
                "text": one.words,
                "dismissed_at": one.dismissed_at.isoformat(),
            }
            for one in dismissed
        ],
    }


def portable_searches(connection: Connection, cipher: FieldCipher, account_id: str) -> dict[str, Any]:
    """`saved_searches`, `told_jobs`: the jobs that the person was told of as new for them, and `numbered_jobs`: those
    that the numbers of their last message stand for."""
    numbered = connection.execute(
        select(NUMBERED).where(NUMBERED.c.account_id == account_id).order_by(NUMBERED.c.number)
    )
    told = connection.execute(select(TOLD).where(TOLD.c.account_id == account_id).order_by(TOLD.c.told_at))
    return {
        "saved_searches": [
            {
                "search_id": one.search_id,
                "name": one.asked.name,
                "query": one.asked.query,
                "filters": one.asked.filters,
                "alert": one.asked.alert,
                "created_at": one.created_at.isoformat(),
                "updated_at": one.updated_at.isoformat(),
            }
            for one in list_searches(connection, cipher, account_id)
        ],
        "told_jobs": [
            {"job_id": row.job_id, "search_id": row.search_id, "score": row.score, "told_at": row.told_at.isoformat()}
            for row in told
        ],
        "numbered_jobs": [
            {"number": row.number, "job_id": row.job_id, "told_at": row.told_at.isoformat()} for row in numbered
        ],
    }


def portable_applications(connection: Connection, cipher: FieldCipher, seeker_id: str | None) -> list[dict[str, Any]]:
    """Every application with its note, its steps, and the messages of both sides."""
    query = select(APPLICATIONS).where(APPLICATIONS.c.seeker_id == seeker_id)
    return [
        {
            "application_id": row.application_id,
            "job_id": row.job_id,
            "recommendation_id": row.recommendation_id,
            "stage": row.stage,
            "match": row.match,
            "with_cv": row.with_cv,
            "text": note_of(connection, cipher, row.application_id),
            "applied_at": row.applied_at.isoformat(),
            "updated_at": row.updated_at.isoformat(),
            "steps": [step.document() for step in steps_of(connection, row.application_id)],
            "messages": [
                {
                    "sent_by": message.sent_by,
                    "text": message.text,
                    "sent_at": message.sent_at.isoformat(),
                    "read_at": message.read_at.isoformat() if message.read_at else None,
                }
                for message in messages_of(connection, cipher, row.application_id)
            ],
        }
        for row in connection.execute(query.order_by(APPLICATIONS.c.application_id)).all()
    ]


def portable_invitations(connection: Connection, cipher: FieldCipher, seeker_id: str | None) -> list[dict[str, Any]]:
    """Every invitation of the person, what was written with it, and what they answered."""
    query = select(INVITATIONS).where(INVITATIONS.c.seeker_id == seeker_id).order_by(INVITATIONS.c.invitation_id)
    rows = connection.execute(query).all()
    words = words_of_invitations(connection, cipher, [row.invitation_id for row in rows])
    return [
        {
            "invitation_id": row.invitation_id,
            "job_id": row.job_id,
            "text": words.get(row.invitation_id),
            "state": row.state,
            "reason": row.reason,
            "invited_at": row.invited_at.isoformat(),
            "answered_at": row.answered_at.isoformat() if row.answered_at else None,
        }
        for row in rows
    ]


def portable_cases(connection: Connection, cipher: FieldCipher, account_id: str) -> list[dict[str, Any]]:
    """What the person asked somebody to look at, what was decided and why; not who decided, nor their notes."""
    query = select(CASES).where(CASES.c.opened_by == account_id).order_by(CASES.c.case_id)
    return [
        {
            "case_id": row.case_id,
            "kind": row.kind,
            "subject_id": row.subject_id,
            "reasons": list(row.reasons),
            "text": words_of(connection, cipher, row.case_id),
            "state": row.state,
            "decision": row.decision,
            "decision_reason": row.decision_reason,
            "opened_at": row.opened_at.isoformat(),
            "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        }
        for row in connection.execute(query).all()
    ]


def portable_member_requests(connection: Connection, account_id: str) -> list[dict[str, Any]]:
    """The organisations that ask the person to act for them, until they answer."""
    query = select(REQUESTS, EMPLOYERS.c.name).join_from(REQUESTS, EMPLOYERS)
    return [
        {
            "employer_id": row.employer_id,
            "employer": row.name,
            "asked_at": row.asked_at.isoformat(),
            "expires_at": row.expires_at.isoformat(),
        }
        for row in connection.execute(query.where(REQUESTS.c.account_id == account_id).order_by(REQUESTS.c.request_id))
    ]


def portable_organisations(connection: Connection, cipher: FieldCipher, account_id: str) -> list[dict[str, Any]]:
    """The organisations that the person acts for, with what these say of themselves and post; nobody else of them."""
    query = select(EMPLOYERS, MEMBERS.c.added_at).join_from(EMPLOYERS, MEMBERS)
    rows = connection.execute(query.where(MEMBERS.c.account_id == account_id).order_by(EMPLOYERS.c.employer_id))
    found = []
    for row in rows.all():
        tax_id, contact = read_private_facts(connection, cipher, row.employer_id)
        jobs = select(POSTINGS.c.job_id).where(POSTINGS.c.employer_id == row.employer_id).order_by(POSTINGS.c.job_id)
        found.append(
            {
                "employer_id": row.employer_id,
                "acts_for_it_since": row.added_at.isoformat(),
                "name": row.name,
                "description": row.description,
                "website": row.website,
                "country": row.country,
                "status": row.status,
                "tax_id": tax_id,
                "contact": contact,
                "created_at": row.created_at.isoformat(),
                "templates": [
                    {"name": one.name, "text": one.body} for one in list_templates(connection, row.employer_id)
                ],
                "jobs": list(connection.execute(jobs).scalars()),
            }
        )
    return found
