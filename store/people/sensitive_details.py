"""Income and poverty class are kept of those alone who agree to it: who takes the consent back has them forgotten."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select, update

from store.people.consents import CONSENTS, ConsentPurpose
from store.people.seeker_accounts import SEEKER_ACCOUNTS

_KEPT = tuple(SEEKER_ACCOUNTS.c[f"{name}_sealed"] for name in ("income", "poverty_class", "poverty_class_date"))


def forget_disagreed(connection: Connection, is_meant: ColumnElement[bool], limit: int | None = None) -> int:
    """Forget income and class of those who agree to it no more, or never did, among some accounts; of how many."""
    is_over = and_(is_meant, or_(*(column.is_not(None) for column in _KEPT)), ~_agrees())
    some = select(SEEKER_ACCOUNTS.c.account_id).where(is_over).limit(limit)
    statement = update(SEEKER_ACCOUNTS).where(SEEKER_ACCOUNTS.c.account_id.in_(some))
    return connection.execute(statement.values(dict.fromkeys(_KEPT))).rowcount


def _agrees() -> ColumnElement[bool]:
    """Whether the newest that somebody said of it is yes."""
    said, later = CONSENTS.alias(), CONSENTS.alias()
    is_later = or_(
        later.c.recorded_at > said.c.recorded_at,
        and_(later.c.recorded_at == said.c.recorded_at, later.c.consent_id > said.c.consent_id),
    )
    is_newest = ~exists().where(later.c.account_id == said.c.account_id, later.c.purpose == said.c.purpose, is_later)
    is_theirs = said.c.account_id == SEEKER_ACCOUNTS.c.account_id
    return exists().where(is_theirs, said.c.purpose == ConsentPurpose.SENSITIVE, said.c.is_given, is_newest)
