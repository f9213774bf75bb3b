"""`/v1/admin/employers`: suspending and restoring organisations, whose jobs follow at once."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import FreshAdministratorCaller
from api.admin.schemas.accounts import AdministeredEmployer, ReasonRequest
from api.credentials.callers import Caller
from api.hiring.notices import tell_organisation
from api.hiring.restoring import restore_employer
from api.http.problems import ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from store.audit import AuditAction
from store.hiring.employers import EmployerStatus, get_employer
from store.hiring.owner_changes import JobsFollowed, change_employer_status

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

EMPLOYER = "/v1/admin/employers/{employer_id}"
EmployerId = RowIdInPath
NOTICES = {
    AuditAction.EMPLOYER_SUSPENDED: "organisation_suspended",
    AuditAction.EMPLOYER_RESTORED: "organisation_restored",
}
Change = Callable[[Connection], JobsFollowed]


@router.post(
    EMPLOYER + "/suspend",
    **operation("Suspend an organisation", ProblemKind.NOT_FOUND, answer="The organisation"),
)
def post_suspend(
    caller: FreshAdministratorCaller, employer_id: EmployerId, body: ReasonRequest, services: ServicesOfApp
) -> AdministeredEmployer:
    """Its jobs are shown to nobody and take no applications, and its people can do nothing for it, from now on."""

    def suspend(connection: Connection) -> JobsFollowed:
        return change_employer_status(connection, employer_id, EmployerStatus.SUSPENDED, services.now())

    return _changed(employer_id, caller, services, suspend, AuditAction.EMPLOYER_SUSPENDED, body)


@router.post(
    EMPLOYER + "/restore",
    **operation("Restore an organisation", ProblemKind.NOT_FOUND, answer="The organisation"),
)
def post_restore(
    caller: FreshAdministratorCaller, employer_id: EmployerId, body: ReasonRequest, services: ServicesOfApp
) -> AdministeredEmployer:
    """Jobs that were open are shown again, but for those that were closed or wait for a moderator.

    It is verified if it was; else a case waits for somebody to verify it.
    """

    def restore(connection: Connection) -> JobsFollowed:
        return restore_employer(connection, employer_id, services)

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
            tell_organisation(connection, services, employer_id, NOTICES[action], body.reason)
        audit(connection, caller, action, f"employer:{employer_id}", services, detail)
        return AdministeredEmployer(
            employer_id=employer_id, name=employer.name, status=employer.status, **followed.detail()
        )

    return services.write(both)
