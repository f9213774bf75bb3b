"""`/v1/employers`: organisations, the people who act for them, and their message templates."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.quotas import require_quota
from api.access.rules import EmployerCaller
from api.employers.schemas import (
    OrganisationDocument,
    OrganisationRequest,
    Organisations,
    TemplateDocument,
    TemplateRequest,
    Templates,
)
from api.employers.service.ownership import facts_of, known_employer, organisation_document, own_employer
from api.hiring.notices import tell_organisation
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from store.hiring.employers import (
    change_employer,
    create_employer,
    get_employer,
    list_employers,
    require_room_for_another,
)
from store.hiring.messages import Template, delete_template, get_template, list_templates, put_template
from store.ids import new_id
from store.people.cases import CaseKind, NewCase, open_case
from store.requests.quotas import ORGANISATIONS

router = APIRouter(tags=["employers"], route_class=TypedRoute)

EMPLOYERS = "/v1/employers"
EMPLOYER = EMPLOYERS + "/{employer_id}"
TEMPLATES = EMPLOYER + "/templates"
EmployerId = RowIdInPath
TemplateId = RowIdInPath
NOT_FOUND, CONFLICT, LIMITED = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT, ProblemKind.TOO_MANY_REQUESTS


@router.post(
    EMPLOYERS,
    **operation("Register an organisation", CONFLICT, LIMITED, answer="It is registered", status=201),
)
def post_employer(
    caller: EmployerCaller, body: OrganisationRequest, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[OrganisationDocument]:
    """Somebody looks at it soon; until then its postings wait for a moderator."""

    def work(connection: Connection) -> Created[OrganisationDocument]:
        now = services.now()
        require_quota(connection, services, ORGANISATIONS, caller.account_id)
        require_room_for_another(connection, caller.account_id)
        employer_id = create_employer(connection, services.cipher, facts_of(body), caller.account_id, now)
        open_case(connection, services.cipher, NewCase(CaseKind.EMPLOYER, employer_id, caller.account_id), now)
        employer = get_employer(connection, employer_id)
        tell_organisation(connection, services, employer_id, "organisation_registered")
        location = EMPLOYER.format(employer_id=employer_id)
        return Created(organisation_document(connection, services, employer, caller.locale), location)

    return creation.once(caller, work, allowed=by_rule)


@router.get(EMPLOYERS, **operation("Organisations that one acts for", answer="A page of them"))
def get_employers(caller: EmployerCaller, page: PageRequest, services: ServicesOfApp) -> Organisations:
    """By id."""

    def work(connection: Connection) -> Organisations:
        found = list_employers(connection, account_id=caller.account_id, after=page.after_id(), limit=page.limit + 1)
        return page_of(
            Organisations,
            found,
            page,
            lambda one: organisation_document(connection, services, one, caller.locale),
            lambda one: (one.employer_id,),
        )

    return services.read(work)


@router.get(EMPLOYER, **operation("Read an organisation", NOT_FOUND, answer="The organisation"))
def get_one_employer(caller: EmployerCaller, employer_id: EmployerId, services: ServicesOfApp) -> OrganisationDocument:
    """With RUC and contact, for its own people; `status` tells them that it is suspended."""

    def work(connection: Connection) -> OrganisationDocument:
        employer = known_employer(connection, employer_id, caller)
        return organisation_document(connection, services, employer, caller.locale)

    return services.read(work)


@router.put(
    EMPLOYER,
    **operation("Change an organisation", NOT_FOUND, CONFLICT, answer="The organisation"),
)
def put_employer(
    caller: EmployerCaller, employer_id: EmployerId, body: OrganisationRequest, services: ServicesOfApp
) -> OrganisationDocument:
    """Another name or RUC has to be verified again."""

    def work(connection: Connection) -> OrganisationDocument:
        before = own_employer(connection, employer_id, caller)
        change_employer(connection, services.cipher, employer_id, facts_of(body), services.now())
        employer = get_employer(connection, employer_id)
        if employer.status is not before.status:
            case = NewCase(CaseKind.EMPLOYER, employer_id, caller.account_id)
            open_case(connection, services.cipher, case, services.now())
            tell_organisation(connection, services, employer_id, "organisation_changed")
        return organisation_document(connection, services, employer, caller.locale)

    return services.write(work)


@router.get(TEMPLATES, **operation("Message templates", NOT_FOUND, answer="All of them"))
def get_templates(caller: EmployerCaller, employer_id: EmployerId, services: ServicesOfApp) -> Templates:
    """By name."""

    def work(connection: Connection) -> Templates:
        own_employer(connection, employer_id, caller)
        return Templates(items=[_template(one) for one in list_templates(connection, employer_id)])

    return services.read(work)


@router.post(
    TEMPLATES,
    **operation("Add a message template", NOT_FOUND, CONFLICT, answer="It is added", status=201),
)
def post_template(
    caller: EmployerCaller,
    employer_id: EmployerId,
    body: TemplateRequest,
    creation: IdempotentRequest,
    services: ServicesOfApp,
) -> WrittenAnswer[TemplateDocument]:
    """`{name}`, `{job}` and `{employer}` are filled in when it is sent."""

    def work(connection: Connection) -> Created[TemplateDocument]:
        template = Template(new_id(), body.name, body.text)
        put_template(connection, employer_id, template, services.now())
        return Created(_template(template), f"{TEMPLATES.format(employer_id=employer_id)}/{template.template_id}")

    return creation.once(caller, work, allowed=partial(own_employer, employer_id=employer_id, caller=caller))


@router.put(
    TEMPLATES + "/{template_id}",
    **operation("Change a message template", NOT_FOUND, CONFLICT, answer="It is changed"),
)
def put_one_template(
    caller: EmployerCaller,
    employer_id: EmployerId,
    template_id: TemplateId,
    body: TemplateRequest,
    services: ServicesOfApp,
) -> TemplateDocument:
    """What was sent stays as it was."""

    def work(connection: Connection) -> TemplateDocument:
        own_employer(connection, employer_id, caller)
        get_template(connection, employer_id, template_id)
        template = Template(template_id, body.name, body.text)
        put_template(connection, employer_id, template, services.now())
        return _template(template)

    return services.write(work)


@router.delete(
    TEMPLATES + "/{template_id}", **operation("Delete a message template", NOT_FOUND, answer="It is gone", status=204)
)
def delete_one_template(
    caller: EmployerCaller, employer_id: EmployerId, template_id: TemplateId, services: ServicesOfApp
) -> None:
    """What was sent stays."""

    def work(connection: Connection) -> None:
        own_employer(connection, employer_id, caller)
        delete_template(connection, employer_id, template_id)

    services.write(work)


def _template(template: Template) -> TemplateDocument:
    return TemplateDocument(template_id=template.template_id, name=template.name, text=template.body)
