"""`chamba recommend` takes the hours that a person's line states, unless they are given, and tells signs in an ad."""

from __future__ import annotations

from datetime import UTC, datetime

from commands.recommend import _availability as availability_of
from commands.recommend import _lines
from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.moderation.fraud.signs import with_signs
from engine.recommendation.query import Query
from engine.schedules import parse_window
from engine.seekers import Availability, Seeker
from tests.engine.recommendation.few_jobs import VECTOR, recommender_of

LIMA = "America/Lima"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


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


def test_what_an_ad_may_not_ask_is_told_with_its_words() -> None:
    ad = with_signs(Job("a", "Agente", "Cuidar locales. Solo varones.", "Taller"))
    found = recommender_of([ad]).recommend(Query(Seeker(text="Agente"), VECTOR, 1, JobFilter(None)), NOW)
    lines = list(_lines(found))
    assert "   ! Pide que sea hombre o mujer, lo que la ley no permite: «Solo varones»" in lines
