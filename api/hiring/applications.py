"""Applications as people, employers and partners see them, and the steps of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from api.access.auditing import audit
from api.credentials.callers import Caller
from api.hiring.notices import tell_message, tell_stepped
from api.hiring.partner_notices import notify_partner
from api.hiring.schemas import (
    MessageDocument,
    OwnApplication,
    OwnApplicationDetail,
    StepDocument,
    StepRequest,
)
from api.hiring.seen_states import seen_states
from api.hiring.writing import write_message
from api.services.services import Services
from engine.errors import ConflictError, NotFoundError
from engine.explain import Locale
from engine.jobs import Job
from store.audit import AuditAction
from store.encryption.field_cipher import FieldCipher
from store.hiring.application_lists import newest_reasons, titles_of, unread_counts
from store.hiring.applications import Application, StepTaker, note_of, step, steps_of
from store.hiring.messages import filled, get_template, messages_of
from store.matching.row_reads import job_of
from store.people.accounts import read_contact
from store.people.seeker_accounts import account_of_seeker


def take_step(connection: Connection, services: Services, application: Application, body: StepRequest) -> Application:
    """A step with its message; the person gets a mail with the step and its reason."""
    now, application_id = services.now(), application.application_id
    stepped = step(
        connection,
        application_id,
        body.stage,
        version=body.version,
        reason=body.reason,
        taken_by=StepTaker.EMPLOYER,
        now=now,
    )
    text = body.text
    employer_id = application.owner.employer_id
    if body.template_id is not None and employer_id is not None:
        template = get_template(connection, employer_id, body.template_id)
        text = filled(template.body, _values(connection, services, application))
    if text:
        write_message(connection, services, application_id, StepTaker.EMPLOYER, text)
    tell_stepped(connection, services, stepped, body.reason, has_message=bool(text))
    notify_partner(connection, stepped, now)
    return stepped


def audit_stage(connection: Connection, caller: Caller, application: Application, services: Services) -> None:
    """Tell the audit log which stage an application is in now."""
    audit(
        connection,
        caller,
        AuditAction.APPLICATION_STAGE_CHANGED,
        f"application:{application.application_id}",
        services,
        {"stage": application.stage, "job_id": application.job_id},
    )


def _values(connection: Connection, services: Services, application: Application) -> dict[str, str]:
    contact = contact_of(connection, services, application.seeker_id)
    job = job_of(connection, application.job_id)
    employer = "" if job is None else job.employer or ""
    name = (contact or {}).get("name") or ""
    return {"name": name, "job": "" if job is None else job.title, "employer": employer}


def contact_of(connection: Connection, services: Services, seeker_id: str) -> dict[str, str | None] | None:
    """How somebody with an account is reached; None for a partner's person."""
    account_id = account_of_seeker(connection, seeker_id)
    if account_id is None:
        return None
    contact = read_contact(connection, services.cipher, account_id)
    return {"name": contact.name, "email": contact.email, "phone": contact.phone}


def open_job(connection: Connection, job_id: str, now: datetime) -> Job:
    """A job that can be applied for; raises NotFoundError, ConflictError for one that has closed."""
    job = job_of(connection, job_id)
    if job is None:
        raise NotFoundError("no such job", got=repr(job_id[:80]), field="job_id")
    if not job.is_open_at(now):
        raise ConflictError("the job has closed", field="job_id")
    return job


def application_documents(
    connection: Connection, applications: Sequence[Application], now: datetime, locale: Locale
) -> list[OwnApplication]:
    """Applications as a list shows them to the person, and what became of each job meanwhile."""
    states = seen_states(connection, {one.job_id for one in applications}, now, locale)
    titles = titles_of(connection, {one.job_id for one in applications})
    named = [one.application_id for one in applications]
    reasons, unread = newest_reasons(connection, named), unread_counts(connection, named, StepTaker.SEEKER)
    return [
        OwnApplication(
            application_id=one.application_id,
            job_id=one.job_id,
            title=titles.get(one.job_id),
            stage=one.stage,
            reason=reasons.get(one.application_id),
            version=one.version,
            applied_at=one.applied_at.isoformat(),
            updated_at=one.updated_at.isoformat(),
            unread_messages=unread.get(one.application_id, 0),
            job_state=states[one.job_id][0],
            job_message=states[one.job_id][1],
        )
        for one in applications
    ]


def application_detail(
    connection: Connection, services: Services, application: Application, locale: Locale
) -> OwnApplicationDetail:
    """An application with its note, steps and messages."""
    cipher = services.cipher
    (listed,) = application_documents(connection, [application], services.now(), locale)
    return OwnApplicationDetail(
        **dict(listed),
        text=note_of(connection, cipher, application.application_id),
        steps=[StepDocument(**step.document()) for step in steps_of(connection, application.application_id)],
        messages=messages_documents(connection, cipher, application.application_id),
    )


def sent_message(
    connection: Connection, services: Services, application: Application, sent_by: StepTaker, text: str
) -> MessageDocument:
    """Send a message about an application, of which the other side gets a mail; as its sender sees it.

    Raises the 429 problem past the quota of its side.
    """
    write_message(connection, services, application.application_id, sent_by, text)
    tell_message(connection, services, application, sent_by)
    return messages_documents(connection, services.cipher, application.application_id)[-1]


def messages_documents(connection: Connection, cipher: FieldCipher, application_id: str) -> list[MessageDocument]:
    """The messages about an application, as both sides read them."""
    return [
        MessageDocument(
            message_id=message.message_id,
            sent_by=message.sent_by,
            text=message.text,
            sent_at=message.sent_at.isoformat(),
            read_at=message.read_at.isoformat() if message.read_at else None,
        )
        for message in messages_of(connection, cipher, application_id)
    ]
