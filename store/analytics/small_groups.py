"""What may be told of few people: nothing. Counts are told in fives, and cells about one to four people are hidden.

1. A cell about fewer than `LEAST_PEOPLE` people, but some, is hidden: a count of nobody is about nobody.
2. Every other count of people, or of what people did, is told to the nearest `LEAST_PEOPLE`. So no sum or difference
   of what is told, within an answer or between answers, gives a hidden cell or a single person back, and a total need
   not be hidden for the sake of a part ("Handbook on Statistical Disclosure Control", Eurostat 2010, 5.4).
3. Groups that are too small are folded into one, `other`, with the smallest of the rest if that is still too small.
4. A period is made of weeks with enough people, each with the quiet ones before it: the difference of two periods is
   never about few people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from store.analytics.tables import HIDDEN, Cell

LEAST_PEOPLE = 5
OTHER, UNKNOWN = "other", "unknown"


def is_small(people: int) -> bool:
    """Whether a cell is about so few people that it is hidden."""
    return 0 < people < LEAST_PEOPLE


def in_fives(count: int) -> int:
    """A count as it is told: to the nearest multiple of `LEAST_PEOPLE`."""
    return (count + LEAST_PEOPLE // 2) // LEAST_PEOPLE * LEAST_PEOPLE


def told(count: int, people: int) -> Cell:
    """The cell of a count that is about so many people."""
    return HIDDEN if is_small(people) else in_fives(count)


def told_per(count: Cell, of: int) -> Cell:
    """A told count for each of something that is nobody's own; None of nothing."""
    if not isinstance(count, int):
        return count
    return count / of if of else None


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


def whole_period(people_of_weeks: Mapping[date, int], first: date, last: date) -> tuple[date, date]:
    """The first and the last week of a period, so that it neither begins nor ends among weeks of few people.

    Args:
        people_of_weeks: how many people each week has, of those that have any.
        first: the week that the period was asked to begin with.
        last: the week that it was asked to end with.
    """
    blocks = _blocks(people_of_weeks)
    touched = [block for block in blocks if block[0] <= last and first <= block[-1]]
    if not touched:
        return first, last
    return min(first, touched[0][0]), max(last, touched[-1][-1])


def _blocks(people_of_weeks: Mapping[date, int]) -> list[list[date]]:
    """Weeks in order, those of few people with the next that has enough; the last ones with the one before."""
    blocks: list[list[date]] = []
    quiet: list[date] = []
    for week in sorted(people_of_weeks):
        quiet.append(week)
        if people_of_weeks[week] >= LEAST_PEOPLE:
            blocks.append(quiet)
            quiet = []
    if quiet and blocks:
        blocks[-1] += quiet
    elif quiet:
        blocks.append(quiet)
    return blocks
