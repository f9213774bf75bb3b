"""The rows of sessions: when each began, was used and was proved, and on what device.

An ended session is kept for a while (`Retained.SESSIONS`), so that a log-in from a device not seen before is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, insert, or_, select, update

from engine.errors import NotFoundError
from store.encryption.field_cipher import FieldCipher
from store.ids import new_id
from store.tables.credentials import SessionRow

SESSIONS: Table = SessionRow.metadata.tables["sessions"]
DEVICE = "sessions.device_sealed"


@dataclass(frozen=True, slots=True)
class NewSession:
    """What a session begins with; `device_sealed`: by `sealed_device`."""

    is_two_factor: bool = False
    device_sealed: bytes | None = None
    session_id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class SessionLifetimes:
    """How long a session holds without use, and at most."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """A session without its device."""

    session_id: str
    account_id: str
    begun_at: datetime
    last_used_at: datetime
    authenticated_at: datetime
    is_two_factor: bool
    ended_at: datetime | None

    def is_open(self, lifetimes: SessionLifetimes, now: datetime) -> bool:
        """Whether it was not ended, is used and is not too old."""
        is_used = now < self.last_used_at + lifetimes.idle
        return self.ended_at is None and is_used and now < self.begun_at + lifetimes.longest


def sealed_device(cipher: FieldCipher, session_id: str, device: str) -> bytes:
    """What a device is called, sealed for the row of its session."""
    return cipher.seal(DEVICE, session_id, device)


def add_session(connection: Connection, account_id: str, new: NewSession, now: datetime) -> None:
    """Add the row of a session that begins."""
    connection.execute(
        insert(SESSIONS).values(
            session_id=new.session_id,
            account_id=account_id,
            begun_at=now,
            last_used_at=now,
            authenticated_at=now,
            is_two_factor=new.is_two_factor,
            device_sealed=new.device_sealed,
        )
    )


def read_session(connection: Connection, session_id: str) -> Session | None:
    """The session, ended or not; None for none."""
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.session_id == session_id)).one_or_none()
    return None if row is None else _session(row)


def account_sessions(
    connection: Connection, cipher: FieldCipher, account_id: str, *, limit: int | None
) -> list[tuple[Session, str | None]]:
    """The sessions of an account with their devices, ended ones too, but those that run first, the last used first."""
    query = select(SESSIONS).where(SESSIONS.c.account_id == account_id).order_by(SESSIONS.c.ended_at.is_not(None))
    newest_first = query.order_by(SESSIONS.c.last_used_at.desc(), SESSIONS.c.session_id.desc()).limit(limit)
    return [(_session(row), _device(cipher, row)) for row in connection.execute(newest_first)]


def touch_session(connection: Connection, session_id: str, now: datetime) -> bool:
    """Note that a session is used; False for one that was ended."""
    is_open = (SESSIONS.c.session_id == session_id) & SESSIONS.c.ended_at.is_(None)
    return connection.execute(update(SESSIONS).where(is_open).values(last_used_at=now)).rowcount > 0


def prove_session(connection: Connection, session_id: str, now: datetime, *, is_two_factor: bool) -> None:
    """Note that its owner proved who they are; once by two factors, it stays so. Raises NotFoundError if it ended."""
    is_open = (SESSIONS.c.session_id == session_id) & SESSIONS.c.ended_at.is_(None)
    values = {"authenticated_at": now} | ({"is_two_factor": True} if is_two_factor else {})
    if connection.execute(update(SESSIONS).where(is_open).values(values)).rowcount == 0:
        raise NotFoundError("no such session", field="session_id")


def end_rows(connection: Connection, which: ColumnElement[bool], now: datetime) -> int:
    """Mark sessions as ended; how many were not yet."""
    return connection.execute(
        update(SESSIONS).where(which, SESSIONS.c.ended_at.is_(None)).values(ended_at=now)
    ).rowcount


def sessions_over(before: datetime) -> ColumnElement[bool]:
    """Of the rows of sessions: ended, or used for the last time, before a moment."""
    return or_(SESSIONS.c.ended_at < before, SESSIONS.c.last_used_at < before)


def _session(row: Row[Any]) -> Session:
    return Session(
        row.session_id,
        row.account_id,
        row.begun_at,
        row.last_used_at,
        row.authenticated_at,
        row.is_two_factor,
        row.ended_at,
    )


def _device(cipher: FieldCipher, row: Row[Any]) -> str | None:
    return None if row.device_sealed is None else cipher.open(DEVICE, row.session_id, row.device_sealed)
