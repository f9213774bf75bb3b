"""The sample's organisations and people with accounts, and what people saw: stored as if they had signed up.

Their one password is made for this data folder, and stands with the addresses in a file there that only its owner
reads. A server that others reach must not be filled with a sample.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, insert, select

from commands.sampling.programmes import OFFICERS, settle_programme
from engine.jobs import Job
from sample.served import SampleOrganisation, SamplePerson, Seen, ServedWorld
from store.encryption.field_cipher import FieldCipher
from store.hiring.employers import EmployerFacts, EmployerStatus, create_employer, list_employers, set_employer_status
from store.hiring.job_owners import owners_of
from store.hiring.postings import Moderation, put_posting
from store.hiring.standing import Owner
from store.matching.events import EVENTS
from store.matching.job_changes import lock_job_changes, put_numbered_jobs
from store.matching.rows import job_row
from store.people.accounts import NewAccount, Role, create_account, find_account
from store.people.cases import CaseKind, NewCase, open_case
from store.people.consents import ConsentPurpose, consent_texts, record_consent
from store.people.profiles import apply_consents
from store.people.seeker_accounts import tie_seeker
from store.records.records import Records
from store.upserts import PutCounts, batches, in_transaction

FILE, OWNER_ONLY, DOMAIN, TOLD_BY = "sample-accounts.json", 0o600, "muestra.example", "sample"
SHOWN = 5


@dataclass(frozen=True, slots=True)
class LogIns:
    """The file with the password and the addresses."""

    file: Path

    @classmethod
    def in_folder(cls, data_dir: Path) -> LogIns:
        """The file of a data folder."""
        return cls(data_dir / FILE)

    def password(self) -> str:
        """The password of before, or a new one."""
        if self.file.is_file():
            return str(orjson.loads(self.file.read_bytes())["password"])
        return secrets.token_urlsafe(12)

    def write(self, password: str, accounts: list[dict[str, str]]) -> None:
        """Write the file, readable by its owner alone."""
        document = {"password": password, "accounts": accounts}
        self.file.touch(mode=OWNER_ONLY)
        self.file.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))


def settle(database: Engine, cipher: FieldCipher, served: ServedWorld, log_ins: LogIns, now: datetime) -> PutCounts:
    """Store ads, organisations and people with accounts, a programme, and what was seen; what became of the ads.

    Done again it changes nothing; ads of a sample that was stored before there were organisations stay nobody's.
    """
    from api.configuration.settings import Settings
    from api.credentials.passwords import Passwords

    password = log_ins.password()
    hashed = Passwords(Settings(data_dir=log_ins.file.parent).password_memory_kib).hashed(password)
    write = partial(in_transaction, database)
    employers = write(lambda connection: _organisations(connection, cipher, served.organisations, hashed, now))
    write(lambda connection: _people(connection, cipher, served.people, hashed, now))
    officers = {_address("programa", number): name for number, name in enumerate(OFFICERS, 1)}
    write(lambda connection: settle_programme(connection, cipher, officers, hashed, now))
    counts = write(lambda connection: _posted(connection, cipher, served, employers, now))
    left = write(lambda connection: _imported(connection, served.jobs))
    counts += Records(database).put_jobs(left)
    for batch in batches(served.seen):
        write(partial(_tell_seen, seen=batch, now=now))
    accounts = [
        {"email": _address("empresa", n), "role": "employer", "name": one.name} for n, one in _few(served.organisations)
    ]
    people = [(n, one) for n, one in enumerate(served.people, 1) if one.is_findable][:SHOWN]
    accounts += [{"email": _address("persona", n), "role": "seeker", "name": one.name} for n, one in people]
    accounts += [{"email": address, "role": "officer", "name": name} for address, name in officers.items()]
    log_ins.write(password, accounts)
    return counts


def _organisations(
    connection: Connection, cipher: FieldCipher, organisations: list[SampleOrganisation], hashed: str, now: datetime
) -> dict[str, Owner]:
    """Whose each job is to be, by its id."""
    owners: dict[str, Owner] = {}
    for number, one in enumerate(organisations, 1):
        address = _address("empresa", number)
        account_id = find_account(connection, cipher, address)
        if account_id is None:
            new = NewAccount(address, hashed, frozenset({Role.EMPLOYER}), name=one.name)
            account_id = create_account(connection, cipher, new, now)
        known = [each for each in list_employers(connection, account_id=account_id, limit=100) if each.name == one.name]
        if known:
            employer_id = known[0].employer_id
        else:
            employer_id = create_employer(connection, cipher, EmployerFacts(one.name), account_id, now)
            if one.is_verified:
                set_employer_status(connection, employer_id, EmployerStatus.VERIFIED, now)
            else:
                open_case(connection, cipher, NewCase(CaseKind.EMPLOYER, employer_id, account_id), now)
        owners |= dict.fromkeys(one.job_ids, Owner(employer_id))
    return owners


def _posted(
    connection: Connection, cipher: FieldCipher, served: ServedWorld, employers: dict[str, Owner], now: datetime
) -> PutCounts:
    """Store the organisations' ads; those of one that nobody verified wait for a moderator."""
    lock_job_changes(connection)
    known = owners_of(connection, employers)
    waiting = {job_id for one in served.organisations if not one.is_verified for job_id in one.job_ids}
    rows = {}
    for job in served.jobs:
        owner = employers.get(job.job_id)
        if owner is None or known.get(job.job_id, owner) != owner:
            continue
        moderation = Moderation.WAITING if job.job_id in waiting else Moderation.APPROVED
        posting = put_posting(connection, job.job_id, owner, moderation, is_wanted_open=True, now=now)
        if moderation is Moderation.WAITING:
            open_case(connection, cipher, NewCase(CaseKind.POSTING, job.job_id, None, ["employer_not_verified"]), now)
        rows[job.job_id] = job_row(replace(job, is_open=posting.is_shown))
    return put_numbered_jobs(connection, rows)


def _imported(connection: Connection, jobs: Iterable[Job]) -> list[Job]:
    """The ads that are no organisation's."""
    found = list(jobs)
    owners = owners_of(connection, [job.job_id for job in found])
    return [job for job in found if owners.get(job.job_id, Owner(source=job.source)).source is not None]


def _people(
    connection: Connection, cipher: FieldCipher, people: list[SamplePerson], hashed: str, now: datetime
) -> None:
    for number, one in enumerate(people, 1):
        address = _address("persona", number)
        if find_account(connection, cipher, address) is not None:
            continue
        new = NewAccount(address, hashed, frozenset({Role.SEEKER}), name=one.name)
        account_id = create_account(connection, cipher, new, now)
        tie_seeker(connection, account_id, now, one.seeker_id)
        agreed = [ConsentPurpose.MATCHING, ConsentPurpose.TRAINING]
        for purpose in [*agreed, *([ConsentPurpose.BE_FOUND] if one.is_findable else [])]:
            version = consent_texts()[purpose].version
            record_consent(connection, account_id, purpose, version, is_given=True, now=now)
        apply_consents(connection, account_id, now)


def _tell_seen(connection: Connection, seen: list[Seen], now: datetime) -> None:
    told: dict[str, dict[str, Any]] = {}
    for one in seen:
        for kind in ("impression", *(("click",) if one.is_clicked else ())):
            event_id = f"{one.seeker_id}:{one.job_id}:{kind}"
            told[event_id] = {
                **{"told_by": TOLD_BY, "event_id": event_id, "kind": kind, "seeker_id": one.seeker_id},
                **{"job_id": one.job_id, "recommendation_id": None, "position": one.position},
                **{"occurred_at": one.at, "received_at": now},
            }
    query = select(EVENTS.c.event_id).where(EVENTS.c.told_by == TOLD_BY, EVENTS.c.event_id.in_(list(told)))
    known = set(connection.execute(query).scalars())
    new = [row for event_id, row in told.items() if event_id not in known]
    if new:
        connection.execute(insert(EVENTS), new)


def _few(organisations: list[SampleOrganisation]) -> list[tuple[int, SampleOrganisation]]:
    """Some to log in as, verified and not."""
    numbered = list(enumerate(organisations, 1))
    verified, others = ([one for one in numbered if one[1].is_verified is is_so] for is_so in (True, False))
    return verified[:SHOWN] + others[:1]


def _address(kind: str, number: int) -> str:
    return f"{kind}-{number:03d}@{DOMAIN}"
