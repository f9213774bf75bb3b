"""What may be told of few people: nothing. Cells about one to four people are hidden, and what would give them away.

1. A cell about fewer than `LEAST_PEOPLE` people, but some, is hidden: a count of nobody is about nobody.
2. Of counts that hold one another, two stand only if those in the one and not in the other are nobody or enough.
3. Groups that are too small are folded into one, `other`, with the smallest of the rest if that is still too small.
4. Where a column hides a cell of a group and tells the total, it hides the smallest other one as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

LEAST_PEOPLE = 5
OTHER, UNKNOWN = "other", "unknown"


def is_small(people: int) -> bool:
    """Whether a cell is about so few people that it is hidden."""
    return 0 < people < LEAST_PEOPLE


def is_disclosable(people: int, of: int) -> bool:
    """Whether a count of `people` among `of`, which is told, may be told."""
    return not is_small(people) and not is_small(of - people)


def disclosable_steps(people: Sequence[Sequence[int]]) -> list[bool]:
    """Which of nested counts may be told, from the widest.

    Args:
        people: `people[first][last]` are those of whom something came as far as a step from `first` to `last`, and
            no further. What came at least as far as `first` is the count of step `first`.
    """
    last = len(people) - 1
    disclosed: list[bool] = []
    widest_disclosed: int | None = None
    for first in range(len(people)):
        is_enough = not is_small(people[first][last])
        is_apart = widest_disclosed is None or not is_small(people[widest_disclosed][first - 1])
        disclosed.append(is_enough and is_apart)
        if disclosed[-1]:
            widest_disclosed = first
    return disclosed


def hide_complements(
    disclosed: Sequence[list[bool]], people: Sequence[Sequence[int]], total_disclosed: Sequence[bool]
) -> None:
    """Hide, in place, one more cell of each column that hides some, so that the total does not give them away.

    `disclosed[row][column]` and `people[row][column]` are of groups that make up the total.
    """
    for column, is_total_disclosed in enumerate(total_disclosed):
        hidden = [row for row in range(len(disclosed)) if not disclosed[row][column]]
        rest = [row for row in range(len(disclosed)) if disclosed[row][column] and people[row][column] > 0]
        if is_total_disclosed and hidden and rest:
            disclosed[min(rest, key=lambda row: people[row][column])][column] = False


def folded(people: Mapping[str, int], count_people: Callable[[Sequence[str]], int]) -> dict[str, str]:
    """For each group the one that it is told as: itself, or `other`.

    Args:
        people: how many each group has; a person may be in several.
        count_people: how many different people some groups have together.
    """
    other = [group for group, count in people.items() if is_small(count)]
    rest = sorted(people.keys() - set(other), key=lambda group: (people[group], group))
    while other and rest and is_small(count_people(other)):
        other.append(rest.pop(0))
    return {group: OTHER if group in other else group for group in people}
