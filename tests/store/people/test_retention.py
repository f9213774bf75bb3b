"""What is kept no longer than it should be: each kind at its time, and nothing before."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, update

from engine.errors import ArtifactError
from store.analytics.snapshots import list_snapshots, take_snapshot
from store.audit import read_audit
from store.audit_chain import verify_audit
from store.database import writing
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.evidence.answer_records import AnswerRecord, record_json
from store.evidence.journal import JournalWriter
from store.evidence.recommendation_log import log_answers, read_answer
from store.ids import new_id
from store.people.consents import ConsentPurpose, record_consent
from store.people.factors.totp import begin_totp, remove_totp
from store.people.seeker_accounts import read_private_details
from store.people.sessions import start_session
from store.retention.retention import enforce_retention
from store.retention.times import Retained, RetentionTime, retention_times
from store.tables import Base

TABLES = Base.metadata.tables
MADE = datetime(2026, 11, 25, 19, tzinfo=UTC)  # when the people of these tests did all that they did

Enforce = Callable[[datetime], dict[str, int]]
Everything = Callable[[], dict[str, list[str]]]


@pytest.fixture
def enforce(database: Engine, cipher: FieldCipher, tmp_path: Path) -> Enforce:
    """Enforces the times in force at a moment; the counts that are not zero."""

    def enforced(now: datetime) -> dict[str, int]:
        counts = enforce_retention(database, cipher, tmp_path, now, retention_times())
        return {kind: count for kind, count in counts.items() if count}

    return enforced


@pytest.fixture
def rosa(make_person: Callable[[str], Any]) -> Any:
    return make_person("Rosa")


def use_account(database: Engine, person: Any, at: datetime) -> None:
    """As a login does."""
    with writing(database).begin() as connection:
        start_session(connection, person.account_id, at)


def rows_of(everything: Everything, *tables: str) -> dict[str, int]:
    found = everything()
    return {table: len(found[table]) for table in tables}


def test_every_time_has_a_source() -> None:
    times = retention_times()
    assert times.keys() == set(Retained)
    for kind, time in times.items():
        assert time.months + time.days > 0, kind
        assert "decisión nuestra" in time.source or "DS 115-2025-PCM" in time.source, kind
    assert (times[Retained.RECOMMENDATIONS].months, times[Retained.CASES].months) == (36, 36)  # as the law asks


@given(now=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)), months=st.integers(0, 60))
def test_months_are_those_of_the_calendar(now: datetime, months: int) -> None:
    before = RetentionTime(months, 0, "").before(now)
    assert (now.year - before.year) * 12 + now.month - before.month == months
    assert before.timetz() == now.timetz()
    is_shorter = before.day < now.day
    assert not is_shorter or (before + timedelta(days=1)).day == 1  # else it is the same day


@pytest.mark.usefixtures("rosa")
def test_nothing_goes_before_its_time(enforce: Enforce, everything: Everything) -> None:
    before = everything()
    assert enforce(MADE + timedelta(minutes=1)) == {}
    after = everything()
    for table in before.keys() - {"audit_entries", "counters"}:
        assert after[table] == before[table], table


@pytest.mark.usefixtures("rosa")
def test_what_expires_by_itself_is_dropped(enforce: Enforce, everything: Everything) -> None:
    counts = enforce(MADE + timedelta(days=32))
    assert counts == {
        "refresh_tokens": 1,
        "confirmations": 1,
        "challenges": 1,
        "idempotency_keys": 1,
        "attempts": 2,
        "member_requests": 1,
        "outgoing_mails": 2,
        "outgoing_messages": 1,
        "incoming_messages": 1,
        "webhook_deliveries": 3,
    }
    assert rows_of(everything, "refresh_tokens", "webhook_deliveries", "accounts") == {
        "refresh_tokens": 0,
        "webhook_deliveries": 0,
        "accounts": 1,
    }


@pytest.mark.usefixtures("rosa")
def test_notes_and_messages_of_a_declined_application_go_after_a_year(enforce: Enforce, everything: Everything) -> None:
    enforce(MADE + timedelta(days=360))
    assert rows_of(everything, "messages") == {"messages": 2}
    counts = enforce(MADE + timedelta(days=366))
    assert (counts["messages"], counts["application_notes"]) == (2, 1)
    left = everything()
    assert (left["messages"], len(left["applications"]), len(left["application_steps"])) == ([], 1, 2)
    assert "Rosa-applications-note" not in repr(left)
    assert "application_notes" not in enforce(MADE + timedelta(days=367))


@pytest.mark.usefixtures("rosa")
def test_those_of_an_application_that_runs_stay(database: Engine, enforce: Enforce) -> None:
    with writing(database).begin() as connection:
        connection.execute(update(TABLES["applications"]).values(stage="interview"))
    counts = enforce(MADE + timedelta(days=400))
    assert "messages" not in counts
    assert "application_notes" not in counts


def test_answers_of_programmes_go_after_three_years(
    rosa: Any, database: Engine, enforce: Enforce, everything: Everything
) -> None:
    use_account(database, rosa, MADE + timedelta(days=1000))
    assert enforce(MADE + timedelta(days=340))["screenings_told"] == 1  # that it ends in less than a month
    assert "screenings_told" not in enforce(MADE + timedelta(days=341))
    enforce(MADE + timedelta(days=1094))
    assert rows_of(everything, "screenings") == {"screenings": 1}
    enforce(MADE + timedelta(days=1097))
    assert rows_of(everything, "screenings", "programmes", "programme_versions") == {
        **{"screenings": 0, "programmes": 1, "programme_versions": 1}
    }


def test_answers_events_and_decided_cases_go_after_three_years(
    rosa: Any, database: Engine, enforce: Enforce, everything: Everything
) -> None:
    use_account(database, rosa, MADE + timedelta(days=1000))
    enforce(MADE + timedelta(days=1094))
    kept = rows_of(everything, "recommendations", "recommendation_inputs", "events", "cases")
    assert kept == {"recommendations": 1, "recommendation_inputs": 1, "events": 1, "cases": 3}
    use_account(database, rosa, MADE + timedelta(days=1095))
    counts = enforce(MADE + timedelta(days=1097))
    assert {kind: counts[kind] for kind in kept} == {
        "recommendations": 1,
        "recommendation_inputs": 1,
        "events": 1,
        "cases": 1,  # nobody has decided the other two
    }
    assert rows_of(everything, "support_notes", "seekers", "placements") == {
        "support_notes": 0,
        "seekers": 2,  # and the app's
        "placements": 2,
    }


def test_a_profile_that_a_kept_answer_came_from_is_kept(rosa: Any, database: Engine, enforce: Enforce) -> None:
    later = MADE + timedelta(days=1000)
    with writing(database).begin() as connection:
        old = connection.execute(select(TABLES["recommendations"].c.recommendation_id)).scalar_one()
        record = read_answer(connection, old).record
        again = replace(record, recommendation_id=new_id(), answered_at=later)
        log_answers(connection, [again], later)
    use_account(database, rosa, later)
    counts = enforce(MADE + timedelta(days=1097))
    assert (counts["recommendations"], "recommendation_inputs" in counts) == (1, False)
    with database.connect() as connection:
        assert read_answer(connection, again.recommendation_id).record == again


def test_many_rows_go_in_batches(database: Engine, enforce: Enforce, everything: Everything) -> None:
    rows = [
        {"told_by": "app", "event_id": f"{number}", "kind": "click", "seeker_id": "s", "job_id": "j"}
        | {"occurred_at": MADE, "received_at": MADE}
        for number in range(1200)
    ]
    records = [
        AnswerRecord(f"r{number}", "s", None, {}, MADE, "b", "m", "f", 1, [], {"text": str(number)}, b"")
        for number in range(700)
    ]
    with writing(database).begin() as connection:
        connection.execute(insert(TABLES["events"]), rows)
        log_answers(connection, records, MADE)
    counts = enforce(MADE + timedelta(days=1097))
    assert (counts["events"], counts["recommendations"], counts["recommendation_inputs"]) == (1200, 700, 700)
    assert rows_of(everything, "events", "recommendations") == {"events": 0, "recommendations": 0}


def test_the_audit_log_says_what_was_enforced_and_stays_whole(rosa: Any, database: Engine, enforce: Enforce) -> None:
    enforce(MADE + timedelta(days=5000))
    with database.connect() as connection:
        entry = read_audit(connection, subject="retention", limit=1, newest_first=True)[0]
        first = read_audit(connection, limit=1)[0]
        assert verify_audit(connection).fault is None
    assert (entry.actor, entry.action, entry.detail["recommendations"]) == ("system:retention", "retention.enforced", 1)
    assert first.actor == f"account:{rosa.account_id}"


@pytest.mark.usefixtures("rosa")
def test_old_files_go_too_but_for_the_newest_snapshot(
    database: Engine, cipher: FieldCipher, enforce: Enforce, tmp_path: Path
) -> None:
    analytics, outbox = tmp_path / "analytics", tmp_path / "outbox"
    pseudonym = partial(cipher.keyed_hash, Purpose.PSEUDONYM)
    for day in (0, 100):
        take_snapshot(database, analytics, pseudonym, MADE + timedelta(days=day))
    outbox.mkdir()
    for name, at in (("old", MADE), ("new", MADE + timedelta(days=395))):
        (outbox / f"{name}.eml").write_text("To: rosa@correo.pe\r\n\r\nHola")
        os.utime(outbox / f"{name}.eml", (at.timestamp(), at.timestamp()))
    counts = enforce(MADE + timedelta(days=400))
    assert (counts["analytics_snapshots"], counts["written_mails"]) == (1, 1)
    assert [one.taken_at for one in list_snapshots(analytics)[0]] == [MADE + timedelta(days=100)]
    assert [file.name for file in outbox.iterdir()] == ["new.eml"]


@pytest.mark.usefixtures("rosa")
def test_somebody_who_takes_a_snapshot_meanwhile_keeps_nothing_else_from_going(
    database: Engine, enforce: Enforce, tmp_path: Path
) -> None:
    (tmp_path / "analytics").mkdir()
    with (tmp_path / "analytics" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ArtifactError, match="another process is writing"):
            enforce(MADE + timedelta(days=366))
    with database.connect() as connection:
        assert connection.execute(select(TABLES["messages"])).all() == []
        assert read_audit(connection, subject="retention", limit=1)[0].detail["messages"] == 2


def test_what_waits_in_journals_is_kept_for_its_time_too(
    enforce: Enforce, everything: Everything, tmp_path: Path
) -> None:
    writer = JournalWriter(tmp_path / "journal")
    for name, at in (("r-old", MADE), ("r-new", MADE + timedelta(days=1000))):
        writer.append(
            record_json(
                recommendation_id=name,
                seeker_id="s",
                partner_id=None,
                query_json=b"{}",
                answered_at=at,
                bundle="b",
                model_id="m",
                reranker="f",
                job_change_number=0,
                shown=[],
                document='{"text":"hola"}',
                vector=np.ones(2, np.float32),
            )
        )
    writer.close()
    assert enforce(MADE + timedelta(days=1097))["recommendations"] == 1
    assert rows_of(everything, "recommendations", "recommendation_inputs") == {
        "recommendations": 1,
        "recommendation_inputs": 1,
    }


def test_a_secret_that_was_told_and_never_confirmed_goes_after_a_day(
    database: Engine, cipher: FieldCipher, rosa: Any, enforce: Enforce, everything: Everything
) -> None:
    with writing(database).begin() as connection:
        remove_totp(connection, rosa.account_id)
        begin_totp(connection, cipher, rosa.account_id, MADE)
    assert "totp_factors" not in enforce(MADE + timedelta(hours=23))
    assert enforce(MADE + timedelta(hours=25))["totp_factors"] == 1
    assert rows_of(everything, "totp_factors", "passkeys") == {"totp_factors": 0, "passkeys": 1}


def test_ended_sessions_are_kept_as_long_as_devices_are_known(
    rosa: Any, enforce: Enforce, everything: Everything
) -> None:
    assert rosa
    enforce(MADE + timedelta(days=89))
    assert rows_of(everything, "sessions", "refresh_tokens") == {"sessions": 1, "refresh_tokens": 0}
    enforce(MADE + timedelta(days=91))
    assert rows_of(everything, "sessions") == {"sessions": 0}


@pytest.mark.parametrize("is_given", [True, False])
def test_income_and_class_of_who_agrees_no_more_are_forgotten(
    rosa: Any, database: Engine, cipher: FieldCipher, enforce: Enforce, *, is_given: bool
) -> None:
    """Those, too, that were left by servers which did not forget them with the consent."""
    with writing(database).begin() as connection:
        purpose, at = ConsentPurpose.SENSITIVE, MADE + timedelta(minutes=1)
        record_consent(connection, rosa.account_id, purpose, "2026-11", is_given=not is_given, now=at)
        record_consent(connection, rosa.account_id, purpose, "2026-11", is_given=is_given, now=at)
    counts = enforce(MADE + timedelta(hours=1))
    assert counts.get("sensitive_details", 0) == (0 if is_given else 1)
    with database.connect() as connection:
        details = read_private_details(connection, cipher, rosa.account_id)
    assert (details.income is None, details.poverty_class is None, details.poverty_class_date is None) == (
        (not is_given,) * 3
    )
    assert None not in (details.national_id, details.household_size, details.birth_date, details.region)
