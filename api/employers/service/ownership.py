"""What the door of employers does: organisations as their people see them, applications, people who may be found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from api.access.auditing import audit
from api.credentials.callers import Caller
from api.credentials.standing import require_organisation_may_act
from api.delivering.mail_texts import mail
from api.employers.schemas import OrganisationRequest, StepRequest
from api.hiring.partner_notices import tell_partner
from api.seekers.service.profiles import messages_documents
from api.services.services import Services
from engine.documents import seeker_document
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.hiring.applications import (
    Application,
    Stage,
    StepTaker,
    get_application,
    next_stages,
    note_of,
    step,
    steps_of,
)
from store.hiring.employers import Employer, EmployerFacts, get_employer, is_member, read_private_facts
from store.hiring.job_owners import require_owner
from store.hiring.messages import filled, get_template, send_message
from store.hiring.postings import Posting, get_posting
from store.hiring.standing import Owner
from store.matching.row_reads import job_of, read_seeker
from store.people.accounts import get_account, read_contact
from store.people.mail import post_mail
from store.people.seeker_accounts import account_of_seeker

MAIL_HOLDS = timedelta(days=3)


def known_employer(connection: Connection, employer_id: str, caller: Caller) -> Employer:
    """An organisation that the caller is a member of, suspended or not.

    Raises NotFoundError for another's, as for one that is not there.
    """
    if not is_member(connection, employer_id, caller.account_id):
        raise NotFoundError("no such organisation", got=repr(employer_id), field="employer_id")
    return get_employer(connection, employer_id)


def own_employer(connection: Connection, employer_id: str, caller: Caller) -> Employer:
    """An organisation that the caller acts for; raises as `known_employer`, and 403 for a suspended one.

    Whatever is read or written of an organisation comes through here; what its members may know of a suspended one
    is only what it is.
    """
    employer = known_employer(connection, employer_id, caller)
    require_organisation_may_act(connection, employer_id, caller.locale)
    return employer


def own_posting(connection: Connection, employer_id: str, job_id: str, caller: Caller) -> Posting:
    """A posting of an organisation that the caller acts for; raises NotFoundError."""
    own_employer(connection, employer_id, caller)
    require_owner(connection, job_id, Owner(employer_id))
    return get_posting(connection, job_id)


def own_application(connection: Connection, employer_id: str, application_id: str, caller: Caller) -> Application:
    """An application to an organisation that the caller acts for; raises NotFoundError."""
    own_employer(connection, employer_id, caller)
    return get_application(connection, application_id, Owner(employer_id))


def facts_of(asked: OrganisationRequest) -> EmployerFacts:
    """What an organisation says of itself."""
    return EmployerFacts(**asked.model_dump())


def organisation_document(connection: Connection, services: Services, employer: Employer) -> dict[str, Any]:
    """An organisation as its own people see it."""
    tax_id, contact = read_private_facts(connection, services.cipher, employer.employer_id)
    return {
        "employer_id": employer.employer_id,
        "name": employer.name,
        "description": employer.description,
        "website": employer.website,
        "country": employer.country,
        "status": employer.status,
        "tax_id": tax_id,
        "contact": contact,
        "created_at": employer.created_at.isoformat(),
    }


def applicant_document(application: Application) -> dict[str, Any]:
    """An application as a list shows it to the employer."""
    return {
        "application_id": application.application_id,
        "job_id": application.job_id,
        "seeker_id": application.seeker_id,
        "stage": application.stage,
        "next_stages": list(next_stages(application.stage)),
        "version": application.version,
        "applied_at": application.applied_at.isoformat(),
        "updated_at": application.updated_at.isoformat(),
    }


def applicant_detail(connection: Connection, services: Services, application: Application) -> dict[str, Any]:
    """An application with profile and contacts; of somebody who withdrew, neither."""
    cipher, application_id = services.cipher, application.application_id
    is_withdrawn = application.stage is Stage.WITHDRAWN
    return applicant_document(application) | {
        "profile": None if is_withdrawn else _profile(connection, application.seeker_id),
        "contact": None if is_withdrawn else _contact(connection, services, application.seeker_id),
        "note": None if is_withdrawn else note_of(connection, cipher, application_id),
        "steps": [one.document() for one in steps_of(connection, application_id)],
        "messages": messages_documents(connection, cipher, application_id),
    }


def take_step(connection: Connection, services: Services, application: Application, asked: StepRequest) -> Application:
    """A step with its message; the person gets a mail that something happened, without what."""
    now, application_id = services.now(), application.application_id
    stepped = step(
        connection,
        application_id,
        asked.stage,
        version=asked.version,
        reason=asked.reason,
        taken_by=StepTaker.EMPLOYER,
        now=now,
    )
    text = asked.message
    employer_id = application.owner.employer_id
    if asked.template_id is not None and employer_id is not None:
        template = get_template(connection, employer_id, asked.template_id)
        text = filled(template.body, _values(connection, services, application))
    if text:
        send_message(connection, services.cipher, application_id, StepTaker.EMPLOYER, text, now)
    tell_person(connection, services, application.seeker_id)
    tell_partner(connection, stepped, now)
    return stepped


def stepped_detail(
    connection: Connection, services: Services, application: Application, asked: StepRequest, caller: Caller
) -> dict[str, Any]:
    """An application a step on, as whoever reviews it sees it; told to the audit log last."""
    stepped = take_step(connection, services, application, asked)
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


def tell_person(connection: Connection, services: Services, seeker_id: str) -> None:
    """Mail somebody that there is news of an application; a person without an account is told by their app."""
    account_id = account_of_seeker(connection, seeker_id)
    if account_id is None:
        return
    contact, account = read_contact(connection, services.cipher, account_id), get_account(connection, account_id)
    news = mail("application_news", account.locale, contact.email)
    post_mail(connection, services.cipher, news, services.now(), holds=MAIL_HOLDS)


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
