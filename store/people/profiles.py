"""Profiles of people with an owner: a partner's user, or somebody with an account, by what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select, update

from engine.errors import ConflictError, NotFoundError
from engine.seekers import Seeker
from store.matching.rows import seeker_row
from store.people.consents import ConsentPurpose, agreed_purposes
from store.people.seeker_accounts import SEEKER_ACCOUNTS
from store.people.sensitive_details import forget_disagreed
from store.tables import SEEKERS
from store.upserts import put_documents


@dataclass(frozen=True, slots=True)
class Encoded:
    """A profile with its vector [dim] by `model_id`; both None until it is encoded."""

    seeker: Seeker
    vector: NDArray[np.float32] | None
    model_id: str | None


def put_partner_profile(connection: Connection, profile: Encoded, partner_id: str, *, is_findable: bool) -> bool:
    """Create or replace a partner's person; True when they are new. Raises ConflictError for an id of somebody else."""
    seeker_id = profile.seeker.seeker_id
    query = select(SEEKERS.c.partner_id).where(SEEKERS.c.seeker_id == seeker_id)
    owner = connection.execute(query).one_or_none()
    if owner is not None and owner.partner_id != partner_id:
        raise ConflictError(
            "the id is taken", expected="an id of your own, such as one with your name before it", field="seeker_id"
        )
    return _put(connection, profile, {"partner_id": partner_id, "is_findable": is_findable, "may_train": True})


def put_account_profile(connection: Connection, profile: Encoded, account_id: str) -> bool:
    """Create or replace the profile of somebody with an account; True when it is new."""
    return _put(connection, profile, {"partner_id": None, **_permissions(connection, account_id)})


def apply_consents(connection: Connection, account_id: str, now: datetime) -> None:
    """Have what is kept of an account follow what the person agrees to now."""
    of_account = select(SEEKER_ACCOUNTS.c.seeker_id).where(SEEKER_ACCOUNTS.c.account_id == account_id).scalar_subquery()
    permissions = _permissions(connection, account_id)
    connection.execute(update(SEEKERS).where(SEEKERS.c.seeker_id == of_account).values(updated_at=now, **permissions))
    forget_disagreed(connection, SEEKER_ACCOUNTS.c.account_id == account_id)


def require_partners_person(connection: Connection, seeker_id: str, partner_id: str) -> None:
    """Raises NotFoundError for a person who is not that partner's."""
    query = select(SEEKERS.c.partner_id).where(SEEKERS.c.seeker_id == seeker_id)
    if connection.execute(query).scalar() != partner_id:
        raise NotFoundError("no such seeker", got=repr(seeker_id[:80]), field="seeker_id")


def adopt_profiles(connection: Connection, partner_id: str) -> int:
    """Make the people who are nobody's a partner's; how many. Those with an account stay their own."""
    with_account = select(SEEKER_ACCOUNTS.c.seeker_id)
    nobodys = SEEKERS.c.partner_id.is_(None) & SEEKERS.c.seeker_id.not_in(with_account)
    return connection.execute(update(SEEKERS).where(nobodys).values(partner_id=partner_id)).rowcount


def delete_profile(connection: Connection, seeker_id: str) -> bool:
    """Forget a profile and its vector; False when there is none."""
    return connection.execute(delete(SEEKERS).where(SEEKERS.c.seeker_id == seeker_id)).rowcount > 0


def _put(connection: Connection, profile: Encoded, owned: dict[str, object]) -> bool:
    row = seeker_row(profile.seeker, profile.vector, profile.model_id) | owned
    return put_documents(connection, SEEKERS, {profile.seeker.seeker_id: row}, always=True).created == 1


def _permissions(connection: Connection, account_id: str) -> dict[str, bool]:
    agreed = agreed_purposes(connection, account_id)
    is_matched = ConsentPurpose.MATCHING in agreed
    return {
        "is_findable": is_matched and ConsentPurpose.BE_FOUND in agreed,
        "may_train": is_matched and ConsentPurpose.TRAINING in agreed,
    }
