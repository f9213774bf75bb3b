"""Bitmaps are kept by what decides them: whoever asks after somebody else gets their own.

Requests are made from the fields that `Seeker` and `JobFilter` have, so that a new one is tried as soon as it is there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from random import Random
from typing import Any, get_type_hints

import numpy as np
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from engine.arrays import BoolArray
from engine.catalogue.builder import build_catalogue
from engine.filtering.filter_bitmaps import BitmapFilter
from engine.filtering.filters import JobFilter, constraints, eligible_jobs, shared_hours
from engine.filtering.schedule_fit import schedule_fit
from engine.jobs import Connection, ContractType, Device, HoursType, Job, LanguageLevel, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod
from engine.schedules import Schedule, ScheduleKind, parse_window
from engine.seekers import Availability, Seeker

NOW = datetime(2026, 7, 8, 12, tzinfo=UTC)
WINDOWS = [parse_window(text) for text in ("mon-fri 19:00-23:00", "sat 08:00-12:00", "mon-fri 08:00-17:00")]
# What a person is called, writes and can do orders their jobs and rules none out.
NO_LIMITS = {"seeker_id", "text", "skills"}
# Where any value of the type would hardly ever meet a job; every other field takes what its type allows.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "country": st.sampled_from(["PE", "AR", "BO"]),
    "languages": st.dictionaries(st.sampled_from(["es", "en", "qu"]), st.sampled_from(LanguageLevel), max_size=2).map(
        lambda levels: tuple(levels.items())
    ),
    "availability": st.none()
    | st.builds(
        Availability,
        st.sampled_from(["America/Lima", "Europe/Madrid"]),
        st.lists(st.sampled_from(WINDOWS), max_size=2, unique=True).map(tuple),
        st.sampled_from([10.0, 24.0, 48.0]),
    ),
    "min_pay": st.none()
    | st.builds(
        Pay,
        st.sampled_from([8.0, 40.0, 1130.0, 3000.0]),
        st.sampled_from(["PEN", "USD"]),
        st.sampled_from([PayPeriod.HOUR, PayPeriod.DAY, PayPeriod.WEEK, PayPeriod.MONTH]),
    ),
    "max_experience_years": st.none() | st.sampled_from([0.0, 1.0, 2.0]),
    "place": st.none() | st.sampled_from(["Lima", "San Isidro", "Cusco"]),
    "without_languages": st.frozensets(st.sampled_from(["en", "qu"])),
    "min_hours_per_week": st.none() | st.sampled_from([10.0, 30.0]),
    "currencies": st.none() | st.frozensets(st.sampled_from(["PEN", "USD"]), min_size=1),
    "without_words": st.frozensets(st.sampled_from(["ventas", "call center", "Diseñador"])),
    "min_hours_coverage": st.sampled_from([0.0, 0.5, 0.8, 1.0]),
}


@dataclass(frozen=True)
class Asked:
    seeker: Seeker
    wanted: JobFilter


def of_any(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: field_values(field.name, hints[field.name]) for field in fields(kind)})


def field_values(name: str, hint: Any) -> st.SearchStrategy[Any]:
    return VALUES[name] if name in VALUES else st.from_type(hint)


anybody = st.builds(Asked, of_any(Seeker), of_any(JobFilter))


def every_field() -> list[tuple[str, str]]:
    parts = {"seeker": fields(Seeker), "wanted": fields(JobFilter)}
    return [(part, field.name) for part, found in parts.items() for field in found]


@st.composite
def two_who_differ(draw: st.DrawFn, part: str, name: str) -> tuple[Asked, Asked]:
    """Two requests that have everything in common but one field."""
    asked = draw(anybody)
    of = getattr(asked, part)
    values = field_values(name, get_type_hints(type(of))[name])
    return asked, replace(asked, **{part: replace(of, **{name: draw(values)})})


def drawn_jobs() -> list[Job]:
    random = Random(3)
    schedules = [
        *(Schedule(ScheduleKind.FIXED, "America/Lima", (window,)) for window in WINDOWS),
        Schedule(ScheduleKind.FLEXIBLE, hours_per_week=24),
        None,
    ]
    return [
        Job(
            f"job-{number}",
            random.choice(["Puesto", "Puesto de ventas", "Asesora de call center", "Diseñadora"]),
            random.choice(["", "Sin experiencia.", "Se pide 2 años de experiencia.", "Horario: martes a sábado."]),
            city=random.choice([None, "San Isidro", "Cusco"]),
            region=random.choice([None, "Lima"]),
            languages=(LanguageNeed(random.choice(["es", "en", "qu"]), random.choice([None, *LanguageLevel])),),
            schedule=random.choice(schedules),
            hours_type=random.choice([None, *HoursType]),
            contract=random.choice([None, *ContractType]),
            modality=random.choice([None, *Modality, Modality.REMOTE]),
            country=random.choice([None, "PE", "AR"]),
            applicant_countries=random.choice([(), (), ("AR", "BO")]),
            device=random.choice([None, *Device]),
            connection=random.choice([None, *Connection]),
            pay=random.choice([None, Pay(random.uniform(900, 4000), random.choice(["PEN", "USD"]), PayPeriod.MONTH)]),
        )
        for number in range(300)
    ]


# The first pair will do: making it smaller would take a minute.
FIRST_FOUND = settings(max_examples=4000, phases=[Phase.generate], deadline=None)
CATALOGUE = build_catalogue(drawn_jobs())


def plainly(asked: Asked) -> BoolArray:
    """The verdict on every job, with nothing kept from anybody."""
    shared = shared_hours(CATALOGUE, asked.seeker.availability, NOW)
    return eligible_jobs(CATALOGUE, asked.seeker, asked.wanted, shared, NOW)


def differ(pair: tuple[Asked, Asked]) -> bool:
    first, second = (plainly(asked) for asked in pair)
    return bool((first != second).any())


@given(st.lists(anybody, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_everybody_gets_their_own_bitmap(everybody: list[Asked]) -> None:
    shared = BitmapFilter(CATALOGUE)
    for asked in everybody:
        bitmap = shared(asked.seeker, asked.wanted, schedule_fit(CATALOGUE, asked.seeker, NOW), NOW)
        assert bitmap.mask().tolist() == plainly(asked).tolist()


@pytest.mark.parametrize(("part", "name"), every_field())
def test_a_request_that_differs_in_one_field_shares_no_bitmap_of_another(part: str, name: str) -> None:
    @given(two_who_differ(part, name))
    @settings(max_examples=40, deadline=None)
    def shares_nothing_it_should_not(pair: tuple[Asked, Asked]) -> None:
        first, second = (what_is_compared(asked) for asked in pair)
        if first == second:
            assert not differ(pair)

    shares_nothing_it_should_not()


@pytest.mark.parametrize(("part", "name"), [field for field in every_field() if field[1] not in NO_LIMITS])
def test_every_field_that_decides_is_seen_to_decide(part: str, name: str) -> None:
    pair = find(two_who_differ(part, name), differ, random=Random(7), settings=FIRST_FOUND)
    first, second = (what_is_compared(asked) for asked in pair)
    assert first != second


def what_is_compared(asked: Asked) -> tuple[object, bytes | None]:
    """What two requests must have in common to be given one bitmap."""
    hours = schedule_fit(CATALOGUE, asked.seeker, NOW)
    return constraints(asked.seeker, asked.wanted), hours.passing(asked.wanted)


def test_a_limit_decides_by_what_is_compared_alone() -> None:
    seeker = Seeker(languages=(("es", LanguageLevel.B1),), device=Device.TABLET)
    for limit in constraints(seeker, JobFilter()):
        again = type(limit)(limit.judge, tuple(limit.limits))
        assert hash(again) == hash(limit)
        np.testing.assert_array_equal(again.passing(CATALOGUE), limit.passing(CATALOGUE))
