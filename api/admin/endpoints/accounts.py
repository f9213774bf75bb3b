"""`/v1/admin/accounts` and `/v1/admin/overview`: who there is, roles, suspending and restoring, how much there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import AdministratorCaller
from api.accounts.service.sign_in import end_all_sessions
from api.admin.schemas import AuditEntries, Because, ListedAccount, ListedAccounts, Lookup, Overview
from api.credentials.callers import Caller
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemKind
from api.routing.idempotency import json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import ConflictError, InvalidInputError, NotFoundError
from store.audit import AuditAction, AuditEntry, read_audit
from store.hiring.overview import overview
from store.hiring.owner_changes import JobsFollowed, change_account_status, give_role, take_role
from store.people.accounts import (
    Account,
    AccountStatus,
    Role,
    find_account,
    get_account,
    list_accounts,
)

router = APIRouter(tags=["administrators' door"])

ACCOUNTS = "/v1/admin/accounts"
ACCOUNT = ACCOUNTS + "/{account_id}"
AccountId = RowIdInPath
CHANGED = {200: ("The account", ListedAccount)}
NOT_FOUND, CONFLICT = ProblemKind.NOT_FOUND, ProblemKind.CONFLICT
SUBJECT = r"^[!-~]{1,200}$"


@router.get("/v1/admin/overview", **described("How much there is", answered={200: ("The overview", Overview)}))
def get_overview(_caller: AdministratorCaller, services: ServicesOfApp) -> Response:
    """People, jobs, applications, placements, what waits for a decision, and the bundle, model and data in service."""
    bundle = services.watch.current
    served = None
    if bundle is not None:
        served = {
            "bundle": bundle.version,
            "model": bundle.model_id,
            "reranker": bundle.recommender.reranker_name,
            "data_version": bundle.data_version,
            "jobs": bundle.job_count,
            "fresh_jobs": bundle.fresh_job_count,
            "built_at": bundle.built_at.isoformat(),
        }
    return json_response(services.read(overview) | {"served": served})


@router.get(ACCOUNTS, **described("Accounts", answered={200: ("A page of them", ListedAccounts)}))
def get_accounts(
    _caller: AdministratorCaller,
    asked: PageAsked,
    services: ServicesOfApp,
    role: Annotated[Role | None, Query(description="only those with this role")] = None,
    status: Annotated[AccountStatus | None, Query(description="only those with this status")] = None,
) -> Response:
    """By when they were made, without names or contacts."""

    def work(connection: Connection) -> dict[str, Any]:
        found = list_accounts(connection, role=role, status=status, after=asked.after_id(), limit=asked.limit + 1)
        return page_document(found, asked, _account, lambda one: (one.account_id,))

    return json_response(services.read(work))


@router.post(
    ACCOUNTS + ":find", **described("Find an account by its mail address", NOT_FOUND, body=Lookup, answered=CHANGED)
)
def post_find(_caller: AdministratorCaller, body: JsonBody, services: ServicesOfApp) -> Response:
    """For somebody who asks for help. The address is in the body, where no log sees it."""
    asked = validated(Lookup, body)

    def work(connection: Connection) -> dict[str, Any]:
        account_id = find_account(connection, services.cipher, asked.email)
        if account_id is None:
            raise NotFoundError("no account has that address", field="email")
        return _account(get_account(connection, account_id))

    return json_response(services.read(work))


@router.get(ACCOUNT, **described("Read an account", NOT_FOUND, answered=CHANGED))
def get_one_account(_caller: AdministratorCaller, account_id: AccountId, services: ServicesOfApp) -> Response:
    """Without name or contacts."""
    return json_response(services.read(lambda connection: _account(get_account(connection, account_id))))


@router.post(
    ACCOUNT + "/suspend", **described("Suspend an account", NOT_FOUND, CONFLICT, body=Because, answered=CHANGED)
)
def post_suspend(
    caller: AdministratorCaller, account_id: AccountId, body: JsonBody, services: ServicesOfApp
) -> Response:
    """It can do nothing from the next request on, and its sessions end. Nobody suspends themselves.

    Jobs of an organisation that nobody else acts for are hidden with it.
    """
    asked = validated(Because, body)
    if account_id == caller.account_id:
        raise ConflictError("an administrator cannot suspend themselves", fix="ask another one", field="account_id")

    def work(connection: Connection) -> JobsFollowed:
        followed = change_account_status(connection, account_id, AccountStatus.SUSPENDED, services.now())
        end_all_sessions(connection, account_id, services)
        return followed

    return _changed(account_id, caller, services, work, AuditAction.ACCOUNT_SUSPENDED, {"reason": asked.reason})


@router.post(ACCOUNT + "/restore", **described("Restore an account", NOT_FOUND, body=Because, answered=CHANGED))
def post_restore(
    caller: AdministratorCaller, account_id: AccountId, body: JsonBody, services: ServicesOfApp
) -> Response:
    """It may log in again; jobs that were hidden with it are shown again."""
    asked = validated(Because, body)
    return _changed(
        account_id,
        caller,
        services,
        lambda connection: change_account_status(connection, account_id, AccountStatus.ACTIVE, services.now()),
        AuditAction.ACCOUNT_RESTORED,
        {"reason": asked.reason},
    )


@router.put(ACCOUNT + "/roles/{role}", **described("Give a role", NOT_FOUND, answered=CHANGED))
def put_role(caller: AdministratorCaller, account_id: AccountId, role: Role, services: ServicesOfApp) -> Response:
    """Holds from the next request on. A seeker signs up as one, since they have to agree to it."""
    if role is Role.SEEKER:
        raise InvalidInputError(
            "nobody is made a seeker by somebody else", expected="employer, administrator or analyst", field="role"
        )

    def work(connection: Connection) -> JobsFollowed:
        get_account(connection, account_id)
        return give_role(connection, account_id, role, services.now())

    return _changed(account_id, caller, services, work, AuditAction.ACCOUNT_ROLE_GRANTED, {"role": role})


@router.delete(ACCOUNT + "/roles/{role}", **described("Take a role away", NOT_FOUND, CONFLICT, answered=CHANGED))
def delete_role(caller: AdministratorCaller, account_id: AccountId, role: Role, services: ServicesOfApp) -> Response:
    """Holds from the next request on. Administrators do not take their own role away: one must be left."""
    if role is Role.ADMINISTRATOR and account_id == caller.account_id:
        raise ConflictError("an administrator cannot take that role from themselves", fix="ask another one")

    def work(connection: Connection) -> JobsFollowed:
        get_account(connection, account_id)
        followed = take_role(connection, account_id, role)
        if followed is None:
            raise NotFoundError("the account does not have that role", got=role.value, field="role")
        return followed

    return _changed(account_id, caller, services, work, AuditAction.ACCOUNT_ROLE_REVOKED, {"role": role})


@router.get("/v1/admin/audit", **described("The audit log", answered={200: ("A page of it", AuditEntries)}))
def get_audit(
    _caller: AdministratorCaller,
    asked: PageAsked,
    services: ServicesOfApp,
    subject: Annotated[str | None, Query(pattern=SUBJECT, description="only acts upon this, as `account:…`")] = None,
) -> Response:
    """In order; `chamba audit verify` checks its chain."""
    after = asked.after_id() or "0"
    if not (after.isascii() and after.isdigit() and len(after) < 16):
        raise InvalidInputError("that is no cursor of this list", field="cursor")

    def work(connection: Connection) -> dict[str, Any]:
        found = list(read_audit(connection, subject=subject, after=int(after), limit=asked.limit + 1))
        return page_document(found, asked, _entry, lambda one: (str(one.number),))

    return json_response(services.read(work))


def _changed(
    account_id: str,
    caller: Caller,
    services: Services,
    work: Callable[[Connection], JobsFollowed],
    action: AuditAction,
    detail: dict[str, Any],
) -> Response:
    """Do it and tell the audit log, together; the account as it is then."""

    def both(connection: Connection) -> dict[str, Any]:
        followed = work(connection)
        document = _account(get_account(connection, account_id))
        subject = f"account:{account_id}"
        audit(connection, caller, action, subject, services, detail | followed.detail())
        return document

    return json_response(services.write(both))


def _account(account: Account) -> dict[str, Any]:
    return {
        "account_id": account.account_id,
        "status": account.status,
        "roles": sorted(account.roles),
        "locale": account.locale,
        "created_at": account.created_at.isoformat(),
    }


def _entry(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "happened_at": entry.happened_at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": dict(entry.detail),
        "entry_hash": entry.entry_hash,
    }
