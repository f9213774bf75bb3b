"""Partners' keys: 256 random bits, of which only the SHA-256 is kept; each opens some scopes, and can be rotated.

A key's text is `chamba_<key id>_<secret>`: whoever finds one can tell whose it is, and scanners for leaked keys
know it by its beginning.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, or_, select, update

from engine.errors import ConflictError, InvalidInputError, Message, NotFoundError
from store.ids import new_id
from store.partners.partners import PARTNERS, PartnerStatus, RequestLimits, lock_partner
from store.requests.quotas import API_KEYS
from store.tables.partners import ApiKeyRow

KEYS: Table = ApiKeyRow.metadata.tables["api_keys"]
PREFIX = "chamba"
SECRET_BYTES = 32
GRACE = timedelta(hours=24)
MOST_LIVE_KEYS = API_KEYS.most


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made; its `text` is nowhere else."""

    key_id: str
    text: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret."""

    key_id: str
    partner_id: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True, slots=True)
class LiveKey:
    """A key that is in force, with what a request by it needs to know; `secret_hash` is hexadecimal."""

    key_id: str
    partner_id: str
    secret_hash: str
    scopes: frozenset[str]
    expires_at: datetime | None
    is_suspended: bool
    limits: RequestLimits


def create_key(
    connection: Connection, partner_id: str, scopes: Iterable[str], now: datetime, expires_at: datetime | None = None
) -> NewKey:
    """A new key of a partner.

    Raises NotFoundError for an unknown partner, InvalidInputError for a key without a scope or that has expired, and
    ConflictError for a partner with 20 keys in force.
    """
    opened = sorted(set(scopes))
    if not opened:
        raise InvalidInputError("a key without a scope opens nothing", expected="at least one scope", field="scopes")
    if expires_at is not None and expires_at <= now:
        raise InvalidInputError("the key has expired already", expected="a later time", field="expires_at")
    lock_partner(connection, partner_id)
    live = select(func.count()).select_from(KEYS).where(KEYS.c.partner_id == partner_id, _in_force(now))
    if connection.execute(live).scalar_one() >= MOST_LIVE_KEYS:
        raise ConflictError(
            "the partner has as many keys as it may",
            expected=Message("at most {most}", most=MOST_LIVE_KEYS),
            fix="revoke one first",
        )
    key_id, secret = new_id(), secrets.token_urlsafe(SECRET_BYTES)
    connection.execute(
        insert(KEYS).values(
            key_id=key_id,
            partner_id=partner_id,
            secret_hash=hash_of_secret(secret),
            scopes=opened,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return NewKey(key_id, f"{PREFIX}_{key_id}_{secret}", expires_at)


def rotate_key(connection: Connection, partner_id: str, key_id: str, now: datetime, grace: timedelta = GRACE) -> NewKey:
    """A new key with the scopes of an old one, which goes on for `grace`, then expires.

    Where the old key was to expire, so is the new one, at the same time: rotating does not lengthen what was granted.
    Raises NotFoundError for a key that the partner does not have, and ConflictError for one that is not in force.
    """
    lock_partner(connection, partner_id)
    old = _key(_row(connection, partner_id, key_id))
    if not old.is_live(now):
        raise ConflictError("the key has expired or was revoked", fix="rotate one that is in force")
    new = create_key(connection, partner_id, old.scopes, now, old.expires_at)
    ends_at = now + grace if old.expires_at is None else min(old.expires_at, now + grace)
    connection.execute(update(KEYS).where(KEYS.c.key_id == key_id).values(expires_at=ends_at))
    return new


def revoke_key(connection: Connection, partner_id: str, key_id: str, now: datetime) -> bool:
    """End a key at once; False when it was revoked before. Raises NotFoundError for one the partner does not have."""
    _row(connection, partner_id, key_id)
    statement = update(KEYS).where(KEYS.c.key_id == key_id, KEYS.c.revoked_at.is_(None)).values(revoked_at=now)
    return connection.execute(statement).rowcount > 0


def get_key(connection: Connection, partner_id: str, key_id: str) -> ApiKey:
    """A partner's key; raises NotFoundError."""
    return _key(_row(connection, partner_id, key_id))


def list_keys(connection: Connection, partner_id: str) -> list[ApiKey]:
    """A partner's keys in the order they were made, those that ended too."""
    query = select(KEYS).where(KEYS.c.partner_id == partner_id).order_by(KEYS.c.key_id)
    return [_key(row) for row in connection.execute(query)]


def live_keys(connection: Connection, now: datetime) -> dict[str, LiveKey]:
    """Every key in force, by its id; those of suspended partners too."""
    of_partner = (PARTNERS.c.status, PARTNERS.c.requests_per_day, PARTNERS.c.requests_per_minute)
    query = select(KEYS, *of_partner).join(PARTNERS, PARTNERS.c.partner_id == KEYS.c.partner_id).where(_in_force(now))
    return {
        row.key_id: LiveKey(
            row.key_id,
            row.partner_id,
            row.secret_hash,
            frozenset(row.scopes),
            row.expires_at,
            row.status != PartnerStatus.ACTIVE,
            RequestLimits(row.requests_per_day, row.requests_per_minute),
        )
        for row in connection.execute(query)
    }


def hash_of_secret(secret: str) -> str:
    """SHA-256, hexadecimal. A secret of 256 random bits needs no slower hash: it cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _in_force(now: datetime) -> Any:
    return KEYS.c.revoked_at.is_(None) & or_(KEYS.c.expires_at.is_(None), KEYS.c.expires_at > now)


def _row(connection: Connection, partner_id: str, key_id: str) -> Row[Any]:
    at_key = (KEYS.c.key_id == key_id) & (KEYS.c.partner_id == partner_id)
    row = connection.execute(select(KEYS).where(at_key)).one_or_none()
    if row is None:
        raise NotFoundError("no such key", got=repr(key_id[:80]), field="key_id")
    return row


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(row.key_id, row.partner_id, frozenset(row.scopes), row.created_at, row.expires_at, row.revoked_at)
