"""Small groups: nothing that is told, nor a difference of what is told, is about one to four people."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from store.analytics.small_groups import LEAST_PEOPLE, folded, told, told_per, whole_period
from store.analytics.tables import HIDDEN

MONDAY = date(2026, 6, 1)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_count_is_told_in_fives_or_not_at_all(count: int, people: int) -> None:
    cell = told(count, people)
    if people in range(1, LEAST_PEOPLE):
        assert cell is HIDDEN
    else:
        assert isinstance(cell, int)
        assert cell % LEAST_PEOPLE == 0
        assert abs(cell - count) <= LEAST_PEOPLE // 2


def test_what_few_people_did_is_hidden_and_what_nobody_did_is_not() -> None:
    assert [told(people, people) for people in (0, 1, 4, 5, 7, 8)] == [0, HIDDEN, HIDDEN, 5, 5, 10]
    assert (told_per(10, 4), told_per(10, 0), told_per(HIDDEN, 4)) == (2.5, None, HIDDEN)


def test_a_total_and_its_other_part_leave_a_hidden_cell_open() -> None:
    """Whatever the part that is told holds: several numbers of people fit the hidden one."""
    few = range(1, LEAST_PEOPLE)
    for hidden in few:
        for rest in range(LEAST_PEOPLE, 60):
            seen = told(rest, rest), told(rest + hidden, rest + hidden)
            fitting = {
                other
                for other in few
                for part in range(LEAST_PEOPLE, 70)
                if (told(part, part), told(part + other, part + other)) == seen
            }
            assert len(fitting) > 1


weeks = st.dictionaries(st.integers(0, 20).map(lambda n: MONDAY + n * timedelta(days=7)), st.integers(1, 9), min_size=1)
week = st.integers(-3, 23).map(lambda n: MONDAY + n * timedelta(days=7))


@given(weeks, week, week, week)
def test_two_periods_never_differ_by_weeks_of_few_people(
    people: dict[date, int], first: date, last: date, later: date
) -> None:
    first, last, later = sorted((first, last, later))
    (begin, end), (same_begin, further) = whole_period(people, first, last), whole_period(people, first, later)
    assert begin <= first
    assert end >= last
    if max(people.values()) < LEAST_PEOPLE:
        return  # nothing is told of any period
    between = [count for day, count in people.items() if end < day <= further]
    assert not between or max(between) >= LEAST_PEOPLE
    before = [count for day, count in people.items() if same_begin <= day < begin]
    assert not before or max(before) >= LEAST_PEOPLE


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.sets(st.integers(0, 25), max_size=9), max_size=9)
)
def test_folded_groups_are_large_enough(members: dict[str, set[int]]) -> None:
    def count(groups: object) -> int:
        return len(set().union(*(members[group] for group in list(groups))))  # type: ignore[call-overload]

    names = folded({group: len(people) for group, people in members.items()}, count)
    assert names.keys() == members.keys()
    others = [group for group, name in names.items() if name == "other"]
    assert all(len(members[group]) not in range(1, 5) for group, name in names.items() if name != "other")
    if others and len(others) < len(names):
        assert count(others) >= 5
    if all(len(people) >= 5 for people in members.values()):
        assert not others
