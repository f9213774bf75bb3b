"""`chamba recommend` takes the hours that a person's line states, unless they are given."""

from __future__ import annotations

from commands.recommend import _seeker as seeker_of
from engine.schedules import parse_window
from engine.seekers import Availability

LIMA = "America/Lima"


def test_hours_in_a_persons_words_are_read() -> None:
    seeker = seeker_of("Digitadora, 20 horas a la semana por las mañanas de lunes a viernes", [], [], LIMA)
    assert seeker.availability == Availability(LIMA, (parse_window("mon-fri 07:00-13:00"),), 20)


def test_hours_that_are_given_count_alone() -> None:
    seeker = seeker_of("Digitadora, por las mañanas", ["mon-fri 19:00-23:00"], [], LIMA)
    assert seeker.availability == Availability(LIMA, (parse_window("mon-fri 19:00-23:00"),))


def test_who_states_no_hours_has_none() -> None:
    assert seeker_of("Digitadora", [], [], LIMA).availability is None
