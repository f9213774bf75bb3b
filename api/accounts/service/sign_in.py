"""Logging in and out, and appealing: who has no account learns nothing about who has one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from api.access.auditing import audit_of_account
from api.access.limiting import Attempt
from api.access.quotas import require_quota
from api.access.rules import unauthenticated
from api.accounts.schemas.accounts import Appeal, LogIn, Tokens
from api.accounts.schemas.factors import SecondStepNeeded
from api.accounts.service.log_in_names import LogInName, name_of
from api.accounts.service.session_tokens import first_step, token_document
from api.credentials.sessions import lifetimes_of
from api.credentials.standing import account_suspended
from api.delivering.notices import post_for
from api.hiring.notices import tell_case_opened
from api.services.services import Services
from engine.errors import ConflictError, Message
from store.audit import AuditAction
from store.encryption.data_keys import Purpose
from store.notices.posting import post_notice
from store.notices.writing import Notice
from store.people.accounts import (
    AccountStatus,
    get_account,
    password_hash,
    write_password_hash,
)
from store.people.cases import CaseKind, NewCase, get_case, open_case
from store.people.open_sessions import read_session
from store.people.sessions import Refusal, end_session, family_of, rotate
from store.requests.quotas import REQUESTS

WARNING_HOLDS = timedelta(days=1)


def log_in(body: LogIn, attempt: Attempt, device: str, services: Services) -> Tokens | SecondStepNeeded:
    """The tokens of a new session, or the challenge of the second step.

    Raises the same 401 problem for an unknown address and a wrong password.
    """
    password, now = body.password.get_secret_value(), services.now()
    account_id = checked_account(name_of(body), password, services)
    if account_id is None:
        raise unauthenticated("address or password is wrong")
    attempt.take_back()
    account, stored_hash = services.read(
        lambda connection: (get_account(connection, account_id), password_hash(connection, account_id))
    )
    if account.status is not AccountStatus.ACTIVE:
        raise account_suspended()
    # Not in the transaction: nobody else could write while a hash waits and is made.
    renewed = services.passwords.hashed(password) if services.passwords.is_outdated(stored_hash) else None

    def work(connection: Connection) -> Tokens | SecondStepNeeded:
        if renewed is not None and password_hash(connection, account_id) == stored_hash:  # not changed meanwhile
            write_password_hash(connection, account_id, renewed, now)
        answer = first_step(connection, account_id, device, services)
        if isinstance(answer, Tokens):
            audit_of_account(connection, AuditAction.ACCOUNT_LOGGED_IN, account_id, services)
        return answer

    return services.write(work)


def appeal(body: Appeal, attempt: Attempt, services: Services) -> None:
    """Open a case about a suspended account; raises the 401 problem as `log_in` does."""
    account_id = checked_account(name_of(body), body.password.get_secret_value(), services)
    if account_id is None:
        raise unauthenticated("address or password is wrong")
    attempt.take_back()
    now = services.now()

    def work(connection: Connection) -> None:
        if get_account(connection, account_id).status is AccountStatus.ACTIVE:
            raise ConflictError("the account is not suspended", fix="log in")
        case = NewCase(CaseKind.APPEAL, account_id, account_id, (), body.text)
        opened = get_case(connection, open_case(connection, services.cipher, case, now))
        if opened.opened_at == now:  # not one that waits already
            require_quota(connection, services, REQUESTS, f"account:{account_id}")
            tell_case_opened(connection, services, opened)
        audit_of_account(connection, AuditAction.CASE_OPENED, account_id, services, kind=CaseKind.APPEAL.value)

    services.write(work)


def checked_account(name: LogInName, password: str, services: Services) -> str | None:
    """The account with that name and password; None otherwise, in the same time."""

    def hashed(connection: Connection) -> tuple[str | None, str | None]:
        account_id = name.account(connection, services.cipher)
        return account_id, None if account_id is None else password_hash(connection, account_id)

    account_id, stored_hash = services.read(hashed)
    if services.passwords.is_right(stored_hash, password):
        return account_id
    services.write(
        lambda connection: audit_of_account(
            connection, AuditAction.ACCOUNT_LOGIN_FAILED, account_id or "unknown", services
        )
    )
    return None


def refreshed(text: str, services: Services) -> Tokens:
    """The next tokens of a session; raises the 401 problem for a token that is unknown, old or used.

    A token that was used before was copied: its session ends, and its owner gets a mail.
    """
    now, keys = services.now(), [key for _, key in services.cipher.keys(Purpose.TOKEN)]

    def work(connection: Connection) -> Tokens | Refusal:
        owner = family_of(connection, text)
        if owner is not None and not _is_open(connection, *owner, services):
            return Refusal.ENDED
        token = rotate(connection, keys, text, now, timedelta(days=services.settings.session_idle_days))
        if isinstance(token, Refusal):
            if token is Refusal.REUSED and owner is not None:
                _warn_of_reuse(connection, owner[0], services)
            return token
        account = get_account(connection, token.account_id)
        if account.status is not AccountStatus.ACTIVE:
            return Refusal.ENDED
        return token_document(token, services)

    answer = services.write(work)
    if isinstance(answer, Refusal):
        raise unauthenticated(Message("the refresh token is {state}; log in again", state=Message(answer.value)))
    return answer


def log_out(text: str, services: Services) -> None:
    """End the session of a refresh token; nothing happens for a text that is none."""
    now = services.now()

    def work(connection: Connection) -> None:
        owner = family_of(connection, text)
        if owner is not None:
            end_session(connection, owner[1], now)
            audit_of_account(connection, AuditAction.ACCOUNT_LOGGED_OUT, owner[0], services)

    services.write(work)


def _warn_of_reuse(connection: Connection, account_id: str, services: Services) -> None:
    post_notice(post_for(connection, services), account_id, Notice("new_device"), WARNING_HOLDS)
    audit_of_account(connection, AuditAction.ACCOUNT_REFRESH_REUSED, account_id, services)


def _is_open(connection: Connection, account_id: str, session_id: str, services: Services) -> bool:
    session, account = read_session(connection, session_id), get_account(connection, account_id)
    return session is not None and session.is_open(lifetimes_of(account, services.settings), services.now())
