"""Finishing erasures: what came late and what lies beside the database goes too, whatever interrupts it."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, insert, select

from engine.errors import ArtifactError
from engine.seekers import Seeker
from store.analytics.snapshots import current_snapshot, take_snapshot
from store.database import writing
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher
from store.evidence.answer_records import record_json
from store.evidence.journal import JournalWriter
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.people.erasure.erasure import erase_account, erase_partners_person
from store.people.erasure.finishing import Finished, finish_erasures
from store.people.erasure.receipts import ErasureReceipt, read_receipt
from store.people.profiles import Encoded, put_partner_profile
from store.records.records import Records
from store.tables import Base
from store.upserts import in_transaction
from store.vacuuming import forget_deleted_bytes

TABLES = Base.metadata.tables
NOW = datetime(2026, 11, 26, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)

Everything = Callable[[], dict[str, list[str]]]
Finish = Callable[..., Finished]


@pytest.fixture
def finish(database: Engine, cipher: FieldCipher, tmp_path: Path) -> Finish:
    """Finishes what is pending; `elsewhere` erases where the store does not look."""

    def finished(
        at: datetime = LATER, elsewhere: Callable[[Collection[str]], dict[str, int]] | None = None
    ) -> Finished:
        return finish_erasures(database, cipher, tmp_path, at, elsewhere or (lambda _seekers: {"models": 0}))

    return finished


@pytest.fixture
def erased(database: Engine, cipher: FieldCipher, make_person: Callable[[str], Any]) -> tuple[Any, ErasureReceipt]:
    """Rosa, of whom every table held something, and the receipt of her erasure at NOW."""
    rosa = make_person("Rosa")
    work = partial(erase_account, cipher=cipher, account_id=rosa.account_id, actor="operator", now=NOW)
    return rosa, in_transaction(database, work)


def receipt_of(database: Engine, receipt_id: str) -> ErasureReceipt:
    with database.connect() as connection:
        return read_receipt(connection, receipt_id)


def journal_answer(folder: Path, recommendation_id: str, seeker_id: str, at: datetime) -> None:
    """An answer that was given to a person while they were being erased."""
    writer = JournalWriter(folder)
    writer.append(
        record_json(
            recommendation_id=recommendation_id,
            seeker_id=seeker_id,
            partner_id=None,
            query_json=b"{}",
            answered_at=at,
            bundle="b",
            model_id="m",
            reranker="formula",
            job_change_number=0,
            shown=[("ad:0", 0.5)],
            document='{"text":"palabras tardías"}',
            vector=np.ones(4, np.float32),
        )
    )
    writer.close()


def test_an_erasure_is_finished_when_no_request_from_before_it_can_still_run(
    erased: tuple[Any, ErasureReceipt], finish: Finish, database: Engine
) -> None:
    _, receipt = erased
    assert finish(NOW + timedelta(minutes=4)) == Finished(0, 1)
    assert receipt_of(database, receipt.receipt_id).state == "pending"
    assert finish() == Finished(1, 0)
    complete = receipt_of(database, receipt.receipt_id)
    assert (complete.state, complete.completed_at, complete.removed) == ("complete", LATER, receipt.removed)
    assert complete.checked == {"models": 0, "analytics_snapshots": 0, "written_mails": 0}
    assert finish() == Finished(0, 0)


def test_whom_it_was_about_is_forgotten_when_all_is_done(
    erased: tuple[Any, ErasureReceipt], finish: Finish, everything: Everything
) -> None:
    rosa, _ = erased
    assert any(rosa.seeker_id in row for row in everything()["erasure_receipts"])
    finish()
    assert [row for row in everything()["erasure_receipts"] if rosa.seeker_id in row or rosa.email in row] == []


def test_what_a_request_under_way_wrote_after_the_erasure_goes_too(
    erased: tuple[Any, ErasureReceipt], finish: Finish, database: Engine, everything: Everything, tmp_path: Path
) -> None:
    rosa, receipt = erased
    late = {"seeker_id": rosa.seeker_id, "job_id": "ad:3", "saved_at": NOW}
    with writing(database).begin() as connection:
        connection.execute(insert(TABLES["saved_jobs"]).values(late))
    journal_answer(tmp_path / "journal", "01a0", rosa.seeker_id, NOW)
    finish()
    left = everything()
    assert "palabras tardías" not in repr(left)
    assert [rosa.seeker_id in row for table in ("saved_jobs", "recommendations") for row in left[table]] == [False] * 2
    removed = receipt_of(database, receipt.receipt_id).removed
    assert removed["saved_jobs"] == receipt.removed["saved_jobs"] + 1
    assert removed["recommendations_detached"] == receipt.removed["recommendations_detached"] + 1


def test_a_person_that_a_partner_put_again_since_is_another_person(
    database: Engine, cipher: FieldCipher, finish: Finish, tmp_path: Path
) -> None:
    def put(connection: Connection, partner_id: str) -> None:
        person = Encoded(Seeker(seeker_id="killa", text="Vuelve"), None, None)
        put_partner_profile(connection, person, partner_id, is_findable=False)

    with writing(database).begin() as connection:
        partner_id = create_partner(connection, cipher, NewPartner("Sur", RequestLimits(9, 9)), NOW)
        put(connection, partner_id)
        receipt = erase_partners_person(connection, cipher, "killa", partner_id, NOW)
        put(connection, partner_id)
    since = datetime.now(UTC)  # profiles are stamped by the real clock
    journal_answer(tmp_path / "journal", "01a0-before", "killa", since - timedelta(hours=1))
    journal_answer(tmp_path / "journal", "01a0-after", "killa", since + timedelta(hours=1))
    finish(max(LATER, since + timedelta(hours=2)))
    assert Records(database).get_seeker("killa").seeker.text == "Vuelve"
    with database.connect() as connection:
        answers = {
            row.recommendation_id: row.seeker_id for row in connection.execute(select(TABLES["recommendations"]))
        }
        inputs = connection.execute(select(TABLES["recommendation_inputs"].c.seeker_id)).scalars().all()
    assert answers == {"01a0-before": "", "01a0-after": "killa"}
    assert inputs == ["killa"]
    assert receipt_of(database, receipt.receipt_id).removed == {"recommendations_detached": 1, "seekers": 1}


def test_an_interrupted_run_is_finished_by_the_next(
    erased: tuple[Any, ErasureReceipt], finish: Finish, database: Engine
) -> None:
    rosa, receipt = erased
    called_for: list[set[str]] = []

    def damaged(seekers: Collection[str]) -> dict[str, int]:
        called_for.append(set(seekers))
        raise ArtifactError("nobody can be erased from a damaged snapshot")

    with pytest.raises(ArtifactError, match="damaged"):
        finish(elsewhere=damaged)
    assert receipt_of(database, receipt.receipt_id).state == "pending"
    assert finish() == Finished(1, 0)
    assert called_for == [{rosa.seeker_id}]


def test_the_analysts_snapshots_know_the_person_no_more(
    make_person: Callable[[str], Any], database: Engine, cipher: FieldCipher, finish: Finish, tmp_path: Path
) -> None:
    ana, rosa = make_person("Ana"), make_person("Rosa")
    pseudonym = partial(cipher.keyed_hash, Purpose.PSEUDONYM)
    taken = take_snapshot(database, tmp_path / "analytics", pseudonym, NOW)
    with writing(database).begin() as connection:
        receipt = erase_account(connection, cipher, rosa.account_id, "operator", NOW)
    finish()
    snapshot = current_snapshot(tmp_path / "analytics")
    assert snapshot.version != taken.version
    assert list(snapshot.folder.glob("*.answer.json"))  # nobody waits for what takes long
    with snapshot.tables() as tables:
        for table in ("people", "shown", "steps"):
            people = {row[0] for row in tables.execute(f"select person from {table}").fetchall()}
            assert pseudonym(ana.seeker_id) in people
            assert pseudonym(rosa.seeker_id) not in people
    assert receipt_of(database, receipt.receipt_id).checked["analytics_snapshots"] == 1


def test_mails_that_were_written_to_files_for_the_person_are_removed(
    erased: tuple[Any, ErasureReceipt], finish: Finish, database: Engine, tmp_path: Path
) -> None:
    rosa, receipt = erased
    outbox = tmp_path / "outbox"
    outbox.mkdir()
    before, after = NOW.timestamp() - 60, LATER.timestamp()
    for name, recipient, at in (
        ("hers", f"Rosa <{rosa.email.upper()}>", before),
        ("of-another", "ana@correo.pe", before),
        ("signed-up-again", rosa.email, after),
    ):
        file = outbox / f"{name}.eml"
        file.write_text(f"From: chamba@localhost\r\nTo: {recipient}\r\nSubject: Hola\r\n\r\nHola\r\n")
        os.utime(file, (at, at))
    finish()
    assert sorted(file.stem for file in outbox.iterdir()) == ["of-another", "signed-up-again"]
    assert receipt_of(database, receipt.receipt_id).checked["written_mails"] == 1


@pytest.mark.sqlite_only("a server keeps its own files")
def test_no_byte_of_what_was_deleted_is_left_in_the_files_of_sqlite(
    database: Engine, records: Records, tmp_path: Path
) -> None:
    dice = random.Random(7)

    def text(number: int) -> str:
        return f"secreto{number:04d} " * dice.choice([4, 30, 200, 700])

    for number in range(300):
        records.put_seeker(Seeker(f"s{number}", text(number)), None, None)
        old = dice.randrange(number + 1)
        records.put_seeker(Seeker(f"s{old}", text(old)), None, None)
    gone = dice.sample(range(300), 150)
    for number in gone:
        records.delete_seeker(f"s{number}")

    def bytes_of_files() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.glob("chamba.db*"))

    def left() -> list[int]:
        found = bytes_of_files()
        return [number for number in gone if f"secreto{number:04d}".encode() in found]

    assert left()
    forget_deleted_bytes(database)
    assert left() == []
    assert b"secreto" in bytes_of_files()  # of those who stay
    assert sum(1 for _ in records.iter_seekers()) == 150


@pytest.mark.sqlite_only("a server keeps its own files")
def test_somebody_who_reads_for_long_is_told_of(
    database: Engine, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.database.LOCK_WAIT_SECONDS", 0)
    records.put_seeker(Seeker("s1", "hola"), None, None)
    with database.connect() as reader:
        reader.execute(select(TABLES["seekers"])).all()
        with pytest.raises(ArtifactError, match="log of writes could not be emptied"):
            forget_deleted_bytes(database)
    forget_deleted_bytes(database)
