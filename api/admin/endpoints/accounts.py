"""`/v1/admin/accounts` and `/v1/admin/overview`: who there is, roles, suspending and restoring, how much there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller, FreshAdministratorCaller
from api.admin.schemas.accounts import (
    AccountDetail,
    AuditEntries,
    AuditEntryDocument,
    ListedAccount,
    ListedAccounts,
    Lookup,
    Overview,
    ReasonRequest,
    SessionsEnded,
)
from api.admin.service.accounts import account_detail, found_account, listed_account
from api.admin.service.overview import overview_document
from api.credentials.callers import Caller
from api.credentials.sessions import end_all_sessions
from api.hiring.appeals import restored_reason, settle_appeals
from api.hiring.notices import tell_account, tell_role
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemError, ProblemKind
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import ConflictError, InvalidInputError, NotFoundError
from store.audit import AuditAction, AuditEntry, read_audit
from store.hiring.owner_changes import JobsFollowed, change_account_status, give_role, take_role
from store.people.accounts import (
    AccountStatus,
    Role,
    get_account,
    list_accounts,
)
from store.people.cases import CaseKind

router = APIRouter(tags=["administrators"], route_class=TypedRoute)

ACCOUNTS = "/v1/admin/accounts"
ACCOUNT = ACCOUNTS + "/{account_id}"
AccountId = RowIdInPath
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT
SUBJECT = r"^[!-~]{1,200}$"


@router.get("/v1/admin/overview", **operation("How much there is", answer="The overview"))
def get_overview(_caller: AdministratorCaller, services: ServicesOfApp) -> Overview:
    """People, jobs, applications, placements, what waits, the last weeks, what is broken, and what is in service."""
    return services.read(lambda connection: overview_document(connection, services))


@router.get(ACCOUNTS, **operation("Accounts", answer="A page of them"))
def get_accounts(
    _caller: AdministratorCaller,
    page: PageRequest,
    services: ServicesOfApp,
    role: Annotated[Role | None, Query(description="only those with this role")] = None,
    status: Annotated[AccountStatus | None, Query(description="only those with this status")] = None,
) -> ListedAccounts:
    """By when they were made, without names or contacts."""

    def work(connection: Connection) -> ListedAccounts:
        found = list_accounts(connection, role=role, status=status, after=page.after_id(), limit=page.limit + 1)
        return page_of(ListedAccounts, found, page, listed_account, lambda one: (one.account_id,))

    return services.read(work)


@router.post(ACCOUNTS + ":find", **operation("Find an account by what is known of it", NOT_FOUND, answer="The account"))
def post_find(_caller: AdministratorCaller, body: Lookup, services: ServicesOfApp) -> AccountDetail:
    """For somebody who asks for help. What is known of them is in the body, where no log sees it."""

    def work(connection: Connection) -> AccountDetail:
        account_id = found_account(connection, services.cipher, body)
        return account_detail(connection, account_id)

    return services.read(work)


@router.get(ACCOUNT, **operation("Read an account", NOT_FOUND, answer="The account"))
def get_one_account(_caller: AdministratorCaller, account_id: AccountId, services: ServicesOfApp) -> AccountDetail:
    """With the organisations that it acts for and its last suspension; without name or contacts."""
    return services.read(lambda connection: account_detail(connection, account_id))


@router.post(ACCOUNT + "/suspend", **operation("Suspend an account", NOT_FOUND, CONFLICT, answer="The account"))
def post_suspend(
    caller: FreshAdministratorCaller, account_id: AccountId, body: ReasonRequest, services: ServicesOfApp
) -> ListedAccount:
    """It can do nothing from the next request on, and its sessions end. Nobody suspends themselves.

    Jobs of an organisation that nobody else acts for are hidden with it.
    """
    if account_id == caller.account_id:
        raise ConflictError("an administrator cannot suspend themselves", fix="ask another one", field="account_id")

    def work(connection: Connection) -> JobsFollowed:
        if get_account(connection, account_id).status is not AccountStatus.SUSPENDED:
            tell_account(connection, services, account_id, "account_suspended", body.reason)
        followed = change_account_status(connection, account_id, AccountStatus.SUSPENDED, services.now())
        end_all_sessions(connection, account_id, services.now())
        return followed

    return _changed(account_id, caller, services, work, AuditAction.ACCOUNT_SUSPENDED, {"reason": body.reason})


@router.post(ACCOUNT + "/restore", **operation("Restore an account", NOT_FOUND, answer="The account"))
def post_restore(
    caller: FreshAdministratorCaller, account_id: AccountId, body: ReasonRequest, services: ServicesOfApp
) -> ListedAccount:
    """It may log in again; jobs that were hidden with it are shown again. An appeal is decided with it."""

    def work(connection: Connection) -> JobsFollowed:
        if get_account(connection, account_id).status is not AccountStatus.ACTIVE:
            tell_account(connection, services, account_id, "account_restored", body.reason)
        followed = change_account_status(connection, account_id, AccountStatus.ACTIVE, services.now())
        why = restored_reason(body.reason)
        settle_appeals(connection, CaseKind.APPEAL, account_id, caller.account_id, why, services)
        return followed

    return _changed(account_id, caller, services, work, AuditAction.ACCOUNT_RESTORED, {"reason": body.reason})


@router.post(ACCOUNT + "/end-sessions", **operation("End an account's sessions", NOT_FOUND, answer="How many"))
def post_end_sessions(
    caller: FreshAdministratorCaller, account_id: AccountId, body: ReasonRequest, services: ServicesOfApp
) -> SessionsEnded:
    """Whoever is logged in to it has to log in again: for somebody whose phone was stolen."""

    def work(connection: Connection) -> SessionsEnded:
        get_account(connection, account_id)
        ended = end_all_sessions(connection, account_id, services.now())
        if ended:
            tell_account(connection, services, account_id, "sessions_ended_for_you", body.reason)
        detail = {"reason": body.reason, "sessions": ended}
        audit(connection, caller, AuditAction.ACCOUNT_SESSIONS_ENDED, f"account:{account_id}", services, detail)
        return SessionsEnded(account_id=account_id, ended=ended)

    return services.write(work)


@router.put(ACCOUNT + "/roles/{role}", **operation("Give a role", NOT_FOUND, answer="The account"))
def put_role(
    caller: FreshAdministratorCaller, account_id: AccountId, role: Role, services: ServicesOfApp
) -> ListedAccount:
    """Holds from the next request on. A seeker signs up as one, since they have to agree to it."""
    if role is Role.SEEKER:
        raise InvalidInputError(
            "nobody is made a seeker by somebody else",
            expected="employer, administrator, analyst, officer or developer",
            field="role",
        )

    def work(connection: Connection) -> JobsFollowed:
        if role not in get_account(connection, account_id).roles:
            tell_role(connection, services, account_id, role, is_given=True)
        return give_role(connection, account_id, role, services.now())

    return _changed(account_id, caller, services, work, AuditAction.ACCOUNT_ROLE_GRANTED, {"role": role})


@router.delete(ACCOUNT + "/roles/{role}", **operation("Take a role away", NOT_FOUND, CONFLICT, answer="The account"))
def delete_role(
    caller: FreshAdministratorCaller, account_id: AccountId, role: Role, services: ServicesOfApp
) -> ListedAccount:
    """Holds from the next request on. Administrators do not take their own role away: one must be left."""
    if role is Role.ADMINISTRATOR and account_id == caller.account_id:
        raise ConflictError("an administrator cannot take that role from themselves", fix="ask another one")

    def work(connection: Connection) -> JobsFollowed:
        get_account(connection, account_id)
        followed = take_role(connection, account_id, role)
        if followed is None:
            raise NotFoundError("the account does not have that role", got=role.value, field="role")
        tell_role(connection, services, account_id, role, is_given=False)
        return followed

    return _changed(account_id, caller, services, work, AuditAction.ACCOUNT_ROLE_REVOKED, {"role": role})


@router.get("/v1/admin/audit", **operation("The audit log", answer="A page of it"))
def get_audit(
    _caller: AdministratorCaller,
    page: PageRequest,
    services: ServicesOfApp,
    subject: Annotated[str | None, Query(pattern=SUBJECT, description="only acts upon this, as `account:…`")] = None,
    actor: Annotated[str | None, Query(pattern=SUBJECT, description="only acts of this one, as `account:…`")] = None,
    action: Annotated[str | None, Query(pattern=SUBJECT, description="only acts of this kind")] = None,
    is_newest_first: Annotated[bool, Query(description="from the newest down")] = False,
    since: Annotated[AwareDatetime | None, Query(description="only acts from this moment on")] = None,
    until: Annotated[AwareDatetime | None, Query(description="only acts before this moment")] = None,
) -> AuditEntries:
    """In order; `chamba audit verify` checks its chain."""
    after = page.after_id() or "0"
    if not (after.isascii() and after.isdigit() and len(after) < 16):
        raise InvalidInputError("that is no cursor of this list", field="cursor")

    def work(connection: Connection) -> AuditEntries:
        found = read_audit(
            connection,
            subject=subject,
            actor=actor,
            action=action,
            after=int(after),
            limit=page.limit + 1,
            newest_first=is_newest_first,
            since=since,
            until=until,
        )
        return page_of(AuditEntries, found, page, _entry, lambda one: (str(one.number),))

    return services.read(work)


def _changed(
    account_id: str,
    caller: Caller,
    services: Services,
    work: Callable[[Connection], JobsFollowed],
    action: AuditAction,
    detail: dict[str, Any],
) -> ListedAccount:
    """Do it and tell the audit log, together; the account as it is then."""

    def both(connection: Connection) -> ListedAccount:
        followed = work(connection)
        _require_administrator(connection, caller)
        document = listed_account(get_account(connection, account_id))
        subject = f"account:{account_id}"
        audit(connection, caller, action, subject, services, detail | followed.detail())
        return document

    return services.write(both)


def _require_administrator(connection: Connection, caller: Caller) -> None:
    """Raises the 403 problem for a caller who was one when the request came, and lost that to another meanwhile.

    Of two administrators who take each other's role at once, one is left.
    """
    now = get_account(connection, caller.account_id)
    if Role.ADMINISTRATOR not in now.roles or now.status is not AccountStatus.ACTIVE:
        raise ProblemError(ProblemKind.FORBIDDEN, "another administrator was faster: the role is no longer yours")


def _entry(entry: AuditEntry) -> AuditEntryDocument:
    return AuditEntryDocument(
        number=entry.number,
        happened_at=entry.happened_at.isoformat(),
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        detail=dict(entry.detail),
        entry_hash=entry.entry_hash,
    )
