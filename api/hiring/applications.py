"""Applications as people, employers and partners see them, and the steps of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api.access.auditing import audit
from api.credentials.callers import Caller
from api.hiring.notices import tell_stepped
from api.hiring.partner_notices import notify_partner
from api.hiring.schemas import (
    Applicant,
    MessageDocument,
    OwnApplication,
    OwnApplicationDetail,
    StepDocument,
    StepRequest,
)
from api.services.services import Services
from engine.documents.seekers import seeker_document
from engine.errors import ConflictError, NotFoundError
from engine.jobs import Job
from store.audit import AuditAction
from store.encryption.field_cipher import FieldCipher
from store.hiring.applications import (
    Application,
    Stage,
    Step,
    StepTaker,
    next_stages,
    note_of,
    step,
    steps_of,
)
from store.hiring.messages import filled, get_template, messages_of, send_message
from store.matching.row_reads import job_of, read_seeker
from store.people.accounts import read_contact
from store.people.seeker_accounts import account_of_seeker


def applicant_document(application: Application) -> Applicant:
    """An application as a list shows it to the employer."""
    return Applicant(
        application_id=application.application_id,
        job_id=application.job_id,
        seeker_id=application.seeker_id,
        stage=application.stage,
        next_stages=list(next_stages(application.stage)),
        version=application.version,
        applied_at=application.applied_at.isoformat(),
        updated_at=application.updated_at.isoformat(),
    )


def applicant_detail(connection: Connection, services: Services, application: Application) -> dict[str, Any]:
    """An application with profile and contacts; of somebody who withdrew, neither."""
    cipher, application_id = services.cipher, application.application_id
    is_withdrawn = application.stage is Stage.WITHDRAWN
    return applicant_document(application).model_dump() | {
        "profile": None if is_withdrawn else _profile(connection, application.seeker_id),
        "contact": None if is_withdrawn else _contact(connection, services, application.seeker_id),
        "text": None if is_withdrawn else note_of(connection, cipher, application_id),
        "steps": [one.document() for one in steps_of(connection, application_id)],
        "messages": [one.model_dump() for one in messages_documents(connection, cipher, application_id)],
    }


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
        send_message(connection, services.cipher, application_id, StepTaker.EMPLOYER, text, now)
    tell_stepped(connection, services, stepped, body.reason, has_message=bool(text))
    notify_partner(connection, stepped, now)
    return stepped


def stepped_detail(
    connection: Connection, services: Services, application: Application, body: StepRequest, caller: Caller
) -> dict[str, Any]:
    """An application a step on, as whoever reviews it sees it; told to the audit log last."""
    stepped = take_step(connection, services, application, body)
    document = applicant_detail(connection, services, stepped)
    audit_stage(connection, caller, stepped, services)
    return document


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
    contact = _contact(connection, services, application.seeker_id)
    job = job_of(connection, application.job_id)
    employer = "" if job is None else job.employer or ""
    name = (contact or {}).get("name") or ""
    return {"name": name, "job": "" if job is None else job.title, "employer": employer}


def _profile(connection: Connection, seeker_id: str) -> dict[str, Any] | None:
    try:
        return seeker_document(read_seeker(connection, seeker_id).seeker)
    except NotFoundError:
        return None


def _contact(connection: Connection, services: Services, seeker_id: str) -> dict[str, str | None] | None:
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
    if not job.is_open or (job.closes_at is not None and job.closes_at <= now):
        raise ConflictError("the job has closed", field="job_id")
    return job


def application_document(connection: Connection, application: Application) -> OwnApplication:
    """An application as a list shows it to the person."""
    return _application(connection, application, steps_of(connection, application.application_id))


def application_detail(connection: Connection, cipher: FieldCipher, application: Application) -> OwnApplicationDetail:
    """An application with its note, steps and messages."""
    steps = steps_of(connection, application.application_id)
    return OwnApplicationDetail(
        **dict(_application(connection, application, steps)),
        text=note_of(connection, cipher, application.application_id),
        steps=[StepDocument(**step.document()) for step in steps],
        messages=messages_documents(connection, cipher, application.application_id),
    )


def _application(connection: Connection, application: Application, steps: list[Step]) -> OwnApplication:
    job = job_of(connection, application.job_id)
    return OwnApplication(
        application_id=application.application_id,
        job_id=application.job_id,
        title=None if job is None else job.title,
        stage=application.stage,
        reason=steps[-1].reason if steps else None,
        version=application.version,
        applied_at=application.applied_at.isoformat(),
        updated_at=application.updated_at.isoformat(),
    )


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
