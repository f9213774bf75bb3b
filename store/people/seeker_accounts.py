"""What ties a person's account to their profile, and what no ranking may see: national id, income, poverty class, …"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, Table, insert, select, update

from engine.errors import ConflictError, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.people import SeekerAccountRow

SEEKER_ACCOUNTS: Table = SeekerAccountRow.metadata.tables["seeker_accounts"]
NATIONAL_ID_INDEX = "seeker_accounts.national_id_index"


@dataclass(frozen=True, slots=True)
class PrivateDetails:
    """In the clear; None: not told. A DNI of 8 digits, soles a month of the household, how many live on them, the
    SISFOH class with the day it was given, days as 2026-12-01, a region of Peru."""

    national_id: str | None = None
    income: str | None = None
    poverty_class: str | None = None
    poverty_class_date: str | None = None
    household_size: str | None = None
    birth_date: str | None = None
    region: str | None = None


# Each is sealed in the column of its name.
PRIVATE = tuple(one.name for one in fields(PrivateDetails))


def tie_seeker(connection: Connection, account_id: str, now: datetime, seeker_id: str | None = None) -> str:
    """The id under which a new person's profile will be kept; `seeker_id`: that of a profile which is nobody's yet."""
    seeker_id = seeker_id or new_id()
    connection.execute(insert(SEEKER_ACCOUNTS).values(account_id=account_id, seeker_id=seeker_id, updated_at=now))
    return seeker_id


def seeker_of(connection: Connection, account_id: str) -> str:
    """The id of an account's profile; raises NotFoundError for an account that is no seeker's."""
    query = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.account_id == account_id)
    seeker_id = connection.execute(query).scalar()
    if seeker_id is None:
        raise NotFoundError("the account is none of somebody who looks for work", field="account_id")
    return str(seeker_id)


def account_of_seeker(connection: Connection, seeker_id: str) -> str | None:
    """The account that a profile is of, None for a partner's person."""
    query = select(SEEKER_ACCOUNTS.c.account_id).where(SEEKER_ACCOUNTS.c.seeker_id == seeker_id)
    return connection.execute(query).scalar()


def with_account(connection: Connection, seeker_ids: Collection[str]) -> frozenset[str]:
    """Those of some people who have an account of their own."""
    query = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.seeker_id.in_(seeker_ids))
    return frozenset(connection.execute(query).scalars())


def read_private_details(connection: Connection, cipher: FieldCipher, account_id: str) -> PrivateDetails:
    """What is private of a person, in the clear."""
    query = select(SEEKER_ACCOUNTS).where(SEEKER_ACCOUNTS.c.account_id == account_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return PrivateDetails()

    def opened(column: str) -> str | None:
        sealed = getattr(row, column)
        return None if sealed is None else cipher.open(f"seeker_accounts.{column}", account_id, sealed)

    return PrivateDetails(**{name: opened(f"{name}_sealed") for name in PRIVATE})


def account_of_national_id(connection: Connection, cipher: FieldCipher, national_id: str) -> str | None:
    """The id of the account that tells a DNI, None for none."""
    known = cipher.indexes(NATIONAL_ID_INDEX, national_id)
    query = select(SEEKER_ACCOUNTS.c.account_id).where(SEEKER_ACCOUNTS.c.national_id_index.in_(known))
    return connection.execute(query).scalar()


def write_private_details(
    connection: Connection, cipher: FieldCipher, account_id: str, details: PrivateDetails, now: datetime
) -> None:
    """Replace what is private of a person; raises ConflictError for a national id that another account has."""

    def sealed(name: str) -> bytes | None:
        text = getattr(details, name)
        return None if text is None else cipher.seal(f"seeker_accounts.{name}_sealed", account_id, text)

    index = None
    if details.national_id is not None:
        if account_of_national_id(connection, cipher, details.national_id) not in (None, account_id):
            raise ConflictError("the national id is told by another account", field="national_id")
        index = cipher.index(NATIONAL_ID_INDEX, details.national_id)
    connection.execute(
        update(SEEKER_ACCOUNTS)
        .where(SEEKER_ACCOUNTS.c.account_id == account_id)
        .values(national_id_index=index, updated_at=now, **{f"{name}_sealed": sealed(name) for name in PRIVATE})
    )
