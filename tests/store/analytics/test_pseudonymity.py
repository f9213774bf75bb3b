"""What a snapshot tells of people: no id, no word of their own, nothing that few share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engine.jobs import Connection, Device, Job, LanguageLevel
from engine.pay import Pay, PayPeriod
from engine.schedules import Weekday, Window
from engine.seekers import Availability, Seeker
from sample.world import World
from store.analytics.snapshots import AnalyticsSnapshot

TABLES = ("people", "jobs", "skills", "shown", "steps", "searches")


def every_value(snapshot: AnalyticsSnapshot) -> str:
    """All values of all columns of all files, as text."""
    with snapshot.tables() as connection:
        found = [connection.execute(f"from '{snapshot.folder}/{table}.parquet'").fetchall() for table in TABLES]
    return repr(found) + (snapshot.folder / "analytics.json").read_text("utf-8")


def test_no_id_and_no_words_of_a_sample_world_are_in_any_file(story: Any, tiny_world: World) -> None:
    story.jobs(tiny_world.jobs)
    story.people(tiny_world.seekers)
    story.records.add_placements(tiny_world.placements)
    for seeker in tiny_world.seekers:
        story.shown(seeker.seeker_id, [job.job_id for job in tiny_world.jobs[:10]], 3)
        story.event("click", seeker.seeker_id, tiny_world.jobs[0].job_id, 2)
    snapshot = story.snapshot()
    disclosed = every_value(snapshot)
    assert snapshot.counts["people"] == 60
    assert snapshot.counts["steps"] >= 60
    assert all(job.job_id in disclosed for job in tiny_world.jobs)
    assert "sample:seeker" not in disclosed
    for seeker in tiny_world.seekers:
        assert seeker.seeker_id not in disclosed
        assert seeker.text not in disclosed
        assert seeker.text[:40] not in disclosed
    asked = {skill.casefold() for job in tiny_world.jobs for skill in job.skills}
    own = {skill for seeker in tiny_world.seekers for skill in seeker.skills if skill.casefold() not in asked}
    rare = {skill for skill in own if sum(skill in seeker.skills for seeker in tiny_world.seekers) < 5}
    assert rare
    assert [skill for skill in rare if f"'{skill}'" in disclosed] == []


def test_a_person_is_told_as_what_they_can_do_and_when(story: Any, pseudonym: Callable[[str], str]) -> None:
    story.jobs([Job("job-a", "Redactora", skills=("Redacción web", "WordPress"))])
    person = Seeker(
        "rosa-quispe",
        text="Soy Rosa Quispe, rosa@example.pe, 987 654 321; hago redacción web",
        skills=("wordpress", "Danza de tijeras"),
        languages=(("qu", LanguageLevel.NATIVE), ("es", LanguageLevel.C1)),
        availability=Availability("America/Bogota", (Window((Weekday.SUN,), 8 * 60, 10 * 60),), 40),
        device=Device.PHONE,
        connection=Connection.MOBILE_DATA,
        min_pay=Pay(1234.5, "PEN", PayPeriod.MONTH),
    )
    story.people([person], joined_days_ago=6)  # Wednesday, 24 June
    snapshot = story.snapshot()
    with snapshot.tables() as connection:
        columns = connection.execute("from people").description
        (row,) = connection.execute("from people").fetchall()
    assert dict(zip([name for name, *_ in columns or ()], row, strict=True)) == {
        "person": pseudonym("rosa-quispe"),
        "country": "PE",
        "languages": ["es:C1", "qu:native"],
        "skills": ["redaccion web", "wordpress"],
        "free_hours": "0" * (6 * 24 + 8) + "ff" + "0" * 14,
        "hours_per_week": 40.0,
        "hours_available": 2.0,
        "device": "phone",
        "connection": "mobile_data",
        "joined_week": date(2026, 6, 22),
    }
    disclosed = every_value(snapshot).casefold()
    for private in ("rosa", "quispe", "987", "example.pe", "tijeras", "1234"):
        assert private not in disclosed


@pytest.mark.parametrize(("people", "is_disclosable"), [(4, False), (5, True)])
def test_a_skill_that_no_job_asks_for_is_told_when_five_share_it(story: Any, people: int, is_disclosable: bool) -> None:
    story.people(Seeker(f"p{number}", skills=("Tejido a CROCHET", "tejido a crochet")) for number in range(people))
    assert ("tejido a crochet" in every_value(story.snapshot())) == is_disclosable


def test_a_snapshot_is_for_its_owner_alone(story: Any) -> None:
    assert story.snapshot().folder.stat().st_mode & 0o077 == 0
