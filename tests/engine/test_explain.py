"""Reasons as a person reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.availability import HoursRule
from engine.explain import Locale, ReasonKind, pay_text, reasons
from engine.jobs import HoursType, Job, Modality
from engine.pay import Pay, PayPeriod

JOB = Job("job", "Diseñadora", modality=Modality.REMOTE, pay=Pay(1500, "PEN", PayPeriod.MONTH))


def texts(job: Job = JOB, rule: HoursRule = HoursRule.FLEXIBLE, shared: float | None = 17, needed: float | None = 20,
          skills: tuple[str, ...] = (), locale: Locale = Locale.ES) -> list[str]:  # fmt: skip
    return [reason.text for reason in reasons(job, skills, rule, shared, needed, locale)]


def test_shared_hours_are_told() -> None:
    assert texts()[0] == "Compartes 17 de 20 horas"
    assert texts(locale=Locale.EN)[0] == "You share 17 of 20 hours"


def test_quarters_of_an_hour_are_told_as_decimals() -> None:
    assert texts(shared=17.25)[0] == "Compartes 17.25 de 20 horas"


def test_all_hours_free_is_told_as_such() -> None:
    assert texts(rule=HoursRule.FIXED, shared=20)[0] == "Tienes libres las 20 horas que pide"


def test_hours_nobody_stated_are_a_question_not_a_number() -> None:
    found = reasons(JOB, (), HoursRule.UNSTATED, 20, None)
    assert found[0].kind is ReasonKind.ASK
    assert "pregúntalo" in found[0].text


@pytest.mark.parametrize(
    ("hours_type", "text"),
    [
        (HoursType.PART_TIME, "Es a tiempo parcial"),
        (HoursType.HOURLY, "Es por horas"),
        (HoursType.INTERNSHIP, "Son prácticas"),
    ],
)
def test_a_name_of_hours_is_told_with_its_question(hours_type: HoursType, text: str) -> None:
    found = texts(replace(JOB, hours_type=hours_type), HoursRule.UNSTATED, 20, None)[0]
    assert found.startswith(text)
    assert "pregúntalo" in found


def test_full_time_without_a_number_says_at_least() -> None:
    job = replace(JOB, hours_type=HoursType.FULL_TIME)
    assert texts(job, HoursRule.HOURS_ONLY, 28, 30)[0] == "Es a tiempo completo (al menos 30 horas) y tienes libres 28"


def test_a_person_without_hours_gets_no_word_on_hours() -> None:
    assert not any("hora" in text for text in texts(shared=None, needed=None))


def test_skills_are_named_and_the_rest_counted() -> None:
    assert "Coincide con lo que sabes hacer: a, b, c, d y 2 más" in texts(skills=("a", "b", "c", "d", "e", "f"))


def test_unstated_pay_and_modality_are_questions() -> None:
    found = texts(replace(JOB, pay=None, modality=None))
    assert any("cuánto paga" in text for text in found)
    assert any("si es remoto" in text for text in found)


def test_a_hybrid_job_names_the_place() -> None:
    assert "Es híbrido: algunos días se va a Arequipa" in texts(replace(JOB, modality=Modality.HYBRID, city="Arequipa"))


@pytest.mark.parametrize(
    ("pay", "text"),
    [
        (Pay(1500, "PEN", PayPeriod.MONTH), "S/ 1,500 al mes"),
        (Pay(5, "USD", PayPeriod.HOUR, 8.5), "US$ 5 a 8.5 por hora"),
        (Pay(300, "MXN", PayPeriod.PROJECT), "MXN 300 por proyecto"),
    ],
)
def test_pay_is_written_as_in_peru(pay: Pay, text: str) -> None:
    assert pay_text(pay) == text
