"""Supply and demand of skills and of hours, counted by hand."""

from __future__ import annotations

from typing import Any

from engine.jobs import Job
from engine.schedules import Schedule, ScheduleKind, Weekday, Window
from engine.seekers import Availability, Seeker
from store.analytics.questions.hours import hours_balance
from store.analytics.questions.skills import skill_balance
from store.analytics.tables import Filters, Table

MON, SAT = Weekday.MON, Weekday.SAT


def by_name(table: Table) -> dict[object, tuple[object, ...]]:
    """The rest of each row by its first value."""
    return {row[0]: row[1:] for row in table.rows}


def test_people_jobs_and_openings_by_skill(story: Any) -> None:
    story.jobs(
        [
            Job("a", "A", skills=("Diseño de logotipos", "Excel"), openings=3),
            Job("b", "B", skills=("diseño de logotipos",)),
            Job("c", "C", skills=("Diseño de logotipos", "Cobol")),
            Job("d", "D", skills=("Photoshop", "excel"), is_open=False),
        ]
    )
    story.people(Seeker(f"designer-{n}", text="Me dedico al DISEÑO de logotipos") for n in range(6))
    story.people(Seeker(f"baker-{n}", skills=("panadería",)) for n in range(5))
    story.people([Seeker("programmer", skills=("COBOL",)), *(Seeker(f"nobody-{n}", text="hola") for n in range(6))])
    table = skill_balance(story.snapshot(), Filters())
    assert by_name(table) == {
        "Diseño de logotipos": (5, 3, 5, 5 / 3),  # as it is mostly written; found in people's own words
        "Cobol": (None, 1, 1, None),  # one person: hidden
        "Excel": (0, 1, 3, 0.0),
        "panaderia": (5, 0, 0, None),  # nobody asks, five have it
    }
    assert table.rows[0][0] == "Diseño de logotipos"
    assert table.suppressed_cells == 2


def test_people_and_jobs_by_hour_of_lima(story: Any) -> None:
    evening = Availability("America/Lima", (Window((MON,), 19 * 60, 21 * 60 + 30),))
    story.people(Seeker(f"evening-{n}", availability=evening) for n in range(5))
    story.people(Seeker(f"any-{n}", availability=Availability("America/Lima")) for n in range(7))
    story.people(Seeker(f"unstated-{n}") for n in range(9))
    new_york = Schedule(ScheduleKind.FIXED, "America/New_York", (Window((MON,), 20 * 60 + 15, 22 * 60),))
    core = Schedule(ScheduleKind.CORE_OVERLAP, "America/Lima", (Window((SAT,), 8 * 60, 10 * 60),), 10, 2)
    story.jobs(
        [
            Job("fixed", "A", schedule=new_york),
            Job("core", "B", schedule=core),
            Job("flexible", "C", schedule=Schedule(ScheduleKind.FLEXIBLE, hours_per_week=10)),
            Job("closed", "D", schedule=new_york, is_open=False),
        ]
    )
    table = hours_balance(story.snapshot(), Filters())
    rows: dict[Any, Any] = {(day, hour): rest for day, hour, *rest in table.rows}
    assert len(table.rows) == 168
    assert table.rows[0][:2] == ("mon", 0)
    # New York is an hour ahead of Lima in June: 19:15 to 21:00.
    assert rows["mon", 19] == [10, 1, 0, 10.0]
    assert rows["mon", 20] == [10, 1, 0, 10.0]
    assert rows["mon", 21] == [5, 0, 0, None]  # a half of it is not the hour
    assert rows["sat", 8] == [5, 0, 1, None]
    assert rows["sun", 3] == [5, 0, 0, None]
    assert sum(rest[1] for rest in rows.values()) == 2
    jobs_at_any_time = next(note.values["jobs"] for note in table.notes if note.key == "needed_hours")
    assert jobs_at_any_time == 1


def test_hours_of_few_people_are_hidden(story: Any) -> None:
    late, early = (Availability("America/Lima", (Window((MON,), hour * 60, (hour + 1) * 60),)) for hour in (6, 5))
    story.people(Seeker(f"late-{n}", availability=late) for n in range(7))
    story.people(Seeker(f"early-{n}", availability=early) for n in range(3))
    table = hours_balance(story.snapshot(), Filters())
    free = {(day, hour): people for day, hour, people, *_ in table.rows}
    assert (free["mon", 5], free["mon", 6], free["mon", 7]) == (None, 5, 0)
