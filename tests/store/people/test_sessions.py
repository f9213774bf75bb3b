"""Rows of sessions: those that ran before there were rows go on, and an ended one gives no more tokens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from store.database import migrate, migrate_down, writing
from store.people.open_sessions import SESSIONS, NewSession, end_rows, read_session
from store.people.sessions import Refusal, end_session, rotate, start_session

KEY = b"k" * 32
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_sessions_of_before_get_rows_and_ended_ones_stay_ended(
    database: Engine, make_person: Callable[[str], Any]
) -> None:
    rosa, runs, ended = make_person("Rosa"), NewSession(), NewSession()
    with writing(database).begin() as connection:
        first = start_session(connection, rosa.account_id, NOON, runs)
        assert not isinstance(rotate(connection, [KEY], first.text, NOON + HOUR), Refusal)
        start_session(connection, rosa.account_id, NOON, ended)
        end_session(connection, ended.session_id, NOON + 2 * HOUR)
    migrate_down(database, "0013_taken_down_jobs")
    migrate(database)
    with database.connect() as connection:
        found = [read_session(connection, one.session_id) for one in (runs, ended)]
    assert [(one.account_id, one.begun_at, one.last_used_at, one.ended_at) for one in found if one] == [
        (rosa.account_id, NOON, NOON + HOUR, None),
        (rosa.account_id, NOON, NOON, NOON + 2 * HOUR),
    ]


def test_a_token_that_was_issued_while_its_session_ended_is_refused(
    database: Engine, make_person: Callable[[str], Any]
) -> None:
    """As one whom the ending did not see: it was committed a moment later."""
    rosa, new = make_person("Rosa"), NewSession()
    with writing(database).begin() as connection:
        token = start_session(connection, rosa.account_id, NOON, new)
        end_rows(connection, SESSIONS.c.session_id == new.session_id, NOON)
        assert rotate(connection, [KEY], token.text, NOON + HOUR) is Refusal.ENDED
