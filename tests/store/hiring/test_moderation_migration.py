"""The migration by which decisions name what follows: up with what was decided before, down, and up again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, MetaData, select

from engine.jobs import Job
from engine.moderation.fraud.signs import with_signs
from store.database import migrate, migrate_down, writing
from store.people.cases import DECISIONS, CaseKind, CaseState
from store.people.listed_cases import CaseFilter, list_cases
from store.records.records import Records

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OLD = ("approved", "rejected")
# What the two words said of each kind.
NEW = {
    "posting": ("job_shown", "job_taken_down"),
    "report": ("job_taken_down", "job_stays"),
    "employer": ("organisation_verified", "organisation_refused"),
    "human_review": ("answer_corrected", "answer_stands"),
    "correction": ("data_corrected", "data_stays"),
    "appeal": ("account_restored", "account_stays_suspended"),
}


def decided_before(database: Engine) -> None:
    """A case of each kind decided each way, and a posting that was rejected by one of them."""
    tables = MetaData()
    with writing(database).begin() as connection:
        tables.reflect(connection)

        def add(table: str, **values: Any) -> None:
            connection.execute(tables.tables[table].insert().values(**values))

        for kind in NEW:
            for number, decision in enumerate(OLD):
                names = {"case_id": f"{kind}-{number}", "kind": kind, "subject_id": f"{kind}-{number}", "reasons": []}
                add("cases", **names, state="decided", decision=decision, opened_at=NOON, decided_at=NOON)
        posting = {"job_id": "posting-1", "partner_id": "p", "is_wanted_open": True, "moderation": "rejected"}
        add("postings", **posting, created_at=NOON, updated_at=NOON)


def test_what_was_decided_keeps_its_meaning_and_what_is_held_gets_its_case(database: Engine, records: Records) -> None:
    held = with_signs(Job("feria:1", "Vendedora", "Abona S/ 40 para separar tu puesto de trabajo.", source="feria"))
    records.put_jobs([held, Job("feria:2", "Vendedora", source="feria")])
    migrate_down(database, "0020_careers")
    decided_before(database)
    for _ in range(2):
        migrate(database)
        with database.connect() as connection:
            cases = list_cases(connection, CaseFilter(state=CaseState.DECIDED))
            waiting = list_cases(connection, CaseFilter(is_undecided=True))
            tables = MetaData()
            tables.reflect(connection, only=["taken_down_jobs", "moderated_imports"])
            down = connection.execute(select(tables.tables["taken_down_jobs"])).all()
            moderated = connection.execute(select(tables.tables["moderated_imports"])).all()
        assert {case.case_id: case.decision for case in cases} == {
            f"{kind}-{number}": decision for kind, decisions in NEW.items() for number, decision in enumerate(decisions)
        }
        assert all(case.decision in DECISIONS[case.kind] for case in cases)
        assert [(case.kind, case.subject_id) for case in waiting] == [(CaseKind.IMPORT, "feria:1")]
        assert [(row.job_id, row.case_id) for row in down] == [("posting-1", "posting-1")]
        assert [(row.job_id, row.is_wanted_open) for row in moderated] == [("feria:1", True)]
        migrate_down(database, "0020_careers")
    migrate(database)
