"""What a right code does: an account is opened, or has another password, address or number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from api.access.auditing import audit_of_account
from api.accounts.service.log_in_names import wanted_name
from api.credentials.sessions import end_all_sessions
from api.delivering.credential_notices import tell_owner
from api.services.services import Services
from engine.explain import Locale
from store.audit import AuditAction
from store.people.accounts import (
    NewAccount,
    Role,
    create_account,
    read_contact,
    write_contact,
    write_email,
    write_password_hash,
)
from store.people.confirmations import Confirmation, ConfirmationKind
from store.people.consents import ConsentPurpose, record_consent
from store.people.phones import phone_of, write_phone
from store.people.seeker_accounts import tie_seeker


def carry_out(connection: Connection, found: Confirmation, services: Services) -> str | None:
    """The account that was made or changed; None when it has become impossible meanwhile."""
    if found.kind is ConfirmationKind.SIGN_UP:
        return _open_account(connection, found.wanted, services)
    if found.kind is ConfirmationKind.NEW_PASSWORD:
        return _set_password(connection, found.wanted, services)
    return _change_name(connection, found.wanted, services)


def _open_account(connection: Connection, wanted: dict[str, Any], services: Services) -> str | None:
    now, cipher, role, name = services.now(), services.cipher, Role(wanted["role"]), wanted_name(wanted)
    if name.account(connection, cipher) is not None:
        return None
    new = NewAccount(name.email, wanted["password_hash"], frozenset({role}), Locale(wanted["locale"]), wanted["name"])
    account_id = create_account(connection, cipher, new, now)
    if name.phone is not None:
        write_phone(connection, cipher, account_id, name.phone, now)
        write_contact(connection, cipher, account_id, name=wanted["name"], phone=name.phone, now=now)
    for statement in wanted["consents"]:
        purpose = ConsentPurpose(statement["purpose"])
        record_consent(
            connection, account_id, purpose, statement["text_version"], is_given=statement["is_given"], now=now
        )
    if role is Role.SEEKER:
        tie_seeker(connection, account_id, now)
    audit_of_account(connection, AuditAction.ACCOUNT_SIGNED_UP, account_id, services, role=role.value)
    return account_id


def _set_password(connection: Connection, wanted: dict[str, Any], services: Services) -> str | None:
    account_id = wanted_name(wanted).account(connection, services.cipher)
    if account_id is None or account_id != wanted.get("account_id"):  # the code went to somebody else
        return None
    write_password_hash(connection, account_id, wanted["password_hash"], services.now())
    end_all_sessions(connection, account_id, services.now())
    tell_owner(connection, account_id, "password_changed", services)
    audit_of_account(connection, AuditAction.ACCOUNT_PASSWORD_CHANGED, account_id, services)
    return account_id


def _change_name(connection: Connection, wanted: dict[str, Any], services: Services) -> str | None:
    now, cipher, name = services.now(), services.cipher, wanted_name(wanted)
    account_id: str | None = wanted["account_id"]
    if account_id is None or name.account(connection, cipher) is not None:
        return None
    if name.phone is None:
        before = read_contact(connection, cipher, account_id).email
        write_email(connection, cipher, account_id, name.text, now)
        tell_owner(connection, account_id, "email_changed", services, also_to=before)
        audit_of_account(connection, AuditAction.ACCOUNT_EMAIL_CHANGED, account_id, services)
        return account_id
    before = phone_of(connection, cipher, account_id)
    write_phone(connection, cipher, account_id, name.phone, now)
    tell_owner(connection, account_id, "phone_changed", services, also_to=before)
    audit_of_account(connection, AuditAction.ACCOUNT_PHONE_CHANGED, account_id, services)
    return account_id
