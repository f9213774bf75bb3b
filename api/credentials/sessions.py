"""Sessions of people: how long they hold, and ending all of an account's."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from api.configuration.settings import Settings
from store.people.accounts import STAFF, Account
from store.people.factors.challenges import close_challenges
from store.people.open_sessions import SessionLifetimes
from store.people.sessions import end_sessions


def lifetimes_of(account: Account, settings: Settings) -> SessionLifetimes:
    """How long the sessions of an account hold: those who see what is other people's, for a working day."""
    if account.roles.isdisjoint(STAFF):
        return SessionLifetimes(timedelta(days=settings.session_idle_days), timedelta(days=settings.session_days))
    idle = timedelta(minutes=settings.staff_session_idle_minutes)
    return SessionLifetimes(idle, timedelta(hours=settings.staff_session_hours))


def end_all_sessions(connection: Connection, account_id: str, now: datetime, *, but: str | None = None) -> int:
    """End every session of an account, `but` that one, and what waits for a second step; how many.

    Their access tokens are void from now on.
    """
    close_challenges(connection, account_id)
    return end_sessions(connection, account_id, now, but=but)
