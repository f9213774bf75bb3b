"""`/v1/admin/employers`: organisations, read, verified, suspended and restored; their jobs follow at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.schemas.accounts import ReasonRequest
from api.admin.schemas.organisations import (
    AdministeredEmployer,
    ListedOrganisation,
    ListedOrganisations,
    OrganisationDetail,
    OrganisationLookup,
    VerificationRequest,
)
from api.admin.service.deciding import verify_organisation
from api.admin.service.organisations import organisation_detail
from api.admin.service.reading import told_reading
from api.credentials.callers import Caller
from api.hiring.appeals import restored_reason, settle_appeals
from api.hiring.notices import tell_organisation
from api.hiring.organisation_states import restore_employer
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer, json_response
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import NotFoundError
from store.audit import AuditAction
from store.hiring.employers import Employer, EmployerStatus, employer_of_tax_id, get_employer
from store.hiring.finding import find_employers
from store.hiring.owner_changes import JobsFollowed, change_employer_status
from store.people.cases import CaseKind

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

EMPLOYERS = "/v1/admin/employers"
EMPLOYER = EMPLOYERS + "/{employer_id}"
EmployerId = RowIdInPath
NOTICES = {
    AuditAction.EMPLOYER_SUSPENDED: "organisation_suspended",
    AuditAction.EMPLOYER_RESTORED: "organisation_restored",
}
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT
Change = Callable[[Connection], JobsFollowed]


@router.get(EMPLOYERS, **operation("Organisations", answer="A page of them"))
def get_organisations(
    _caller: AdministratorCaller,
    page: PageRequest,
    services: ServicesOfApp,
    status: Annotated[EmployerStatus | None, Query(description="only those with this status")] = None,
    name: Annotated[str, Query(max_length=200, description="only those with these words in their name")] = "",
) -> ListedOrganisations:
    """By when they were registered, without RUC and contact."""

    def work(connection: Connection) -> ListedOrganisations:
        found = find_employers(connection, name, status=status, after=page.after_id(), limit=page.limit + 1)
        return page_of(ListedOrganisations, found, page, _listed, lambda one: (one.employer_id,))

    return services.read(work)


@router.post(EMPLOYERS + ":find", **operation("Find an organisation by its RUC", NOT_FOUND, answer="The organisation"))
def post_find(
    caller: AdministratorCaller, body: OrganisationLookup, services: ServicesOfApp
) -> WrittenAnswer[OrganisationDetail]:
    """As it is read by its id. The RUC is in the body, where no log sees it: that of a person holds their DNI."""

    def work(connection: Connection) -> dict[str, Any]:
        employer_id = employer_of_tax_id(connection, services.cipher, body.tax_id)
        if employer_id is None:
            raise NotFoundError("no organisation has that RUC", field="tax_id")
        with told_reading(connection, caller, services) as reading:
            return organisation_detail(reading, employer_id)

    return json_response(services.write(work))


@router.get(EMPLOYER, **operation("Read an organisation", NOT_FOUND, answer="The organisation"))
def get_organisation(
    caller: AdministratorCaller, employer_id: EmployerId, services: ServicesOfApp
) -> WrittenAnswer[OrganisationDetail]:
    """With RUC and contact, its people, its jobs that wait or were taken down, and its history.

    That RUC and contact were read is in the audit log.
    """

    def work(connection: Connection) -> dict[str, Any]:
        with told_reading(connection, caller, services) as reading:
            return organisation_detail(reading, employer_id)

    return json_response(services.write(work))


@router.post(
    EMPLOYER + "/verify", **operation("Verify an organisation", NOT_FOUND, CONFLICT, answer="The organisation")
)
def post_verify(
    caller: FreshAdministratorCaller, employer_id: EmployerId, body: VerificationRequest, services: ServicesOfApp
) -> AdministeredEmployer:
    """Those of its jobs are shown that waited for nothing else; the case about it is decided with it.

    409 for one that is verified or suspended, and for the caller's own while there is another administrator.
    """

    def work(connection: Connection) -> AdministeredEmployer:
        decided = verify_organisation(connection, employer_id, body.reason, caller, services)
        employer = get_employer(connection, employer_id)
        counts = {name: decided.detail[name] for name in JobsFollowed().detail()}
        decided.tell(connection, caller, services)
        return AdministeredEmployer(employer_id=employer_id, name=employer.name, status=employer.status, **counts)

    return services.write(work)


@router.post(EMPLOYER + "/suspend", **operation("Suspend an organisation", NOT_FOUND, answer="The organisation"))
def post_suspend(
    caller: FreshAdministratorCaller, employer_id: EmployerId, body: ReasonRequest, services: ServicesOfApp
) -> AdministeredEmployer:
    """Its jobs are shown to nobody and take no applications, and its people can do nothing for it, from now on."""

    def suspend(connection: Connection) -> JobsFollowed:
        return change_employer_status(connection, employer_id, EmployerStatus.SUSPENDED, services.now())

    return _changed(employer_id, caller, services, suspend, AuditAction.EMPLOYER_SUSPENDED, body)


@router.post(EMPLOYER + "/restore", **operation("Restore an organisation", NOT_FOUND, answer="The organisation"))
def post_restore(
    caller: FreshAdministratorCaller, employer_id: EmployerId, body: ReasonRequest, services: ServicesOfApp
) -> AdministeredEmployer:
    """Jobs that were open are shown again, but for those that were closed or wait for a moderator.

    It is verified if it was; else a case waits for somebody to verify it. Appeals against the suspension are decided
    with it.
    """

    def restore(connection: Connection) -> JobsFollowed:
        by, why = caller.account_id, restored_reason(body.reason)
        followed = restore_employer(connection, employer_id, by, services)
        settle_appeals(connection, CaseKind.ORGANISATION_APPEAL, employer_id, by, why, services)
        return followed

    return _changed(employer_id, caller, services, restore, AuditAction.EMPLOYER_RESTORED, body)


def _changed(
    employer_id: str, caller: Caller, services: Services, change: Change, action: AuditAction, body: ReasonRequest
) -> AdministeredEmployer:
    """Do it and tell the audit log, together; the organisation as it is then."""

    def both(connection: Connection) -> AdministeredEmployer:
        before = get_employer(connection, employer_id).status
        followed = change(connection)
        employer = get_employer(connection, employer_id)
        detail = {"reason": body.reason, "status": employer.status, **followed.detail()}
        if employer.status is not before:
            tell_organisation(connection, services, employer_id, NOTICES[action], cause=body.reason)
        audit(connection, caller, action, f"employer:{employer_id}", services, detail)
        return AdministeredEmployer(
            employer_id=employer_id, name=employer.name, status=employer.status, **followed.detail()
        )

    return services.write(both)


def _listed(employer: Employer) -> ListedOrganisation:
    return ListedOrganisation(
        employer_id=employer.employer_id,
        name=employer.name,
        status=employer.status,
        created_at=employer.created_at.isoformat(),
    )
