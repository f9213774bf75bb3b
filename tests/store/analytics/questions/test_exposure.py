"""Exposure and congestion, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.jobs import Job
from store.analytics.questions.exposure import exposure, exposure_curve, lorenz_curve, top_share
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Filters, Table


def of_subject(table: Table, subject: str) -> dict[str, object]:
    """The row of jobs or of employers, by column."""
    (row,) = [row for row in table.rows if row[0] == subject]
    return dict(zip([column.name for column in table.columns], row, strict=True))


def test_a_story_counted_by_hand(story: Any) -> None:
    """Four open jobs of two employers, one closed: six people are shown the first, three of them the second too."""
    story.jobs(
        [
            Job("a", "A", employer="One", openings=2),
            Job("b", "B", employer="One"),
            Job("c", "C", employer="Two", openings=3),
            Job("d", "D", employer="Two"),
            Job("closed", "E", employer="Three", is_open=False),
        ]
    )
    for number in range(6):
        story.shown(f"p{number}", ["b", "d", "a"], 12)  # an older day: it counts as shown, not as sent
        story.shown(f"p{number}", ["a", "b"] if number < 3 else ["a"], 2)
        story.shown(f"p{number}", ["a"], 2)  # asked again on the same day
        story.event("impression", f"p{number}", "a", 2, position=1)
    story.shown("", ["c"] * 50, 2)  # somebody whose profile is not kept
    table = exposure(story.snapshot(), Filters(since=date(2026, 6, 24)))
    jobs = of_subject(table, "jobs")
    assert (jobs["number"], jobs["never_shown"], jobs["never_shown_share"], jobs["impressions"]) == (4, 2, 0.5, 10)
    # Shares 0, 0, 3/9, 6/9: Gini 2(3·3 + 4·6)/(4·9) − 5/4. Of nine people sent, six meet 6/2, three meet 3/1.
    assert jobs["gini"] == pytest.approx(66 / 36 - 1.25)
    assert jobs["top_1_percent_share"] == 6 / 9
    assert jobs["congestion_at_10"] == pytest.approx((6 * 3 + 3 * 3) / 9)
    assert jobs["congestion_if_even"] == pytest.approx(9 / 7)
    employers = of_subject(table, "employers")
    assert (employers["number"], employers["never_shown"], employers["impressions"]) == (2, 1, 10)
    assert of_subject(exposure(story.snapshot(), Filters()), "jobs")["impressions"] == 25  # of 9 + 18


def test_a_job_that_closed_counts_where_it_was_shown(story: Any) -> None:
    story.jobs([Job("open", "A"), Job("closed", "B", is_open=False), Job("closed-unseen", "C", is_open=False)])
    for number in range(5):
        story.shown(f"p{number}", ["closed"], 2)
    jobs = of_subject(exposure(story.snapshot(), Filters()), "jobs")
    assert (jobs["number"], jobs["never_shown"], jobs["impressions"]) == (2, 1, 5)


def test_only_the_first_ten_of_the_newest_day_are_sent(written: Callable[..., AnalyticsSnapshot]) -> None:
    jobs = [{"job_id": f"j{number:02}", "title": "x", "is_open": True} for number in range(12)]
    shown = [
        {"person": f"p{person}", "job_id": f"j{number:02}", "shown_on": "2026-06-29", "position": number + 1}
        for person in range(5)
        for number in range(12)
    ]
    row = of_subject(exposure(written(jobs=jobs, shown=shown), Filters()), "jobs")
    assert row["congestion_at_10"] == pytest.approx(5.0)
    assert row["congestion_if_even"] == pytest.approx(50 / 12)


def test_what_four_people_were_shown_is_hidden(written: Callable[..., AnalyticsSnapshot]) -> None:
    shown = [{"person": f"p{n}", "job_id": "a", "shown_on": "2026-06-29", "position": 1} for n in range(4)]
    snapshot = written(jobs=[{"job_id": "a", "title": "x", "is_open": True}], shown=shown)
    table = exposure(snapshot, Filters())
    assert set(of_subject(table, "jobs").values()) == {"jobs", 1, None}
    assert table.suppressed_cells == 14
    assert exposure_curve(snapshot, Filters()).rows == ()


counts = st.lists(st.integers(0, 9), min_size=1, max_size=20)


@given(counts)
def test_the_curve_of_shares_rises_and_hangs_below_the_even_one(shown: list[int]) -> None:
    points = list(lorenz_curve(np.array(shown), 20))
    assert bool(points) == any(shown)
    for (share, value), (_, later) in pairwise(points):
        assert value <= share + 1e-9
        assert value <= later + 1e-9
    assert not points or points[-1] == pytest.approx((1.0, 1.0))


def test_the_top_share_is_of_at_least_one() -> None:
    assert top_share(np.array([5, 3, 2]), 0.01) == 0.5
    assert top_share(np.arange(1, 201), 0.01) == (199 + 200) / (200 * 201 / 2)
