"""Match success by region, language, hours and week, counted by hand; small groups among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.jobs import Job, LanguageLevel
from engine.schedules import Weekday, Window
from engine.seekers import Availability, Seeker
from store.analytics.questions.matching import match_success
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Filters, Table

NATIVE, B2 = LanguageLevel.NATIVE, LanguageLevel.B2
EVENINGS = (Window((Weekday.MON, Weekday.TUE), 19 * 60, 23 * 60),)  # 8 hours


def groups(table: Table, dimension: str) -> dict[object, tuple[object, ...]]:
    """Applied, interviewed and hired by group."""
    columns = [table.column(name) for name in ("group", "applied", "interviewed", "hired")]
    rows = [row for row, name in enumerate(table.column("dimension")) if name == dimension]
    return {columns[0][row]: tuple(column[row] for column in columns[1:]) for row in rows}


def test_applications_by_group_counted_by_hand(story: Any) -> None:
    """Thirty people apply: the first ten get to an interview, the first five are hired."""
    story.jobs([Job("job-lima", "Redactora", country="PE", region="Lima"), Job("job-us", "Writer", country="US")])
    quechua = (("es", B2), ("qu", NATIVE))
    for number in range(30):
        languages = quechua if number % 2 else (("es", NATIVE), ("en", B2))
        free = (
            None
            if number < 6
            else Availability("America/Lima", EVENINGS, 30)
            if number < 16
            else Availability("America/Lima", (), 25)
        )
        story.people(
            [Seeker(f"p{number}", languages=languages, availability=free, country="PE" if number < 24 else "BO")]
        )
        steps = [("interview", 5.0)] * (number < 10) + [("hired", 4.0)] * (number < 5)
        story.application(f"p{number}", "job-lima" if number < 20 else "job-us", 20 if number < 14 else 13, *steps)
        story.shown(f"p{number}", ["job-us"], 2)  # was never applied for by most: not counted here
    table = match_success(story.snapshot(), Filters())
    assert groups(table, "all") == {"all": (30, 10, 5)}
    assert groups(table, "job_place") == {"PE Lima": (20, 10, 5), "US": (10, 0, 0)}
    assert groups(table, "country") == {"BO": (5, 0, 0), "PE": (25, 10, 5)}
    # Five of each ten had an interview, two and three were hired.
    assert groups(table, "language") == {"es": (15, 5, None), "qu": (15, 5, None)}
    assert groups(table, "hours")["20-29"] == (15, 0, 0)
    assert set(groups(table, "hours")) == {"00-09", "20-29", "unknown"}
    assert {week: values[0] for week, values in groups(table, "week").items()} == {"2026-06-08": 15, "2026-06-15": 15}
    overall = table.rows[0]
    names = [column.name for column in table.columns]
    assert overall[names.index("interview_rate")] == 10 / 30
    assert overall[names.index("hire_rate")] == 5 / 10
    assert overall[names.index("applied_to_hired_rate")] == 5 / 30
    low, high = overall[names.index("applied_to_hired_rate_low")], overall[names.index("applied_to_hired_rate_high")]
    assert (low, high) == pytest.approx((0.0734, 0.3356), abs=5e-5)


def test_regions_of_few_people_are_told_together(written: Callable[..., AnalyticsSnapshot]) -> None:
    jobs = [{"job_id": place, "title": "x", "country": place, "is_open": True} for place in ("PE", "CL", "US", "AR")]
    applied = {"PE": range(30), "CL": range(30, 33), "US": range(40, 44), "AR": range(50, 60)}
    steps = [
        {"person": f"p{number}", "job_id": place, "step": 2, "happened_on": "2026-06-01"}
        for place, numbers in applied.items()
        for number in numbers
    ]
    table = match_success(written(jobs=jobs, steps=steps), Filters())
    assert groups(table, "job_place") == {"AR": (10, 0, 0), "PE": (30, 0, 0), "other": (5, 0, 0)}
    assert groups(table, "country") == {"unknown": (45, 0, 0)}
