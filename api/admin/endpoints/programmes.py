"""`/v1/admin/programmes`: which programmes there are, and who acts for them. Rules are their officers' to publish."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.schemas.programmes import AdministeredProgramme, AdministeredProgrammes, ProgrammeRequest
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.programmes.documents import programme_summary
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from store.audit import AuditAction
from store.programmes.programmes import (
    Programme,
    ProgrammeFacts,
    add_officer,
    change_programme,
    create_programme,
    get_programme,
    list_programmes,
    officers_of,
    remove_officer,
)

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

PROGRAMMES = "/v1/admin/programmes"
PROGRAMME = PROGRAMMES + "/{programme_id}"
OFFICER = PROGRAMME + "/officers/{account_id}"
ProgrammeId = RowIdInPath
AccountId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT


@router.post(PROGRAMMES, **operation("Add a programme", CONFLICT, answer="It is added", status=201))
def post_programme(
    caller: FreshAdministratorCaller, body: ProgrammeRequest, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[AdministeredProgramme]:
    """Of an institution whose mandate was looked at: a ministry or a foundation is no employer, and posts nothing."""

    def work(connection: Connection) -> Created[AdministeredProgramme]:
        programme_id = create_programme(connection, _facts(body), services.now())
        document = _document(connection, get_programme(connection, programme_id), services)
        audit(connection, caller, AuditAction.PROGRAMME_CREATED, f"programme:{programme_id}", services)
        return Created(document, PROGRAMME.format(programme_id=programme_id))

    return creation.once(caller, work, allowed=by_rule)


@router.get(PROGRAMMES, **operation("Programmes with their officers", answer="A page of them"))
def get_programmes(_caller: AdministratorCaller, page: PageRequest, services: ServicesOfApp) -> AdministeredProgrammes:
    """By when they were added."""

    def work(connection: Connection) -> AdministeredProgrammes:
        found = list_programmes(connection, after=page.after_id(), limit=page.limit + 1)
        return page_of(
            AdministeredProgrammes,
            found,
            page,
            lambda one: _document(connection, one, services),
            lambda one: (one.programme_id,),
        )

    return services.read(work)


@router.put(PROGRAMME, **operation("Change a programme", NOT_FOUND, answer="The programme"))
def put_programme(
    caller: FreshAdministratorCaller, programme_id: ProgrammeId, body: ProgrammeRequest, services: ServicesOfApp
) -> AdministeredProgramme:
    """What is said of it, and when it ends; answers that people have keep their day."""

    def work(connection: Connection) -> AdministeredProgramme:
        get_programme(connection, programme_id)
        programme = change_programme(connection, programme_id, _facts(body), services.now())
        document = _document(connection, programme, services)
        audit(connection, caller, AuditAction.PROGRAMME_CHANGED, f"programme:{programme_id}", services)
        return document

    return services.write(work)


@router.put(OFFICER, **operation("Have an officer act for a programme", NOT_FOUND, CONFLICT, answer="The programme"))
def put_officer(
    caller: FreshAdministratorCaller, programme_id: ProgrammeId, account_id: AccountId, services: ServicesOfApp
) -> AdministeredProgramme:
    """Somebody who has the role `officer`."""

    def work(connection: Connection) -> AdministeredProgramme:
        add_officer(connection, programme_id, account_id, services.now())
        document = _document(connection, get_programme(connection, programme_id), services)
        _audit(connection, caller, AuditAction.PROGRAMME_OFFICER_ADDED, programme_id, account_id, services)
        return document

    return services.write(work)


@router.delete(OFFICER, **operation("Have an officer act no more", NOT_FOUND, answer="The programme"))
def delete_officer(
    caller: FreshAdministratorCaller, programme_id: ProgrammeId, account_id: AccountId, services: ServicesOfApp
) -> AdministeredProgramme:
    """Holds from the next request on."""

    def work(connection: Connection) -> AdministeredProgramme:
        programme = get_programme(connection, programme_id)
        remove_officer(connection, programme_id, account_id)
        document = _document(connection, programme, services)
        _audit(connection, caller, AuditAction.PROGRAMME_OFFICER_REMOVED, programme_id, account_id, services)
        return document

    return services.write(work)


def _audit(
    connection: Connection,
    caller: AdministratorCaller,
    action: AuditAction,
    programme_id: str,
    account_id: str,
    services: Services,
) -> None:
    audit(connection, caller, action, f"programme:{programme_id}", services, {"account_id": account_id})


def _facts(body: ProgrammeRequest) -> ProgrammeFacts:
    return ProgrammeFacts(body.name, body.organisation, body.description, body.appeal_to, body.ends_on)


def _document(connection: Connection, programme: Programme, services: Services) -> AdministeredProgramme:
    return AdministeredProgramme(
        **programme_summary(connection, programme, services).model_dump(),
        appeal_to=programme.facts.appeal_to,
        officers=officers_of(connection, programme.programme_id),
    )
