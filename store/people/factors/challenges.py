"""Challenges: what has to be answered within minutes, a few times at most, and once where a passkey signs it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Table, delete, insert, select, update

from store.ids import new_id
from store.tables.credentials import ChallengeRow

CHALLENGES: Table = ChallengeRow.metadata.tables["challenges"]
LIFETIME = timedelta(minutes=5)
RANDOM_BYTES = 32


class ChallengePurpose(StrEnum):
    """What an answer is good for, with how often it may be tried."""

    SECOND_STEP = "second_step"
    PASSKEY_LOG_IN = "passkey_log_in"
    PASSKEY_REGISTRATION = "passkey_registration"
    STEP_UP = "step_up"

    @property
    def attempts(self) -> int:
        """Codes are typed, and mistyped; a passkey signs or does not."""
        return 5 if self is ChallengePurpose.SECOND_STEP else 1


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge that was taken up; `random`: what a passkey signs, in URL-safe Base64."""

    challenge_id: str
    account_id: str | None
    random: str
    attempts_left: int


def open_challenge(
    connection: Connection, purpose: ChallengePurpose, account_id: str | None, now: datetime
) -> Challenge:
    """A new one."""
    challenge = Challenge(new_id(), account_id, secrets.token_urlsafe(RANDOM_BYTES), purpose.attempts)
    connection.execute(
        insert(CHALLENGES).values(
            challenge_id=challenge.challenge_id,
            purpose=purpose,
            account_id=account_id,
            random=challenge.random,
            attempts_left=challenge.attempts_left,
            expires_at=now + LIFETIME,
        )
    )
    return challenge


def take_attempt(
    connection: Connection, challenge_id: str, purpose: ChallengePurpose, now: datetime, account_id: str | None = None
) -> Challenge | None:
    """The challenge, with one attempt less; None for one that is not there, has expired or was tried too often.

    `account_id`: only one of that account; another's is left as it is.
    """
    at_id = (CHALLENGES.c.challenge_id == challenge_id) & (CHALLENGES.c.purpose == purpose)
    if account_id is not None:
        at_id &= CHALLENGES.c.account_id == account_id
    row = connection.execute(select(CHALLENGES).where(at_id).with_for_update()).one_or_none()
    if row is None or row.expires_at <= now or row.attempts_left == 0:
        return None
    left = row.attempts_left - 1
    connection.execute(update(CHALLENGES).where(at_id).values(attempts_left=left))
    return Challenge(row.challenge_id, row.account_id, row.random, left)


def read_account(connection: Connection, challenge_id: str) -> str | None:
    """Whom a challenge is for; None for nobody in particular, and for none."""
    query = select(CHALLENGES.c.account_id).where(CHALLENGES.c.challenge_id == challenge_id)
    return connection.execute(query).scalar()


def waiting_challenge(
    connection: Connection, challenge_id: str, purpose: ChallengePurpose, now: datetime
) -> Challenge | None:
    """The challenge as it waits, without an attempt less; None for one that is over."""
    at_id = (CHALLENGES.c.challenge_id == challenge_id) & (CHALLENGES.c.purpose == purpose)
    row = connection.execute(select(CHALLENGES).where(at_id)).one_or_none()
    if row is None or row.expires_at <= now or row.attempts_left == 0:
        return None
    return Challenge(row.challenge_id, row.account_id, row.random, row.attempts_left)


def close_challenge(connection: Connection, challenge_id: str) -> None:
    """Drop a challenge that was met."""
    connection.execute(delete(CHALLENGES).where(CHALLENGES.c.challenge_id == challenge_id))


def close_challenges(connection: Connection, account_id: str) -> None:
    """Drop what waits for an account: its credentials have changed."""
    connection.execute(delete(CHALLENGES).where(CHALLENGES.c.account_id == account_id))


def forget_challenges(connection: Connection, now: datetime) -> int:
    """Drop those that have expired; how many."""
    return connection.execute(delete(CHALLENGES).where(CHALLENGES.c.expires_at <= now)).rowcount
