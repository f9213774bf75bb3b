"""The final order against a slow oracle, and what it promises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.availability import HoursRule, HoursShared
from engine.catalogue.row_records import RECORD, RowRecords
from engine.filtering.schedule_fit import availability_by_schedule
from engine.reranking.order import JobCandidates, rerank

entries = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]),
        st.sampled_from([0.5, 0.75, 1.0]),
        st.integers(0, 3),
        st.integers(0, 6),
    ),
    max_size=30,
)

# Of one score, each a job of its own.
equals = st.integers(2, 30).map(lambda count: [(0.5, 1.0, 0, group) for group in range(count)])


def records(group: list[int]) -> RowRecords:
    """Records of ads that are copies where they have one group."""
    found = np.zeros(len(group), dtype=RECORD)
    found["duplicate_group"] = group
    return found


def candidates(parts: list[tuple[float, float, int, int]]) -> JobCandidates:
    relevance, availability, posted, group = (
        (list(column) for column in zip(*parts, strict=True)) if parts else [[]] * 4
    )
    return JobCandidates(
        rows=np.arange(len(parts), dtype=np.int64),
        scores=np.array(relevance, dtype=np.float32) * np.array(availability, dtype=np.float32),
        posted_at=np.array(posted, dtype=np.int64),
        records=records(group),
    )


@given(entries, st.integers(1, 20))
def test_the_order_is_that_of_sorting_one_by_one(parts: list[tuple[float, float, int, int]], limit: int) -> None:
    ordered = sorted(range(len(parts)), key=lambda i: (-parts[i][0] * parts[i][1], -parts[i][2], i))
    expected, seen = [], set()
    for position in ordered:
        if parts[position][3] not in seen:
            seen.add(parts[position][3])
            expected.append(position)
    assert rerank(candidates(parts), limit).order.tolist() == expected[:limit]


@given(equals, st.lists(st.integers(0, 3), min_size=30, max_size=30), st.integers(1, 15), st.integers(5, 30))
def test_rows_that_a_segment_skips_change_no_order(
    parts: list[tuple[float, float, int, int]], skipped: list[int], first: int, limit: int
) -> None:
    """A segment of fresh jobs skips the rows of those that changed again: which ones, is a matter of its history."""
    together = candidates(parts)
    segment = (np.arange(len(parts)) >= first).astype(np.int64)
    rows = np.where(segment == 1, np.arange(len(parts)) - first, np.arange(len(parts)))
    gaps = np.cumsum(skipped[: len(parts)], dtype=np.int64) * segment
    orders = [rerank(replace(together, rows=these, segment=segment), limit).order for these in (rows, rows + gaps)]
    assert orders[0].tolist() == orders[1].tolist() == rerank(together, limit).order.tolist()


def without_team(shared: list[float], needed: list[float]) -> HoursShared:
    unknown, none = np.full(len(shared), np.nan, np.float32), np.zeros(len(shared), np.int16)
    return HoursShared(
        np.array(shared, np.float32),
        np.array(needed, np.float32),
        unknown,
        unknown,
        none - 1,
        none,
        none.astype(np.uint8),
    )


def test_sharing_more_hours_never_lowers_a_job() -> None:
    shared = without_team([10, 15, 20], [20, 20, 20])
    factor = availability_by_schedule(np.full(3, HoursRule.FLEXIBLE, np.uint8), shared)
    assert factor.tolist() == [0.5, 0.75, 1.0]


def test_stated_hours_beat_unstated_times_and_both_beat_silence() -> None:
    rules = np.array([HoursRule.FIXED, HoursRule.HOURS_ONLY, HoursRule.UNSTATED], np.uint8)
    shared = without_team([20, 20, 0], [20, 20, np.nan])
    stated, times_unstated, unstated = availability_by_schedule(rules, shared)
    assert stated == 1
    assert stated > times_unstated > unstated > 0


def test_a_person_who_states_no_hours_is_ranked_by_relevance_alone() -> None:
    rules = np.array([HoursRule.FIXED, HoursRule.UNSTATED], np.uint8)
    assert len(set(availability_by_schedule(rules, None).tolist())) == 1
