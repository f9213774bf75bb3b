"""Whatever is done to the audit log behind its back is found, and the first entry that is wrong is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from engine.errors import ArtifactError
from store.audit import AuditAction, append_audit, read_audit
from store.audit_chain import AuditFault, AuditHead, AuditReport, verify_audit
from store.database import writing
from store.tables import COUNTERS
from store.tables.trust import AuditEntryRow

TABLE = AuditEntryRow.metadata.tables["audit_entries"]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZEROS = "0" * 64
COLUMNS = ("happened_at", "actor", "action", "subject", "detail", "entry_hash")

Row = dict[str, Any]
CODES = st.text("abcxyz019:._-", min_size=1, max_size=8)
DETAILS = st.dictionaries(CODES, st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | CODES, max_size=3)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
ACTS = st.fixed_dictionaries(
    {"actor": CODES, "action": st.sampled_from(AuditAction), "subject": CODES, "detail": DETAILS, "now": MOMENTS}
)
CHAINS = st.lists(ACTS, min_size=1, max_size=7)
each_on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def unguarded(database: Engine) -> Engine:
    """The database after somebody who owns it took the triggers off."""
    with writing(database).begin() as connection:
        if connection.dialect.name == "sqlite":
            query = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'")
            for name in connection.execute(query).scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
    return database


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


def write(connection: Connection, acts: list[dict[str, Any]]) -> list[Row]:
    """The rows of a chain of `acts`."""
    for act in acts:
        append_audit(connection, **act)
    return [dict(row._mapping) for row in connection.execute(select(TABLE).order_by(TABLE.c.number))]


def replace(connection: Connection, rows: list[Row], counted: int) -> None:
    """Put `rows` and the counter in the place of what is there."""
    connection.execute(delete(TABLE))
    if rows:
        connection.execute(insert(TABLE), rows)
    connection.execute(update(COUNTERS).where(COUNTERS.c.name == "audit_entries").values(value=counted))


def compact(value: object) -> str:
    """JSON as the log writes it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chained(rows: list[Row], first: int = 0) -> list[Row]:
    """The rows from place `first` on as a forger makes them who knows how: numbers and hashes are those of a chain."""
    made = [dict(row) for row in rows[:first]]
    for number, row in enumerate(rows[first:], first + 1):
        before = made[-1]["entry_hash"] if made else ZEROS
        moment = row["happened_at"].astimezone(UTC).isoformat(timespec="microseconds")
        values = [number, moment, row["actor"], str(row["action"]), row["subject"], compact(row["detail"])]
        entry_hash = hashlib.sha256(compact(["chamba.audit.1", before, *values]).encode()).hexdigest()
        detail = json.loads(compact(row["detail"]))
        made.append({**row, "number": number, "detail": detail, "entry_hash": entry_hash})
    return made


def found(report: AuditReport) -> tuple[AuditFault | None, int | None, int]:
    """What is wrong with which entry, and how many before it are sound."""
    return report.fault, report.bad_number, report.head.number


def test_an_empty_log_is_sound(database: Engine) -> None:
    with database.connect() as connection:
        assert verify_audit(connection) == AuditReport(AuditHead(0, ZEROS))
        assert verify_audit(connection).head == (0, ZEROS)
        assert read_audit(connection, limit=10) == []


@each_on_one_database
@given(CHAINS)
@example([{"actor": "a", "action": AuditAction.DATA_ERASED, "subject": "s", "detail": {"b": 1, "a": 2}, "now": NOON}])
def test_what_was_appended_is_read_as_it_was_and_is_sound(database: Engine, acts: list[dict[str, Any]]) -> None:
    with undone(database) as connection:
        rows = write(connection, acts)
        entries = read_audit(connection, limit=100)
        assert [
            {
                "actor": entry.actor,
                "action": entry.action,
                "subject": entry.subject,
                "detail": entry.detail,
                "now": entry.happened_at,
            }
            for entry in entries
        ] == acts
        assert [entry.number for entry in entries] == list(range(1, len(acts) + 1))
        assert rows == chained(rows)
        head = AuditHead(len(acts), rows[-1]["entry_hash"])
        assert verify_audit(connection).head == head
        assert verify_audit(connection) == AuditReport(head)
        for row in rows:
            assert verify_audit(connection, head=AuditHead(row["number"], row["entry_hash"])).fault is None


@each_on_one_database
@given(CHAINS, st.sampled_from(COLUMNS), st.data())
def test_an_entry_altered_in_any_column_is_found(
    unguarded: Engine, acts: list[dict[str, Any]], column: str, data: st.DataObject
) -> None:
    with undone(unguarded) as connection:
        rows = write(connection, acts)
        row = data.draw(st.sampled_from(rows))
        others: dict[str, st.SearchStrategy[Any]] = {
            "happened_at": MOMENTS,
            "detail": DETAILS,
            "action": st.sampled_from([*AuditAction, "x"]),
            "entry_hash": st.text("0123456789abcdef", min_size=64, max_size=64),
        }
        value = data.draw(others.get(column, CODES).filter(lambda other: bool(other != row[column])))
        connection.execute(update(TABLE).where(TABLE.c.number == row["number"]).values({column: value}))
        assert found(verify_audit(connection)) == (AuditFault.ALTERED, row["number"], row["number"] - 1)


@each_on_one_database
@given(CHAINS, st.data())
def test_an_entry_with_another_number_is_found(
    unguarded: Engine, acts: list[dict[str, Any]], data: st.DataObject
) -> None:
    with undone(unguarded) as connection:
        count = len(write(connection, acts))
        number = data.draw(st.integers(1, count))
        other = data.draw(st.integers(-5, 0) | st.integers(count + 1, count + 5))
        connection.execute(update(TABLE).where(TABLE.c.number == number).values(number=other))
        if other > count and number < count:
            assert found(verify_audit(connection)) == (AuditFault.REMOVED, number, number - 1)
        else:
            assert found(verify_audit(connection))[:2] == (AuditFault.INSERTED, other)


@pytest.mark.parametrize(
    ("column", "on_sqlite", "on_postgresql"),
    [
        ("happened_at", "'yesterday'", "'infinity'"),
        ("happened_at", "5", "'0044-03-15 00:00:00 BC'"),
        ("happened_at", "'0001-01-01 00:00:00+05:00'", "'0001-01-01 00:00:00+05:00'"),
        ("actor", "x'6163636f756e743a31'", "'account:1 '"),
        ("entry_hash", "CAST(entry_hash AS BLOB)", "upper(entry_hash)"),
        ("detail", """'{"a": 1}'""", """'{"a": 1}'"""),
        ("detail", """'{"a":2,"a":1}'""", """'{"a":2,"a":1}'"""),
        ("detail", "'no JSON'", "'1'"),
    ],
)
def test_what_only_the_database_can_tell_from_what_was_written_is_found(
    unguarded: Engine, column: str, on_sqlite: str, on_postgresql: str
) -> None:
    value = on_sqlite if unguarded.dialect.name == "sqlite" else on_postgresql
    with undone(unguarded) as connection:
        for _ in range(3):
            append(connection, a=1)
        connection.exec_driver_sql(f"UPDATE audit_entries SET {column} = {value} WHERE number = 2")
        assert found(verify_audit(connection)) == (AuditFault.ALTERED, 2, 1)


@each_on_one_database
@given(CHAINS, st.data())
def test_entries_that_are_gone_are_found(unguarded: Engine, acts: list[dict[str, Any]], data: st.DataObject) -> None:
    with undone(unguarded) as connection:
        rows = write(connection, acts)
        gone = data.draw(st.sets(st.sampled_from([row["number"] for row in rows]), min_size=1))
        connection.execute(delete(TABLE).where(TABLE.c.number.in_(gone)))
        is_tail = gone == set(range(min(gone), len(rows) + 1))
        fault = AuditFault.CUT_OFF if is_tail else AuditFault.REMOVED
        assert found(verify_audit(connection)) == (fault, min(gone), min(gone) - 1)


@each_on_one_database
@given(st.lists(ACTS, min_size=2, max_size=7), st.data())
def test_two_entries_that_changed_places_are_found(
    unguarded: Engine, acts: list[dict[str, Any]], data: st.DataObject
) -> None:
    with undone(unguarded) as connection:
        rows = write(connection, acts)
        low, high = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=2, max_size=2)))
        rows[low], rows[high] = {**rows[high], "number": low + 1}, {**rows[low], "number": high + 1}
        replace(connection, rows, len(rows))
        assert found(verify_audit(connection)) == (AuditFault.ALTERED, low + 1, low)


@each_on_one_database
@given(CHAINS, ACTS, st.booleans(), st.data())
def test_an_entry_put_in_is_found(
    unguarded: Engine, acts: list[dict[str, Any]], act: dict[str, Any], is_hashed: bool, data: st.DataObject
) -> None:
    with undone(unguarded) as connection:
        rows = write(connection, acts)
        place = data.draw(st.integers(0, len(rows)))
        forged = {**act, "happened_at": act["now"], "number": place + 1, "entry_hash": ZEROS}
        del forged["now"]
        if is_hashed:
            forged = chained([*rows[:place], forged], place)[-1]
        later = [{**row, "number": row["number"] + 1} for row in rows[place:]]
        replace(connection, [*rows[:place], forged, *later], len(rows) + bool(later))
        if not later:
            assert found(verify_audit(connection)) == (AuditFault.INSERTED, place + 1, place)
        else:
            bad = place + 1 + is_hashed
            assert found(verify_audit(connection)) == (AuditFault.ALTERED, bad, bad - 1)


@each_on_one_database
@given(CHAINS, st.data())
def test_a_counter_that_was_changed_is_found(
    unguarded: Engine, acts: list[dict[str, Any]], data: st.DataObject
) -> None:
    with undone(unguarded) as connection:
        rows = write(connection, acts)
        counted = data.draw(st.integers(0, len(rows) + 3).filter(lambda value: value != len(rows)))
        replace(connection, rows, counted)
        fault = AuditFault.INSERTED if counted < len(rows) else AuditFault.CUT_OFF
        bad = min(counted, len(rows)) + 1
        assert found(verify_audit(connection)) == (fault, bad, bad - 1)


def test_a_counter_that_is_gone_is_found_and_nothing_is_appended(unguarded: Engine) -> None:
    with undone(unguarded) as connection:
        append(connection)
        connection.execute(delete(COUNTERS).where(COUNTERS.c.name == "audit_entries"))
        assert verify_audit(connection).fault is AuditFault.UNCOUNTED
        with pytest.raises(ArtifactError, match="no counter"):
            append(connection)


def test_nothing_is_appended_to_a_log_without_its_end(unguarded: Engine) -> None:
    with undone(unguarded) as connection:
        for _ in range(3):
            append(connection)
        connection.execute(delete(TABLE).where(TABLE.c.number == 3))
        with pytest.raises(ArtifactError, match="no entry 3"):
            append(connection)


@each_on_one_database
@given(CHAINS, st.data())
def test_a_chain_made_anew_does_not_pass_for_the_one_whose_head_was_kept(
    unguarded: Engine, acts: list[dict[str, Any]], data: st.DataObject
) -> None:
    with undone(unguarded) as connection:
        rows = write(connection, acts)
        kept = data.draw(st.sampled_from(rows))
        head = AuditHead(kept["number"], kept["entry_hash"])
        first = data.draw(st.integers(0, head.number - 1))
        last = data.draw(st.integers(first, len(rows)))
        forged = [{**row, "actor": "account:mallory"} for row in rows[first:last]]
        replace(connection, chained([*rows[:first], *forged], first), last)
        assert found(verify_audit(connection)) == (None, None, last)
        fault = (AuditFault.REWRITTEN, head.number) if last >= head.number else (AuditFault.CUT_OFF, last + 1)
        assert found(verify_audit(connection, head=head))[:2] == fault


@pytest.mark.parametrize("head", [AuditHead(0, "1" * 64), AuditHead(-1, ZEROS)])
def test_a_head_that_no_chain_can_have_is_in_none(database: Engine, head: AuditHead) -> None:
    with undone(database) as connection:
        append(connection)
        assert verify_audit(connection, head=head).fault is AuditFault.REWRITTEN


def test_more_entries_than_are_read_at_a_time_are_all_checked(unguarded: Engine) -> None:
    with undone(unguarded) as connection:
        for place in range(1203):
            append(connection, place=place)
        assert found(verify_audit(connection)) == (None, None, 1203)
        connection.execute(update(TABLE).where(TABLE.c.number == 1202).values(subject="job:2"))
        assert found(verify_audit(connection)) == (AuditFault.ALTERED, 1202, 1201)
