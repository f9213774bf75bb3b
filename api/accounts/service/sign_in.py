"""Signing up, logging in and out: who has no account learns nothing about who has one.

Both kinds of address get the same answer and cost the same work; what differs is the mail.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from api.access.rules import unauthenticated
from api.accounts.schemas.accounts import Appeal, LogIn, PasswordReset, SignUp
from api.credentials.password_strength import require_good_password
from api.credentials.tokens import AccessToken, expires_in_seconds, signed_token
from api.delivering.mail_texts import mail
from api.http.problems import ProblemError, ProblemKind
from api.services.services import Services
from engine.errors import ConflictError, InvalidInputError
from engine.explain import Locale
from store.audit import AuditAction, append_audit
from store.identity_keys import email_key
from store.people.accounts import (
    AccountStatus,
    NewAccount,
    Role,
    create_account,
    end_access,
    find_account,
    get_account,
    password_hash,
    read_contact,
    write_email,
    write_password_hash,
)
from store.people.cases import CaseKind, NewCase, open_case
from store.people.confirmations import LIFETIME, Confirmation, ConfirmationKind, ask_confirmation, confirm
from store.people.consents import NEEDED, ConsentPurpose, consent_texts, record_consent
from store.people.mail import post_mail
from store.people.seeker_accounts import tie_seeker
from store.people.sessions import Refusal, end_session, end_sessions, family_of, rotate, start_session

WARNING_HOLDS = timedelta(days=1)
CODE_SENT = {
    Locale.ES: "Si el correo es correcto, te enviamos un código. Vale por 15 minutos.",
    Locale.EN: "If the address is right, we have mailed you a code. It holds for 15 minutes.",
}


def sign_up(asked: SignUp, services: Services) -> dict[str, Any]:
    """Mail a code for a new account; to an address that has one, that it has. The answer is the same."""
    password = asked.password.get_secret_value()
    require_good_password(password, asked.email, asked.name, asked.locale)
    _require_consents(asked)
    wanted = {
        "email": asked.email,
        "password_hash": services.passwords.hashed(password),
        "role": asked.role,
        "name": asked.name,
        "locale": asked.locale,
        "consents": [statement.model_dump(mode="json") for statement in asked.consents],
    }
    return _mail_code(services, ConfirmationKind.SIGN_UP, asked.email, wanted, asked.locale, is_for_account=False)


def reset_password(asked: PasswordReset, services: Services) -> dict[str, Any]:
    """Mail a code that sets the new password, if there is an account. The answer is the same."""
    password = asked.new_password.get_secret_value()
    require_good_password(password, asked.email)
    wanted = {"email": asked.email, "password_hash": services.passwords.hashed(password)}
    return _mail_code(services, ConfirmationKind.NEW_PASSWORD, asked.email, wanted, Locale.ES, is_for_account=True)


def confirmed(confirmation_id: str, code: str, services: Services) -> dict[str, Any]:
    """Do what the code confirms, and the tokens of a new session; raises the 401 problem for a wrong code."""
    now = services.now()

    def work(connection: Connection) -> dict[str, Any] | None:
        found = confirm(connection, services.cipher, confirmation_id, code, now)
        if found is None:
            return None
        account_id = _carry_out(connection, found, services)
        return None if account_id is None else _tokens(connection, account_id, services)

    answer = services.write(work)  # a wrong code counts, so that the transaction must not be undone
    if answer is None:
        raise unauthenticated("the code is wrong, has expired, or was tried too often; ask for another")
    return answer


def log_in(asked: LogIn, services: Services) -> dict[str, Any]:
    """The tokens of a new session; raises the same 401 problem for an unknown address and a wrong password."""
    password, now = asked.password.get_secret_value(), services.now()
    account_id = checked_account(asked.email, password, services)
    if account_id is None:
        raise unauthenticated("address or password is wrong")
    account, kept = services.read(
        lambda connection: (get_account(connection, account_id), password_hash(connection, account_id))
    )
    if account.status is not AccountStatus.ACTIVE:
        raise ProblemError(ProblemKind.FORBIDDEN, "the account is suspended; ask for a review at /v1/auth/appeal")
    # Not in the transaction: nobody else could write while a hash waits and is made.
    renewed = services.passwords.hashed(password) if services.passwords.is_outdated(kept) else None

    def work(connection: Connection) -> dict[str, Any]:
        if renewed is not None and password_hash(connection, account_id) == kept:  # not changed meanwhile
            write_password_hash(connection, account_id, renewed, now)
        answer = _tokens(connection, account_id, services)
        _audit(connection, AuditAction.ACCOUNT_LOGGED_IN, account_id, services)
        return answer

    return services.write(work)


def appeal(asked: Appeal, services: Services) -> None:
    """Open a case about a suspended account; raises the 401 problem as `log_in` does."""
    account_id = checked_account(asked.email, asked.password.get_secret_value(), services)
    if account_id is None:
        raise unauthenticated("address or password is wrong")

    def work(connection: Connection) -> None:
        if get_account(connection, account_id).status is AccountStatus.ACTIVE:
            raise ConflictError("the account is not suspended", fix="log in")
        case = NewCase(CaseKind.APPEAL, account_id, account_id, (), asked.words)
        open_case(connection, services.cipher, case, services.now())
        _audit(connection, AuditAction.CASE_OPENED, account_id, services, kind=CaseKind.APPEAL.value)

    services.write(work)


def checked_account(email: str, password: str, services: Services) -> str | None:
    """The account with that address and password; None otherwise, in the same time."""

    def hashed(connection: Connection) -> tuple[str | None, str | None]:
        account_id = find_account(connection, services.cipher, email)
        return account_id, None if account_id is None else password_hash(connection, account_id)

    account_id, kept = services.read(hashed)
    if services.passwords.is_right(kept, password):
        return account_id
    services.write(
        lambda connection: _audit(connection, AuditAction.ACCOUNT_LOGIN_FAILED, account_id or "unknown", services)
    )
    return None


def refreshed(text: str, services: Services) -> dict[str, Any]:
    """The next tokens of a session; raises the 401 problem for a token that is unknown, old or used.

    A token that was used before was copied: its session ends, and its owner gets a mail.
    """
    now = services.now()

    def work(connection: Connection) -> dict[str, Any] | Refusal:
        token = rotate(connection, text, now)
        if isinstance(token, Refusal):
            owner = family_of(connection, text)
            if token is Refusal.REUSED and owner is not None:
                _warn_of_reuse(connection, owner[0], services)
            return token
        account = get_account(connection, token.account_id)
        if account.status is not AccountStatus.ACTIVE:
            return Refusal.ENDED
        return _token_document(token.account_id, account.session_number, token.text, services)

    answer = services.write(work)
    if isinstance(answer, Refusal):
        raise unauthenticated(f"the refresh token is {answer.value}; log in again")
    return answer


def log_out(text: str, services: Services) -> None:
    """End the session of a refresh token; nothing happens for a text that is none."""
    now = services.now()

    def work(connection: Connection) -> None:
        owner = family_of(connection, text)
        if owner is not None:
            end_session(connection, owner[1], now)
            _audit(connection, AuditAction.ACCOUNT_LOGGED_OUT, owner[0], services)

    services.write(work)


def end_all_sessions(connection: Connection, account_id: str, services: Services) -> None:
    """End every session of an account; its access tokens are void from now on."""
    end_sessions(connection, account_id, services.now())
    end_access(connection, account_id, services.now())


def mail_new_email_code(account_id: str, email: str, locale: Locale, services: Services) -> dict[str, Any]:
    """Mail a code to an address that an account wants to have; an address that has an account gets another mail."""
    wanted = {"account_id": account_id, "email": email}
    return _mail_code(services, ConfirmationKind.NEW_EMAIL, email, wanted, locale, is_for_account=False)


def _require_consents(asked: SignUp) -> None:
    stated = {statement.purpose: statement for statement in asked.consents}
    missing = [purpose for purpose in NEEDED if purpose not in stated or not stated[purpose].is_given]
    if asked.role is Role.SEEKER and missing:
        raise InvalidInputError(
            "a seeker's account needs their consent",
            expected=f"consent to {', '.join(missing)}, by the texts at /v1/consent-texts",
            field="consents",
        )
    for index, statement in enumerate(asked.consents):
        in_force = consent_texts()[statement.purpose].version
        if statement.text_version != in_force:
            field = f"consents.{index}.text_version"
            raise InvalidInputError("the text is not the one in force", expected=in_force, field=field)


def _mail_code(
    services: Services,
    kind: ConfirmationKind,
    email: str,
    wanted: dict[str, Any],
    locale: Locale,
    *,
    is_for_account: bool,
) -> dict[str, Any]:
    """Nothing is written to but an account's stored address, or the address as a new account would store it."""
    now, cipher = services.now(), services.cipher

    def work(connection: Connection) -> str:
        account_id = find_account(connection, cipher, email)
        is_right = (account_id is not None) is is_for_account
        asked = kind if is_right else ConfirmationKind.NOTHING
        theirs = {"account_id": account_id} if is_for_account else {}
        confirmation_id, code = ask_confirmation(connection, cipher, asked, wanted | theirs, now)
        if account_id is None:
            recipient, spoken = email_key(email), locale
        else:
            recipient = read_contact(connection, cipher, account_id).email
            spoken = get_account(connection, account_id).locale if is_right else locale
        if is_right:
            post_mail(connection, cipher, mail(kind, spoken, recipient, code=code), now, holds=LIFETIME)
        elif account_id is not None:
            post_mail(connection, cipher, mail("has_account", spoken, recipient), now, holds=LIFETIME)
        return confirmation_id

    return {"confirmation_id": services.write(work), "message": CODE_SENT[locale]}


def _carry_out(connection: Connection, found: Confirmation, services: Services) -> str | None:
    """The account that was made or changed; None when it has become impossible meanwhile."""
    wanted, now = found.wanted, services.now()
    if found.kind is ConfirmationKind.SIGN_UP:
        return _open_account(connection, wanted, services)
    if found.kind is ConfirmationKind.NEW_EMAIL:
        account_id: str | None = wanted["account_id"]
        if account_id is None or find_account(connection, services.cipher, wanted["email"]) is not None:
            return None
        write_email(connection, services.cipher, account_id, wanted["email"], now)
        return account_id
    account_id = find_account(connection, services.cipher, wanted["email"])
    if account_id is None or account_id != wanted.get("account_id"):  # the code went to somebody else's address
        return None
    write_password_hash(connection, account_id, wanted["password_hash"], now)
    end_all_sessions(connection, account_id, services)
    _audit(connection, AuditAction.ACCOUNT_PASSWORD_CHANGED, account_id, services)
    return account_id


def _open_account(connection: Connection, wanted: dict[str, Any], services: Services) -> str | None:
    now, role = services.now(), Role(wanted["role"])
    if find_account(connection, services.cipher, wanted["email"]) is not None:
        return None
    new = NewAccount(
        wanted["email"], wanted["password_hash"], frozenset({role}), Locale(wanted["locale"]), wanted["name"]
    )
    account_id = create_account(connection, services.cipher, new, now)
    for statement in wanted["consents"]:
        purpose = ConsentPurpose(statement["purpose"])
        record_consent(
            connection, account_id, purpose, statement["text_version"], is_given=statement["is_given"], now=now
        )
    if role is Role.SEEKER:
        tie_seeker(connection, account_id, now)
    _audit(connection, AuditAction.ACCOUNT_SIGNED_UP, account_id, services, role=role.value)
    return account_id


def _warn_of_reuse(connection: Connection, account_id: str, services: Services) -> None:
    contact, account = read_contact(connection, services.cipher, account_id), get_account(connection, account_id)
    warning = mail("new_device", account.locale, contact.email)
    post_mail(connection, services.cipher, warning, services.now(), holds=WARNING_HOLDS)
    _audit(connection, AuditAction.ACCOUNT_REFRESH_REUSED, account_id, services)


def _tokens(connection: Connection, account_id: str, services: Services) -> dict[str, Any]:
    token = start_session(connection, account_id, services.now())
    return _token_document(account_id, get_account(connection, account_id).session_number, token.text, services)


def _token_document(account_id: str, session_number: int, refresh_token: str, services: Services) -> dict[str, Any]:
    access_token = signed_token(services.cipher, AccessToken(account_id, session_number), services.now())
    return {
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": expires_in_seconds(),
        "refresh_token": refresh_token,
        "account_id": account_id,
    }


def _audit(connection: Connection, action: AuditAction, account_id: str, services: Services, **detail: str) -> None:
    name = f"account:{account_id}"
    append_audit(connection, actor=name, action=action, subject=name, detail=detail, now=services.now())
