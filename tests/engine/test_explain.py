"""Reasons as a person reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.availability import HoursRule
from engine.catalogue.job_cards import read_reason_inputs, reason_input_bytes
from engine.catalogue.job_hours import job_hours
from engine.comparable_pay import HoursBasis, comparable_pay
from engine.explain import (
    Locale,
    PersonHours,
    ReasonKind,
    age_reasons,
    experience_reasons,
    hours_wording,
    language_reasons,
    personal_reasons,
    reasons,
)
from engine.jobs import HoursBound, HoursType, Job, LanguageLevel, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod
from engine.schedules import Schedule, ScheduleKind, parse_window
from engine.working_hours import working_hours

JOB = Job("job", "Diseñadora", modality=Modality.REMOTE, pay=Pay(1500, "PEN", PayPeriod.MONTH))


def texts(job: Job = JOB, rule: HoursRule = HoursRule.FLEXIBLE, hours: PersonHours | None = PersonHours(17, 20),
          skills: tuple[str, ...] = (), locale: Locale = Locale.ES) -> list[str]:  # fmt: skip
    return [reason.text for reason in reasons(job, skills, rule, hours, locale)]


@pytest.mark.parametrize(
    ("years", "text"),
    [
        (2, "Pide 2 años de experiencia"),
        (1, "Pide 1 año de experiencia"),
        (0.5, "Pide 6 meses de experiencia"),
        (0, "No pide experiencia"),
        (1 / 12, "Pide experiencia y no dice cuánta: pregúntalo antes de postular"),
    ],
)
def test_the_experience_that_an_ad_asks_for_is_told(years: float, text: str) -> None:
    assert [reason.text for reason in experience_reasons(years, Locale.ES)] == [text]
    assert experience_reasons(None, Locale.ES) == []


def test_who_states_no_languages_is_told_of_those_that_a_job_asks_for() -> None:
    needs = (LanguageNeed("en", LanguageLevel.B1), LanguageNeed("fr"), LanguageNeed("es", LanguageLevel.NATIVE))
    found = [reason.text for reason in language_reasons(replace(JOB, languages=needs), Locale.ES)]
    assert found[0] == "Pide inglés B1 y no has dicho qué idiomas hablas"
    assert found[1].startswith("Menciona francés, no dice de qué nivel")
    assert "Spanish" not in language_reasons(replace(JOB, languages=needs), Locale.EN)[0].text
    assert language_reasons(JOB, Locale.ES) == []


def test_shared_hours_are_told() -> None:
    assert texts()[0] == "Compartes 17 de 20 horas"
    assert texts(locale=Locale.EN)[0] == "You share 17 of 20 hours"


def test_quarters_of_an_hour_are_told_as_decimals() -> None:
    assert texts(hours=PersonHours(17.25, 20))[0] == "Compartes 17.25 de 20 horas"


def test_all_hours_free_is_told_as_such() -> None:
    assert texts(rule=HoursRule.FIXED, hours=PersonHours(20, 20))[0] == "Tienes libres las 20 horas que pide"


def test_hours_nobody_stated_are_a_question_not_a_number() -> None:
    found = reasons(JOB, (), HoursRule.UNSTATED, PersonHours(20, None))
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
    found = texts(replace(JOB, hours_type=hours_type), HoursRule.UNSTATED, PersonHours(20, None))[0]
    assert found.startswith(text)
    assert "pregúntalo" in found


@pytest.mark.parametrize(
    ("country", "hours", "so_many"),
    [
        ("PE", 48, "hasta 48 horas en el Perú"),
        ("EC", 40, "hasta 40 horas en el Ecuador"),
        ("US", 40, "hasta 40 horas en los Estados Unidos"),
        ("JP", 48, "hasta 48 horas, si es como en el Perú"),
        (None, 48, "hasta 48 horas, si es como en el Perú"),
    ],
)
def test_full_time_without_a_number_is_what_it_is_in_the_jobs_country(
    country: str | None, hours: float, so_many: str
) -> None:
    job = replace(JOB, hours_type=HoursType.FULL_TIME, country=country)
    assert working_hours(job).hours_per_week == hours
    said = f"Es a tiempo completo ({so_many}) y tienes libres 38; el aviso no dice en qué horario"
    assert texts(job, HoursRule.HOURS_ONLY, PersonHours(38, hours))[0] == said


def test_what_full_time_is_taken_to_be_is_not_told_as_what_the_ad_asks() -> None:
    pay = Pay(2080, "PEN", PayPeriod.MONTH)
    day = (parse_window("mon-sun 06:00-14:00"),)
    for kind, windows in ((ScheduleKind.ROTATING, ()), (ScheduleKind.FLEXIBLE, ()), (ScheduleKind.WITHIN, day)):
        schedule = Schedule(kind, "America/Lima", windows)
        job = replace(JOB, hours_type=HoursType.FULL_TIME, country="PE", schedule=schedule, pay=pay)
        comparable = comparable_pay(job)
        assert comparable is not None
        assert comparable.hours_basis is HoursBasis.FULL_TIME
        said = texts(job, working_hours(job).rule, PersonHours(48, 48))[0]
        assert "48 horas que pide" not in said
        assert "Pide 48" not in said


def test_hours_of_a_team_are_told_beside_all_hours() -> None:
    day = (parse_window("mon-fri 10:00-12:00"),)
    job = replace(JOB, schedule=Schedule(ScheduleKind.CORE_OVERLAP, "America/Lima", day, 20, 5))
    said = "Pide 20 horas; 5 deben coincidir con el equipo, y las tienes libres"
    assert texts(job, HoursRule.CORE_OVERLAP, PersonHours(20, 20, 5, 5))[0] == said
    said = "Pide 20 horas y tienes 20; 5 deben coincidir con el equipo y compartes 4"
    assert texts(job, HoursRule.CORE_OVERLAP, PersonHours(20, 20, 4, 5))[0] == said


def test_at_least_and_at_most_so_many_hours_are_told_as_such() -> None:
    least = replace(JOB, hours_per_week=20, hours_bound=HoursBound.AT_LEAST)
    said = "Pide al menos 20 horas y tienes libres 17; el aviso no dice en qué horario"
    assert texts(least, HoursRule.HOURS_ONLY)[0] == said
    most = replace(JOB, hours_per_week=20, hours_bound=HoursBound.AT_MOST)
    assert texts(most, HoursRule.UNSTATED, PersonHours(17, None))[0].startswith("Pide hasta 20 horas")


SHIFTS = ((parse_window("mon-sat 06:00-14:00"),), (parse_window("mon-sat 14:00-22:00"),))


@pytest.mark.parametrize(
    ("kind", "rule", "hours", "said"),
    [
        (
            ScheduleKind.ONE_OF,
            HoursRule.ONE_OF,
            PersonHours(48, 48, None, None, 1, 1),
            "Es uno de varios turnos y tienes libre este: lun a sáb 14:00-22:00; pregunta si puedes elegirlo",
        ),
        (
            ScheduleKind.ONE_OF,
            HoursRule.ONE_OF,
            PersonHours(48, 48, None, None, 0, 2),
            "Es uno de varios turnos y tienes libre cualquiera de ellos",
        ),
        (
            ScheduleKind.ROTATING,
            HoursRule.ROTATING,
            PersonHours(48, 48),
            "Los turnos rotan y tienes libres todos: lun a sáb 06:00-14:00; lun a sáb 14:00-22:00",
        ),
    ],
)
def test_shifts_are_told_with_their_hours(kind: ScheduleKind, rule: HoursRule, hours: PersonHours, said: str) -> None:
    job = replace(JOB, schedule=Schedule(kind, "America/Lima", shifts=SHIFTS))
    assert texts(job, rule, hours)[0] == said


def test_shifts_that_rotate_untold_are_a_question() -> None:
    job = replace(JOB, schedule=Schedule(ScheduleKind.ROTATING))
    for hours in (PersonHours(17, None), PersonHours(17, 48)):
        assert texts(job, HoursRule.ROTATING, hours)[0].startswith("Los turnos rotan y el aviso no dice a qué horas")


def test_flexible_hours_of_which_nobody_says_how_many_are_a_question() -> None:
    job = replace(JOB, schedule=Schedule(ScheduleKind.FLEXIBLE))
    found = reasons(job, (), HoursRule.FLEXIBLE, PersonHours(17, None))[0]
    assert (found.kind, found.text[:25]) == (ReasonKind.ASK, "El horario es flexible; e")


def test_a_part_of_the_day_is_told_with_what_it_leaves_open() -> None:
    nights = (parse_window("mon-sun 22:00-06:00"),)
    job = replace(JOB, schedule=Schedule(ScheduleKind.WITHIN, "America/Lima", nights))
    said = "Es dentro de todos los días 22:00-06:00 y tienes libres 12 horas; el aviso no dice cuáles pide"
    assert texts(job, HoursRule.WITHIN, PersonHours(12, None))[0] == said


def test_at_least_so_many_hours_of_a_part_of_the_day_are_told_as_such() -> None:
    nights = (parse_window("mon-sun 22:00-06:00"),)
    schedule = Schedule(ScheduleKind.WITHIN, "America/Lima", nights, 20)
    job = replace(JOB, schedule=schedule, hours_bound=HoursBound.AT_LEAST)
    assert texts(job, HoursRule.WITHIN, PersonHours(20, 20))[0].startswith("Pide al menos 20 horas dentro de todos los")


def test_another_clock_is_named() -> None:
    shifts = (*SHIFTS[:1], (parse_window("sat,sun 14:00-22:00"),))
    job = replace(JOB, schedule=Schedule(ScheduleKind.ROTATING, "America/New_York", shifts=shifts))
    said = texts(job, HoursRule.ROTATING, PersonHours(48, 48), locale=Locale.EN)[0]
    assert "Mon to Sat 06:00-14:00 (New York time); Sat and Sun 14:00-22:00 (New York time)" in said


def test_a_person_without_hours_is_asked_for_them() -> None:
    found = reasons(JOB, (), HoursRule.FLEXIBLE, None)
    assert (found[1].kind, found[1].text[:30]) == (ReasonKind.ASK, "No has dicho qué horas tienes ")


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (replace(JOB, hours_per_week=44), "Son 44 horas a la semana"),
        (
            replace(JOB, hours_type=HoursType.FULL_TIME, country="PE"),
            "Es a tiempo completo (hasta 48 horas en el Perú)",
        ),
        (
            replace(JOB, schedule=Schedule(ScheduleKind.FIXED, "America/Lima", (parse_window("mon-sat 09:00-17:00"),))),
            "Son 48 horas a la semana",
        ),
        (
            replace(JOB, hours_per_week=20, hours_bound=HoursBound.AT_LEAST),
            "Son al menos 20 horas a la semana",
        ),
        (
            replace(JOB, schedule=Schedule(ScheduleKind.ONE_OF, "America/Lima", shifts=SHIFTS)),
            "Son 48 horas a la semana",
        ),
        (replace(JOB, schedule=Schedule(ScheduleKind.ROTATING)), "Los turnos rotan y el aviso no dice a qué horas"),
        (
            replace(JOB, hours_type=HoursType.FULL_TIME, schedule=Schedule(ScheduleKind.ROTATING)),
            "Los turnos rotan y el aviso no dice a qué horas",
        ),
        (JOB, "El aviso no dice cuántas horas son"),
    ],
)
def test_who_looks_at_all_jobs_is_told_their_hours_and_asked_for_none(job: Job, said: str) -> None:
    wording = hours_wording(job, working_hours(job).rule, Locale.ES)
    (found,) = personal_reasons(wording, (), None, Locale.ES, asks_hours=False)
    assert found.text.startswith(said)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, None),
        (30, None),
        (31, "Se publicó hace un mes: pregunta si sigue abierto"),
        (120, "Se publicó hace 4 meses: pregunta si sigue abierto"),
        (600, "Se publicó hace 20 meses: pregunta si sigue abierto"),
        (800, "Se publicó hace 2 años: pregunta si sigue abierto"),
    ],
)
def test_an_old_posting_is_told_its_age(days: int, said: str | None) -> None:
    assert [reason.text for reason in age_reasons(days, Locale.ES)] == ([said] if said else [])


def test_an_age_is_told_in_english_too() -> None:
    (found,) = age_reasons(95, Locale.EN)
    assert found == (ReasonKind.ASK, "It was posted 3 months ago: ask whether it is still open")


def test_skills_are_named_and_the_rest_counted() -> None:
    assert "Coincide con lo que sabes hacer: a, b, c, d y 2 más" in texts(skills=("a", "b", "c", "d", "e", "f"))


def test_unstated_pay_and_modality_are_questions() -> None:
    found = texts(replace(JOB, pay=None, modality=None))
    assert any("cuánto paga" in text for text in found)
    assert any("si es remoto" in text for text in found)


def test_a_hybrid_job_names_the_place() -> None:
    assert "Es híbrido: algunos días se va a Arequipa" in texts(replace(JOB, modality=Modality.HYBRID, city="Arequipa"))


def test_a_place_that_nobody_understood_is_told_and_asked_about() -> None:
    abroad = texts(replace(JOB, unread_place_limit="Freedonia only"))[-1]
    assert abroad == (
        "El aviso limita desde dónde se puede trabajar («Freedonia only») y no sabemos si incluye al Perú: pregúntalo"
    )
    here = texts(replace(JOB, country="PE", unread_place_limit="Residir en Sullana"))[-1]
    assert here.startswith("El aviso pide vivir en un lugar («Residir en Sullana»)")
    assert "if Peru is included" in texts(replace(JOB, unread_place_limit="x" * 300), locale=Locale.EN)[-1]


def test_a_place_that_was_understood_needs_no_question() -> None:
    assert texts(replace(JOB, applicant_countries=("PE",), unread_place_limit="Perú")) == texts()


def test_days_that_an_ad_tells_without_hours_are_a_reason() -> None:
    job = replace(JOB, description="Disponibilidad para trabajar de lunes a sábado en Lurín.")
    said = {locale: read_reason_inputs(reason_input_bytes(job, job_hours(job)), locale).reasons for locale in Locale}
    assert (ReasonKind.NEEDS, "Se trabaja lun a sáb; el aviso no dice a qué horas") in said[Locale.ES]
    assert (ReasonKind.NEEDS, "The work is Mon to Sat; the ad does not say at what hours") in said[Locale.EN]
