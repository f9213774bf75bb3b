"""What trying rules tells: of few people nothing, of others in fives, and nothing that gives one person away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.programmes.judging import Eligibility, Proof
from store.programmes.simulation import GroupKind, TriedPerson, rounded, told

DAY = date(2026, 12, 1)
REGIONS = ["Puno", "Cusco", "Lima", "unknown"]

groups = st.fixed_dictionaries({kind: st.sampled_from(REGIONS) for kind in GroupKind if kind is not GroupKind.ALL})
people = st.builds(
    TriedPerson,
    groups=groups,
    tried=st.sampled_from(Eligibility),
    in_force=st.none() | st.sampled_from(Eligibility),
    missing=st.lists(st.sampled_from(Proof), max_size=2, unique=True).map(tuple),
)


def person(region: str, tried: Eligibility, *missing: Proof, in_force: Eligibility | None = None) -> TriedPerson:
    found = {kind: region if kind is GroupKind.REGION else "unknown" for kind in GroupKind}
    return TriedPerson(found, tried, in_force, missing)


def region(crowd: Sequence[TriedPerson], name: str) -> object:
    return next((one for one in told(crowd, DAY).groups if (one.kind, one.group) == (GroupKind.REGION, name)), None)


@settings(max_examples=200, deadline=None)
@given(st.lists(people, max_size=60))
def test_every_count_is_hidden_or_of_five_and_near_the_truth(crowd: list[TriedPerson]) -> None:
    found = told(crowd, DAY)
    for row in found.groups:
        if row.kind is GroupKind.ALL:
            members = crowd
        elif row.group == "other":
            continue
        else:
            members = [one for one in crowd if one.groups[row.kind] == row.group]
        truth = {
            "people": len(members),
            **{one.value: sum(each.tried is one for each in members) for one in Eligibility},
            "eligible_in_force": sum(each.in_force is Eligibility.ELIGIBLE for each in members),
        }
        for name, count in truth.items():
            shown = getattr(row, name)
            assert (shown is None) == (0 < count < 5), name
            assert shown is None or (shown % 5 == 0 and abs(shown - count) <= 2), name
        assert (row.pass_rate is None) == (row.people in (0, None) or row.eligible is None)


@settings(max_examples=200, deadline=None)
@given(st.lists(people, min_size=6, max_size=60), st.data())
def test_a_group_that_is_told_has_five_people_or_more(crowd: list[TriedPerson], data: st.DataObject) -> None:
    for kind in GroupKind:
        shown = [row.group for row in told(crowd, DAY).groups if row.kind is kind and row.group not in ("other", "all")]
        for group in shown:
            assert sum(one.groups[kind] == group for one in crowd) >= 5
    # Whether one of many passes moves no count but where a rounding ends: never by that person alone to a number.
    one = data.draw(st.sampled_from(crowd))
    others = [each for each in crowd if each is not one]
    for row in told(others, DAY).groups:
        assert row.eligible is None or row.eligible % 5 == 0


def test_a_region_that_stands_out_is_said_and_a_small_one_is_folded() -> None:
    yes, no = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE
    crowd = [person("Lima", yes) for _ in range(200)] + [person("Puno", no) for _ in range(95)]
    crowd += [person("Puno", yes) for _ in range(5)] + [person("Tacna", yes) for _ in range(3)]
    crowd += [person("Tumbes", yes) for _ in range(3)]
    found = {row.group: row for row in told(crowd, DAY).groups if row.kind is GroupKind.REGION}
    assert found.keys() == {"Lima", "Puno", "other"}
    assert (found["Lima"].stands_out, found["Puno"].stands_out) == ("higher", "lower")
    assert found["Puno"].pass_rate == 0.05
    assert found["other"].people == 5


def test_who_gains_and_loses_and_what_is_lacking() -> None:
    yes, no, open_ = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE, Eligibility.UNDECIDED
    crowd = [person("Lima", yes, in_force=no) for _ in range(12)] + [person("Lima", no, in_force=yes) for _ in range(3)]
    crowd += [person("Lima", open_, Proof.REGION, in_force=open_) for _ in range(25)]
    crowd += [person("Lima", open_, Proof.DEVICE, in_force=open_) for _ in range(2)]
    found = told(crowd, DAY)
    assert (found.gain, found.lose) == (10, None)
    assert found.lacking == {Proof.REGION: 25 / 40, Proof.DEVICE: None}


def test_rounding() -> None:
    assert [rounded(count) for count in (0, 1, 4, 5, 7, 8, 12, 13)] == [0, None, None, 5, 5, 10, 10, 15]
