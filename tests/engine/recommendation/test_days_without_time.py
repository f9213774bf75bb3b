"""A job on a day on which somebody has no time is no match: it is told with the day, and what that day would open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.explain import Locale, ReasonKind
from engine.filtering.what_ifs import Loosened
from engine.jobs import HoursBound, Job, Modality
from engine.recommendation.query import Query
from engine.recommendation.recommend_many import ManyRecommender
from engine.recommendation.recommendation import RecommendedJob
from engine.schedules import parse_window
from engine.seekers import Availability, Seeker
from sample.world import SAMPLE_NOW
from tests.engine.recommendation.few_jobs import VECTOR, recommender_of

TO_SATURDAY = Job("six", "Cajera", "Ventas.\nHorario: de lunes a sábado.", modality=Modality.REMOTE, country="PE")
TO_SUNDAY = replace(TO_SATURDAY, job_id="weekend", description="Ventas.\nSe trabaja viernes, sábado y domingo.")
TO_FRIDAY = replace(TO_SATURDAY, job_id="five", description="Ventas.\nHorario: de lunes a viernes.")
OFFICE = Seeker(text="Cajera", availability=Availability("America/Lima", (parse_window("mon-fri 08:00-18:00"),)))
JOBS = [TO_SATURDAY, TO_SUNDAY, TO_FRIDAY]


def query(seeker: Seeker = OFFICE, locale: Locale = Locale.ES) -> Query:
    return Query(seeker, VECTOR, locale=locale, least_relevance=0.1)


def needs(job: RecommendedJob) -> list[str]:
    return [reason.text for reason in job.reasons if reason.kind is ReasonKind.NEEDS]


def test_only_who_has_some_time_on_each_day_is_recommended_it() -> None:
    recommender = recommender_of(JOBS)
    answer = recommender.recommend(query(), SAMPLE_NOW)
    assert [job.job_id for job in answer.jobs] == ["five"]
    assert needs(answer.jobs[0]) == ["Se trabaja lun a vie; el aviso no dice a qué horas"]
    together = ManyRecommender(recommender).recommend([query(), query(Seeker(text="Cajera"))], SAMPLE_NOW)
    assert [sorted(job.job_id for job in one.jobs) for one in together] == [["five"], ["five", "six", "weekend"]]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        (Locale.ES, "Se trabaja también los sábados, cuando no tienes ninguna hora libre"),
        (Locale.EN, "The work is on Saturdays too, when you have no free hour"),
    ],
)
def test_one_day_is_a_narrow_miss_and_told_as_what_is_missing(locale: Locale, text: str) -> None:
    answer = recommender_of(JOBS).recommend(query(locale=locale), SAMPLE_NOW)
    assert [(near.job.job_id, [one.text for one in near.missing]) for near in answer.nearest] == [("six", [text])]


def test_a_day_and_hours_that_are_missing_are_both_told() -> None:
    long = replace(TO_SATURDAY, hours_per_week=60, hours_bound=HoursBound.EXACTLY)
    (near,) = recommender_of([long]).recommend(query(), SAMPLE_NOW).nearest
    assert [one.text for one in near.missing] == [
        "Se trabaja también los sábados, cuando no tienes ninguna hora libre",
        "Te faltan 10 horas: pide 60 y tienes 50",
    ]


def test_hours_on_that_day_open_it() -> None:
    answer = recommender_of(JOBS).recommend(replace(query(), tells_unlocks=True), SAMPLE_NOW)
    opened = {unlock.what_if.loosened: unlock for unlock in answer.unlocks or ()}
    assert opened[Loosened.HOURS_OF_DAY].opens == 1
    assert [day.name for day in opened[Loosened.HOURS_OF_DAY].what_if.window.days] == ["SAT"]  # type: ignore[union-attr]
    assert opened[Loosened.HOURS_OF_WEEK].opens == 2  # the weekend's
