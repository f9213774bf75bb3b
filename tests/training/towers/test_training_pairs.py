"""What people clicked and applied for teaches a little, in its time, and is never held against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.placements import Placement
from store.matching.events import Event, EventKind
from training.data.datasets import PlacementSet, placement_set, split_by_time
from training.data.interest import LabelWeights
from training.towers.features import Features
from training.towers.hard_negatives import MiningConfig, mine_near_misses, rejected_jobs
from training.towers.pair_batches import PairBatches
from training.towers.training_pairs import training_pairs

FIRST_DAY = datetime(2026, 1, 1, 9, tzinfo=UTC)
PEOPLE, JOBS = 5, 7
LABELS = LabelWeights(application=0.5, click=0.2)


def day(number: int) -> datetime:
    return FIRST_DAY + timedelta(days=number)


def event_of(
    kind: EventKind, seeker: int, job: int, on: int, position: int | None = None, recommendation: str | None = None
) -> Event:
    return Event("", kind, f"s{seeker}", f"j{job}", recommendation, position, day(on))


def set_of(placements: list[tuple[int, int, int, int]], events: list[Event]) -> PlacementSet:
    """Placements as seeker, job, day, grade."""
    return placement_set(
        "test",
        "1",
        {f"s{number}": f"seeker {number}" for number in range(PEOPLE)},
        {f"j{number}": f"job {number}" for number in range(JOBS)},
        [Placement(f"s{seeker}", f"j{job}", day(on), grade) for seeker, job, on, grade in placements],
        events,
    )


PLACEMENTS = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, JOBS - 1), st.integers(0, 20), st.integers(-1, 4)),
    min_size=1,
    max_size=25,
    unique_by=lambda row: row[:2],
)
EVENTS = st.lists(
    st.builds(
        event_of,
        st.sampled_from(EventKind),
        st.integers(0, PEOPLE),  # one more than is known
        st.integers(0, JOBS - 1),
        st.integers(0, 25),
        st.one_of(st.none(), st.integers(1, 60)),
    ),
    max_size=30,
)


def trained_on(placements: PlacementSet) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The older half of the matches."""
    matches = np.flatnonzero(placements.grades >= 2)
    return matches[np.argsort(placements.times[matches], kind="stable")][: (len(matches) + 1) // 2]


def wanted(placements: PlacementSet, events: list[Event], last: np.datetime64) -> set[tuple[int, int]]:
    """Pairs that were clicked, applied for or better, and not declined, up to a day: by a plain loop."""
    found = {
        (int(event.seeker_id[1:]), int(event.job_id[1:]))
        for event in events
        if event.kind != "impression" and event.seeker_id != f"s{PEOPLE}"
        if np.datetime64(event.occurred_at.date()) <= last
    }
    rows = zip(placements.seekers, placements.jobs, placements.grades, placements.times, strict=True)
    return found | {(int(one), int(job)) for one, job, grade, at in rows if grade in (0, 1) and at <= last}


@given(PLACEMENTS, EVENTS, st.integers(0, 1000))
def test_a_job_that_was_clicked_applied_for_or_matched_is_never_a_negative(
    rows: list[tuple[int, int, int, int]], events: list[Event], seed: int
) -> None:
    placements = set_of(rows, events)
    train = trained_on(placements)
    if not len(train):
        return
    theirs = wanted(placements, events, placements.times[train].max())
    theirs |= {(int(placements.seekers[row]), int(placements.jobs[row])) for row in train}
    random = np.random.default_rng(seed)
    seekers = random.normal(size=(PEOPLE, 3)).astype(np.float32)
    jobs = random.normal(size=(JOBS, 3)).astype(np.float32)
    near_misses = mine_near_misses(seekers, jobs, placements, train, MiningConfig(skipped=0, depth=JOBS))
    features = Features(np.eye(PEOPLE), np.eye(JOBS))
    batches = PairBatches(placements, train, features, 4, seed, rejections=2, mined=3)
    batches.near_misses = near_misses
    batches.start_epoch(1)
    for index in range(len(batches)):
        inputs = batches[index][0]
        seeker_rows, job_rows = inputs["seeker"].argmax(axis=1).tolist(), inputs["job"].argmax(axis=1).tolist()
        for place, seeker in enumerate(seeker_rows):
            for other, job in enumerate(job_rows):
                assert inputs["is_negative"][place, other] == ((seeker, job) not in theirs)
            held_against = inputs["hard_jobs"][place][inputs["is_hard_negative"][place]].argmax(axis=1).tolist()
            assert not theirs & {(seeker, job) for job in held_against}
    for seeker in range(PEOPLE):
        drawn = {(seeker, int(job)) for job in (*near_misses[seeker], *rejected_jobs(placements, train, 3)[seeker])}
        assert not theirs & drawn


@given(PLACEMENTS, EVENTS)
def test_what_was_wanted_by_then_teaches_once_where_nothing_better_or_worse_came_of_it(
    rows: list[tuple[int, int, int, int]], events: list[Event]
) -> None:
    placements = set_of(rows, events)
    train = trained_on(placements)
    pairs = training_pairs(placements, train, LABELS)
    matches = list(zip(placements.seekers[train].tolist(), placements.jobs[train].tolist(), strict=True))
    got = list(zip(pairs.seekers.tolist(), pairs.jobs.tolist(), strict=True))
    assert got[: len(train)] == matches
    assert pairs.weights[: len(train)].tolist() == placements.grades[train].tolist()
    if not len(train):
        assert not got
        return
    last = placements.times[train].max()
    decided = {(seeker, job) for seeker, job, on, grade in rows if grade >= 2}
    decided |= {(seeker, job) for seeker, job, on, grade in rows if grade < 0 and np.datetime64(day(on).date()) <= last}
    assert sorted(got[len(train) :]) == sorted(wanted(placements, events, last) - decided)
    assert ((pairs.weights[len(train) :] >= 0.2 - 1e-6) & (pairs.weights[len(train) :] <= 0.5)).all()


def weights_of(placements: PlacementSet, labels: LabelWeights = LABELS) -> dict[tuple[int, int], float]:
    pairs = training_pairs(placements, np.flatnonzero(placements.grades >= 2), labels)
    at = zip(pairs.seekers.tolist(), pairs.jobs.tolist(), strict=True)
    return dict(zip(at, [round(weight, 6) for weight in pairs.weights.tolist()], strict=True))


def test_an_application_weighs_more_than_a_click_and_a_match_its_grade() -> None:
    events = [
        event_of(EventKind.CLICK, 1, 1, 3),
        event_of(EventKind.CLICK, 1, 2, 3),
        event_of(EventKind.APPLY, 1, 2, 3),
    ]
    placements = set_of([(0, 0, 5, 4), (2, 3, 2, 0), (2, 4, 2, 1), (2, 5, 2, -1)], events)
    assert weights_of(placements) == {(0, 0): 4, (1, 1): 0.2, (1, 2): 0.5, (2, 3): 0.5, (2, 4): 0.5}
    assert weights_of(placements, LabelWeights(0, 0)) == {(0, 0): 4}
    assert weights_of(placements, LabelWeights(0, 1)) == {(0, 0): 4, (1, 1): 1, (1, 2): 1}


def test_a_click_far_down_weighs_more_but_never_more_than_an_application() -> None:
    shown = [event_of(EventKind.IMPRESSION, 3, 6, 1, position) for position in (1, 2, 3) for _ in range(4000)]
    clicked = {1: 400, 2: 200, 3: 40}
    clicks = [event_of(EventKind.CLICK, 3, 6, 1, position) for position, count in clicked.items() for _ in range(count)]
    own = [event_of(EventKind.CLICK, 1, job, 3, position) for job, position in ((1, 1), (2, 2), (3, 3), (4, None))]
    found = weights_of(set_of([(0, 0, 5, 4)], [*shown, *clicks, *own]))
    assert found[1, 1] == found[1, 4] == 0.2
    assert found[1, 2] == pytest.approx(0.4, rel=0.05)
    assert found[1, 3] == 0.5


def test_a_click_on_a_match_that_is_held_out_does_not_give_the_answer_away() -> None:
    placements = set_of(
        [(0, 0, 5, 4), (1, 1, 9, 4)], [event_of(EventKind.CLICK, 1, 1, 3), event_of(EventKind.CLICK, 1, 2, 3)]
    )
    pairs = training_pairs(placements, np.array([0]), LABELS)
    assert list(zip(pairs.seekers.tolist(), pairs.jobs.tolist(), strict=True)) == [(0, 0), (1, 2)]


def test_what_nobody_showed_an_interest_in_changes_nothing() -> None:
    bare = set_of([(number % PEOPLE, number % JOBS, number, 4) for number in range(20)], [])
    seen = set_of(
        [(number % PEOPLE, number % JOBS, number, 4) for number in range(20)],
        [event_of(EventKind.IMPRESSION, 1, job, 2, 1) for job in range(JOBS)],
    )
    train = split_by_time(bare).train
    for one in (bare, seen):
        pairs = training_pairs(one, train, LABELS)
        assert (len(pairs.jobs), len(one.interest.times)) == (len(train), 0)
    assert replace(bare, name="").interest.until(np.datetime64("2030-01-01")).jobs.tolist() == []
