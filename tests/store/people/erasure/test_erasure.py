"""Erasing somebody: nothing of them is left in any table, nothing of anybody else is touched, all at once or not."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, update

from engine.errors import NotFoundError
from engine.seekers import Seeker
from store.audit import read_audit
from store.audit_chain import verify_audit
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.evidence.answer_records import AnswerRecord
from store.evidence.recommendation_log import log_answers, read_answer
from store.hiring.employers import add_member, list_employers
from store.hiring.postings import get_posting
from store.partners.deliveries import enqueue
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.partners.webhooks import WebhookKind, create_webhook
from store.people.accounts import NewAccount, Role, create_account
from store.people.case_notes import add_note
from store.people.cases import CaseKind, Decision, NewCase, decide_case, get_case, open_case, take_case
from store.people.confirmations import ConfirmationKind, ask_confirmation
from store.people.erasure.erasure import erase_account, erase_partners_person
from store.people.erasure.receipts import ErasureReceipt, read_receipt
from store.people.profiles import Encoded, put_partner_profile
from store.records.records import Records
from store.requests.idempotency import RepeatableRequest, StoredAnswer, store_answer, stored_answer
from store.tables import Base
from store.upserts import in_transaction

TABLES = Base.metadata.tables
NOW = datetime(2026, 11, 26, tzinfo=UTC)
ROOT = Path(__file__).parents[4]
# What is kept: acts by ids that name nobody any more, and until all is done whom to look for elsewhere.
KEPT_IN = {"audit_entries", "erasure_receipts"}

Everything = Callable[[], dict[str, list[str]]]
Erase = Callable[[Any], ErasureReceipt]


@pytest.fixture
def erase(database: Engine, cipher: FieldCipher) -> Erase:
    """Erases an account as a request does."""

    def erased(person: Any) -> ErasureReceipt:
        def work(connection: Connection) -> ErasureReceipt:
            return erase_account(connection, cipher, person.account_id, f"account:{person.account_id}", NOW)

        return in_transaction(database, work)

    return erased


def naming(everything: dict[str, list[str]], person: Any) -> dict[str, list[str]]:
    """The rows that hold a word or an id of somebody."""
    traces = (person.name, person.email, person.account_id, person.seeker_id, person.employer_id)
    traces += tuple(person.words["account_phones"])
    found = {table: [row for row in rows if any(one in row for one in traces)] for table, rows in everything.items()}
    return {table: rows for table, rows in found.items() if rows}


def test_nothing_of_somebody_erased_is_left_in_any_table(
    make_person: Callable[[str], Any], everything: Everything, erase: Erase
) -> None:
    make_person("Ana")
    rosa = make_person("Rosa")
    held = naming(everything(), rosa).keys()
    assert len(held) > 20
    receipt = erase(rosa)
    left = naming(everything(), rosa)
    # What the system answered stays, with no word of hers: the bundle that answered had her name in this test.
    (answer,) = left.pop("recommendations")
    assert json.loads(answer)["seeker_id"] == json.loads(answer)["input_hash"] == ""
    assert left.keys() <= KEPT_IN
    assert receipt.state == "pending"
    one_row = ("accounts", "seekers", "applications", "dismissals", "recommendations_detached", "recommendation_inputs")
    assert {receipt.removed[kind] for kind in one_row} == {1}
    assert (receipt.removed["messages"], receipt.removed["outgoing_mails"], receipt.removed["attempts"]) == (2, 2, 2)


def test_nothing_of_anybody_else_is_touched(
    make_person: Callable[[str], Any], everything: Everything, erase: Erase
) -> None:
    ana, rosa = make_person("Ana"), make_person("Rosa")
    before = naming(everything(), ana)
    erase(rosa)
    assert naming(everything(), ana) == before


def test_what_the_system_answered_is_kept_without_whom_it_was_for(
    make_person: Callable[[str], Any], erase: Erase, database: Engine
) -> None:
    rosa = make_person("Rosa")
    with database.connect() as connection:
        recommendation_id = connection.execute(select(TABLES["recommendations"].c.recommendation_id)).scalar_one()
    erase(rosa)
    with database.connect() as connection:
        (row,) = connection.execute(select(TABLES["recommendations"])).all()
        assert row.shown == [["ad:0", 0.75], ["ad:3", 0.5]]
        assert row.asked == {"limit": 5, "software": {"code": "1"}}  # not what she had dismissed
        assert (row.recommendation_id, row.model_id) == (recommendation_id, "m1")
        with pytest.raises(NotFoundError, match="no such recommendation"):
            read_answer(connection, recommendation_id)


def test_cases_keep_what_was_decided_and_lose_whose_they_were(
    make_person: Callable[[str], Any], erase: Erase, database: Engine
) -> None:
    rosa = make_person("Rosa")
    erase(rosa)
    with database.connect() as connection:
        cases = {row.kind: row for row in connection.execute(select(TABLES["cases"]))}
        assert cases.keys() == {"human_review", "report"}  # the correction was for her, and nobody had decided it
        assert connection.execute(select(TABLES["support_notes"])).all() == []
    assert (cases["human_review"].decision, cases["human_review"].decision_reason) == ("answer_stands", None)
    assert (cases["report"].state, cases["report"].subject_id) == ("open", "ad:1")
    assert {(case.opened_by, case.words_sealed) for case in cases.values()} == {(None, None)}


def test_an_organisation_that_nobody_else_acts_for_is_closed_with_its_jobs(
    make_person: Callable[[str], Any], erase: Erase, database: Engine, records: Records
) -> None:
    rosa = make_person("Rosa")
    before = records.job_change_number()
    erase(rosa)
    with database.connect() as connection:
        assert list_employers(connection, limit=10) == []
        posting = get_posting(connection, rosa.job_id)
    assert (posting.employer_id, posting.partner_id, posting.is_shown) == (None, None, False)
    (closed,) = records.job_changes(before, 10)
    assert closed.job is not None
    assert (closed.job_id, closed.job.is_open) == (rosa.job_id, False)


def test_an_organisation_with_other_people_goes_on(
    make_person: Callable[[str], Any], erase: Erase, database: Engine, records: Records
) -> None:
    ana, rosa = make_person("Ana"), make_person("Rosa")
    with writing(database).begin() as connection:
        add_member(connection, rosa.employer_id, ana.account_id, NOW)
    erase(rosa)
    with database.connect() as connection:
        assert {one.employer_id for one in list_employers(connection, account_id=ana.account_id, limit=10)} == {
            ana.employer_id,
            rosa.employer_id,
        }
    assert records.get_job(rosa.job_id).is_open


def test_what_an_administrator_was_at_is_somebody_elses_to_do(
    make_person: Callable[[str], Any], erase: Erase, database: Engine, cipher: FieldCipher
) -> None:
    admin = make_person("Rosa")
    with writing(database).begin() as connection:
        case_id = open_case(connection, cipher, NewCase(CaseKind.POSTING, "ad:3"), NOW)
        take_case(connection, case_id, admin.account_id, NOW)
        add_note(connection, cipher, case_id, admin.account_id, "mirar el RUC", NOW)
    erase(admin)
    with database.connect() as connection:
        case = get_case(connection, case_id)
        (note,) = connection.execute(select(TABLES["support_notes"])).all()
    assert (case.state, case.assigned_to, note.author_id) == ("open", None, "")


def test_of_answers_kept_for_others_those_that_tell_of_the_person_go(
    make_person: Callable[[str], Any], erase: Erase, database: Engine, cipher: FieldCipher
) -> None:
    ana, rosa = make_person("Ana"), make_person("Rosa")
    with writing(database).begin() as connection:
        applications = TABLES["applications"]
        theirs = applications.c.seeker_id == rosa.seeker_id
        connection.execute(update(applications).where(theirs).values(employer_id=ana.employer_id))
        messages, of_rosa = TABLES["messages"], select(applications.c.application_id).where(theirs)
        message_id = connection.execute(
            select(messages.c.message_id).where(messages.c.application_id.in_(of_rosa)).limit(1)
        ).scalar_one()
        requests = {
            text: RepeatableRequest.of(f"account:{ana.account_id}", key, b"POST")
            for key, text in (("tells", message_id), ("other", "nothing of hers"))
        }
        for text, request in requests.items():
            store_answer(connection, cipher, request, StoredAnswer(201, json.dumps({"message_id": text}), None), NOW)
    erase(rosa)
    with writing(database).begin() as connection:
        assert stored_answer(connection, cipher, requests[message_id], NOW) is None
        assert stored_answer(connection, cipher, requests["nothing of hers"], NOW) is not None


def test_a_code_that_others_wait_for_is_left(
    make_person: Callable[[str], Any], erase: Erase, database: Engine, cipher: FieldCipher
) -> None:
    rosa = make_person("Rosa")
    with writing(database).begin() as connection:
        wanted = {"email": "otra@correo.pe", "account_id": None}
        kept, _ = ask_confirmation(connection, cipher, ConfirmationKind.SIGN_UP, wanted, NOW)
        ask_confirmation(connection, cipher, ConfirmationKind.NOTHING, {"email": " Rosa@Correo.pe"}, NOW)
    erase(rosa)
    with database.connect() as connection:
        left = connection.execute(select(TABLES["confirmations"].c.confirmation_id)).scalars().all()
    assert left == [kept]


def test_somebody_without_a_profile_is_erased_too(database: Engine, cipher: FieldCipher) -> None:
    with writing(database).begin() as connection:
        new = NewAccount("analista@correo.pe", "hash", frozenset({Role.ANALYST}))
        account_id = create_account(connection, cipher, new, NOW)
    with writing(database).begin() as connection:
        receipt = erase_account(connection, cipher, account_id, "operator", NOW)
    assert receipt.removed == {"account_roles": 1, "accounts": 1}


def test_the_audit_log_says_who_was_erased_by_ids_alone_and_its_chain_holds(
    make_person: Callable[[str], Any], erase: Erase, database: Engine
) -> None:
    rosa = make_person("Rosa")
    receipt = erase(rosa)
    with database.connect() as connection:
        entry = read_audit(connection, subject=f"account:{rosa.account_id}", limit=1, newest_first=True)[0]
        assert verify_audit(connection).fault is None
    assert (entry.action, entry.detail["receipt_id"]) == ("data.erased", receipt.receipt_id)
    assert entry.detail["removed"]["accounts"] == 1


def test_of_two_who_erase_at_once_one_is_told_that_nobody_is_there(
    make_person: Callable[[str], Any], erase: Erase, database: Engine
) -> None:
    rosa = make_person("Rosa")
    together = Barrier(2)

    def try_to(_number: int) -> bool:
        together.wait()
        try:
            return erase(rosa).state == "pending"
        except NotFoundError:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_to, range(2))) == [False, True]
    with database.connect() as connection:
        pending = TABLES["erasure_receipts"].c.state == "pending"
        assert len(connection.execute(select(TABLES["erasure_receipts"]).where(pending)).all()) == 1


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import event
from store.database import open_database, writing
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import open_master_keys
from store.people.erasure.erasure import erase_account

url, keys, account_id = sys.argv[1:]
engine = open_database(url)
cipher = FieldCipher(engine, open_master_keys(Path(keys)))
with writing(engine).begin() as connection:
    erase_account(connection, cipher, account_id, "operator", datetime(2026, 11, 26, tzinfo=UTC))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_before_the_end_has_erased_nothing(
    make_person: Callable[[str], Any], everything: Everything, database_url: str, tmp_path: Path
) -> None:
    rosa = make_person("Rosa")
    before = everything()
    command = [sys.executable, "-c", KILLED, database_url, str(tmp_path / "keys" / "master.keys"), rosa.account_id]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert everything() == before


@pytest.fixture
def partner_id(database: Engine, cipher: FieldCipher) -> str:
    """A partner that wants to be told of people erased."""
    with writing(database).begin() as connection:
        made = create_partner(connection, cipher, NewPartner("Bolsa Sur", RequestLimits(9, 9)), NOW)
        create_webhook(connection, cipher, made, "https://bolsasur.example/h", [WebhookKind.SEEKER_ERASED], NOW)
    return made


def put_person(connection: Connection, seeker_id: str, partner_id: str) -> None:
    profile = Encoded(Seeker(seeker_id=seeker_id, text="Contadora"), None, None)
    put_partner_profile(connection, profile, partner_id, is_findable=False)


def test_a_partners_person_is_erased_and_the_partner_is_told_by_its_own_name_for_them(
    database: Engine, cipher: FieldCipher, partner_id: str, everything: Everything
) -> None:
    with writing(database).begin() as connection:
        put_person(connection, "dni-40123456", partner_id)
        placed = {"seeker_id": "dni-40123456", "job_id": "ad:1", "grade": 4, "placed_at": NOW}
        connection.execute(insert(TABLES["placements"]).values(placed))
    erase = partial(erase_partners_person, cipher=cipher, seeker_id="dni-40123456", partner_id=partner_id, now=NOW)
    receipt = in_transaction(database, erase)
    assert receipt.removed == {"placements": 1, "seekers": 1}
    with database.connect() as connection:
        (notified,) = connection.execute(select(TABLES["webhook_deliveries"])).all()
        assert (notified.kind, notified.body["seeker_id"], notified.body["receipt_id"]) == (
            "seeker.erased",
            "dni-40123456",
            receipt.receipt_id,
        )
    with writing(database).begin() as connection:
        connection.execute(delete(TABLES["webhook_deliveries"]))
        connection.execute(update(TABLES["erasure_receipts"]).values(pending_sealed=None))
    left = [row for rows in everything().values() for row in rows if "40123456" in row]
    assert left == []  # not in the audit log either, which is for ever
    with pytest.raises(NotFoundError, match="no such seeker"):
        in_transaction(database, erase)


def test_what_a_partner_contested_for_its_person_keeps_no_words(
    database: Engine, cipher: FieldCipher, partner_id: str, everything: Everything
) -> None:
    with writing(database).begin() as connection:
        put_person(connection, "killa", partner_id)
        answers = [
            AnswerRecord(name, "killa", partner_id, {}, NOW, "b", "m", "f", 1, [], {"text": "hola"}, b"")
            for name in ("answer-1", "answer-2")
        ]
        log_answers(connection, answers, NOW)
        for answer in ("answer-1", "answer-2", "of-another"):
            review = NewCase(CaseKind.HUMAN_REVIEW, answer, f"partner:{partner_id}", (), f"palabras de {answer}")
            case_id = open_case(connection, cipher, review, NOW)
            add_note(connection, cipher, case_id, "admin", f"nota de {answer}", NOW)
            if answer == "answer-1":
                decide_case(connection, case_id, "admin", Decision.ANSWER_STANDS, f"motivo de {answer}", NOW)
        notified = {"recommendation_id": "answer-1", "reason": "motivo de answer-1"}
        connection.execute(update(TABLES["webhooks"]).values(kinds=list(WebhookKind)))
        enqueue(connection, WebhookKind.RECOMMENDATION_CONTESTED, notified, NOW, partner_id)
        erase_partners_person(connection, cipher, "killa", partner_id, NOW)
    left = everything()
    assert [json.loads(row)["kind"] for row in left["webhook_deliveries"]] == ["seeker.erased"]
    assert sorted(json.loads(row)["subject_id"] for row in left["cases"]) == ["answer-1", "of-another"]
    kept = repr(left)
    assert [part in kept for part in ("palabras de", "nota de", "motivo de")] == [True, True, False]
    for answer in ("answer-1", "answer-2"):
        assert f"palabras de {answer}" not in kept
        assert f"nota de {answer}" not in kept
    with database.connect() as connection:
        decided = TABLES["cases"].c.state == "decided"
        opener = connection.execute(select(TABLES["cases"].c.opened_by).where(decided)).scalar_one()
    assert opener == f"partner:{partner_id}"


def test_a_partner_erases_nobody_elses_person(
    database: Engine, cipher: FieldCipher, partner_id: str, make_person: Callable[[str], Any], everything: Everything
) -> None:
    rosa = make_person("Rosa")
    before = everything()
    for seeker_id in (rosa.seeker_id, "nobody"):
        with pytest.raises(NotFoundError), writing(database).begin() as connection:
            erase_partners_person(connection, cipher, seeker_id, partner_id, NOW)
    assert everything() == before


def test_a_receipt_names_nobody_and_is_read_by_its_id(
    make_person: Callable[[str], Any], erase: Erase, database: Engine
) -> None:
    receipt = erase(make_person("Rosa"))
    with database.connect() as connection:
        assert read_receipt(connection, receipt.receipt_id) == receipt
        with pytest.raises(NotFoundError, match="no such receipt"):
            read_receipt(connection, "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47")
    assert "Rosa" not in repr(receipt)
    assert (receipt.erased_at, receipt.completed_at) == (NOW, None)
