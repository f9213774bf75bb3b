"""What a person says of their free hours claims no more than they mean; what they search for loses no ad that fits."""

from __future__ import annotations

import numpy as np
import pytest

from engine.filtering.filters import JobFilter
from engine.jobs import Job
from engine.reading.schedules.free_hours import free_hours
from engine.reading.schedules.meanings import FREE, SEARCHED
from engine.reading.schedules.parts_of_day import PartOfDay
from engine.schedules import Schedule, ScheduleKind, Window, parse_window
from engine.search.chips import with_chips
from engine.search.profiles import stated_in_profile
from engine.search.understanding import understood
from engine.seekers import Seeker
from engine.slots import local_minutes
from tests.engine.search.test_understanding import LEXICON, found_by

LIMA = "America/Lima"


def claimed(text: str) -> tuple[Window, ...]:
    """The free hours that the words of a profile claim."""
    return _windows(with_chips(stated_in_profile(Seeker(text=text), LEXICON).chips, Seeker(), JobFilter()).seeker)


def searched(text: str) -> tuple[Window, ...]:
    return _windows(with_chips(understood(text, LEXICON).chips, Seeker(), JobFilter()).seeker)


def _windows(seeker: Seeker) -> tuple[Window, ...]:
    assert seeker.availability is not None
    return seeker.availability.windows


@pytest.mark.parametrize(
    "text",
    [
        "Digitadora, libre por las mañanas",
        "Puedo por las tardes de lunes a viernes",
        "DISPONIBLE SOLO EN LAS NOCHES",
        "Cajera. Tengo libres los sábados y domingos",
        "Asistente, libre de 8 a 12",
        "mientras mi hijo está en el colegio",
        "I am free in the mornings",
        "no puedo domingos",
    ],
)
def test_a_profile_claims_what_chamba_recommend_reads_and_no_more_than_a_search_asks(text: str) -> None:
    own = free_hours(text, LIMA)
    assert own is not None
    mine = local_minutes(claimed(text))
    np.testing.assert_array_equal(mine, local_minutes(own.windows))
    is_afternoon = "tardes" in text  # a search's begin at 13:30, as other parts of the day would do for shifts else
    assert is_afternoon or not np.any(mine & ~local_minutes(searched(text)))


def test_mornings_that_are_free_begin_at_seven_and_those_looked_for_at_five() -> None:
    assert claimed("Cajera, libre por las mañanas") == (parse_window("mon-sun 07:00-13:00"),)
    assert searched("cajera por las mañanas") == (parse_window("mon-sun 05:00-14:00"),)


def test_a_search_for_mornings_loses_no_ad_that_begins_at_six() -> None:
    window = (parse_window("mon-sat 06:00-14:00"),)
    job = Job("six", "Cajera", schedule=Schedule(ScheduleKind.FIXED, LIMA, window))
    assert found_by("cajera por las mañanas", [job]) == {"six"}


@pytest.mark.parametrize("part", [*PartOfDay])
def test_no_part_of_the_day_is_wider_where_it_is_claimed(part: PartOfDay) -> None:
    every_day = parse_window("mon-sun 00:00-24:00").days
    free, looked_for = (local_minutes([Window(every_day, *meanings.parts[part])]) for meanings in (FREE, SEARCHED))
    if part is not PartOfDay.AFTERNOON:  # which begins at one for people and half an hour later for what is looked for
        assert not np.any(free & ~looked_for)
    assert free.sum() <= looked_for.sum()
