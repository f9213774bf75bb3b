"""What the service of employers does: organisations as their people see them, applications, people who may be found."""

from __future__ import annotations

from sqlalchemy import Connection

from api.credentials.callers import Caller
from api.credentials.standing import require_organisation_may_act
from api.employers.schemas import OrganisationDocument, OrganisationRequest
from api.hiring.organisation_states import organisation_reasons
from api.services.services import Services
from engine.errors import NotFoundError
from engine.explain import Locale
from store.hiring.applications import (
    Application,
    get_application,
)
from store.hiring.employers import Employer, EmployerFacts, get_employer, is_member, read_private_facts
from store.hiring.job_owners import require_owner
from store.hiring.postings import Posting, get_posting
from store.hiring.standing import Owner


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
    require_organisation_may_act(connection, employer_id)
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


def facts_of(body: OrganisationRequest) -> EmployerFacts:
    """What an organisation says of itself."""
    return EmployerFacts(**body.model_dump())


def organisation_document(
    connection: Connection, services: Services, employer: Employer, locale: Locale
) -> OrganisationDocument:
    """An organisation as its own people see it."""
    tax_id, contact = read_private_facts(connection, services.cipher, employer.employer_id)
    return OrganisationDocument(
        employer_id=employer.employer_id,
        name=employer.name,
        description=employer.description,
        website=employer.website,
        country=employer.country,
        status=employer.status,
        tax_id=tax_id,
        contact=contact,
        state_reasons=organisation_reasons(connection, employer, locale),
        created_at=employer.created_at.isoformat(),
    )
