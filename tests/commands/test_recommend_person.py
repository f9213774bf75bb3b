"""`chamba recommend` takes the hours that a person's line states, unless they are given."""

from __future__ import annotations

from commands.recommend import _availability as availability_of
from engine.schedules import parse_window
from engine.seekers import Availability

LIMA = "America/Lima"


def test_hours_in_a_persons_words_are_read() -> None:
    availability = availability_of(
        "Digitadora, 20 horas a la semana por las mañanas de lunes a viernes", [], None, LIMA
    )
    assert availability == Availability(LIMA, (parse_window("mon-fri 07:00-13:00"),), 20)


def test_hours_that_are_given_count_alone() -> None:
    availability = availability_of("Digitadora, por las mañanas", ["mon-fri 19:00-23:00"], None, LIMA)
    assert availability == Availability(LIMA, (parse_window("mon-fri 19:00-23:00"),))


def test_who_states_no_hours_has_none() -> None:
    assert availability_of("Digitadora", [], None, LIMA) is None
