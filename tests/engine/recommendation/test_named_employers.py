"""An employer whom a search names and whose jobs a limit rules out is told, with how many there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.filtering.filters import JobFilter
from engine.jobs import Job, Modality
from engine.pay import Pay, PayPeriod
from engine.recommendation.named_employers import RuledOut, RulingLimit, ruled_out_employer
from engine.recommendation.query import Query
from engine.schedules import Schedule, ScheduleKind, parse_window
from engine.seekers import Availability, Seeker
from sample.world import SAMPLE_NOW
from tests.engine.recommendation.few_jobs import VECTOR, recommender_of

MORNINGS = Schedule(ScheduleKind.FIXED, "America/Lima", (parse_window("mon-fri 08:00-12:00"),))
LOW = Pay(500, "PEN", PayPeriod.MONTH)
KILLA = [Job(f"k{row}", "Cajera", employer="Tienda Killa S.A.C.", schedule=MORNINGS, pay=LOW) for row in range(12)]
OTHERS = [Job(f"o{row}", "Vendedora de tienda", employer="Otra casa") for row in range(5)]
EVENINGS = Availability("America/Lima", (parse_window("mon-fri 19:00-23:00"),))


def ruled_out(text: str, seeker: Seeker, jobs: list[Job], wanted: JobFilter | None = None) -> RuledOut | None:
    query = Query(replace(seeker, text=text), VECTOR, wanted=wanted or JobFilter(), by_words=True)
    return ruled_out_employer(recommender_of(jobs), query, SAMPLE_NOW)


@pytest.mark.parametrize("text", ["Tienda Killa", "KILLA", "avisos de tienda killa"])
def test_jobs_that_hours_rule_out_are_counted(text: str) -> None:
    found = ruled_out(text, Seeker(availability=EVENINGS), KILLA + OTHERS)
    assert found == RuledOut("Tienda Killa S.A.C.", 12, RulingLimit.HOURS, 0)


def test_those_that_pass_are_not_among_them() -> None:
    jobs = [*KILLA[:4], *(replace(job, schedule=None) for job in KILLA[4:])]
    found = ruled_out("killa", Seeker(availability=EVENINGS), jobs)
    assert found == RuledOut("Tienda Killa S.A.C.", 4, RulingLimit.HOURS, 8)


def test_another_limit_is_named_and_several_are() -> None:
    floor = Pay(1130, "PEN", PayPeriod.MONTH)
    paid = ruled_out("killa", Seeker(min_pay=floor), KILLA)
    assert paid is not None
    assert paid.by is RulingLimit.PAY
    both = ruled_out("killa", Seeker(min_pay=floor, availability=EVENINGS), KILLA)
    assert both == RuledOut("Tienda Killa S.A.C.", 12, RulingLimit.SEVERAL, 0)
    on_site = [replace(job, modality=Modality.ON_SITE) for job in KILLA]
    filtered = ruled_out("killa", Seeker(), on_site)
    assert filtered is not None
    assert filtered.by is RulingLimit.FILTERS


def test_words_of_titles_name_nobody() -> None:
    titled = [Job(f"t{row}", "Cajera") for row in range(40)]
    jobs = [*titled, *(replace(job, employer="Cajera Feliz") for job in KILLA)]
    assert ruled_out("cajera", Seeker(availability=EVENINGS), jobs) is None
    assert ruled_out("xochimilco", Seeker(availability=EVENINGS), jobs) is None
    assert ruled_out("tienda killa", Seeker(), KILLA) is None
