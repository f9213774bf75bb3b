"""Organisations and the accounts that act for them. A RUC is kept sealed: that of a person holds their DNI."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from engine.errors import ConflictError, InvalidInputError, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.requests.quotas import ACTED_FOR, require_room
from store.tables.hiring import EmployerMemberRow, EmployerRow

EMPLOYERS: Table = EmployerRow.metadata.tables["employers"]
MEMBERS: Table = EmployerMemberRow.metadata.tables["employer_members"]
TAX_ID, TAX_ID_INDEX = "employers.tax_id_sealed", "employers.tax_id_index"
CONTACT = "employers.contact_sealed"
_RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_RUC_KINDS = ("10", "15", "16", "17", "20")


class EmployerStatus(StrEnum):
    """Whether somebody has looked at an organisation; postings of an unverified one wait for that."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class EmployerFacts:
    """What an organisation says of itself; `tax_id` is a RUC of 11 digits, `contact` how people reach it."""

    name: str
    description: str = ""
    website: str | None = None
    country: str = "PE"
    tax_id: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation as people may see it."""

    employer_id: str
    name: str
    description: str
    website: str | None
    country: str
    status: EmployerStatus
    created_at: datetime


def require_tax_id(text: str) -> None:
    """Raises InvalidInputError for digits that are no RUC: kind, length and check digit (SUNAT, modulus 11)."""
    is_well_formed = len(text) == 11 and text.isascii() and text.isdigit() and text[:2] in _RUC_KINDS
    if is_well_formed:
        total = sum(int(digit) * weight for digit, weight in zip(text, _RUC_WEIGHTS, strict=False))
        if int(text[-1]) == (11 - total % 11) % 10:
            return
    raise InvalidInputError(
        "that is no RUC",
        expected="11 digits with their check digit, beginning with 10, 15, 16, 17 or 20",
        field="tax_id",
    )


def create_employer(
    connection: Connection, cipher: FieldCipher, facts: EmployerFacts, account_id: str, now: datetime
) -> str:
    """The id of a new organisation, which the account acts for; raises ConflictError for a RUC that another one has."""
    employer_id = new_id()
    values = _values(connection, cipher, employer_id, facts)
    made = {"employer_id": employer_id, "status": EmployerStatus.UNVERIFIED, "created_at": now, "updated_at": now}
    connection.execute(insert(EMPLOYERS).values(**made, **values))
    add_member(connection, employer_id, account_id, now)
    return employer_id


def change_employer(
    connection: Connection, cipher: FieldCipher, employer_id: str, facts: EmployerFacts, now: datetime
) -> None:
    """Replace what an organisation says; another name or RUC has to be verified again."""
    known = get_employer(connection, employer_id)
    known_tax_id = read_private_facts(connection, cipher, employer_id)[0]
    values = _values(connection, cipher, employer_id, facts)
    is_another = (facts.name, facts.tax_id) != (known.name, known_tax_id)
    if is_another and known.status is EmployerStatus.VERIFIED:
        values["status"] = EmployerStatus.UNVERIFIED
    connection.execute(update(EMPLOYERS).where(_at(employer_id)).values(updated_at=now, **values))


def get_employer(connection: Connection, employer_id: str) -> Employer:
    """The organisation; raises NotFoundError."""
    row = connection.execute(select(EMPLOYERS).where(_at(employer_id))).one_or_none()
    if row is None:
        raise _no_employer(employer_id)
    return _employer(row)


def names_of_employers(connection: Connection, employer_ids: Collection[str]) -> dict[str, str]:
    """The names of those of some organisations that there are, by id."""
    query = select(EMPLOYERS.c.employer_id, EMPLOYERS.c.name).where(EMPLOYERS.c.employer_id.in_(employer_ids))
    return {row.employer_id: row.name for row in connection.execute(query)}


def read_private_facts(connection: Connection, cipher: FieldCipher, employer_id: str) -> tuple[str | None, str | None]:
    """RUC and contact, in the clear."""
    row = connection.execute(select(EMPLOYERS).where(_at(employer_id))).one_or_none()
    if row is None:
        raise _no_employer(employer_id)
    tax_id = None if row.tax_id_sealed is None else cipher.open(TAX_ID, employer_id, row.tax_id_sealed)
    contact = None if row.contact_sealed is None else cipher.open(CONTACT, employer_id, row.contact_sealed)
    return tax_id, contact


def employer_of_tax_id(connection: Connection, cipher: FieldCipher, tax_id: str) -> str | None:
    """The id of the organisation with a RUC, None for none."""
    known = cipher.indexes(TAX_ID_INDEX, tax_id)
    return connection.execute(select(EMPLOYERS.c.employer_id).where(EMPLOYERS.c.tax_id_index.in_(known))).scalar()


def set_employer_status(connection: Connection, employer_id: str, status: EmployerStatus, now: datetime) -> None:
    """Verify, suspend or restore; raises NotFoundError."""
    changed = update(EMPLOYERS).where(_at(employer_id)).values(status=status, updated_at=now)
    if connection.execute(changed).rowcount == 0:
        raise _no_employer(employer_id)


def list_employers(
    connection: Connection,
    *,
    account_id: str | None = None,
    status: EmployerStatus | None = None,
    after: str | None = None,
    limit: int,
) -> list[Employer]:
    """Organisations by id; those that an account acts for, or all."""
    query = select(EMPLOYERS).order_by(EMPLOYERS.c.employer_id).limit(limit)
    if account_id is not None:
        of_account = select(MEMBERS.c.employer_id).where(MEMBERS.c.account_id == account_id)
        query = query.where(EMPLOYERS.c.employer_id.in_(of_account))
    if status is not None:
        query = query.where(EMPLOYERS.c.status == status)
    if after is not None:
        query = query.where(EMPLOYERS.c.employer_id > after)
    return [_employer(row) for row in connection.execute(query)]


def require_room_for_another(connection: Connection, account_id: str) -> None:
    """Raises ConflictError for an account that acts for as many organisations as one may."""
    count = select(func.count()).select_from(MEMBERS).where(MEMBERS.c.account_id == account_id)
    require_room(connection, ACTED_FOR, count)


def add_member(connection: Connection, employer_id: str, account_id: str, now: datetime) -> bool:
    """Have an account act for an organisation; False when it does already."""
    if is_member(connection, employer_id, account_id):
        return False
    connection.execute(insert(MEMBERS).values(employer_id=employer_id, account_id=account_id, added_at=now))
    return True


def remove_member(connection: Connection, employer_id: str, account_id: str) -> None:
    """Have an account act for an organisation no more."""
    at_row = (MEMBERS.c.employer_id == employer_id) & (MEMBERS.c.account_id == account_id)
    connection.execute(delete(MEMBERS).where(at_row))


def is_member(connection: Connection, employer_id: str, account_id: str) -> bool:
    """Whether an account acts for an organisation."""
    query = select(MEMBERS.c.account_id).where(MEMBERS.c.employer_id == employer_id, MEMBERS.c.account_id == account_id)
    return connection.execute(query).scalar() is not None


def count_members(connection: Connection, employer_id: str) -> int:
    """How many accounts act for an organisation."""
    query = select(func.count()).select_from(MEMBERS).where(MEMBERS.c.employer_id == employer_id)
    return int(connection.execute(query).scalar_one())


def _values(connection: Connection, cipher: FieldCipher, employer_id: str, facts: EmployerFacts) -> dict[str, Any]:
    sealed_tax_id, index = None, None
    if facts.tax_id is not None:
        require_tax_id(facts.tax_id)
        if employer_of_tax_id(connection, cipher, facts.tax_id) not in (None, employer_id):
            raise ConflictError("another organisation has that RUC", field="tax_id")
        sealed_tax_id = cipher.seal(TAX_ID, employer_id, facts.tax_id)
        index = cipher.index(TAX_ID_INDEX, facts.tax_id)
    contact = None if facts.contact is None else cipher.seal(CONTACT, employer_id, facts.contact)
    return {
        "name": facts.name,
        "description": facts.description,
        "website": facts.website,
        "country": facts.country,
        "tax_id_sealed": sealed_tax_id,
        "tax_id_index": index,
        "contact_sealed": contact,
    }


def _at(employer_id: str) -> Any:
    return EMPLOYERS.c.employer_id == employer_id


def _employer(row: Row[Any]) -> Employer:
    return Employer(
        row.employer_id,
        row.name,
        row.description,
        row.website,
        row.country,
        EmployerStatus(row.status),
        row.created_at,
    )


def _no_employer(employer_id: str) -> NotFoundError:
    return NotFoundError("no such organisation", got=repr(employer_id[:80]), field="employer_id")
