"""Programmes of ministries and foundations, and the accounts that act for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from engine.errors import ConflictError, NotFoundError
from store.ids import new_id
from store.people.accounts import Role, get_account
from store.tables.programmes import ProgrammeOfficerRow, ProgrammeRow

PROGRAMMES: Table = ProgrammeRow.metadata.tables["programmes"]
OFFICERS: Table = ProgrammeOfficerRow.metadata.tables["programme_officers"]


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What a programme is called, whose it is, whom to appeal to outside of Chamba, and its last day, if it has one."""

    name: str
    organisation: str
    description: str
    appeal_to: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as it is stored."""

    programme_id: str
    facts: ProgrammeFacts
    created_at: datetime

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.facts.ends_on is not None and self.facts.ends_on < day


def create_programme(connection: Connection, facts: ProgrammeFacts, now: datetime) -> str:
    """The id of a new programme, without rules yet."""
    programme_id = new_id()
    values = _columns(facts) | {"programme_id": programme_id, "created_at": now, "updated_at": now}
    connection.execute(insert(PROGRAMMES).values(values))
    return programme_id


def change_programme(connection: Connection, programme_id: str, facts: ProgrammeFacts, now: datetime) -> Programme:
    """Replace what is said of a programme; raises NotFoundError. Its rules have versions of their own."""
    statement = update(PROGRAMMES).where(PROGRAMMES.c.programme_id == programme_id)
    connection.execute(statement.values(_columns(facts) | {"updated_at": now}))
    return get_programme(connection, programme_id)


def get_programme(connection: Connection, programme_id: str) -> Programme:
    """The programme; raises NotFoundError."""
    row = connection.execute(select(PROGRAMMES).where(PROGRAMMES.c.programme_id == programme_id)).one_or_none()
    if row is None:
        raise no_programme(programme_id)
    return _programme(row)


def list_programmes(
    connection: Connection, *, officer_id: str | None = None, after: str | None = None, limit: int
) -> list[Programme]:
    """Programmes by id, which is by when they were made; `officer_id`: those that an account acts for."""
    query = select(PROGRAMMES).order_by(PROGRAMMES.c.programme_id).limit(limit)
    if officer_id is not None:
        of_account = select(OFFICERS.c.programme_id).where(OFFICERS.c.account_id == officer_id)
        query = query.where(PROGRAMMES.c.programme_id.in_(of_account))
    if after is not None:
        query = query.where(PROGRAMMES.c.programme_id > after)
    return [_programme(row) for row in connection.execute(query)]


def add_officer(connection: Connection, programme_id: str, account_id: str, now: datetime) -> bool:
    """Have an officer's account act for a programme; False when it does.

    Raises NotFoundError for what is not there, ConflictError for an account that is no officer's.
    """
    get_programme(connection, programme_id)
    if Role.OFFICER not in get_account(connection, account_id).roles:
        raise ConflictError(
            "the account is no officer's",
            expected="the role `officer`",
            fix="give it at /v1/admin/accounts/{account_id}/roles/officer",
            field="account_id",
        )
    if acts_for(connection, programme_id, account_id):
        return False
    row = {"programme_id": programme_id, "account_id": account_id, "added_at": now}
    connection.execute(insert(OFFICERS).values(row))
    return True


def remove_officer(connection: Connection, programme_id: str, account_id: str) -> None:
    """Have an account act for a programme no more; raises NotFoundError when it did not."""
    at = (OFFICERS.c.programme_id == programme_id) & (OFFICERS.c.account_id == account_id)
    if connection.execute(delete(OFFICERS).where(at)).rowcount == 0:
        raise NotFoundError("the account does not act for the programme", got=repr(account_id[:80]), field="account_id")


def officers_of(connection: Connection, programme_id: str) -> list[str]:
    """The accounts that act for a programme."""
    query = select(OFFICERS.c.account_id).where(OFFICERS.c.programme_id == programme_id)
    return list(connection.execute(query.order_by(OFFICERS.c.added_at, OFFICERS.c.account_id)).scalars())


def acts_for(connection: Connection, programme_id: str, account_id: str) -> bool:
    """Whether an account acts for a programme."""
    at = (OFFICERS.c.programme_id == programme_id) & (OFFICERS.c.account_id == account_id)
    return connection.execute(select(OFFICERS.c.account_id).where(at)).scalar() is not None


def no_programme(programme_id: str) -> NotFoundError:
    """The error for a programme that is not there, or is not for whoever asks."""
    return NotFoundError("no such programme", got=repr(programme_id[:80]), field="programme_id")


def _columns(facts: ProgrammeFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "organisation": facts.organisation,
        "description": facts.description,
        "appeal_to": facts.appeal_to,
        "ends_on": None if facts.ends_on is None else facts.ends_on.isoformat(),
    }


def _programme(row: Row[Any]) -> Programme:
    ends_on = None if row.ends_on is None else date.fromisoformat(row.ends_on)
    facts = ProgrammeFacts(row.name, row.organisation, row.description, row.appeal_to, ends_on)
    return Programme(row.programme_id, facts, row.created_at)
