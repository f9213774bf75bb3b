"""Who does not agree to training is in no training data from the next snapshot on; all else still knows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from engine.jobs import Job
from engine.seekers import Seeker
from sample.world import World
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import create_master_keys
from store.matching.events import Event, EventKind
from store.people.accounts import NewAccount, Role, create_account
from store.people.consents import ConsentPurpose, consent_texts, record_consent
from store.people.profiles import Encoded, apply_consents, put_account_profile
from store.people.seeker_accounts import tie_seeker
from store.records.records import Records
from tests.training.simulated_events import simulated_events
from tests.training.snapshot_parts import TABLES, store_of, tell_events, withdraw
from training.data.datasets import from_records
from training.snapshots.snapshots import Snapshot, read_snapshot
from training.snapshots.taking import take_snapshot

NOW = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def records(tiny_world: World, database_url: str) -> Records:
    found = store_of(tiny_world, database_url)
    tell_events(found, simulated_events(3, 90, 60))
    return found


@pytest.fixture
def seeker(tiny_world: World) -> Seeker:
    """Somebody with an outcome and events."""
    wanted = tiny_world.placements[0].seeker_id
    return next(one for one in tiny_world.seekers if one.seeker_id == wanted)


def tables_that_know(snapshot: Snapshot, *words: str) -> set[str]:
    """The tables with one of these words anywhere in a column."""
    found = set()
    for table in TABLES:
        content = str(duckdb.sql(f"from read_parquet('{snapshot.folder / table}.parquet')").fetchall())
        if any(word in content for word in words):
            found.add(table)
    return found


def test_who_withdraws_is_in_nothing_of_the_next_snapshot(records: Records, seeker: Seeker, tmp_path: Path) -> None:
    before, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert tables_that_know(before, seeker.seeker_id) == {"seekers", "placements", "events"}
    assert (before.left_out, "| people left out | 0:" in (before.folder / "DATA_CARD.md").read_text()) == (0, True)
    withdraw(records, seeker.seeker_id)
    after, is_new = take_snapshot(records, tmp_path / "snapshots", now=NOW + timedelta(days=1))
    assert is_new
    assert tables_that_know(after, seeker.seeker_id, seeker.text) == set()
    assert after.counts["seekers"] == before.counts["seekers"] - 1
    assert after.counts["jobs"] == before.counts["jobs"]
    assert "| people left out | 1: they did not agree" in (after.folder / "DATA_CARD.md").read_text()
    assert (after.left_out, after.passed) == (1, True)


def test_who_withdraws_is_in_nothing_that_is_learned_from_the_store(records: Records, seeker: Seeker) -> None:
    before = from_records(records)
    row = before.seeker_texts.index(next(one for one in before.seeker_texts if seeker.text in one))
    withdraw(records, seeker.seeker_id)
    after = from_records(records)
    assert not [text for text in after.seeker_texts if seeker.text in text]
    assert len(after.grades) == len(before.grades) - np.count_nonzero(before.seekers == row) < len(before.grades)
    signs = np.count_nonzero(before.interest.seekers == row)
    assert len(after.interest.times) == len(before.interest.times) - signs < len(before.interest.times)
    assert after.version != before.version


def test_serving_still_knows_who_withdrew(records: Records, seeker: Seeker) -> None:
    placements = [one for one in records.iter_placements() if one.seeker_id == seeker.seeker_id]
    withdraw(records, seeker.seeker_id)
    assert seeker in [stored.seeker for stored in records.iter_seekers()]
    assert records.get_seeker(seeker.seeker_id).seeker == seeker
    assert [one for one in records.iter_placements() if one.seeker_id == seeker.seeker_id] == placements


def test_a_consent_withdrawn_while_the_snapshot_is_taken_counts(
    records: Records, seeker: Seeker, tmp_path: Path
) -> None:
    class Interrupted(Records):
        def iter_jobs(self, *, open_at: datetime | None = None) -> Iterator[Job]:  # read last
            withdraw(self, seeker.seeker_id)
            yield from super().iter_jobs(open_at=open_at)

    snapshot, _ = take_snapshot(Interrupted(records._engine), tmp_path / "snapshots", now=NOW)
    assert (tables_that_know(snapshot, seeker.seeker_id, seeker.text), snapshot.left_out) == (set(), 1)


def test_consent_given_again_brings_a_person_back(records: Records, tmp_path: Path) -> None:
    cipher = FieldCipher(records._engine, create_master_keys(tmp_path / "keys" / "master.keys"))
    database = writing(records._engine)
    with writing(database).begin() as connection:
        new = NewAccount("rosa@correo.pe", "hash", frozenset({Role.SEEKER}), name="Rosa")
        account_id = create_account(connection, cipher, new, NOW)
        seeker_id = tie_seeker(connection, account_id, NOW)
        profile = Encoded(Seeker(seeker_id, "Bordo y coso en casa"), None, None)
        put_account_profile(connection, profile, account_id)
    job_id = next(records.iter_jobs()).job_id
    tell_events(records, [Event("e1", EventKind.CLICK, seeker_id, job_id, None, None, NOW - timedelta(days=1))])

    def say(purpose: ConsentPurpose, *, is_given: bool) -> set[str]:
        """Agree or not, and which tables of the next snapshot know of it."""
        with writing(database).begin() as connection:
            version = consent_texts()[purpose].version
            record_consent(connection, account_id, purpose, version, is_given=is_given, now=datetime.now(UTC))
            apply_consents(connection, account_id, NOW)
        return tables_that_know(take_snapshot(records, tmp_path / "snapshots", now=NOW)[0], seeker_id, "Bordo y coso")

    assert say(ConsentPurpose.MATCHING, is_given=True) == set()
    assert say(ConsentPurpose.TRAINING, is_given=True) == {"seekers", "events"}
    assert say(ConsentPurpose.TRAINING, is_given=False) == set()
    assert say(ConsentPurpose.TRAINING, is_given=True) == {"seekers", "events"}
    assert say(ConsentPurpose.MATCHING, is_given=False) == set()  # without it nothing of theirs is used


def test_everybody_may_withdraw(records: Records, tiny_world: World, tmp_path: Path) -> None:
    for seeker in tiny_world.seekers:
        withdraw(records, seeker.seeker_id)
    snapshot, _ = take_snapshot(records, tmp_path / "snapshots", now=NOW)
    assert snapshot.counts == {"jobs": 90, "seekers": 0, "placements": 0, "events": 0}
    assert (snapshot.left_out, len(read_snapshot(snapshot.folder).grades)) == (60, 0)
