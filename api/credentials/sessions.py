"""Ending sessions: by whoever has them, or by an administrator who suspends their account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from store.people.accounts import end_access
from store.people.sessions import end_sessions


def end_all_sessions(connection: Connection, account_id: str, now: datetime) -> None:
    """End every session of an account; its access tokens are void from now on."""
    end_sessions(connection, account_id, now)
    end_access(connection, account_id, now)
