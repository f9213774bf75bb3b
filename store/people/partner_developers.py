"""The accounts that act for a partner on the pages of developers, each for one; administrators name them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Table, delete, insert, select

from engine.errors import ConflictError, NotFoundError
from store.partners.partners import Partner, get_partner
from store.people.accounts import get_account
from store.tables.partners import PartnerDeveloperRow

DEVELOPERS: Table = PartnerDeveloperRow.metadata.tables["partner_developers"]


def add_developer(connection: Connection, partner_id: str, account_id: str, now: datetime) -> bool:
    """Have an account act for a partner; False when it does.

    Raises NotFoundError for what is not there, ConflictError for an account that acts for another partner.
    """
    get_partner(connection, partner_id)
    get_account(connection, account_id)
    acts_for = _partner_id(connection, account_id)
    if acts_for == partner_id:
        return False
    if acts_for is not None:
        raise ConflictError(
            "the account acts for another partner",
            fix="have it act for that one no more first",
            field="account_id",
        )
    connection.execute(insert(DEVELOPERS).values(account_id=account_id, partner_id=partner_id, added_at=now))
    return True


def remove_developer(connection: Connection, partner_id: str, account_id: str) -> None:
    """Have an account act for a partner no more; raises NotFoundError when it did not."""
    at = (DEVELOPERS.c.partner_id == partner_id) & (DEVELOPERS.c.account_id == account_id)
    if connection.execute(delete(DEVELOPERS).where(at)).rowcount == 0:
        raise NotFoundError("the account does not act for the partner", got=repr(account_id[:80]), field="account_id")


def developers_of(connection: Connection, partner_id: str) -> list[str]:
    """The accounts that act for a partner, who was there first the first."""
    query = select(DEVELOPERS.c.account_id).where(DEVELOPERS.c.partner_id == partner_id)
    return list(connection.execute(query.order_by(DEVELOPERS.c.added_at, DEVELOPERS.c.account_id)).scalars())


def partner_of_account(connection: Connection, account_id: str) -> Partner | None:
    """The partner that an account acts for."""
    partner_id = _partner_id(connection, account_id)
    return None if partner_id is None else get_partner(connection, partner_id)


def _partner_id(connection: Connection, account_id: str) -> str | None:
    query = select(DEVELOPERS.c.partner_id).where(DEVELOPERS.c.account_id == account_id)
    return connection.execute(query).scalar()
