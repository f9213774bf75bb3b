"""Names for new rows are distinct, sort by when they were made, and are what RFC 9562 says."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from store.ids import new_id


def test_ids_of_one_millisecond_sort_as_they_were_made() -> None:
    ids = [new_id() for _ in range(5000)]
    assert ids == sorted(ids)


def test_ids_are_distinct_and_sort_by_time_in_every_thread() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: [new_id() for _ in range(1000)], range(8)))
    assert all(ids == sorted(ids) for ids in made)
    assert len({one for ids in made for one in ids}) == 8000


def test_an_id_tells_the_millisecond_of_its_making() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= after


def test_a_clock_that_is_set_back_makes_no_smaller_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000)
    ids = [before, *(new_id() for _ in range(3))]
    assert ids == sorted(set(ids))


def test_one_id_is_not_guessed_from_the_one_before() -> None:
    numbers = [uuid.UUID(new_id()).int for _ in range(1000)]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    assert len(steps) == 999
    assert max(steps) > 2**30
