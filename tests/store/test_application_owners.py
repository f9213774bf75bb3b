"""The migration by which applications hold their owner: up with rows of every kind, down, and up again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, MetaData, select

from engine.jobs import Job
from store.database import migrate, migrate_down, writing
from store.hiring.job_owners import owners_of
from store.hiring.standing import Owner
from store.records.records import Records

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OWN, OTHER = Owner(partner_id="own"), Owner(partner_id="other")


def hours(count: int) -> datetime:
    return NOON + timedelta(hours=count)


def before_the_migration(database: Engine) -> None:
    """Jobs of three partners and an import, two of them deleted, with what people did about them."""
    tables = MetaData()
    with writing(database).begin() as connection:
        tables.reflect(connection)

        def add(table: str, **values: Any) -> None:
            connection.execute(tables.tables[table].insert().values(**values))

        for job_id, partner_id, created_at in (("kept", "own", NOON), ("taken", "other", hours(5))):
            moments = {"created_at": created_at, "updated_at": created_at}
            add("postings", job_id=job_id, partner_id=partner_id, is_wanted_open=True, moderation="approved", **moments)
        for number, (job_id, employer_id, steps) in enumerate(
            [
                ("kept", None, [hours(1), hours(2)]),
                ("taken", None, [hours(1)]),  # to whoever had the id before
                ("taken", None, [hours(2), hours(6)]),  # withdrawn, and made again to the new owner
                ("taken", None, [hours(7)]),
                ("gone", None, [hours(1)]),
                ("org", "killa", [hours(1)]),
            ]
        ):
            names = {"application_id": f"a{number}", "seeker_id": f"s{number}", "job_id": job_id}
            moments = {"applied_at": steps[-1], "updated_at": steps[-1]}
            add("applications", **names, employer_id=employer_id, stage="received", version=1, **moments)
            for at in steps:
                step = {"step_id": f"{number}-{at:%H}", "application_id": f"a{number}"}
                add("application_steps", **step, stage="received", taken_by="seeker", taken_at=at)
        for job_id in ("saved", "bolsa:1", "never here"):
            add("saved_jobs", seeker_id="s1", job_id=job_id, saved_at=NOON)


def application_owners(database: Engine) -> list[tuple[str | None, str | None]]:
    tables = MetaData()
    with database.connect() as connection:
        tables.reflect(connection, only=["applications"])
        applications = tables.tables["applications"].c
        query = select(applications.employer_id, applications.partner_id).order_by(applications.application_id)
        return [(row.employer_id, row.partner_id) for row in connection.execute(query)]


def test_applications_get_the_owner_of_their_posting_and_deleted_ids_are_nobodys(
    database: Engine, records: Records
) -> None:
    imported = Job("bolsa:1", "Aviso", source="bolsa")
    records.put_jobs([imported, *(Job(one, "Aviso") for one in ("kept", "taken", "gone", "saved", "free"))])
    for job_id in ("bolsa:1", "gone", "saved", "free"):
        records.delete_job(job_id)
    migrate_down(database, "0010_profile_references")
    before_the_migration(database)
    migrate(database)
    expected = [(None, "own"), (None, None), (None, None), (None, "other"), (None, None), ("killa", None)]
    assert application_owners(database) == expected
    with database.connect() as connection:
        owners = owners_of(connection, ["kept", "taken", "gone", "saved", "bolsa:1", "free", "never here"])
    assert owners == {
        "kept": OWN,
        "taken": OTHER,
        "gone": Owner(),
        "saved": Owner(),
        "bolsa:1": Owner(source="bolsa"),
    }
    migrate_down(database, "0010_profile_references")
    migrate(database)
    assert application_owners(database) == expected
