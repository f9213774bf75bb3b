"""`/v1/employers`: organisations, the people who act for them, and their message templates."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy import Connection

from api.access.limiting import MAIL_BY_EMAIL, require_attempt
from api.access.rules import EmployerCaller
from api.employers.schemas import (
    MemberRequest,
    OrganisationDocument,
    OrganisationRequest,
    Organisations,
    TemplateDocument,
    TemplateRequest,
    Templates,
)
from api.employers.service.ownership import facts_of, known_employer, organisation_document, own_employer
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, CreationAsked, json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.hiring.employers import change_employer, create_employer, get_employer, list_employers
from store.hiring.messages import Template, delete_template, get_template, list_templates, put_template
from store.hiring.owner_changes import join_organisation
from store.ids import new_id
from store.matching.job_changes import lock_job_changes
from store.people.accounts import Role, find_account, get_account
from store.people.cases import CaseKind, NewCase, open_case

router = APIRouter(tags=["employers' door"])

EMPLOYERS = "/v1/employers"
EMPLOYER = EMPLOYERS + "/{employer_id}"
TEMPLATES = EMPLOYER + "/templates"
EmployerId = RowIdInPath
TemplateId = RowIdInPath
ORGANISATION = {200: ("The organisation", OrganisationDocument)}
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.post(
    EMPLOYERS,
    **described(
        "Register an organisation",
        CONFLICT,
        body=OrganisationRequest,
        answered={201: ("It is registered", OrganisationDocument)},
    ),
)
def post_employer(caller: EmployerCaller, body: JsonBody, creation: CreationAsked, services: ServicesOfApp) -> Response:
    """Somebody looks at it soon; until then its postings wait for a moderator."""
    asked = validated(OrganisationRequest, body)

    def work(connection: Connection) -> Created:
        now = services.now()
        employer_id = create_employer(connection, services.cipher, facts_of(asked), caller.account_id, now)
        open_case(connection, services.cipher, NewCase(CaseKind.EMPLOYER, employer_id, caller.account_id), now)
        employer = get_employer(connection, employer_id)
        location = EMPLOYER.format(employer_id=employer_id)
        return Created(organisation_document(connection, services, employer), location)

    return creation.once(caller, work)


@router.get(
    EMPLOYERS, **described("Organisations that one acts for", answered={200: ("A page of them", Organisations)})
)
def get_employers(caller: EmployerCaller, asked: PageAsked, services: ServicesOfApp) -> Response:
    """By id."""

    def work(connection: Connection) -> dict[str, Any]:
        found = list_employers(connection, account_id=caller.account_id, after=asked.after_id(), limit=asked.limit + 1)
        return page_document(
            found, asked, lambda one: organisation_document(connection, services, one), lambda one: (one.employer_id,)
        )

    return json_response(services.read(work))


@router.get(EMPLOYER, **described("Read an organisation", NOT_FOUND, answered=ORGANISATION))
def get_one_employer(caller: EmployerCaller, employer_id: EmployerId, services: ServicesOfApp) -> Response:
    """With RUC and contact, for its own people; `status` tells them that it is suspended."""

    def work(connection: Connection) -> dict[str, Any]:
        return organisation_document(connection, services, known_employer(connection, employer_id, caller))

    return json_response(services.read(work))


@router.put(
    EMPLOYER,
    **described("Change an organisation", NOT_FOUND, CONFLICT, body=OrganisationRequest, answered=ORGANISATION),
)
def put_employer(caller: EmployerCaller, employer_id: EmployerId, body: JsonBody, services: ServicesOfApp) -> Response:
    """Another name or RUC has to be verified again."""
    asked = validated(OrganisationRequest, body)

    def work(connection: Connection) -> dict[str, Any]:
        before = own_employer(connection, employer_id, caller)
        change_employer(connection, services.cipher, employer_id, facts_of(asked), services.now())
        employer = get_employer(connection, employer_id)
        if employer.status is not before.status:
            case = NewCase(CaseKind.EMPLOYER, employer_id, caller.account_id)
            open_case(connection, services.cipher, case, services.now())
        return organisation_document(connection, services, employer)

    return json_response(services.write(work))


@router.post(
    EMPLOYER + "/members",
    **described(
        "Have a colleague act for an organisation",
        NOT_FOUND,
        ProblemKind.TOO_MANY_REQUESTS,
        body=MemberRequest,
        done="If there is an employer's account with that address, it acts for the organisation",
    ),
)
def post_member(caller: EmployerCaller, employer_id: EmployerId, body: JsonBody, services: ServicesOfApp) -> Response:
    """The answer is the same when there is no such account, so that nobody learns which addresses have one."""
    asked = validated(MemberRequest, body)
    require_attempt(services, (MAIL_BY_EMAIL, f"members of {caller.account_id}"))

    def work(connection: Connection) -> None:
        lock_job_changes(connection)
        own_employer(connection, employer_id, caller)
        account_id = find_account(connection, services.cipher, asked.email)
        if account_id is not None and Role.EMPLOYER in get_account(connection, account_id).roles:
            join_organisation(connection, employer_id, account_id, services.now())

    services.write(work)
    return Response(status_code=204)


@router.get(TEMPLATES, **described("Message templates", NOT_FOUND, answered={200: ("All of them", Templates)}))
def get_templates(caller: EmployerCaller, employer_id: EmployerId, services: ServicesOfApp) -> Response:
    """By name."""

    def work(connection: Connection) -> dict[str, Any]:
        own_employer(connection, employer_id, caller)
        return {"items": [_template(one) for one in list_templates(connection, employer_id)]}

    return json_response(services.read(work))


@router.post(
    TEMPLATES,
    **described(
        "Add a message template",
        NOT_FOUND,
        CONFLICT,
        body=TemplateRequest,
        answered={201: ("It is added", TemplateDocument)},
    ),
)
def post_template(
    caller: EmployerCaller, employer_id: EmployerId, body: JsonBody, creation: CreationAsked, services: ServicesOfApp
) -> Response:
    """`{name}`, `{job}` and `{employer}` are filled in when it is sent."""
    asked = validated(TemplateRequest, body)

    def work(connection: Connection) -> Created:
        own_employer(connection, employer_id, caller)
        template = Template(new_id(), asked.name, asked.body)
        put_template(connection, employer_id, template, services.now())
        return Created(_template(template), f"{TEMPLATES.format(employer_id=employer_id)}/{template.template_id}")

    return creation.once(caller, work)


@router.put(
    TEMPLATES + "/{template_id}",
    **described(
        "Change a message template",
        NOT_FOUND,
        CONFLICT,
        body=TemplateRequest,
        answered={200: ("It is changed", TemplateDocument)},
    ),
)
def put_one_template(
    caller: EmployerCaller, employer_id: EmployerId, template_id: TemplateId, body: JsonBody, services: ServicesOfApp
) -> Response:
    """What was sent stays as it was."""
    asked = validated(TemplateRequest, body)

    def work(connection: Connection) -> dict[str, Any]:
        own_employer(connection, employer_id, caller)
        get_template(connection, employer_id, template_id)
        template = Template(template_id, asked.name, asked.body)
        put_template(connection, employer_id, template, services.now())
        return _template(template)

    return json_response(services.write(work))


@router.delete(TEMPLATES + "/{template_id}", **described("Delete a message template", NOT_FOUND, done="It is gone"))
def delete_one_template(
    caller: EmployerCaller, employer_id: EmployerId, template_id: TemplateId, services: ServicesOfApp
) -> Response:
    """What was sent stays."""

    def work(connection: Connection) -> None:
        own_employer(connection, employer_id, caller)
        delete_template(connection, employer_id, template_id)

    services.write(work)
    return Response(status_code=204)


def _template(template: Template) -> dict[str, Any]:
    return {"template_id": template.template_id, "name": template.name, "body": template.body}
