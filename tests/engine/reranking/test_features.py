"""What the reranker is told of a person and a job."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from engine.catalogue.builder import build_catalogue
from engine.filtering.schedule_fit import schedule_fit
from engine.jobs import HoursType, Job, LanguageLevel, LanguageNeed
from engine.pay import Pay, PayPeriod
from engine.relevance import Calibration
from engine.reranking.features import FEATURE_NAMES, RerankRequest, candidate_features
from engine.schedules import Schedule, ScheduleKind
from engine.seekers import Availability, Seeker
from engine.skills import seeker_words
from sample.world import SAMPLE_NOW, World

NOW = datetime(2026, 7, 1, tzinfo=UTC)
SEEKER = Seeker(
    text="Llevo cuentas en Excel",
    skills=("ventas",),
    languages=(("es", LanguageLevel.NATIVE), ("en", LanguageLevel.B1)),
    availability=Availability("America/Lima", (), 20),
)
FLEXIBLE = Schedule(ScheduleKind.FLEXIBLE, hours_per_week=25)


def features_of(job: Job, seeker: Seeker = SEEKER) -> dict[str, float]:
    catalogue = build_catalogue([job])
    request = RerankRequest(
        (seeker,),
        np.array([0]),
        np.array([0.5], np.float32),
        (schedule_fit(catalogue, seeker, NOW),),
        NOW,
        (seeker_words(seeker),),
    )
    row = candidate_features(catalogue, catalogue.records[request.rows], Calibration(0.2, 0.8), request)[0]
    return dict(zip(FEATURE_NAMES, row.tolist(), strict=True))


def test_a_job_that_says_nothing_is_told_apart_from_one_that_does() -> None:
    silent = features_of(Job("silent", "Puesto"))
    flags = ("hours_unstated", "pay_unknown", "languages_unstated", "skills_unstated", "posting_undated")
    assert [silent[flag] for flag in flags] == [1, 1, 1, 1, 1]
    assert silent["times_unstated"] == 0
    open_book = Job(
        "open",
        "Puesto",
        skills=("Excel",),
        languages=(LanguageNeed("es", LanguageLevel.B2),),
        schedule=FLEXIBLE,
        pay=Pay(10, "PEN", PayPeriod.HOUR),
        posted_at=NOW - timedelta(days=3),
    )
    assert [features_of(open_book)[flag] for flag in flags] == [0, 0, 0, 0, 0]


def test_hours_are_the_share_of_those_needed() -> None:
    assert features_of(Job("a", "Puesto", schedule=FLEXIBLE))["hours_share"] == pytest.approx(0.8)
    assert features_of(Job("a", "Puesto", schedule=replace(FLEXIBLE, hours_per_week=10)))["hours_share"] == 1
    amount_only = features_of(Job("a", "Puesto", hours_per_week=25))
    assert amount_only["hours_share"] == pytest.approx(0.8)
    assert amount_only["times_unstated"] == 1
    full_time = features_of(Job("a", "Puesto", hours_type=HoursType.FULL_TIME))
    assert full_time["hours_share"] == pytest.approx(20 / 48)


def test_hours_that_the_person_or_the_job_does_not_state_are_not_known() -> None:
    anyone = replace(SEEKER, availability=None)
    told = [
        features_of(Job("a", "Puesto", schedule=FLEXIBLE), anyone),
        features_of(Job("b", "Puesto"), anyone),
        features_of(Job("b", "Puesto")),
        features_of(Job("c", "Puesto", schedule=Schedule(ScheduleKind.ROTATING))),
    ]
    hours = [[one[name] for name in ("hours_share", "times_unstated", "hours_unstated")] for one in told]
    assert hours == [[1, 0, 1]] * 4


def test_pay_is_told_beside_the_floor_or_the_minimum_wage() -> None:
    job = Job("a", "Puesto", pay=Pay(12, "PEN", PayPeriod.HOUR))
    picky = replace(SEEKER, min_pay=Pay(12, "PEN", PayPeriod.HOUR))
    assert features_of(job, picky)["pay_log_ratio"] == pytest.approx(0)
    modest = replace(SEEKER, min_pay=Pay(6, "PEN", PayPeriod.HOUR))
    assert features_of(job, modest)["pay_log_ratio"] == pytest.approx(np.log(2))
    month = Job("a", "Puesto", pay=Pay(1130 * 2, "PEN", PayPeriod.MONTH))
    assert features_of(month)["pay_log_ratio"] == pytest.approx(np.log(2))


def test_the_tightest_language_counts() -> None:
    needs = (LanguageNeed("es", LanguageLevel.B1), LanguageNeed("en", LanguageLevel.A2), LanguageNeed("qu"))
    assert features_of(Job("a", "Puesto", languages=needs))["language_margin"] == 1
    silent = features_of(Job("a", "Puesto", languages=needs), replace(SEEKER, languages=()))
    assert (silent["language_margin"], silent["languages_unstated"]) == (0, 1)


def test_skills_are_covered_by_what_a_person_says_anywhere() -> None:
    assert features_of(Job("a", "Puesto", skills=("Excel", "Ventas", "Canva", "Inglés")))["skills_covered"] == 0.5


def test_a_newer_posting_has_fewer_days() -> None:
    days = [features_of(Job("a", "Puesto", posted_at=NOW - timedelta(days=n)))["log_days_posted"] for n in (0, 1, 30)]
    assert days == sorted(days)
    assert days[0] == 0


def test_features_are_numbers_for_everybody_and_every_job(tiny_world: World) -> None:
    catalogue = build_catalogue(tiny_world.jobs)
    rows = np.arange(len(catalogue))
    cosines = np.linspace(-1, 1, len(rows), dtype=np.float32)
    for seeker in tiny_world.seekers:
        hours = schedule_fit(catalogue, seeker, SAMPLE_NOW)
        request = RerankRequest((seeker,), rows, cosines, (hours,), SAMPLE_NOW, (seeker_words(seeker),))
        features = candidate_features(catalogue, catalogue.records[request.rows], Calibration(0.8, 0.9), request)
        assert features.shape == (len(rows), len(FEATURE_NAMES))
        assert np.isfinite(features).all()
