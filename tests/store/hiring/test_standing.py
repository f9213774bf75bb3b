"""Who may act, by everything that can be wrong with an owner; and many jobs at once that follow theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, insert

from engine.jobs import Job
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import create_master_keys
from store.hiring.employers import EmployerFacts, EmployerStatus, add_member, create_employer, set_employer_status
from store.hiring.owner_changes import change_partner_status, hide_jobs_of_idle_owners, jobs_follow
from store.hiring.postings import Moderation, find_posting, put_posting
from store.hiring.standing import Owner, may_act
from store.partners import partners
from store.partners.partners import NewPartner, PartnerStatus, RequestLimits, create_partner
from store.people import accounts
from store.people.accounts import AccountStatus, NewAccount, Role, create_account
from store.records.records import Records
from store.tables import JOBS

NOW = datetime(2026, 11, 25, 19, tzinfo=UTC)


class Owners:
    """An organisation of two people and a partner."""

    def __init__(self, connection: Connection, cipher: FieldCipher) -> None:
        roles = frozenset({Role.EMPLOYER})
        self.ana, self.eva = (
            create_account(connection, cipher, NewAccount(f"{name}@correo.pe", "hash", roles), NOW)
            for name in ("ana", "eva")
        )
        self.employer_id = create_employer(connection, cipher, EmployerFacts("Tienda Killa"), self.ana, NOW)
        add_member(connection, self.employer_id, self.eva, NOW)
        new = NewPartner("Bolsa Sur", RequestLimits(9, 9))
        self.partner_id = create_partner(connection, cipher, new, NOW)
        self.organisation, self.partner = Owner(self.employer_id), Owner(partner_id=self.partner_id)


@pytest.fixture
def cipher(database: Engine, tmp_path: Path) -> FieldCipher:
    """The database's cipher."""
    return FieldCipher(database, create_master_keys(tmp_path / "keys" / "master.keys"))


Change = Callable[[Connection, Owners], object]


def _suspend(*names: str) -> Change:
    def change(connection: Connection, owners: Owners) -> None:
        for name in names:
            accounts.set_status(connection, getattr(owners, name), AccountStatus.SUSPENDED, NOW)

    return change


def _status(status: EmployerStatus) -> Change:
    return lambda connection, owners: set_employer_status(connection, owners.employer_id, status, NOW)


def _one_suspended_the_other_no_employer(connection: Connection, owners: Owners) -> None:
    accounts.revoke_role(connection, owners.ana, Role.EMPLOYER)
    _suspend("eva")(connection, owners)


def _partner_suspended(connection: Connection, owners: Owners) -> None:
    partners.set_status(connection, owners.partner_id, PartnerStatus.SUSPENDED, NOW)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _connection, _owners: None, (True, True)),
        (_status(EmployerStatus.VERIFIED), (True, True)),
        (_status(EmployerStatus.SUSPENDED), (False, True)),
        (_suspend("ana"), (True, True)),
        (_suspend("ana", "eva"), (False, True)),
        (_one_suspended_the_other_no_employer, (False, True)),
        (_partner_suspended, (True, False)),
    ],
)
def test_an_owner_may_act_while_nothing_is_wrong_with_it(
    database: Engine, cipher: FieldCipher, change: Change, expected: tuple[bool, bool]
) -> None:
    with writing(database).begin() as connection:
        owners = Owners(connection, cipher)
        for job_id, owner in (("a", owners.organisation), ("b", owners.partner)):
            put_posting(connection, job_id, owner, Moderation.APPROVED, is_wanted_open=True, now=NOW)
        change(connection, owners)
        assert (may_act(connection, owners.organisation), may_act(connection, owners.partner)) == expected
        postings = [find_posting(connection, job_id) for job_id in ("a", "b")]
        assert [one is not None and one.is_shown for one in postings] == list(expected)


def test_nobody_may_act_for_nobody(database: Engine) -> None:
    with database.connect() as connection:
        unknown = [Owner(), Owner("none"), Owner(partner_id="none")]
        assert [may_act(connection, owner) for owner in unknown] == [False] * 3


def test_many_jobs_follow_as_changes_that_keep_their_vectors(
    records: Records, database: Engine, cipher: FieldCipher
) -> None:
    jobs, vector = [Job(f"job:{number:04}", f"Aviso {number}") for number in range(1_003)], np.ones(3, np.float32)
    records.put_jobs([*jobs, Job("ad:1", "Aviso de otros")])
    records.store_job_vectors([(job, vector) for job in jobs], "m1")
    with writing(database).begin() as connection:
        owners = Owners(connection, cipher)
        rows = [
            {
                "job_id": job.job_id,
                "partner_id": owners.partner_id,
                "is_wanted_open": number != 0,
                "moderation": Moderation.APPROVED,
                "created_at": NOW,
                "updated_at": NOW,
            }
            for number, job in enumerate(jobs)
        ]
        connection.execute(insert(JOBS.metadata.tables["postings"]), rows)
    before = records.job_change_number()
    with writing(database).begin() as connection:
        partners.set_status(connection, owners.partner_id, PartnerStatus.SUSPENDED, NOW)
        assert hide_jobs_of_idle_owners(connection) == 1_003
        assert hide_jobs_of_idle_owners(connection) == 0
    changes = records.job_changes(before, 5_000)
    assert [change.change_number for change in changes] == list(range(before + 1, before + 1_004))
    assert all(change.job and not change.job.is_open and change.vector_model_id == "m1" for change in changes)
    assert [job.job_id for job in records.iter_jobs(open_at=NOW)] == ["ad:1"]
    with writing(database).begin() as connection:
        followed = change_partner_status(connection, owners.partner_id, PartnerStatus.ACTIVE, NOW)
        assert (followed.hidden, followed.shown) == (0, 1_002)
        assert jobs_follow(connection, [owners.partner, owners.organisation]).detail() == {
            "jobs_hidden": 0,
            "jobs_shown": 0,
        }
