"""What is done by a code that was mailed: signing up, setting a new password, having another address.

An address that has an account and one that has none get the same answer and cost the same work; what differs is the
mail.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from api.access.auditing import audit_of_account
from api.access.rules import unauthenticated
from api.accounts.schemas.accounts import CodeMailed, PasswordReset, SignUp, Tokens
from api.accounts.schemas.factors import SecondStepNeeded
from api.accounts.service.session_tokens import first_step, new_tokens
from api.credentials.password_strength import require_good_password
from api.credentials.sessions import end_all_sessions
from api.delivering.credential_notices import tell_owner
from api.delivering.notices import post_for, post_to_address
from api.services.services import Services
from engine.errors import InvalidInputError, Message
from engine.explain import Locale
from store.audit import AuditAction
from store.identity_keys import email_key
from store.notices.writing import Notice
from store.people.accounts import (
    NewAccount,
    Role,
    create_account,
    find_account,
    get_account,
    read_contact,
    write_email,
    write_password_hash,
)
from store.people.confirmations import LIFETIME, Confirmation, ConfirmationKind, ask_confirmation, confirm
from store.people.consents import NEEDED, ConsentPurpose, consent_texts, record_consent
from store.people.seeker_accounts import tie_seeker

CODE_SENT = {
    Locale.ES: "Si el correo es correcto, te enviamos un código. Vale por 15 minutos.",
    Locale.EN: "If the address is right, we have mailed you a code. It holds for 15 minutes.",
}


def sign_up(body: SignUp, services: Services) -> CodeMailed:
    """Mail a code for a new account; to an address that has one, that it has. The answer is the same."""
    password = body.password.get_secret_value()
    require_good_password(password, body.email, body.name, body.locale)
    _require_consents(body)
    wanted = {
        "email": body.email,
        "password_hash": services.passwords.hashed(password),
        "role": body.role,
        "name": body.name,
        "locale": body.locale,
        "consents": [statement.model_dump(mode="json") for statement in body.consents],
    }
    return _mail_code(services, ConfirmationKind.SIGN_UP, body.email, wanted, body.locale, is_for_account=False)


def reset_password(body: PasswordReset, services: Services) -> CodeMailed:
    """Mail a code that sets the new password, if there is an account. The answer is the same."""
    password = body.new_password.get_secret_value()
    require_good_password(password, body.email)
    wanted = {"email": body.email, "password_hash": services.passwords.hashed(password)}
    return _mail_code(services, ConfirmationKind.NEW_PASSWORD, body.email, wanted, Locale.ES, is_for_account=True)


def confirmed(confirmation_id: str, code: str, device: str, services: Services) -> Tokens | SecondStepNeeded:
    """Do what the code confirms, and the tokens of a new session; raises the 401 problem for a wrong code.

    A mailbox is no second factor: an account that has one shows it before it gets tokens.
    """
    now = services.now()

    def work(connection: Connection) -> Tokens | SecondStepNeeded | None:
        found = confirm(connection, services.cipher, confirmation_id, code, now)
        if found is None:
            return None
        account_id = _carry_out(connection, found, services)
        if account_id is None:
            return None
        if found.kind is ConfirmationKind.SIGN_UP:
            return new_tokens(connection, account_id, device, services, is_first=True)
        return first_step(connection, account_id, device, services)

    answer = services.write(work)  # a wrong code counts, so that the transaction must not be undone
    if answer is None:
        raise unauthenticated("the code is wrong, has expired, or was tried too often; ask for another")
    return answer


def mail_new_email_code(account_id: str, email: str, locale: Locale, services: Services) -> CodeMailed:
    """Mail a code to an address that an account wants to have; an address that has an account gets another mail."""
    wanted = {"account_id": account_id, "email": email}
    return _mail_code(services, ConfirmationKind.NEW_EMAIL, email, wanted, locale, is_for_account=False)


def _require_consents(body: SignUp) -> None:
    stated = {statement.purpose: statement for statement in body.consents}
    missing = [purpose for purpose in NEEDED if purpose not in stated or not stated[purpose].is_given]
    if body.role is Role.SEEKER and missing:
        raise InvalidInputError(
            "a seeker's account needs their consent",
            expected=Message("consent to {purposes}, by the texts at /v1/consent-texts", purposes=", ".join(missing)),
            field="consents",
        )
    for index, statement in enumerate(body.consents):
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
) -> CodeMailed:
    """Nothing is written to but an account's stored address, or the address as a new account would store it."""
    now, cipher = services.now(), services.cipher

    def work(connection: Connection) -> str:
        account_id = find_account(connection, cipher, email)
        is_right = (account_id is not None) is is_for_account
        mailed_kind = kind if is_right else ConfirmationKind.NOTHING
        theirs = {"account_id": account_id} if is_for_account else {}
        confirmation_id, code = ask_confirmation(connection, cipher, mailed_kind, wanted | theirs, now)
        if account_id is None:
            recipient, spoken = email_key(email), locale
        else:
            recipient = read_contact(connection, cipher, account_id).email
            spoken = get_account(connection, account_id).locale if is_right else locale
        post = post_for(connection, services)
        if is_right:
            post_to_address(post, Notice(kind, facts={"code": code}), recipient, spoken, LIFETIME)
        elif account_id is not None:
            post_to_address(post, Notice("has_account"), recipient, spoken, LIFETIME)
        return confirmation_id

    return CodeMailed(confirmation_id=services.write(work), message=CODE_SENT[locale])


def _carry_out(connection: Connection, found: Confirmation, services: Services) -> str | None:
    """The account that was made or changed; None when it has become impossible meanwhile."""
    wanted, now = found.wanted, services.now()
    if found.kind is ConfirmationKind.SIGN_UP:
        return _open_account(connection, wanted, services)
    if found.kind is ConfirmationKind.NEW_EMAIL:
        account_id: str | None = wanted["account_id"]
        if account_id is None or find_account(connection, services.cipher, wanted["email"]) is not None:
            return None
        before = read_contact(connection, services.cipher, account_id).email
        write_email(connection, services.cipher, account_id, wanted["email"], now)
        tell_owner(connection, account_id, "email_changed", services, also_to=before)
        audit_of_account(connection, AuditAction.ACCOUNT_EMAIL_CHANGED, account_id, services)
        return account_id
    account_id = find_account(connection, services.cipher, wanted["email"])
    if account_id is None or account_id != wanted.get("account_id"):  # the code went to somebody else's address
        return None
    write_password_hash(connection, account_id, wanted["password_hash"], now)
    end_all_sessions(connection, account_id, services.now())
    tell_owner(connection, account_id, "password_changed", services)
    audit_of_account(connection, AuditAction.ACCOUNT_PASSWORD_CHANGED, account_id, services)
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
    audit_of_account(connection, AuditAction.ACCOUNT_SIGNED_UP, account_id, services, role=role.value)
    return account_id
