"""Accounts: who can log in, with which roles. Private values are sealed; an address is found by its keyed hash.

An account without a mail address has a number of a phone (`store/people/phones.py`). In the address's place stands its
own id, which is none: every address has an @.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from engine.errors import ConflictError, NotFoundError
from engine.explain import Locale
from store.encryption.field_cipher import FieldCipher
from store.identity_keys import email_key, email_key_before
from store.ids import new_id
from store.tables.people import AccountRoleRow, AccountRow

ACCOUNTS: Table = AccountRow.metadata.tables["accounts"]
ROLES: Table = AccountRoleRow.metadata.tables["account_roles"]
NAME = "accounts.name_sealed"
EMAIL, EMAIL_INDEX = "accounts.email_sealed", "accounts.email_index"


class Role(StrEnum):
    """What somebody is on the platform; one may be several."""

    SEEKER = "seeker"
    EMPLOYER = "employer"
    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    OFFICER = "officer"  # acts for programmes that administrators name
    DEVELOPER = "developer"  # acts for the partner that administrators name


# Who sees or decides what is other people's: their sessions are short and proved by two factors, and their accounts
# wait for an administrator.
STAFF = frozenset({Role.ADMINISTRATOR, Role.ANALYST, Role.OFFICER, Role.DEVELOPER})


class AccountStatus(StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its private values."""

    account_id: str
    status: AccountStatus
    roles: frozenset[Role]
    locale: Locale
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """What is private of an account, in the clear."""

    email: str | None
    name: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an account is made of; `email` is None for one that has a number alone, `password_hash` Argon2id's text."""

    email: str | None
    password_hash: str
    roles: frozenset[Role]
    locale: Locale = Locale.ES
    name: str | None = None


def create_account(connection: Connection, cipher: FieldCipher, new: NewAccount, now: datetime) -> str:
    """The id of a new account; raises ConflictError when the address has one."""
    if new.email is not None and find_account(connection, cipher, new.email) is not None:
        raise ConflictError("the address has an account", field="email")
    account_id = new_id()
    email = account_id if new.email is None else email_key(new.email)
    connection.execute(
        insert(ACCOUNTS).values(
            account_id=account_id,
            status=AccountStatus.ACTIVE,
            email_sealed=cipher.seal(EMAIL, account_id, email),
            email_index=cipher.index(EMAIL_INDEX, email),
            name_sealed=_sealed(cipher, "name_sealed", account_id, new.name),
            password_hash=new.password_hash,
            locale=new.locale,
            created_at=now,
            updated_at=now,
        )
    )
    for role in sorted(new.roles):
        grant_role(connection, account_id, role, now)
    return account_id


def find_account(connection: Connection, cipher: FieldCipher, email: str) -> str | None:
    """The id of the account with that address, None for none."""
    key, before = email_key(email), email_key_before(email)
    at_index = ACCOUNTS.c.email_index.in_(cipher.indexes(EMAIL_INDEX, key))
    query = select(ACCOUNTS.c.account_id).where(at_index).order_by(ACCOUNTS.c.account_id)
    found = connection.execute(query).scalar()
    return found if found is not None or before == key else _found_as_before(connection, cipher, key, before)


def get_account(connection: Connection, account_id: str) -> Account:
    """The account; raises NotFoundError."""
    row = _row(connection, account_id)
    roles = connection.execute(select(ROLES.c.role).where(ROLES.c.account_id == account_id)).scalars()
    return Account(
        account_id,
        AccountStatus(row.status),
        frozenset(map(Role, roles)),
        Locale(row.locale),
        row.created_at,
    )


def list_accounts(
    connection: Connection, *, role: Role | None, status: AccountStatus | None, after: str | None, limit: int
) -> list[Account]:
    """Accounts by id, which is by when they were made; `after`: the last one seen."""
    query = select(ACCOUNTS.c.account_id).order_by(ACCOUNTS.c.account_id).limit(limit)
    if role is not None:
        query = query.where(ACCOUNTS.c.account_id.in_(select(ROLES.c.account_id).where(ROLES.c.role == role)))
    if status is not None:
        query = query.where(ACCOUNTS.c.status == status)
    if after is not None:
        query = query.where(ACCOUNTS.c.account_id > after)
    return [get_account(connection, account_id) for account_id in connection.execute(query).scalars()]


def read_contact(connection: Connection, cipher: FieldCipher, account_id: str) -> Contact:
    """What is private of the account, its address, if any, in the form of `email_key`; raises NotFoundError."""
    row = _row(connection, account_id)

    def opened(column: str) -> str | None:
        sealed = getattr(row, column)
        return None if sealed is None else cipher.open(f"accounts.{column}", account_id, sealed)

    email = opened("email_sealed") or ""
    address = email_key(email) if "@" in email else None
    return Contact(address, opened("name_sealed"), opened("phone_sealed"))


def write_contact(
    connection: Connection, cipher: FieldCipher, account_id: str, *, name: str | None, phone: str | None, now: datetime
) -> None:
    """Replace name and phone; None removes them."""
    values = {
        "name_sealed": _sealed(cipher, "name_sealed", account_id, name),
        "phone_sealed": _sealed(cipher, "phone_sealed", account_id, phone),
    }
    _change(connection, account_id, now, **values)


def write_email(connection: Connection, cipher: FieldCipher, account_id: str, email: str, now: datetime) -> None:
    """Replace the address; raises ConflictError when another account has it."""
    email = email_key(email)
    if find_account(connection, cipher, email) not in (None, account_id):
        raise ConflictError("the address has an account", field="email")
    sealed, index = cipher.seal(EMAIL, account_id, email), cipher.index(EMAIL_INDEX, email)
    _change(connection, account_id, now, email_sealed=sealed, email_index=index)


def password_hash(connection: Connection, account_id: str) -> str:
    """Argon2id's text of the account's password; raises NotFoundError."""
    return str(_row(connection, account_id).password_hash)


def write_password_hash(connection: Connection, account_id: str, hashed: str, now: datetime) -> None:
    """Replace the password."""
    _change(connection, account_id, now, password_hash=hashed)


def write_locale(connection: Connection, account_id: str, locale: Locale, now: datetime) -> None:
    """Replace the language that the person is written to in."""
    _change(connection, account_id, now, locale=locale)


def set_status(connection: Connection, account_id: str, status: AccountStatus, now: datetime) -> None:
    """Suspend or restore the account; raises NotFoundError."""
    _change(connection, account_id, now, status=status)


def grant_role(connection: Connection, account_id: str, role: Role, now: datetime) -> bool:
    """Give the account a role; False when it has it."""
    held = select(ROLES.c.role).where(ROLES.c.account_id == account_id, ROLES.c.role == role)
    if connection.execute(held).scalar() is not None:
        return False
    connection.execute(insert(ROLES).values(account_id=account_id, role=role, granted_at=now))
    return True


def revoke_role(connection: Connection, account_id: str, role: Role) -> bool:
    """Take a role away; False when the account does not have it."""
    statement = delete(ROLES).where(ROLES.c.account_id == account_id, ROLES.c.role == role)
    return connection.execute(statement).rowcount > 0


def _found_as_before(connection: Connection, cipher: FieldCipher, key: str, before: str) -> str | None:
    """The account whose row is indexed as rows were before, if its own address is this one and not only alike."""
    at_index = ACCOUNTS.c.email_index.in_(cipher.indexes(EMAIL_INDEX, before))
    query = select(ACCOUNTS.c.account_id, ACCOUNTS.c.email_sealed).where(at_index).order_by(ACCOUNTS.c.account_id)
    for account_id, sealed in connection.execute(query):
        if email_key(cipher.open(EMAIL, account_id, sealed)) == key:
            return str(account_id)
    return None


def _row(connection: Connection, account_id: str) -> Row[Any]:
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id)).one_or_none()
    if row is None:
        raise _no_account(account_id)
    return row


def _change(connection: Connection, account_id: str, now: datetime, **values: Any) -> None:
    statement = update(ACCOUNTS).where(ACCOUNTS.c.account_id == account_id).values(updated_at=now, **values)
    if connection.execute(statement).rowcount == 0:
        raise _no_account(account_id)


def _sealed(cipher: FieldCipher, column: str, account_id: str, text: str | None) -> bytes | None:
    return None if text is None else cipher.seal(f"accounts.{column}", account_id, text)


def _no_account(account_id: str) -> NotFoundError:
    return NotFoundError("no such account", got=repr(account_id[:80]), field="account_id")
