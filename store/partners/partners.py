"""Partner apps and their limits. An app asks for its own users, whom it alone knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from engine.documents.fields import LARGEST_COUNT
from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.partners import PartnerRow

PARTNERS: Table = PartnerRow.metadata.tables["partners"]
CONTACT = "partners.contact_sealed"


class PartnerStatus(StrEnum):
    """Whether a partner's keys open anything."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How many requests a partner may make in a day (UTC) and in a minute of the clock, with all its keys together.

    Raises InvalidInputError for a limit below 1 or beyond 2³¹ − 1.
    """

    requests_per_day: int
    requests_per_minute: int

    def __post_init__(self) -> None:
        for field in ("requests_per_day", "requests_per_minute"):
            limit = getattr(self, field)
            if not 1 <= limit <= LARGEST_COUNT:
                raise InvalidInputError(
                    "the limit is impossible",
                    expected=Message("{least} to {most}", least=1, most=LARGEST_COUNT),
                    got=str(limit),
                    field=field,
                )


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner without its contact, which is private."""

    partner_id: str
    name: str
    status: PartnerStatus
    limits: RequestLimits
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewPartner:
    """What a partner is made of; `contact` is whom to write to, in any words."""

    name: str
    limits: RequestLimits
    contact: str | None = None


def create_partner(connection: Connection, cipher: FieldCipher, new: NewPartner, now: datetime) -> str:
    """The id of a new, active partner; raises ConflictError when another has the name."""
    if connection.execute(select(PARTNERS.c.partner_id).where(PARTNERS.c.name == new.name)).scalar() is not None:
        raise ConflictError("a partner has that name", field="name")
    partner_id = new_id()
    connection.execute(
        insert(PARTNERS).values(
            partner_id=partner_id,
            name=new.name,
            status=PartnerStatus.ACTIVE,
            contact_sealed=None if new.contact is None else cipher.seal(CONTACT, partner_id, new.contact),
            requests_per_day=new.limits.requests_per_day,
            requests_per_minute=new.limits.requests_per_minute,
            created_at=now,
            updated_at=now,
        )
    )
    return partner_id


def get_partner(connection: Connection, partner_id: str) -> Partner:
    """The partner; raises NotFoundError."""
    return _partner(_row(connection, partner_id))


def read_contact(connection: Connection, cipher: FieldCipher, partner_id: str) -> str | None:
    """Whom to write to, in the clear; None where nobody is named. Raises NotFoundError."""
    sealed = _row(connection, partner_id).contact_sealed
    return None if sealed is None else cipher.open(CONTACT, partner_id, sealed)


def list_partners(connection: Connection, after: str | None, limit: int) -> list[Partner]:
    """The first `limit` partners after the id `after` (None: from the first), in the order they were made."""
    query = select(PARTNERS).order_by(PARTNERS.c.partner_id).limit(limit)
    if after is not None:
        query = query.where(PARTNERS.c.partner_id > after)
    return [_partner(row) for row in connection.execute(query)]


def set_status(connection: Connection, partner_id: str, status: PartnerStatus, now: datetime) -> None:
    """Suspend or restore a partner; raises NotFoundError. Its keys follow within moments, on every worker."""
    _change(connection, partner_id, now, status=status)


def set_limits(connection: Connection, partner_id: str, limits: RequestLimits, now: datetime) -> None:
    """Replace a partner's limits; raises NotFoundError."""
    _change(
        connection,
        partner_id,
        now,
        requests_per_day=limits.requests_per_day,
        requests_per_minute=limits.requests_per_minute,
    )


def lock_partner(connection: Connection, partner_id: str) -> None:
    """Have others who would change or lock the partner wait for this transaction; raises NotFoundError."""
    at_partner = select(PARTNERS.c.partner_id).where(PARTNERS.c.partner_id == partner_id)
    if connection.execute(at_partner.with_for_update()).scalar() is None:
        raise _no_partner(partner_id)


def _row(connection: Connection, partner_id: str) -> Row[Any]:
    row = connection.execute(select(PARTNERS).where(PARTNERS.c.partner_id == partner_id)).one_or_none()
    if row is None:
        raise _no_partner(partner_id)
    return row


def _partner(row: Row[Any]) -> Partner:
    limits = RequestLimits(row.requests_per_day, row.requests_per_minute)
    return Partner(row.partner_id, row.name, PartnerStatus(row.status), limits, row.created_at)


def _change(connection: Connection, partner_id: str, now: datetime, **values: Any) -> None:
    statement = update(PARTNERS).where(PARTNERS.c.partner_id == partner_id).values(updated_at=now, **values)
    if connection.execute(statement).rowcount == 0:
        raise _no_partner(partner_id)


def _no_partner(partner_id: str) -> NotFoundError:
    return NotFoundError("no such partner", got=repr(partner_id[:80]), field="partner_id")
