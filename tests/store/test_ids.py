"""Names for new rows are distinct, sort by when they were made, and are what RFC 9562 says."""

from __future__ import annotations

import os
import re
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


def test_ids_are_canonical_texts() -> None:
    for one in (new_id() for _ in range(100)):
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one)
        assert str(uuid.UUID(one)) == one


def test_ids_that_were_stored_before_the_library_made_them_sort_before() -> None:
    assert new_id() > "0197f3b2-5c00-7fff-bfff-ffffffffffff"  # of July 2025


@pytest.mark.filterwarnings("ignore:This process")  # Python 3.12: forking beside threads
def test_processes_of_one_parent_make_distinct_ids() -> None:
    new_id()  # so that they have a state in common
    reading, writing = os.pipe()
    children = 8
    for _ in range(children):
        if (child := os.fork()) == 0:
            os.write(writing, "".join(f"{new_id()}\n" for _ in range(50)).encode())
            os._exit(0)
        os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as made:
        ids = made.read().split()
    assert len(set(ids)) == len(ids) == 50 * children


def test_one_id_is_not_guessed_from_the_one_before() -> None:
    numbers = [uuid.UUID(new_id()).int for _ in range(1000)]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    assert len(steps) == 999
    assert max(steps) > 2**30
