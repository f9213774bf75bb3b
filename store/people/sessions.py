"""Sessions: a refresh token is used once, for the next; one used again later was stolen, and ends its session.

Rotation with reuse detection is that of RFC 9700 (4.14.2). The first token of a session is 256 random bits, the next
ones are keyed hashes of those before, and all are kept as their SHA-256 alone. So an app that asks several times at
once, or whose answer was lost, gets the one next token each time, for some seconds; whoever copied a token holds the
same next one as its owner, and the second of the two to use it ends the session. The rows of sessions themselves are
`store/people/open_sessions.py`'s.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from store.people.open_sessions import SESSIONS, NewSession, add_session, end_rows, touch_session
from store.tables.people import RefreshTokenRow

TOKENS: Table = RefreshTokenRow.metadata.tables["refresh_tokens"]
REFRESH_LIFETIME = timedelta(days=30)
TOKEN_BYTES = 32
ASKED_AT_ONCE = timedelta(seconds=10)
_NEXT = b"the refresh token after\0"


class Refusal(StrEnum):
    """Why a refresh token is not taken."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    ENDED = "ended"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A token in the clear, which only its owner keeps, and whose it is."""

    text: str
    account_id: str
    family_id: str
    expires_at: datetime


def start_session(
    connection: Connection,
    account_id: str,
    now: datetime,
    new: NewSession | None = None,
    lifetime: timedelta = REFRESH_LIFETIME,
) -> RefreshToken:
    """The first token of a new session."""
    new = new or NewSession()
    add_session(connection, account_id, new, now)
    return _issued(connection, secrets.token_urlsafe(TOKEN_BYTES), (account_id, new.session_id), now, lifetime)


def rotate(
    connection: Connection, keys: Sequence[bytes], text: str, now: datetime, lifetime: timedelta = REFRESH_LIFETIME
) -> RefreshToken | Refusal:
    """The next token of a session for its last one, by the first of the keys that sign tokens.

    A token that was used a moment ago gets the token that it got then; one that was used before ends the session.
    """
    at_token = TOKENS.c.token_hash == _hashed(text)
    row = connection.execute(select(TOKENS).where(at_token).with_for_update()).one_or_none()
    if row is None:
        return Refusal.UNKNOWN
    if row.revoked_at is not None:
        return Refusal.ENDED
    if row.used_at is not None:
        again = _issued_a_moment_ago(connection, keys, text, row, now)
        if again is not None:
            return again
        end_session(connection, row.family_id, now)
        return Refusal.REUSED
    if row.expires_at <= now:
        return Refusal.EXPIRED
    if not touch_session(connection, row.family_id, now):
        return Refusal.ENDED
    connection.execute(update(TOKENS).where(at_token).values(used_at=now))
    return _issued(connection, _next_text(keys[0], text), (row.account_id, row.family_id), now, lifetime)


def family_of(connection: Connection, text: str) -> tuple[str, str] | None:
    """The account and the session that a token is of, None for a text that is no token."""
    query = select(TOKENS.c.account_id, TOKENS.c.family_id).where(TOKENS.c.token_hash == _hashed(text))
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.account_id, row.family_id)


def end_session(connection: Connection, session_id: str, now: datetime) -> None:
    """End one session: its refresh tokens, and its access tokens from the next request on."""
    _revoke(connection, TOKENS.c.family_id == session_id, now)
    end_rows(connection, SESSIONS.c.session_id == session_id, now)


def end_sessions(connection: Connection, account_id: str, now: datetime, *, but: str | None = None) -> int:
    """End every session of an account, `but` that one; how many."""
    tokens, sessions = TOKENS.c.account_id == account_id, SESSIONS.c.account_id == account_id
    if but is not None:
        tokens, sessions = tokens & (TOKENS.c.family_id != but), sessions & (SESSIONS.c.session_id != but)
    _revoke(connection, tokens, now)
    return end_rows(connection, sessions, now)


def forget_tokens(connection: Connection, now: datetime) -> int:
    """Drop the tokens that have expired; how many."""
    return connection.execute(delete(TOKENS).where(TOKENS.c.expires_at <= now)).rowcount


def _issued_a_moment_ago(
    connection: Connection, keys: Sequence[bytes], text: str, used: Row[Any], now: datetime
) -> RefreshToken | None:
    """What the token got the first time, unless that is long ago or was used itself."""
    if now - used.used_at > ASKED_AT_ONCE:
        return None
    texts = {_hashed(one): one for one in (_next_text(key, text) for key in keys)}
    unused = TOKENS.c.used_at.is_(None) & TOKENS.c.revoked_at.is_(None) & (TOKENS.c.family_id == used.family_id)
    row = connection.execute(select(TOKENS).where(TOKENS.c.token_hash.in_(texts), unused)).one_or_none()
    return None if row is None else RefreshToken(texts[row.token_hash], row.account_id, row.family_id, row.expires_at)


def _next_text(key: bytes, text: str) -> str:
    digest = hmac.digest(key, _NEXT + text.encode("utf-8", "surrogatepass"), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _issued(
    connection: Connection, text: str, owner: tuple[str, str], now: datetime, lifetime: timedelta
) -> RefreshToken:
    """`owner`: the account and the session."""
    account_id, family_id = owner
    token = RefreshToken(text, account_id, family_id, now + lifetime)
    connection.execute(
        insert(TOKENS).values(
            token_hash=_hashed(token.text),
            family_id=family_id,
            account_id=account_id,
            issued_at=now,
            expires_at=token.expires_at,
        )
    )
    return token


def _revoke(connection: Connection, which: object, now: datetime) -> None:
    statement = update(TOKENS).where(which, TOKENS.c.revoked_at.is_(None))  # type: ignore[arg-type]
    connection.execute(statement.values(revoked_at=now))


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
