"""Hard constraints: no job that breaks one passes, no job is lost for what its posting does not say."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.array_files import ArrayFiles
from engine.catalogue.builder import build_catalogue
from engine.catalogue.catalogue import Catalogue
from engine.errors import InvalidInputError
from engine.filtering.filters import JobFilter, eligible_jobs, shared_hours
from engine.jobs import (
    Connection,
    ContractType,
    Device,
    HoursType,
    Job,
    LanguageLevel,
    LanguageNeed,
    Modality,
)
from engine.pay import Pay, PayPeriod
from engine.schedules import Schedule, ScheduleKind, parse_window
from engine.seekers import Availability, Seeker

NOW = datetime(2026, 7, 8, 12, tzinfo=UTC)
ANYTHING = JobFilter(modalities=None)
EVENINGS = Availability("America/Lima", (parse_window("mon-fri 19:00-23:00"),))


def passes(job: Job, seeker: Seeker, wanted: JobFilter = ANYTHING) -> bool:
    catalogue = build_catalogue([job])
    return bool(eligible_jobs(catalogue, seeker, wanted, shared_hours(catalogue, seeker.availability, NOW), NOW)[0])


def fixed(window: str) -> Schedule:
    return Schedule(ScheduleKind.FIXED, "America/Lima", (parse_window(window),))


def monthly(amount: float, currency: str = "PEN") -> Pay:
    return Pay(amount, currency, PayPeriod.MONTH)


JOB = Job("job", "Diseñadora gráfica")

ASKS_TWO_YEARS = replace(JOB, description="Experiencia comprobable de dos años.")
NO_EXPERIENCE, IN_LIMA = JobFilter(modalities=None, max_experience_years=0), JobFilter(modalities=None, place="lima")
NO_ENGLISH = JobFilter(modalities=None, without_languages=frozenset({"en"}))
FULL, PART, HOURLY = (
    JobFilter(modalities=None, hours_types=frozenset({one}))
    for one in (HoursType.FULL_TIME, HoursType.PART_TIME, HoursType.HOURLY)
)
USD = frozenset({"USD"})
STATED_PART = replace(PART, allow_unstated=False)
MIRAFLORES = replace(JOB, city="Miraflores", region="Lima")

CASES = [
    ("asks for experience, none wanted", ASKS_TWO_YEARS, Seeker(), NO_EXPERIENCE, False),
    ("asks for some experience", replace(JOB, description="Con experiencia"), Seeker(), NO_EXPERIENCE, False),
    ("needs no experience", replace(JOB, description="Sin experiencia"), Seeker(), NO_EXPERIENCE, True),
    ("says nothing of experience", JOB, Seeker(), NO_EXPERIENCE, True),
    ("says nothing, and must", JOB, Seeker(), replace(NO_EXPERIENCE, allow_unstated=False), False),
    ("as much experience as wanted", ASKS_TWO_YEARS, Seeker(), replace(NO_EXPERIENCE, max_experience_years=2), True),
    ("a district of Lima", MIRAFLORES, Seeker(), IN_LIMA, True),
    ("another city", replace(JOB, city="Cusco", region="Cusco"), Seeker(), IN_LIMA, False),
    ("another city, remote", replace(JOB, city="Cusco", modality=Modality.REMOTE), Seeker(), IN_LIMA, True),
    ("a city unsaid", JOB, Seeker(), IN_LIMA, True),
    ("a city unsaid, and must", JOB, Seeker(), replace(IN_LIMA, allow_unstated=False), False),
    ("a longer name", replace(JOB, region="Lima Metropolitana"), Seeker(), IN_LIMA, True),
    ("another place of the name", replace(JOB, city="Villa Lima"), Seeker(), IN_LIMA, False),
    ("part of a name", replace(JOB, city="Limatambo"), Seeker(), IN_LIMA, False),
    ("needs English", replace(JOB, languages=(LanguageNeed("en", LanguageLevel.B1),)), Seeker(), NO_ENGLISH, False),
    ("wishes for English", replace(JOB, languages=(LanguageNeed("en"),)), Seeker(), NO_ENGLISH, False),
    ("needs Quechua", replace(JOB, languages=(LanguageNeed("qu"),)), Seeker(), NO_ENGLISH, True),
    ("no constraint", JOB, Seeker(), ANYTHING, True),
    ("closed yesterday", replace(JOB, closes_at=datetime(2026, 7, 7, tzinfo=UTC)), Seeker(), ANYTHING, False),
    ("closes tomorrow", replace(JOB, closes_at=datetime(2026, 7, 9, tzinfo=UTC)), Seeker(), ANYTHING, True),
    (
        "fixed and free",
        replace(JOB, schedule=fixed("mon-thu 19:00-22:00")),
        Seeker(availability=EVENINGS),
        ANYTHING,
        True,
    ),
    (
        "fixed, a quarter missing",
        replace(JOB, schedule=fixed("mon 18:45-22:00")),
        Seeker(availability=EVENINGS),
        ANYTHING,
        False,
    ),
    (
        "flexible, 20 of 24",
        replace(JOB, schedule=Schedule(ScheduleKind.FLEXIBLE, hours_per_week=24)),
        Seeker(availability=EVENINGS),
        ANYTHING,
        True,
    ),
    (
        "flexible, 20 of 26",
        replace(JOB, schedule=Schedule(ScheduleKind.FLEXIBLE, hours_per_week=26)),
        Seeker(availability=EVENINGS),
        ANYTHING,
        False,
    ),
    ("flexible, 20 of 25 is the least", replace(JOB, hours_per_week=25), Seeker(availability=EVENINGS), ANYTHING, True),
    (
        "full time, no number",
        replace(JOB, hours_type=HoursType.FULL_TIME),
        Seeker(availability=EVENINGS),
        ANYTHING,
        False,
    ),
    (
        "part time, no number",
        replace(JOB, hours_type=HoursType.PART_TIME),
        Seeker(availability=EVENINGS),
        ANYTHING,
        True,
    ),
    ("paid in soles, dollars wanted", replace(JOB, pay=monthly(900)), Seeker(), JobFilter(None, currencies=USD), False),
    ("paid in dollars", replace(JOB, pay=monthly(900, "USD")), Seeker(), JobFilter(None, currencies=USD), True),
    ("pay not told", JOB, Seeker(), JobFilter(None, currencies=USD), True),
    ("pay not told, and must", JOB, Seeker(), JobFilter(None, currencies=USD, allow_unstated=False), False),
    ("12 hours of 20", replace(JOB, hours_per_week=12), Seeker(), JobFilter(None, min_hours_per_week=20), False),
    ("20 hours of 20", replace(JOB, hours_per_week=20), Seeker(), JobFilter(None, min_hours_per_week=20), True),
    ("hours not told of 20", JOB, Seeker(), JobFilter(None, min_hours_per_week=20), True),
    ("12 hours are not full time", replace(JOB, hours_per_week=12), Seeker(), FULL, False),
    ("44 hours are", replace(JOB, hours_per_week=44), Seeker(), FULL, True),
    ("44 hours are not part time", replace(JOB, hours_per_week=44), Seeker(), PART, False),
    ("15 hours in windows are", replace(JOB, schedule=fixed("mon-fri 19:00-22:00")), Seeker(), STATED_PART, True),
    ("35 hours may be either", replace(JOB, hours_per_week=35), Seeker(), PART, True),
    ("35 hours are not said to be", replace(JOB, hours_per_week=35), Seeker(), STATED_PART, False),
    ("12 hours may be by the hour", replace(JOB, hours_per_week=12), Seeker(), HOURLY, True),
    (
        "called full time, of 20 hours",
        replace(JOB, hours_per_week=20, hours_type=HoursType.FULL_TIME),
        Seeker(),
        FULL,
        True,
    ),
    ("hours not stated, refused", JOB, Seeker(availability=EVENINGS), replace(ANYTHING, allow_unstated=False), False),
    (
        "English B2 with A2",
        replace(JOB, languages=(LanguageNeed("en", LanguageLevel.B2),)),
        Seeker(languages=(("en", LanguageLevel.A2),)),
        ANYTHING,
        False,
    ),
    (
        "English B2 with C1",
        replace(JOB, languages=(LanguageNeed("en", LanguageLevel.B2),)),
        Seeker(languages=(("en", LanguageLevel.C1),)),
        ANYTHING,
        True,
    ),
    (
        "English, level not stated",
        replace(JOB, languages=(LanguageNeed("en"),)),
        Seeker(languages=(("en", LanguageLevel.A1),)),
        ANYTHING,
        True,
    ),
    (
        "English at B1, not spoken",
        replace(JOB, languages=(LanguageNeed("en", LanguageLevel.B1),)),
        Seeker(languages=(("es", LanguageLevel.NATIVE),)),
        ANYTHING,
        False,
    ),
    (
        "English without a level is a wish",
        replace(JOB, languages=(LanguageNeed("en"),)),
        Seeker(languages=(("es", LanguageLevel.NATIVE),)),
        ANYTHING,
        True,
    ),
    ("English, languages not told", replace(JOB, languages=(LanguageNeed("en"),)), Seeker(), ANYTHING, True),
    ("applicants in the US", replace(JOB, applicant_countries=("US",)), Seeker(), ANYTHING, False),
    ("remote from Spain", replace(JOB, country="ES", modality=Modality.REMOTE), Seeker(), ANYTHING, True),
    ("abroad and perhaps on site", replace(JOB, country="AR"), Seeker(), ANYTHING, False),
    ("at home and perhaps on site", replace(JOB, country="PE"), Seeker(), ANYTHING, True),
    ("computer with a phone", replace(JOB, device=Device.COMPUTER), Seeker(device=Device.PHONE), ANYTHING, False),
    ("phone with a computer", replace(JOB, device=Device.PHONE), Seeker(device=Device.COMPUTER), ANYTHING, True),
    (
        "broadband with mobile data",
        replace(JOB, connection=Connection.BROADBAND),
        Seeker(connection=Connection.MOBILE_DATA),
        ANYTHING,
        False,
    ),
    ("pays below the floor", replace(JOB, pay=monthly(1000)), Seeker(min_pay=monthly(1130)), ANYTHING, False),
    ("pays the floor", replace(JOB, pay=monthly(1130)), Seeker(min_pay=monthly(1130)), ANYTHING, True),
    ("pays the floor in dollars", replace(JOB, pay=monthly(400, "USD")), Seeker(min_pay=monthly(1130)), ANYTHING, True),
    ("pay not stated", JOB, Seeker(min_pay=monthly(1130)), ANYTHING, True),
    (
        "hourly pay, hours known",
        replace(JOB, pay=Pay(10, "PEN", PayPeriod.HOUR), hours_per_week=20),
        Seeker(min_pay=monthly(1130)),
        ANYTHING,
        False,
    ),
    (
        "hourly pay, hours not known",
        replace(JOB, pay=Pay(10, "PEN", PayPeriod.HOUR)),
        Seeker(min_pay=monthly(1130)),
        ANYTHING,
        True,
    ),
    (
        "hourly floor",
        replace(JOB, pay=Pay(10, "PEN", PayPeriod.HOUR)),
        Seeker(min_pay=Pay(12, "PEN", PayPeriod.HOUR)),
        ANYTHING,
        False,
    ),
    ("on site", replace(JOB, modality=Modality.ON_SITE), Seeker(), JobFilter(), False),
    ("modality not stated", JOB, Seeker(), JobFilter(), True),
    ("modality not stated, refused", JOB, Seeker(), JobFilter(allow_unstated=False), False),
    (
        "contract asked for",
        replace(JOB, contract=ContractType.FREELANCE),
        Seeker(),
        JobFilter(contracts=frozenset({ContractType.FREELANCE})),
        True,
    ),
    (
        "another contract",
        replace(JOB, contract=ContractType.PERMANENT),
        Seeker(),
        JobFilter(contracts=frozenset({ContractType.FREELANCE})),
        False,
    ),
]


@pytest.mark.parametrize(
    ("job", "seeker", "wanted", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_constraint_decides(job: Job, seeker: Seeker, wanted: JobFilter, expected: bool) -> None:
    assert passes(job, seeker, wanted) is expected


def test_a_floor_in_an_unknown_currency_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="PEN"):
        Seeker(min_pay=monthly(100, "XXX"))


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


jobs = st.builds(
    Job,
    job_id=st.uuids().map(str),
    title=st.just("Puesto"),
    languages=st.lists(
        st.builds(LanguageNeed, st.sampled_from(["es", "en", "qu"]), maybe(st.sampled_from(LanguageLevel))),
        max_size=2,
        unique_by=lambda need: need.code,
    ).map(tuple),
    schedule=maybe(st.sampled_from([fixed("mon-fri 19:00-22:00"), fixed("sat 08:00-12:00")])),
    hours_type=maybe(st.sampled_from(HoursType)),
    modality=maybe(st.sampled_from(Modality)),
    country=maybe(st.sampled_from(["PE", "AR"])),
    device=maybe(st.sampled_from(Device)),
    pay=maybe(st.floats(1, 9000).map(monthly)),
)


@given(st.lists(jobs, min_size=1, max_size=12))
def test_jobs_are_judged_the_same_in_any_catalogue(catalogue_jobs: list[Job]) -> None:
    seeker = Seeker(
        languages=(("es", LanguageLevel.NATIVE), ("en", LanguageLevel.B1)),
        availability=EVENINGS,
        device=Device.TABLET,
        min_pay=monthly(1130),
    )
    catalogue = build_catalogue(catalogue_jobs)
    together = eligible_jobs(catalogue, seeker, JobFilter(), shared_hours(catalogue, seeker.availability, NOW), NOW)
    assert together.tolist() == [passes(job, seeker, JobFilter()) for job in catalogue_jobs]


@given(st.lists(jobs, max_size=12))
def test_a_catalogue_comes_back_from_disk_as_it_was(catalogue_jobs: list[Job]) -> None:
    catalogue = build_catalogue(catalogue_jobs)
    with tempfile.TemporaryDirectory() as folder:
        catalogue.save(Path(folder))
        opened = Catalogue.open(ArrayFiles(Path(folder)))
        assert [opened.job_id(row) for row in range(len(opened))] == [job.job_id for job in catalogue_jobs]
        assert [opened.card(row) for row in range(len(opened))] == [catalogue.card(row) for row in range(len(opened))]
        assert opened.distinct == catalogue.distinct
        for name in ("schedule_number", "language_number", "place_number", "soles_per_month", "closes_at"):
            np.testing.assert_array_equal(getattr(opened.columns, name), getattr(catalogue.columns, name))


def test_a_catalogue_from_before_experience_was_read_states_none(tmp_path: Path) -> None:
    build_catalogue([ASKS_TWO_YEARS, JOB]).save(tmp_path)
    (tmp_path / "columns" / "experience_years.npy").unlink()
    (tmp_path / "columns" / "pay_currency.npy").unlink()
    catalogue = Catalogue.open(ArrayFiles(tmp_path))
    assert np.isnan(catalogue.columns.experience_years).tolist() == [True, True]
    assert eligible_jobs(catalogue, Seeker(), NO_EXPERIENCE, None, NOW).tolist() == [True, True]
    assert eligible_jobs(catalogue, Seeker(), JobFilter(None, currencies=USD), None, NOW).tolist() == [True, True]
