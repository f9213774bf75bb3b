"""Whether an owner may act: the one rule that its requests, its jobs, its people and what is sent to it go by.

A partner may while it is active. An organisation may while it is not suspended and somebody acts for it: a member
whose account is active and has the role of an employer. Nobody may for nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, exists, literal, or_, select

from store.hiring.employers import EMPLOYERS, MEMBERS, EmployerStatus
from store.partners.partners import PARTNERS, PartnerStatus
from store.people.accounts import ACCOUNTS, ROLES, AccountStatus, Role
from store.people.seeker_accounts import SEEKER_ACCOUNTS


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a job is: an employer's, a partner's, or that of the source of an import; of none of them, nobody's."""

    employer_id: str | None = None
    partner_id: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SuspendedPeople:
    """People whom nobody may find: by the partner whose users they are, or by the id of their own profile."""

    partner_ids: frozenset[str]
    seeker_ids: frozenset[str]


def may_act(connection: Connection, owner: Owner) -> bool:
    """Whether an employer or a partner may act now; whoever runs Chamba, who imports, always may."""
    if owner.source is not None:
        return True
    ids = (literal(one, String) for one in (owner.employer_id, owner.partner_id))
    return bool(connection.execute(select(owner_may_act(*ids))).scalar_one())


def owner_may_act(employer_id: ColumnElement[Any], partner_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The rule in SQL, of the two columns that name an owner; one of them is null."""
    acts_for_it = exists().where(
        MEMBERS.c.employer_id == employer_id,
        ACCOUNTS.c.account_id == MEMBERS.c.account_id,
        ACCOUNTS.c.status == AccountStatus.ACTIVE,
        ROLES.c.account_id == MEMBERS.c.account_id,
        ROLES.c.role == Role.EMPLOYER,
    )
    organisation = exists().where(
        EMPLOYERS.c.employer_id == employer_id, EMPLOYERS.c.status != EmployerStatus.SUSPENDED
    )
    partner = exists().where(PARTNERS.c.partner_id == partner_id, PARTNERS.c.status == PartnerStatus.ACTIVE)
    return or_(organisation & acts_for_it, partner)


def owners_of_account(connection: Connection, account_id: str) -> list[Owner]:
    """The organisations that an account acts for, by id."""
    query = select(MEMBERS.c.employer_id).where(MEMBERS.c.account_id == account_id).order_by(MEMBERS.c.employer_id)
    return [Owner(employer_id) for employer_id in connection.execute(query).scalars()]


def suspended_people(connection: Connection) -> SuspendedPeople:
    """Users of suspended partners, and people whose own account is suspended."""
    partners = select(PARTNERS.c.partner_id).where(PARTNERS.c.status != PartnerStatus.ACTIVE)
    accounts = select(SEEKER_ACCOUNTS.c.seeker_id).join(ACCOUNTS, ACCOUNTS.c.account_id == SEEKER_ACCOUNTS.c.account_id)
    accounts = accounts.where(ACCOUNTS.c.status != AccountStatus.ACTIVE)
    return SuspendedPeople(
        frozenset(connection.execute(partners).scalars()), frozenset(connection.execute(accounts).scalars())
    )
