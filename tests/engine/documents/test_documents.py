"""Documents: what goes in comes out, and bad input is named by its path."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents.jobs import job_document, job_from_document
from engine.documents.seekers import seeker_document, seeker_from_document
from engine.errors import InvalidInputError
from engine.jobs import (
    Connection,
    ContractType,
    Device,
    HoursBound,
    HoursType,
    Job,
    LanguageLevel,
    LanguageNeed,
    Modality,
    Reading,
)
from engine.pay import Pay, PayPeriod
from engine.schedules import Schedule, ScheduleKind, Weekday, Window
from engine.seekers import Availability, Seeker

TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=20)
NAMES = st.text("abcñé ", min_size=1, max_size=12).filter(str.strip)
HOURS = st.floats(0.25, 168, allow_nan=False)
ZONES = st.sampled_from(["America/Lima", "America/New_York", "UTC", "Asia/Kolkata"])
COUNTRIES = st.sampled_from(["PE", "EC", "US"])
LANGUAGES = st.sampled_from(["es", "en", "qu", "pt"])
LEVELS = st.sampled_from(LanguageLevel)
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)
DAYS = st.sets(st.sampled_from(Weekday), min_size=1).map(lambda days: tuple(sorted(days)))
WINDOWS = st.tuples(DAYS, st.integers(0, 1439), st.integers(1, 1440)).filter(lambda parts: parts[1] != parts[2])
WINDOW_LISTS = st.lists(WINDOWS.map(lambda parts: Window(*parts)), min_size=1, max_size=3).map(tuple)
SHIFTS = st.lists(WINDOW_LISTS, min_size=2, max_size=3).map(tuple)
NO_SHIFTS = st.just(()) | SHIFTS
READINGS = st.builds(Reading, st.sampled_from(["schedule", "pay"]), NAMES, st.floats(0, 1))
SCHEDULES = st.one_of(
    st.builds(Schedule, st.just(ScheduleKind.FIXED), ZONES, WINDOW_LISTS),
    st.builds(Schedule, st.just(ScheduleKind.CORE_OVERLAP), ZONES, WINDOW_LISTS, HOURS, HOURS),
    st.builds(Schedule, st.just(ScheduleKind.FLEXIBLE), ZONES, hours_per_week=st.none() | HOURS),
    st.builds(Schedule, st.just(ScheduleKind.WITHIN), ZONES, WINDOW_LISTS, st.none() | HOURS),
    st.builds(Schedule, st.just(ScheduleKind.ONE_OF), ZONES, shifts=SHIFTS),
    st.builds(Schedule, st.just(ScheduleKind.ROTATING), ZONES, hours_per_week=st.none() | HOURS, shifts=NO_SHIFTS),
)
PAYS = st.tuples(
    st.floats(0, 1e6), st.sampled_from(["PEN", "USD"]), st.sampled_from(PayPeriod), st.none() | st.floats(1e6, 1e7)
).map(lambda parts: Pay(*parts))


def optional(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """`strategy`, or not stated."""
    return st.none() | strategy


JOBS = st.builds(
    Job,
    job_id=st.just("a:1"),
    title=NAMES,
    description=TEXTS,
    employer=optional(NAMES),
    skills=st.lists(NAMES, max_size=3).map(tuple),
    languages=st.lists(st.builds(LanguageNeed, LANGUAGES, optional(LEVELS)), unique_by=lambda need: need.code).map(
        tuple
    ),
    schedule=optional(SCHEDULES),
    hours_per_week=optional(HOURS),
    hours_bound=optional(st.sampled_from(HoursBound)),
    hours_type=optional(st.sampled_from(HoursType)),
    contract=optional(st.sampled_from(ContractType)),
    modality=optional(st.sampled_from(Modality)),
    pay=optional(PAYS),
    country=optional(COUNTRIES),
    region=optional(NAMES),
    city=optional(NAMES),
    applicant_countries=st.lists(COUNTRIES, unique=True).map(tuple),
    unread_place_limit=optional(NAMES),
    device=optional(st.sampled_from(Device)),
    connection=optional(st.sampled_from(Connection)),
    openings=optional(st.integers(1, 5000)),
    source=NAMES,
    url=optional(st.just("https://example.org/empleo/1")),
    posted_at=optional(MOMENTS),
    closes_at=optional(MOMENTS),
    readings=st.lists(READINGS, max_size=3).map(tuple),
    is_open=st.booleans(),
)
SEEKERS = st.builds(
    Seeker,
    seeker_id=st.just("s1"),
    text=TEXTS,
    skills=st.lists(NAMES, max_size=3).map(tuple),
    languages=st.lists(st.tuples(LANGUAGES, LEVELS), unique_by=lambda pair: pair[0]).map(tuple),
    availability=optional(st.builds(Availability, ZONES, WINDOW_LISTS | st.just(()), optional(HOURS))),
    device=optional(st.sampled_from(Device)),
    connection=optional(st.sampled_from(Connection)),
    min_pay=optional(PAYS.filter(lambda pay: pay.period is not PayPeriod.PROJECT)),
    country=COUNTRIES,
)


@given(JOBS)
def test_a_job_survives_the_journey_through_json(job: Job) -> None:
    """Serialised as real JSON, not only as a dict: a tuple or an enum left inside would show."""
    document = json.loads(json.dumps(job_document(job)))
    assert job_from_document(document, "a:1") == job
    assert None not in document.values()


@given(SEEKERS)
def test_a_seeker_survives_the_journey_through_json(seeker: Seeker) -> None:
    assert seeker_from_document(json.loads(json.dumps(seeker_document(seeker))), "s1") == seeker


def test_the_documents_have_the_shapes_of_the_public_api() -> None:
    week = (Window((Weekday.MON, Weekday.FRI), 19 * 60, 24 * 60),)
    seeker = Seeker(
        "s1",
        "Diseñadora gráfica",
        skills=("Photoshop",),
        languages=(("es", LanguageLevel.NATIVE), ("en", LanguageLevel.A2)),
        availability=Availability("America/Lima", week, 20),
        device=Device.PHONE,
        connection=Connection.MOBILE_DATA,
        min_pay=Pay(1130, "PEN", PayPeriod.MONTH),
    )
    assert seeker_document(seeker) == {
        "text": "Diseñadora gráfica",
        "skills": ["Photoshop"],
        "languages": {"es": "native", "en": "A2"},
        "availability": {
            "time_zone": "America/Lima",
            "hours_per_week": 20,
            "windows": [{"days": ["mon", "fri"], "start": "19:00", "end": "24:00"}],
        },
        "device": "phone",
        "connection": "mobile_data",
        "min_pay": {"amount": 1130, "currency": "PEN", "period": "month"},
        "country": "PE",
    }
    job = Job("j1", "Agente", languages=(LanguageNeed("en", LanguageLevel.B2), LanguageNeed("pt")))
    assert job_document(job)["languages"] == {"en": "B2", "pt": None}


def test_a_time_without_a_zone_is_utc_and_others_become_utc() -> None:
    job = job_from_document({"title": "x", "posted_at": "2026-05-01T09:00", "closes_at": "2026-05-01T09:00-05:00"})
    assert job.posted_at == datetime(2026, 5, 1, 9, tzinfo=UTC)
    assert job_document(job)["closes_at"] == "2026-05-01T14:00:00+00:00"


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ([], ""),
        ({}, "title"),
        ({"title": "  "}, "title"),
        ({"title": 5}, "title"),
        ({"title": "x\udc00"}, "title"),
        ({"title": "x", "skilz": []}, "skilz"),
        ({"title": "x", "skills": "Excel"}, "skills"),
        ({"title": "x", "skills": ["Excel", ""]}, "skills.1"),
        ({"title": "x", "languages": {"en": "B7"}}, "languages.en"),
        ({"title": "x", "languages": {"english": "B2"}}, "languages"),
        ({"title": "x", "hours_type": "fulltime"}, "hours_type"),
        ({"title": "x", "hours_per_week": float("nan")}, "hours_per_week"),
        ({"title": "x", "hours_per_week": 169}, "hours_per_week"),
        ({"title": "x", "pay": {"amount": 10, "currency": "PEN"}}, "pay.period"),
        ({"title": "x", "pay": {"amount": -1, "currency": "PEN", "period": "month"}}, "pay.amount"),
        ({"title": "x", "pay": {"amount": 1, "currency": "S/.", "period": "month"}}, "pay.currency"),
        ({"title": "x", "country": "Peru"}, "country"),
        ({"title": "x", "applicant_countries": ["PE", "peru"]}, "applicant_countries.1"),
        ({"title": "x", "openings": 0}, "openings"),
        ({"title": "x", "openings": True}, "openings"),
        ({"title": "x", "url": "javascript:alert(1)"}, "url"),
        ({"title": "x", "posted_at": "ayer"}, "posted_at"),
        ({"title": "x", "posted_at": "0001-01-01T00:00:00+14:00"}, "posted_at"),
        ({"title": "x", "is_open": "yes"}, "is_open"),
        ({"title": "x", "schedule": {"kind": "fixed", "time_zone": "America/Lima"}}, "schedule.windows"),
        ({"title": "x", "schedule": {"kind": "flexible", "time_zone": "Lima"}}, "schedule.time_zone"),
    ],
)
def test_a_bad_job_names_the_field_at_fault(document: object, field: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        job_from_document(document)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("availability", "field"),
    [
        ({"windows": []}, "availability.time_zone"),
        ({"time_zone": "Mars/Base"}, "availability.time_zone"),
        ({"time_zone": "UTC", "windows": [{"days": ["lun"], "start": "09:00", "end": "10:00"}]}, "windows.0.days"),
        ({"time_zone": "UTC", "windows": [{"days": ["mon"], "start": "25:00", "end": "10:00"}]}, "windows.0.start"),
        ({"time_zone": "UTC", "windows": [{"days": ["mon"], "start": "09:00", "end": "09:00"}]}, "windows.0.end"),
        ({"time_zone": "UTC", "windows": [{"days": [], "start": "09:00", "end": "10:00"}]}, "windows.0.days"),
    ],
)
def test_an_impossible_availability_names_the_field_at_fault(availability: object, field: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        seeker_from_document({"text": "x", "availability": availability})
    assert caught.value.field == (field if field.startswith("availability") else f"availability.{field}")


def test_a_seekers_language_needs_a_level() -> None:
    with pytest.raises(InvalidInputError, match="no level") as caught:
        seeker_from_document({"languages": {"en": None}})
    assert caught.value.field == "languages.en"
