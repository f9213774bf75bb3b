"""What ads say of hours, of the place of work and of full time comes into the job as it is meant, with its sentence."""

from __future__ import annotations

from typing import Any

import pytest

from engine.explain import Locale, posting_reasons
from engine.jobs import HoursBound, HoursType, Job, Modality
from engine.schedules import ScheduleKind, parse_window
from store.importers.postings.mapping import load_mapping
from store.importers.postings.reading import read_posting, read_whole_posting


def posting(**columns: Any) -> Job:
    """The job of a schema.org posting."""
    columns = {
        "title": "Asistente",
        "url": "https://a.pe/1",
        "jobLocation": {"address": {"addressCountry": "PE"}},
    } | columns
    return read_posting(columns, load_mapping("jobposting"))


@pytest.mark.parametrize(
    ("said", "hours_type"),
    [
        ("Full-time / Part-time", None),
        ("Tiempo completo o medio tiempo", None),
        ("Part-time (not full time)", HoursType.PART_TIME),
        ("FULL_TIME", HoursType.FULL_TIME),
        ("PART_TIME", HoursType.PART_TIME),
        (["FULL_TIME", "PART_TIME"], None),
        ("INTERN", HoursType.INTERNSHIP),
    ],
)
def test_the_type_of_hours(said: Any, hours_type: HoursType | None) -> None:
    assert posting(employmentType=said).hours_type is hours_type


def test_a_title_that_says_part_time_knows_better_than_the_form() -> None:
    row = {"Título": "Cajera Part Time", "DetalleContrato": "Contrato a Plazo Indeterminado, Tiempo completo"}
    job = read_posting({"Descripción": "-", "Enlace": "0" * 32} | row, load_mapping("computrabajo-pe"))
    assert job.hours_type is HoursType.PART_TIME


@pytest.mark.parametrize(
    ("form", "words", "modality"),
    [
        ("Presencial y remoto", "Lugar: presencial en nuestra tienda del centro", Modality.ON_SITE),
        ("Presencial y remoto", "Modalidad: presencial", Modality.ON_SITE),
        ("Presencial y remoto", "Capacitación presencial", Modality.HYBRID),
        ("Presencial y remoto", "Equipo joven", Modality.HYBRID),
        ("Remoto", "Modalidad: presencial", None),
        ("Remoto", "Trabajo 100% remoto", Modality.REMOTE),
    ],
)
def test_an_ads_words_are_believed_over_a_form_that_says_freer_work(
    form: str, words: str, modality: Modality | None
) -> None:
    row = {"Título": "Vendedora", "DetalleContrato": f"Contrato por Obra, {form}", "Descripción": words}
    job = read_posting({"Enlace": "0" * 32} | row, load_mapping("computrabajo-pe"))
    assert job.modality is modality


@pytest.mark.parametrize(
    "title",
    [
        "Especialista en Percepción Remota y SIG",
        "Operador de grúa con control remoto",
        "Médico - Comunidad remota Amazonas",
        "Asistente (puesto NO remoto)",
    ],
)
def test_titles_that_are_not_of_remote_work(title: str) -> None:
    assert posting(title=title).modality is not Modality.REMOTE


def test_what_a_training_is_like_says_nothing_of_the_work() -> None:
    job = posting(description="<p>Presencial en nuestra sede.</p><p>Capacitación remota</p>")
    assert job.modality is Modality.ON_SITE
    assert [reading.sentence for reading in job.readings] == ["Presencial en nuestra sede."]


def test_at_least_so_many_hours_are_not_exactly_so_many() -> None:
    job = posting(description="We ask for a minimum of 20 hours/week.")
    assert (job.hours_per_week, job.hours_bound) == (20, HoursBound.AT_LEAST)


def test_hours_without_days_are_read_and_the_sentence_says_so() -> None:
    job = posting(description="Planilla.\nHorario: 9:00 am 06:00 pm\nSeguro")
    assert job.schedule is not None
    assert job.schedule.windows == (parse_window("mon-fri 09:00-18:00"),)
    (reading,) = job.readings
    assert (reading.field, reading.sentence, reading.confidence) == ("schedule", "Horario: 9:00 am 06:00 pm", 0.5)


def test_a_time_to_hand_in_papers_is_no_shift() -> None:
    assert posting(description="Entregar CV de lunes a viernes de 9 a 12").schedule is None


def test_another_clock_is_never_limas() -> None:
    job = posting(description="Lunes a viernes de 9 a 18 hora CDMX")
    assert job.schedule is not None
    assert (job.schedule.kind, job.schedule.time_zone) == (ScheduleKind.FIXED, "America/Mexico_City")


LIMA, MADRID = "America/Lima", "Europe/Madrid"


@pytest.mark.parametrize(
    ("columns", "zone"),
    [
        ({"jobLocation": {"address": "Lima, Perú"}}, LIMA),
        ({"jobLocation": {"address": {"addressLocality": "Lima"}}}, LIMA),
        ({"jobLocation": {"name": "Madrid"}}, MADRID),
        ({"hiringOrganization": {"name": "X", "address": {"addressCountry": "ES"}}}, MADRID),
        (
            {
                "hiringOrganization": {
                    "name": "X",
                    "address": {"addressCountry": {"name": "MX"}, "addressRegion": "CDMX"},
                }
            },
            "America/Mexico_City",
        ),
        ({"hiringOrganization": {"name": "X", "address": {"addressCountry": "MX"}}}, None),
        ({"applicantLocationRequirements": {"name": "Colombia"}}, "America/Bogota"),
        ({"applicantLocationRequirements": [{"name": "Perú"}, {"name": "México"}]}, None),
        ({"jobLocation": {"address": {"addressCountry": "US"}}, "applicantLocationRequirements": "Perú"}, None),
        (
            {
                "jobLocation": {"address": {"addressCountry": "US"}},
                "hiringOrganization": {"name": "X", "address": {"addressCountry": "US", "addressRegion": "NY"}},
            },
            "America/New_York",
        ),
        ({}, None),
    ],
)
def test_hours_are_told_by_the_clock_of_whatever_place_is_named(columns: dict[str, Any], zone: str | None) -> None:
    job = posting(**({"jobLocation": None, "description": "Lunes a viernes de 9 a 18."} | columns))
    assert (job.schedule and job.schedule.time_zone) == zone


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Lunes a viernes de 9 a 18.", 45),
        ("Lunes a viernes de 9 a 18, 40 horas semanales.", 40),
        ("Turno noche.", None),
        ("Turno mañana 6-14 o turno tarde 14-22.", None),
    ],
)
def test_hours_by_an_unknown_clock_are_kept_in_words_and_told(words: str, hours: float | None) -> None:
    row = {"title": "Asistente", "url": "https://a.pe/1", "description": words}
    read = read_whole_posting(row, load_mapping("jobposting"))
    assert (read.job.schedule, read.job.hours_per_week) == (None, hours)
    assert [one.sentence for one in read.job.readings if one.field == "schedule"] == [words]
    (fault,) = read.faults
    assert (fault.field, fault.reason.startswith("told, and not by whose clock")) == ("schedule", True)
    assert any(words.rstrip(".") in reason.text for reason in posting_reasons(read.job, None, Locale.ES))
