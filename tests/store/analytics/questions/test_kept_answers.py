"""What takes long is worked out once for a snapshot: the answer that is kept is the same, and goes with its people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine.jobs import Job
from engine.schedules import Weekday, Window
from engine.seekers import Availability, Seeker
from store.analytics.erasing import erase_from_snapshots
from store.analytics.questions import answers
from store.analytics.questions.answers import LONG, answer, prepare
from store.analytics.questions.freed_hours import freed_hours
from store.analytics.snapshots import AnalyticsSnapshot, current_snapshot, open_snapshot
from store.analytics.tables import Filters, Question, Table

Answer = Callable[[AnalyticsSnapshot, Filters], Table]
EVENINGS = Availability("America/Lima", (Window((Weekday.TUE,), 18 * 60, 22 * 60),))


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[Table]:
    """Every answer that is worked out from now on."""
    done: list[Table] = []

    def counted(work_out: Answer) -> Answer:
        def work(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
            done.append(work_out(snapshot, filters))
            return done[-1]

        return work

    for question in LONG:
        monkeypatch.setitem(answers.ANSWERS, question, counted(answers.ANSWERS[question]))
    return done


@pytest.fixture
def snapshot(story: Any) -> AnalyticsSnapshot:
    """Seven people who are free on an evening, three of whom may take the job: what is said of them is hidden."""
    story.people(Seeker(f"p{n}", availability=EVENINGS, country="CL" if n < 3 else "PE") for n in range(7))
    story.jobs([Job("there", "A", country="CL", applicant_countries=("CL",))])
    taken: AnalyticsSnapshot = story.snapshot()
    return taken


def test_the_answer_that_is_kept_is_the_one_that_was_worked_out(
    snapshot: AnalyticsSnapshot, worked: list[Table]
) -> None:
    right = freed_hours(snapshot, Filters())
    assert right.hidden
    prepare(snapshot)
    assert [answer(open_snapshot(snapshot.folder), question) for question in LONG] == [right] * len(LONG)
    assert worked == [right]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[", b"null", b'{"meaning": 0, "snapshot": "x"}'])
def test_a_file_that_is_no_answer_of_this_snapshot_is_none(
    snapshot: AnalyticsSnapshot, worked: list[Table], damage: bytes
) -> None:
    prepare(snapshot)
    (file,) = snapshot.folder.glob("*.answer.json")
    file.write_bytes(damage)
    assert answer(snapshot, Question.FREED_HOURS) == worked[0]
    assert answer(snapshot, Question.FREED_HOURS) == worked[1]
    assert len(worked) == 2


def test_who_is_erased_is_in_no_answer_that_is_kept(
    story: Any, snapshot: AnalyticsSnapshot, pseudonym: Callable[[str], str]
) -> None:
    prepare(snapshot)
    before = answer(snapshot, Question.FREED_HOURS)
    erase_from_snapshots(story.folder, [pseudonym(f"p{n}") for n in range(3)])
    assert not snapshot.folder.exists()
    rewritten = current_snapshot(story.folder)
    after = answer(rewritten, Question.FREED_HOURS)
    assert after == freed_hours(rewritten, Filters()) != before


def test_a_folder_that_was_erased_meanwhile_does_not_come_back(
    story: Any, snapshot: AnalyticsSnapshot, monkeypatch: pytest.MonkeyPatch, pseudonym: Callable[[str], str]
) -> None:
    def work(snapshot: AnalyticsSnapshot, filters: Filters) -> Table:
        found = freed_hours(snapshot, filters)
        erase_from_snapshots(story.folder, [pseudonym("p0")])
        return found

    monkeypatch.setitem(answers.ANSWERS, Question.FREED_HOURS, work)
    assert answer(snapshot, Question.FREED_HOURS).rows
    assert not snapshot.folder.exists()
