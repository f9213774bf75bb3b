"""Small groups: nothing that is told, nor a difference of what is told, is about one to four people."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.analytics.small_groups import disclosable_steps, folded, hide_complements, is_disclosable

# People → how far the best pair of each came; a person may have several pairs.
pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), max_size=60)


def intervals(came: list[tuple[int, int]]) -> list[list[int]]:
    """Those with a pair that came to a step from `first` to `last`."""
    return [
        [len({person for person, step in came if first <= step <= last}) for last in range(5)] for first in range(5)
    ]


@given(pairs)
def test_counts_that_hold_one_another_tell_nothing_of_few_people(came: list[tuple[int, int]]) -> None:
    disclosed = [step for step, is_it in enumerate(disclosable_steps(intervals(came))) if is_it]
    for step in disclosed:
        assert len({person for person, furthest in came if furthest >= step}) not in range(1, 5)
    for wider, narrower in pairwise(disclosed):
        assert len({person for person, furthest in came if wider <= furthest < narrower}) not in range(1, 5)


def test_what_few_people_did_is_hidden_and_what_nobody_did_is_not() -> None:
    twenty_shown_six_applied_four_hired = [
        (person, 0 if person > 5 else 2 if person > 3 else 4) for person in range(20)
    ]
    assert disclosable_steps(intervals(twenty_shown_six_applied_four_hired)) == [True, True, True, False, False]
    nobody_hired = [(person, 0 if person > 5 else 2) for person in range(20)]
    assert disclosable_steps(intervals(nobody_hired)) == [True] * 5


def test_a_step_that_all_but_three_took_is_hidden() -> None:
    all_but_three_clicked = [(person, 0 if person < 3 else 1) for person in range(20)]
    assert disclosable_steps(intervals(all_but_three_clicked)) == [True, False, True, True, True]


def test_a_count_of_all_but_few_is_hidden() -> None:
    assert [is_disclosable(people, 10) for people in (0, 1, 4, 5, 6, 9, 10)] == [
        True,
        False,
        False,
        True,
        False,
        False,
        True,
    ]


@given(
    st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=2, max_size=2),
)
def test_a_total_never_gives_the_one_hidden_cell_away(people: list[list[int]], total_disclosed: list[bool]) -> None:
    disclosed = [[count not in range(1, 5) for count in row] for row in people]
    before = [list(row) for row in disclosed]
    hide_complements(disclosed, people, total_disclosed)
    for column in range(2):
        hidden = [row for row in range(len(people)) if not disclosed[row][column]]
        # Groups may share people: what is hidden together is about as many as the largest of them at least.
        if hidden and total_disclosed[column] and any(row[column] >= 5 for row in people):
            assert max(people[row][column] for row in hidden) >= 5
        if not total_disclosed[column]:
            assert [row[column] for row in disclosed] == [row[column] for row in before]


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
