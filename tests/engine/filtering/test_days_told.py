"""Days that an ad says are worked, and no hours: who has no time on one of them cannot take it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.array_files import ArrayFiles
from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import DISTINCT, Catalogue
from engine.catalogue.job_hours import job_hours
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.filtering.schedule_fit import schedule_fit
from engine.jobs import HoursBound, HoursType, Job
from engine.schedules import Schedule, ScheduleKind, Weekday, Window, parse_window
from engine.seekers import Availability, Seeker
from tests.engine.hard_limits import broken_limits

NOW = datetime(2026, 7, 8, 12, tzinfo=UTC)
LIMA = "America/Lima"
JOB = Job("job", "Cajera", country="PE")
ANYTHING = JobFilter(modalities=None)
TO_SATURDAY = "Planilla.\nHorario: de lunes a sábado."


def person(*windows: str, hours: float | None = None) -> Seeker:
    return Seeker(availability=Availability(LIMA, tuple(map(parse_window, windows)), hours))


def fits(job: Job, seeker: Seeker, wanted: JobFilter = ANYTHING) -> bool:
    catalogue = build_catalogue([job])
    return bool(eligible_jobs(catalogue, seeker, wanted, shared_hours(catalogue, seeker.availability, NOW), NOW)[0])


OFFICE, WITH_SATURDAY = person("mon-fri 06:00-22:00"), person("mon-fri 06:00-22:00", "sat 08:00-08:15")
WEEKEND = person("sat,sun 08:00-20:00")


@pytest.mark.parametrize(
    ("text", "free", "does_fit"),
    [
        (TO_SATURDAY, OFFICE, False),
        (TO_SATURDAY, WITH_SATURDAY, True),
        (TO_SATURDAY, WEEKEND, False),
        (TO_SATURDAY, Seeker(), True),
        (TO_SATURDAY, person(hours=10), True),
        ("Se trabaja de martes a domingo.", WITH_SATURDAY, False),
        ("Trabajo sábados y domingos.", WEEKEND, True),
        ("Trabajo sábados y domingos.", WITH_SATURDAY, False),
        ("Horario: lunes a viernes.", OFFICE, True),
        ("Disponibilidad de lunes a domingo con un día de descanso.", OFFICE, True),
        ("Horarios rotativos de lunes a sábado.", OFFICE, True),
        ("Trabajas uno de estos días: lunes, martes y sábado.", OFFICE, True),
        ("Disponibilidad para trabajar fines de semana.", OFFICE, True),
        ("Horario: lunes a sábado de 8 a 17 h.", OFFICE, True),  # hours are told: another reader's matter
    ],
)
def test_days_that_are_all_worked_need_some_time_on_each(text: str, free: Seeker, does_fit: bool) -> None:
    assert fits(replace(JOB, description=f"Buscamos cajera.\n{text}\nPlanilla."), free) is does_fit


@pytest.mark.parametrize(
    "more",
    [
        {"hours_per_week": 24.0},
        {"hours_per_week": 60.0, "hours_bound": HoursBound.AT_MOST},
        {"hours_type": HoursType.PART_TIME},
        {"hours_type": HoursType.FULL_TIME},
    ],
)
def test_days_count_beside_hours_a_week(more: dict[str, object]) -> None:
    job = replace(JOB, description=TO_SATURDAY, **more)  # type: ignore[arg-type]
    assert not fits(job, OFFICE)
    assert fits(job, WITH_SATURDAY)
    assert fits(replace(job, description="Planilla."), OFFICE)


def test_too_few_hours_rule_out_whatever_days_are_told() -> None:
    assert not fits(replace(JOB, description=TO_SATURDAY, hours_per_week=48.0), person("mon-sat 08:00-10:00"))


def test_a_part_of_the_day_is_needed_on_each_day_that_is_told() -> None:
    mornings = Schedule(ScheduleKind.WITHIN, LIMA, (parse_window("mon-sat 06:00-14:00"),))
    job = replace(JOB, schedule=mornings, description="Turno mañana de lunes a sábado.")
    assert not fits(job, person("mon-fri 06:00-14:00", "sat 15:00-20:00"))
    assert fits(job, person("mon-fri 06:00-14:00", "sat 12:00-20:00"))
    assert fits(replace(job, description="Turno mañana."), person("mon-fri 06:00-14:00"))


def test_days_are_those_of_the_clock_of_the_place() -> None:
    job = replace(JOB, country="ES", modality=None, description="Horario: martes y miércoles.")
    night_before = person("mon 20:00-22:00", "tue 20:00-22:00")
    assert [day.name for day in job_hours(job).days] == ["TUE", "WED"]
    assert fits(replace(job, applicant_countries=()), replace(night_before, country="ES"))
    assert not fits(replace(job, country="PE"), night_before)


def test_unstated_hours_are_still_refused_where_all_must_be_told() -> None:
    job, stated = replace(JOB, description=TO_SATURDAY), replace(ANYTHING, allow_unstated=False)
    assert not fits(job, WITH_SATURDAY, stated)


def test_a_free_saturday_opens_what_saturday_ruled_out() -> None:
    catalogue = build_catalogue([replace(JOB, description=TO_SATURDAY)])
    more_hours = schedule_fit(catalogue, OFFICE, NOW).more_hours
    opened = int(more_hours.passing(ANYTHING)[0])
    on_saturday = [step.window is not None and Weekday.SAT in step.window.days for step in more_hours.steps]
    assert [bool(opened >> step & 1) for step in range(len(on_saturday))] == on_saturday
    assert any(on_saturday)


def test_a_bundle_from_before_days_were_read_rules_nobody_out() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_catalogue([replace(JOB, description=TO_SATURDAY)]).save(folder)
        assert schedule_fit(Catalogue.open(ArrayFiles(folder)), OFFICE, NOW).passing(ANYTHING) == b"\x00"
        document = orjson.loads((folder / DISTINCT).read_bytes())
        for entry in document["schedules"]:
            del entry["days"]
        (folder / DISTINCT).write_bytes(orjson.dumps(document))
        assert schedule_fit(Catalogue.open(ArrayFiles(folder)), OFFICE, NOW).passing(ANYTHING) == b"\x01"


DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
RANGES = st.tuples(st.integers(0, 6), st.integers(1, 5)).map(
    lambda drawn: f"Horario: de {DAYS[drawn[0]]} a {DAYS[(drawn[0] + drawn[1]) % 7]}."
)
LISTS = st.lists(st.sampled_from(range(7)), min_size=2, max_size=4, unique=True).map(
    lambda drawn: "Se trabaja " + ", ".join(DAYS[day] for day in sorted(drawn)[:-1]) + f" y {DAYS[max(drawn)]}."
)
WINDOWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 95), st.integers(1, 96)).filter(lambda drawn: drawn[1] != drawn[2]),
    max_size=5,
).map(lambda parts: tuple(Window((Weekday(day),), start * 15, end * 15) for day, start, end in parts))
SCHEDULES = st.none() | WINDOWS.filter(bool).map(lambda windows: Schedule(ScheduleKind.WITHIN, LIMA, windows))
JOBS = st.builds(
    replace,
    st.just(JOB),
    description=st.sampled_from(["", "Planilla."]) | RANGES | LISTS,
    hours_per_week=st.sampled_from([None, 6.0, 20.0, 48.0]),
    hours_type=st.sampled_from([None, *HoursType]),
    country=st.sampled_from([None, "PE"]),
    schedule=SCHEDULES,
)
PEOPLE = st.builds(Availability, st.sampled_from([LIMA, "Europe/Madrid"]), WINDOWS, st.sampled_from([None, 6.0, 40.0]))


@settings(max_examples=300, deadline=None)
@given(st.lists(JOBS, min_size=1, max_size=6), PEOPLE)
def test_who_passes_is_who_a_walk_through_the_week_finds(jobs: list[Job], free: Availability) -> None:
    catalogue, seeker = build_catalogue(jobs), Seeker(availability=free)
    found = eligible_jobs(catalogue, seeker, ANYTHING, shared_hours(catalogue, free, NOW), NOW)
    assert found.tolist() == ["hours" not in broken_limits(job, seeker, NOW) for job in jobs]
