"""Appending to the audit log and reading it: no gap, no private word, and nothing changed or removed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from engine.errors import InvalidInputError
from store.audit import AuditAction, append_audit, read_audit
from store.audit_chain import verify_audit
from store.database import migrate, migrate_down, writing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
COLUMNS = ("happened_at", "actor", "action", "subject", "detail", "entry_hash")
CODES = st.text("abcxyz019:._-", min_size=1, max_size=8)


@contextmanager
def undone(database: Engine) -> Iterator[Connection]:
    """A transaction of which nothing stays."""
    with writing(database).connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


def append(connection: Connection, subject: str = "job:1", **detail: Any) -> int:
    """An entry about `subject`."""
    action = AuditAction.JOB_EDITED
    return append_audit(connection, actor="account:1", action=action, subject=subject, detail=detail, now=NOON)


def soundly(connection: Connection) -> int:
    """How many entries the log has, every one of them sound."""
    report = verify_audit(connection)
    assert report.fault is None
    return report.head.number


SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | CODES
JSON_VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CODES, inner, max_size=3), max_leaves=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(CODES, JSON_VALUES, max_size=3))
def test_a_detail_of_any_shape_keeps_the_chain_sound(database: Engine, detail: dict[str, Any]) -> None:
    is_finite = "Infinity" not in json.dumps(detail)
    with undone(database) as connection:
        if is_finite:
            append(connection, **detail)
            assert read_audit(connection, limit=1)[0].detail == detail
            append(connection)
            assert soundly(connection) == 2
        else:
            with pytest.raises(InvalidInputError):
                append(connection, **detail)


def test_a_time_of_another_zone_is_the_same_moment(database: Engine) -> None:
    lima = NOON.astimezone(timezone(timedelta(hours=-5))) + timedelta(microseconds=1)
    with writing(database).begin() as connection:
        append_audit(connection, actor="a", action=AuditAction.DATA_EXPORTED, subject="s", detail={}, now=lima)
    with database.connect() as connection:
        assert verify_audit(connection).fault is None
        assert read_audit(connection, limit=1)[0].happened_at == NOON + timedelta(microseconds=1)


def test_a_transaction_that_is_rolled_back_leaves_no_entry_and_no_gap(database: Engine) -> None:
    with writing(database).begin() as connection:
        assert append(connection) == 1
    with undone(database) as connection:
        assert [append(connection), append(connection)] == [2, 3]
    with writing(database).begin() as connection:
        assert append(connection, "job:2") == 2
    with database.connect() as connection:
        assert [entry.subject for entry in read_audit(connection, limit=10)] == ["job:1", "job:2"]
        assert soundly(connection) == 2


APPENDER = """
import random, sys
from datetime import UTC, datetime
from store.audit import AuditAction, append_audit
from store.database import open_database, writing

url, name = sys.argv[1:]
database, chance = open_database(url), random.Random(name)
for step in range(60):
    with writing(database).connect() as connection:
        transaction = connection.begin()
        for _ in range(chance.choice([1, 1, 3])):
            append_audit(connection, actor=name, action=AuditAction.JOB_EDITED, subject=f"job:{step}",
                         detail={"step": step}, now=datetime.now(UTC))
        if step % 5:
            transaction.commit()
        else:
            transaction.rollback()
"""


@pytest.mark.slow
def test_four_processes_that_append_at_once_make_one_chain_that_is_sound_at_any_moment(database: Engine) -> None:
    url, root = database.url.render_as_string(hide_password=False), Path(__file__).parents[2]
    reports = []
    with ExitStack() as stack:
        command = [sys.executable, "-c", APPENDER, url]
        writers = [stack.enter_context(subprocess.Popen([*command, name], cwd=root)) for name in "wxyz"]
        while any(writer.poll() is None for writer in writers):
            with database.connect() as connection:
                reports.append(verify_audit(connection))
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0]
    assert {report.fault for report in reports} == {None}
    with database.connect() as connection:
        entries = read_audit(connection, limit=10_000)
        assert soundly(connection) == len(entries)
    for name in "wxyz":
        steps = [entry.detail["step"] for entry in entries if entry.actor == name]
        assert steps == sorted(steps)
        assert set(steps) == {step for step in range(60) if step % 5}


STATEMENTS = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_entries SELECT number, happened_at, 'x', action, subject, detail, entry_hash "
        "FROM audit_entries WHERE number = 1",
        "INSERT INTO audit_entries SELECT * FROM audit_entries WHERE true "
        "ON CONFLICT (number) DO UPDATE SET actor = 'x'",
    ],
    "postgresql": [
        "TRUNCATE audit_entries",
        "INSERT INTO audit_entries SELECT * FROM audit_entries ON CONFLICT (number) DO UPDATE SET actor = 'x'",
    ],
}


def test_the_database_itself_refuses_to_change_or_remove_an_entry(database: Engine) -> None:
    with writing(database).begin() as connection:
        append(connection)
    statements = [
        *(f"UPDATE audit_entries SET {column} = {column}" for column in (*COLUMNS, "number")),
        "DELETE FROM audit_entries",
        *STATEMENTS[database.dialect.name],
    ]
    for statement in statements:
        with pytest.raises(IntegrityError, match="append-only"), writing(database).begin() as connection:
            connection.execute(text(statement))
    with database.connect() as connection:
        assert soundly(connection) == 1


def test_migrating_down_to_before_the_log_and_up_again_starts_a_new_one(database: Engine) -> None:
    with writing(database).begin() as connection:
        append(connection)
        append(connection)
    migrate_down(database, "0006_evidence")
    migrate(database)
    with writing(database).begin() as connection:
        assert soundly(connection) == 0
        assert append(connection) == 1


def test_migrating_down_and_up_keeps_the_entries_and_counts_on(database: Engine) -> None:
    with writing(database).begin() as connection:
        append(connection)
        append(connection)
    migrate_down(database, "0007_trust")
    with undone(database) as connection:
        assert connection.execute(text("UPDATE audit_entries SET actor = 'x'")).rowcount == 2
    migrate(database)
    with writing(database).begin() as connection:
        assert append(connection) == 3
    with database.connect() as connection:
        assert soundly(connection) == 3
    with pytest.raises(IntegrityError), writing(database).begin() as connection:
        connection.execute(text("DELETE FROM audit_entries"))


def test_pages_are_of_one_subject_or_one_actor(database: Engine) -> None:
    with writing(database).begin() as connection:
        for subject in ("job:1", "job:2", "job:1", "job:1", "job:2"):
            append(connection, subject)
        append_audit(connection, actor="b", action=AuditAction.JOB_CLOSED, subject="job:1", detail={}, now=NOON)

    def numbers(**asked: Any) -> list[int]:
        with database.connect() as connection:
            return [entry.number for entry in read_audit(connection, **asked)]

    assert numbers(limit=2) == [1, 2]
    assert numbers(limit=2, after=2) == [3, 4]
    assert numbers(limit=9, after=6) == []
    assert numbers(limit=9, subject="job:1") == [1, 3, 4, 6]
    assert numbers(limit=2, subject="job:1", after=1) == [3, 4]
    assert numbers(limit=9, subject="job:1", actor="b") == [6]
    assert numbers(limit=2, subject="job:2", newest_first=True) == [5, 2]


@pytest.mark.parametrize("private", ["ana@correo.pe", "Ana Quispe", "Ñusta", "", "a\n", "a" * 201])
@pytest.mark.parametrize("place", ["actor", "subject", "detail", "list", "key"])
def test_words_and_addresses_are_refused_and_not_repeated(database: Engine, private: str, place: str) -> None:
    act: dict[str, Any] = {"actor": "a", "subject": "s", "detail": {}}
    given_as = {"detail": {"x": private}, "list": {"x": [{"y": private}]}, "key": {private: 1}}
    act |= {"detail": given_as[place]} if place in given_as else {place: private}
    with undone(database) as connection:
        with pytest.raises(InvalidInputError) as refusal:
            append_audit(connection, action=AuditAction.CASE_OPENED, now=NOON, **act)
        assert refusal.value.field == (place if place in act else "detail")
        assert not private or private not in str(refusal.value)
        assert verify_audit(connection).head.number == 0


@pytest.mark.parametrize(
    "detail",
    [
        {"measure": float("nan")},
        {"measure": float("inf")},
        {"count": 2**64},
        {"count": 10**400},
        {1: "x"},
        {"when": NOON},
        {"seen": {1, 2}},
        {"ids": ["0123456789" * 10] * 42},
    ],
)
def test_a_detail_that_is_no_json_or_too_long_is_refused(database: Engine, detail: dict[Any, Any]) -> None:
    with undone(database) as connection, pytest.raises(InvalidInputError):
        append_audit(connection, actor="a", action=AuditAction.CASE_OPENED, subject="s", detail=detail, now=NOON)


def test_a_detail_of_four_kibibytes_is_taken(database: Engine) -> None:
    with undone(database) as connection:
        assert append(connection, ids=["0123456789" * 10] * 39) == 1


def test_a_time_without_a_zone_is_refused(database: Engine) -> None:
    naive = NOON.replace(tzinfo=None)
    with undone(database) as connection, pytest.raises(InvalidInputError):
        append_audit(connection, actor="a", action=AuditAction.CASE_OPENED, subject="s", detail={}, now=naive)
