"""People of whom every table holds something, each with words of their own in it, and all that the database holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, insert, select

from engine.jobs import Job
from engine.placements import Placement
from engine.programmes.form import RULES_EXAMPLE, read_rules
from engine.programmes.judging import Eligibility, judge
from engine.programmes.people import ScreenedPerson
from engine.seekers import Seeker
from store.alerts.due import ToldJob, note_told
from store.alerts.new_jobs import note_opened_jobs
from store.alerts.saved_searches import AskedSearch, save_search
from store.alerts.times import Alert
from store.audit import AuditAction, append_audit
from store.database import writing
from store.encryption.data_keys import Purpose
from store.encryption.field_cipher import FieldCipher, row_id_of
from store.encryption.index_texts import INDEX_TEXTS
from store.encryption.master_keys import create_master_keys
from store.encryption.sealed_columns import sealed_columns
from store.evidence.answer_records import AnswerRecord
from store.evidence.recommendation_log import log_answers
from store.hiring.applications import NewApplication, Stage, StepTaker, apply, step
from store.hiring.employers import EmployerFacts, create_employer
from store.hiring.messages import Template, put_template, send_message
from store.hiring.postings import Moderation, put_posting
from store.hiring.saved_jobs import Dismissal, DismissalReason, dismiss_job, save_job
from store.hiring.standing import Owner
from store.ids import new_id
from store.importers.cv.formats import CvKind
from store.matching.job_changes import put_numbered_jobs
from store.matching.placements import put_placements
from store.matching.rows import job_row
from store.partners.deliveries import enqueue
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.partners.usage import add_answers, add_usage
from store.partners.webhooks import WebhookKind, create_webhook
from store.people.accounts import NewAccount, Role, create_account, write_contact
from store.people.careers import put_career
from store.people.case_notes import add_note
from store.people.cases import CaseKind, Decision, NewCase, decide_case, open_case
from store.people.confirmations import ConfirmationKind, ask_confirmation
from store.people.consents import ConsentPurpose, record_consent
from store.people.cv_files import put_cv
from store.people.factors.challenges import ChallengePurpose, open_challenge
from store.people.factors.passkeys import NewPasskey, add_passkey
from store.people.factors.recovery_codes import RecoveryCodes, store_recovery_codes
from store.people.factors.totp import begin_totp, confirm_totp, totp_code
from store.people.mail import Mail, post_mail
from store.people.open_sessions import NewSession, sealed_device
from store.people.partner_developers import add_developer
from store.people.phone_messages import PhoneMessage, SendingTime, is_first_time, post_message
from store.people.phones import put_numbers, stop_messages, write_phone
from store.people.profiles import Encoded, put_account_profile, put_partner_profile
from store.people.seeker_accounts import PrivateDetails, tie_seeker, write_private_details
from store.people.sessions import start_session
from store.programmes.programmes import ProgrammeFacts, create_programme, get_programme
from store.programmes.screenings import JUDGEMENT, DecidedBy, ScreeningDecision, decide_screening
from store.programmes.versions import publish_rules
from store.records.records import Records
from store.requests.attempts import Limit, count_attempt
from store.requests.idempotency import RepeatableRequest, StoredAnswer, store_answer
from store.tables import Base

TABLES = Base.metadata.tables
NOW = datetime(2026, 11, 25, 19, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Person:
    """Somebody with an account: `words` are theirs alone, by the table that holds them."""

    name: str
    email: str
    account_id: str
    seeker_id: str
    employer_id: str
    job_id: str
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def word(self, table: str, column: str) -> str:
        """A new word for a column of a table."""
        word = f"{self.name}-{table}-{column}"
        self.words[table].append(word)
        return word


MakePerson = Callable[..., Person]


@pytest.fixture
def cipher(database: Engine, tmp_path: Path) -> FieldCipher:
    """The database's cipher."""
    return FieldCipher(database, create_master_keys(tmp_path / "keys" / "master.keys"))


@pytest.fixture
def make_person(database: Engine, cipher: FieldCipher, records: Records) -> MakePerson:
    """Makes a person of a name, of whom every table holds something; `at` is when."""

    def make(name: str, at: datetime = NOW) -> Person:
        records.put_jobs([Job(f"ad:{number}", f"Aviso {number}") for number in range(4)])
        with writing(database).begin() as connection:
            note_opened_jobs(connection, at)
            person = _account(connection, cipher, name, at)
        with writing(database).begin() as connection:
            _signing_in(connection, cipher, person, at)
            _choices(connection, cipher, person, at)
            _hiring(connection, cipher, person, at)
            recommendation_id = _evidence(connection, person, at)
            _partners(connection, cipher, person, recommendation_id, at)
            _programmes(connection, cipher, person, at)
        return person

    return make


@pytest.fixture
def everything(database: Engine, cipher: FieldCipher) -> Callable[[], dict[str, list[str]]]:
    """All rows of all tables, each as one text with what is sealed in the clear: table → rows."""
    sealed = {str(one.sealed): one for one in sealed_columns(Base.metadata, INDEX_TEXTS)}

    def read() -> dict[str, list[str]]:
        with database.connect() as connection:
            return {name: sorted(_rows(connection, name)) for name in TABLES}

    def _rows(connection: Connection, name: str) -> Iterator[str]:
        table = TABLES[name]
        for row in connection.execute(select(table)):
            key = row_id_of(row._mapping[column] for column in table.primary_key.columns)
            values = {}
            for column in table.columns:
                value = row._mapping[column]
                is_sealed = str(column) in sealed and value is not None
                values[column.name] = cipher.open(str(column), key, value) if is_sealed else value
            yield json.dumps(values, default=str, ensure_ascii=False)

    return read


def _account(connection: Connection, cipher: FieldCipher, name: str, at: datetime) -> Person:
    email = f"{name.lower()}@correo.pe"
    new = NewAccount(email, f"{name}-hash", frozenset({Role.SEEKER, Role.EMPLOYER}), name=f"{name}-accounts-name")
    account_id = create_account(connection, cipher, new, at)
    write_contact(connection, cipher, account_id, name=f"{name}-accounts-name", phone=f"{name}-accounts-phone", now=at)
    seeker_id = tie_seeker(connection, account_id, at)
    facts = EmployerFacts(
        f"{name}-employers-name", f"{name}-employers-description", contact=f"{name}-employers-contact"
    )
    employer_id = create_employer(connection, cipher, facts, account_id, at)
    asked = {"request_id": new_id(), "employer_id": employer_id, "account_id": account_id}
    connection.execute(
        insert(TABLES["member_requests"]).values(**asked, asked_at=at, expires_at=at + timedelta(days=14))
    )
    person = Person(name, email, account_id, seeker_id, employer_id, f"job:{new_id()}")
    _phone(connection, cipher, person, at)
    person.words["accounts"] += [email, f"{name}-accounts-name", f"{name}-accounts-phone"]
    person.words["employers"] += [f"{name}-employers-{column}" for column in ("name", "description", "contact")]
    return person


def _phone(connection: Connection, cipher: FieldCipher, person: Person, at: datetime) -> None:
    """A number, which ended in the person's name if there were such numbers: what is told of it goes by its digits."""
    number = f"+51987{sum(map(ord, person.name)):06d}"
    person.words["account_phones"].append(number)
    write_phone(connection, cipher, person.account_id, number, at)
    post_message(
        connection, cipher, PhoneMessage(number, person.word("outgoing_messages", "text")), SendingTime(at, HOUR)
    )
    stop_messages(connection, cipher, number, at)
    is_first_time(connection, cipher.keyed_hash(Purpose.ATTEMPT, person.name), at)
    put_numbers(connection, person.account_id, ["ad:3"], at)
    person.words["numbered_jobs"].append("ad:3")


def _signing_in(connection: Connection, cipher: FieldCipher, person: Person, at: datetime) -> None:
    account_id = person.account_id
    for purpose in (ConsentPurpose.MATCHING, ConsentPurpose.SENSITIVE):
        record_consent(connection, account_id, purpose, "2026-11", is_given=True, now=at)
    kinds = ("income", "class", "class-date", "size", "birth", "region")
    told = [f"DNI{person.name}", *(f"{person.name}-{kind}" for kind in kinds)]
    details = PrivateDetails(*told)
    person.words["seeker_accounts"] += told
    write_private_details(connection, cipher, account_id, details, at)
    seeker = Seeker(
        seeker_id=person.seeker_id, text=person.word("seekers", "text"), skills=(person.word("seekers", "skill"),)
    )
    put_account_profile(connection, Encoded(seeker, np.full(4, 0.5, np.float32), "m1"), account_id)
    session_id = new_id()
    device = sealed_device(cipher, session_id, person.word("sessions", "device"))
    start_session(connection, account_id, at, NewSession(device_sealed=device, session_id=session_id))
    _factors(connection, cipher, person, at)
    new_email = person.word("confirmations", "wanted") + "@otro.pe"
    wanted = {"account_id": account_id, "email": new_email}
    ask_confirmation(connection, cipher, ConfirmationKind.NEW_EMAIL, wanted, at)
    for address in (person.email, new_email):
        mail = Mail(address, "Hola", person.word("outgoing_mails", "body"))
        post_mail(connection, cipher, mail, at, holds=timedelta(days=1))
    for subject in (account_id, person.email):
        hashed = cipher.keyed_hash(Purpose.ATTEMPT, subject)
        count_attempt(connection, Limit("login-email", 10, timedelta(minutes=15)), hashed, at)
    request = RepeatableRequest.of(f"account:{account_id}", f"{person.name}-key", b"POST")
    answer = StoredAnswer(201, json.dumps({"words": person.word("idempotency_keys", "answer")}), None)
    store_answer(connection, cipher, request, answer, at)
    connection.execute(insert(TABLES["account_activity"]).values(account_id=account_id, last_active_at=at))


def _factors(connection: Connection, cipher: FieldCipher, person: Person, at: datetime) -> None:
    secret = begin_totp(connection, cipher, person.account_id, at)
    assert confirm_totp(connection, cipher, person.account_id, totp_code(secret, at), at)
    codes = RecoveryCodes([], "00", ["00"])
    store_recovery_codes(connection, person.account_id, codes, at)
    name = person.word("passkeys", "name")
    add_passkey(connection, cipher, person.account_id, NewPasskey(f"{person.name}-key", b"key", 0, name), at)
    open_challenge(connection, ChallengePurpose.STEP_UP, person.account_id, at)


def _choices(connection: Connection, cipher: FieldCipher, person: Person, at: datetime) -> None:
    save_job(connection, person.seeker_id, "ad:0", at)
    person.words["saved_jobs"].append("ad:0")
    group, kind = person.word("notice_choices", "group"), person.word("waiting_notices", "kind")
    values = {"account_id": person.account_id, "notice_group": group, "is_wanted": False, "chosen_at": at}
    connection.execute(insert(TABLES["notice_choices"]).values(**values))
    values = {"account_id": person.account_id, "kind": kind, "about_id": "a", "since": at, "due_at": at}
    connection.execute(insert(TABLES["waiting_notices"]).values(**values))
    asked = AskedSearch(person.word("saved_searches", "name"), person.word("saved_searches", "query"), {}, Alert.DAILY)
    search_id = save_search(connection, cipher, person.account_id, asked, at).search_id
    note_told(connection, person.account_id, [ToldJob("ad:3", search_id, 0.5)], "bundle", at)
    person.words["told_jobs"].append("ad:3")
    words = person.word("dismissals", "words")
    dismiss_job(connection, cipher, person.seeker_id, Dismissal("ad:1", DismissalReason.OTHER, words, at))
    review = NewCase(CaseKind.HUMAN_REVIEW, new_id(), person.account_id, (), person.word("cases", "review"))
    case_id = open_case(connection, cipher, review, at)
    add_note(connection, cipher, case_id, "admin", person.word("support_notes", "body"), at)
    reason = person.word("cases", "reason")
    decide_case(connection, case_id, "admin", Decision.ANSWER_STANDS, reason, at)
    correction = NewCase(CaseKind.CORRECTION, person.account_id, person.account_id, (), person.word("cases", "words"))
    open_case(connection, cipher, correction, at)
    report = NewCase(CaseKind.REPORT, "ad:1", person.account_id, ("looks_false",), person.word("cases", "report"))
    open_case(connection, cipher, report, at)


def _hiring(connection: Connection, cipher: FieldCipher, person: Person, at: datetime) -> None:
    owner = Owner(employer_id=person.employer_id)
    put_posting(connection, person.job_id, owner, Moderation.APPROVED, is_wanted_open=True, now=at)
    put_numbered_jobs(connection, {person.job_id: job_row(Job(person.job_id, "Vendedora de quinua"))})
    person.words["postings"].append(person.job_id)
    body = person.word("message_templates", "body")
    put_template(connection, person.employer_id, Template(new_id(), "Saludo", body), at)
    note = person.word("applications", "note")
    applied = apply(connection, cipher, NewApplication(person.seeker_id, "ad:2", Owner(), note), at)
    reason = person.word("application_steps", "reason")
    taker = StepTaker.EMPLOYER
    step(connection, applied.application_id, Stage.DECLINED, version=1, reason=reason, taken_by=taker, now=at)
    career = {"experience": [{"title": person.word("careers", "career")}]}
    put_career(connection, cipher, person.seeker_id, career, at)
    put_cv(connection, cipher, person.seeker_id, CvKind.PDF, f"%PDF-{person.name}-cv".encode(), at)
    invitation_id, words = new_id(), person.word("invitations", "words")
    invitation = {"seeker_id": person.seeker_id, "job_id": "ad:3", "employer_id": person.employer_id}
    invitation |= {"invitation_id": invitation_id, "state": "waiting"}
    sealed = cipher.seal("invitations.words_sealed", invitation_id, words)
    connection.execute(insert(TABLES["invitations"]).values(**invitation, words_sealed=sealed, invited_at=at))
    for side in StepTaker:
        send_message(connection, cipher, applied.application_id, side, person.word("messages", side), at)


def _evidence(connection: Connection, person: Person, at: datetime) -> str:
    words = person.word("recommendation_inputs", "document")
    record = AnswerRecord(
        recommendation_id=new_id(),
        seeker_id=person.seeker_id,
        partner_id=None,
        query={"limit": 5, "excluded": ["ad:1"], "software": {"code": "1"}},
        answered_at=at,
        bundle=person.word("recommendations", "bundle"),
        model_id="m1",
        reranker="formula",
        job_change_number=1,
        shown=[("ad:0", 0.75), ("ad:3", 0.5)],
        document={"text": words},
        vector=np.full(4, 0.25, "<f4").tobytes(),
    )
    log_answers(connection, [record], at)
    put_placements(connection, [Placement(person.seeker_id, "ad:3", at, 4)])
    person.words["placements"].append("ad:3")
    event = {"told_by": "app", "event_id": new_id(), "kind": "click", "seeker_id": person.seeker_id, "job_id": "ad:3"}
    connection.execute(insert(TABLES["events"]).values(**event, occurred_at=at, received_at=at))
    person.words["events"].append("click")
    append_audit(
        connection,
        actor=f"account:{person.account_id}",
        action=AuditAction.DATA_CORRECTED,
        subject=f"account:{person.account_id}",
        detail={"fields": [person.word("audit_entries", "detail")]},
        now=at,
    )
    return record.recommendation_id


def _partners(
    connection: Connection, cipher: FieldCipher, person: Person, recommendation_id: str, at: datetime
) -> None:
    """An app with its keys, webhooks and people, which was told of the person's application and answer."""
    name = new_id()
    partner_id = create_partner(connection, cipher, NewPartner(f"App {name}", RequestLimits(9, 9), "x"), at)
    create_key(connection, partner_id, ["recommend"], at)
    create_webhook(connection, cipher, partner_id, "https://app.example/h", list(WebhookKind), at)
    enqueue(connection, WebhookKind.JOB_CLOSED, {"job_id": "ad:0"}, at, partner_id)
    applications = TABLES["applications"]
    theirs = select(applications.c.application_id).where(applications.c.seeker_id == person.seeker_id)
    notified = {
        "application_id": connection.execute(theirs).scalar_one(),
        "stage": person.word("webhook_deliveries", "a"),
    }
    enqueue(connection, WebhookKind.APPLICATION_STAGE_CHANGED, notified, at, partner_id)
    notified = {"recommendation_id": recommendation_id, "reason": person.word("webhook_deliveries", "b")}
    enqueue(connection, WebhookKind.RECOMMENDATION_CONTESTED, notified, at, partner_id)
    add_usage(connection, {(partner_id, "2026-11-25"): 1})
    add_answers(connection, {(partner_id, "2026-11-25", 2): 1})
    add_developer(connection, partner_id, person.account_id, at)
    person.words["partner_developers"].append(partner_id)
    another = Seeker(seeker_id=f"app:{name}", text="Otra persona")
    put_partner_profile(connection, Encoded(another, None, None), partner_id, is_findable=False)
    connection.execute(insert(TABLES["deleted_jobs"]).values(job_id=f"gone:{name}", change_number=0))
    _feed(connection, name, at)
    receipt = {"receipt_id": new_id(), "state": "complete", "removed": {}, "checked": {}, "erased_at": at}
    connection.execute(insert(TABLES["erasure_receipts"]).values(receipt))


def _programmes(connection: Connection, cipher: FieldCipher, person: Person, at: datetime) -> None:
    """A programme that the person asked for, and acts for, and what somebody decided."""
    facts = ProgrammeFacts("Programa de teletrabajo", "Ministerio", "Un curso", "mesa@ministerio.example")
    programme_id = create_programme(connection, facts, at)
    acts = {"programme_id": programme_id, "account_id": person.account_id, "added_at": at}
    connection.execute(insert(TABLES["programme_officers"]).values(acts))
    person.words["programme_officers"].append(programme_id)
    rules = read_rules(RULES_EXAMPLE | {"in_force_from": at.date(), "rules": [{"kind": "place", "regions": ["Puno"]}]})
    publish_rules(connection, get_programme(connection, programme_id), rules, at.date(), at)
    judgement = judge(rules, ScreenedPerson(region=person.word("screenings", "region")), at.date())
    screening_id = new_id()
    connection.execute(
        insert(TABLES["screenings"]).values(
            screening_id=screening_id,
            programme_id=programme_id,
            version=1,
            account_id=person.account_id,
            shares_contact=True,
            judgement_sealed=cipher.seal(JUDGEMENT, screening_id, judgement.model_dump_json()),
            asked_at=at,
            holds_until=judgement.holds_until.isoformat(),
        )
    )
    reason = person.word("screenings", "reason")
    decision = ScreeningDecision(Eligibility.ELIGIBLE, reason, DecidedBy.OFFICER, at)
    decide_screening(connection, cipher, screening_id, decision)


def _feed(connection: Connection, name: str, at: datetime) -> None:
    """A source of postings that ran once, and knows nobody."""
    number = {"feed": name, "run_number": 1}
    standing = {"is_running": False, "due_at": at, "failures": 0}
    connection.execute(insert(TABLES["feeds"]).values(**number, **standing))
    connection.execute(insert(TABLES["taken_down_jobs"]).values(job_id=f"{name}:2", taken_down_at=at))
    connection.execute(insert(TABLES["moderated_imports"]).values(job_id=f"{name}:2", is_wanted_open=True))
    did = {"started_at": at, "outcome": "complete", "counts": {}, "problems": []}
    connection.execute(insert(TABLES["feed_runs"]).values(**number, **did))
    place = {"feed": name, "address": "https://a.example/1"}
    read = {"reading_digest": "0", "read_run": 1, "read_at": at, "is_unread": False}
    connection.execute(insert(TABLES["feed_documents"]).values(**place, **read))
    connection.execute(insert(TABLES["feed_postings"]).values(**place, job_id="f:1", seen_run=1, missed=0))
