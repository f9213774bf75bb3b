"""When what was read counts as what a label says."""

from __future__ import annotations

import pytest

from benchmarks.reading.agreement import agrees
from benchmarks.reading.labels import Value

LIMA = "America/Lima"


def fixed(*windows: str, zone: str = LIMA) -> Value:
    return {"kind": "fixed", "windows": list(windows), "time_zones": [zone]}


def test_hours_are_compared_as_minutes_of_the_week() -> None:
    truth = {"kind": "fixed", "windows": ["sat 08:00-24:00", "sun 00:00-24:00", "mon 00:00-08:00"]}
    assert not agrees("schedule", fixed("sat 08:00-24:00", "sun 00:00-24:00"), truth, LIMA)
    assert agrees("schedule", fixed("mon 00:00-08:00", "sun 00:00-24:00", "sat 08:00-24:00"), truth, LIMA)
    assert agrees("schedule", fixed("sat 08:00-02:00", "sun 02:00-24:00", "mon 00:00-08:00"), truth, LIMA)


@pytest.mark.parametrize(
    "windows",
    [
        ["mon-fri 09:00-18:00"],
        ["mon-thu 09:00-18:00", "fri 09:00-18:00"],
        ["mon-fri 09:00-13:00", "mon-fri 13:00-18:00"],
    ],
)
def test_the_same_hours_written_in_other_ways_agree(windows: list[str]) -> None:
    assert agrees("schedule", fixed(*windows), {"kind": "fixed", "windows": ["mon-fri 09:00-18:00"]}, LIMA)


@pytest.mark.parametrize("windows", [["mon-fri 09:00-17:45"], ["mon-sat 09:00-18:00"], ["mon-thu 09:00-18:00"]])
def test_other_hours_or_days_do_not_agree(windows: list[str]) -> None:
    assert not agrees("schedule", fixed(*windows), {"kind": "fixed", "windows": ["mon-fri 09:00-18:00"]}, LIMA)


def test_another_kind_does_not_agree() -> None:
    truth = {"kind": "within", "windows": ["mon-fri 09:00-18:00"]}
    assert not agrees("schedule", fixed("mon-fri 09:00-18:00"), truth, LIMA)


def test_a_clock_agrees_with_those_that_show_the_same_hour_all_year() -> None:
    eastern = {"kind": "fixed", "windows": ["mon-fri 09:00-17:00"], "time_zones": ["America/New_York", "Etc/GMT+5"]}
    for zone in ("America/Toronto", "America/New_York", "America/Lima"):
        assert agrees("schedule", fixed("mon-fri 09:00-17:00", zone=zone), eastern, LIMA)
    assert not agrees("schedule", fixed("mon-fri 09:00-17:00", zone="America/Chicago"), eastern, LIMA)


def test_hours_without_a_named_clock_are_the_places_own() -> None:
    truth = {"kind": "fixed", "windows": ["mon-fri 09:00-17:00"]}
    assert agrees("schedule", fixed("mon-fri 09:00-17:00", zone="America/Bogota"), truth, LIMA)
    assert not agrees("schedule", fixed("mon-fri 09:00-17:00", zone="UTC"), truth, LIMA)
    assert not agrees("schedule", fixed("mon-fri 09:00-17:00"), truth, None)


def test_a_kind_without_hours_has_no_clock_to_compare() -> None:
    assert agrees("schedule", {"kind": "rotating", "time_zones": ["UTC"]}, {"kind": "rotating"}, LIMA)
    assert agrees("schedule", {"kind": "flexible", "time_zones": [LIMA]}, {"kind": "flexible", "days": "mon-fri"}, LIMA)


def test_shifts_agree_in_any_order_and_one_more_does_not() -> None:
    early, late, night = ["mon-fri 06:00-14:00"], ["mon-fri 14:00-22:00"], ["mon-fri 22:00-06:00"]
    truth = {"kind": "one_of", "shifts": [early, late]}
    read = {"kind": "one_of", "time_zones": [LIMA]}
    assert agrees("schedule", read | {"shifts": [late, early]}, truth, LIMA)
    assert not agrees("schedule", read | {"shifts": [early, late, night]}, truth, LIMA)
    assert not agrees("schedule", read, truth, LIMA)


def test_pay_agrees_in_all_four_and_what_else_is_told_is_not_compared() -> None:
    truth = {"amount": 1200.0, "currency": "PEN", "period": "month", "extras": ["commissions"]}
    read = {"amount": 1200, "currency": "PEN", "period": "month"}
    assert agrees("pay", read, truth, None)
    for other in ({"amount": 120.0}, {"currency": "USD"}, {"period": "week"}, {"max_amount": 1500.0}):
        assert not agrees("pay", read | other, truth, None)


def test_a_place_agrees_in_what_the_label_names_however_it_is_written() -> None:
    read = {"country": "CO", "city": "BOGOTÁ", "applicants": ["CO", "PE"]}
    assert agrees("place", read, {"city": "Bogota"}, None)
    assert agrees("place", read, {"applicants": ["CO", "PE"]}, None)
    assert not agrees("place", read, {"applicants": ["CO"]}, None)
    assert not agrees("place", read, {"applicants": "limited"}, None)
    assert not agrees("place", read, {"region": "Lima"}, None)


def test_a_part_of_the_world_is_told_by_countries_that_it_has_and_others_that_it_has_not() -> None:
    europe = {"applicants_with": ["DE", "ES"], "applicants_without": ["PE"]}
    assert agrees("place", {"applicants": ["DE", "ES", "FR"]}, europe, None)
    for other in (
        {"applicants": ["DE"]},
        {"applicants": ["DE", "ES", "PE"]},
        {"applicants": "limited"},
        {"city": "Berlin"},
    ):
        assert not agrees("place", other, europe, None)


def test_nothing_agrees_with_nothing_alone() -> None:
    assert agrees("modality", None, None, None)
    assert not agrees("modality", "remote", None, None)
    assert not agrees("modality", None, "remote", None)
