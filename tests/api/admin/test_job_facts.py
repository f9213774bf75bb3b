"""What an ad, a profile and a question state is told in words, in the language of whoever judges it."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Any

import pytest

from api.admin.pages.fact_words import CODES, JOB_FIELDS, PROFILE_FIELDS
from api.admin.pages.job_facts import job_facts, profile_facts, query_facts
from api.web.translations import Language
from engine.documents.jobs import JobDocument
from engine.documents.seekers import SeekerDocument
from engine.jobs import Connection, ContractType, Device, HoursBound, HoursType, Modality
from engine.schedules import ScheduleKind

# What pages show elsewhere.
NOT_FACTS = frozenset({"title", "description", "signs", "apply", "is_open"})
EVENINGS = {"days": ["mon", "thu"], "start": "19:00", "end": "22:30"}


def test_every_field_of_an_ad_and_of_a_profile_has_words() -> None:
    assert JobDocument.model_fields.keys() == JOB_FIELDS.keys() | NOT_FACTS
    assert SeekerDocument.model_fields.keys() == PROFILE_FIELDS.keys()


@pytest.mark.parametrize("kind", [ContractType, HoursBound, HoursType, Modality, ScheduleKind, Device, Connection])
def test_every_code_has_words(kind: type[StrEnum | IntEnum]) -> None:
    assert [one.name for one in kind if one.name.lower() not in CODES] == []


@pytest.mark.parametrize(
    ("job", "told"),
    [
        ({"pay": {"amount": 12, "currency": "PEN", "period": "hour"}}, ("Pago", "S/ 12 por hora")),
        (
            {"pay": {"amount": 900, "max_amount": 1200, "currency": "PEN", "period": "month", "extras": "comisiones"}},
            ("Pago", "S/ 900 a 1,200 al mes; aparte: comisiones"),
        ),
        (
            {"schedule": {"kind": "fixed", "time_zone": "America/Lima", "windows": [EVENINGS]}},
            ("Horario", "fijo; lun, jue 19:00–22:30; hora de Lima"),
        ),
        (
            {"schedule": {"kind": "flexible", "time_zone": "UTC", "hours_per_week": 20.0}},
            ("Horario", "flexible; 20 horas a la semana"),
        ),
        (
            {"languages": {"es": "native", "en": None, "xx": "B1"}},
            ("Idiomas", "español (lengua materna), inglés, xx (B1)"),
        ),
        ({"country": "PE"}, ("País", "Perú")),
        ({"contract": "fixed_term"}, ("Contrato", "por un tiempo")),
        ({"source": "employer"}, ("De dónde vino", "una organización de aquí")),
        ({"posted_at": "2026-05-01T09:00:00-05:00"}, ("Publicado", "01/05/2026 09:00")),
    ],
)
def test_a_fact_is_told_as_a_person_says_it(job: dict[str, Any], told: tuple[str, str]) -> None:
    assert job_facts(job, Language.ES) == [told]


def test_what_is_not_stated_is_not_told() -> None:
    assert job_facts({"skills": [], "pay": None, "title": "Bordadora", "later": 1}, Language.ES) == []


def test_an_answer_is_told_with_what_it_was_given_for() -> None:
    profile = {"text": "Bordo", "availability": {"time_zone": "America/Lima", "windows": [EVENINGS]}, "device": "phone"}
    assert profile_facts(profile, Language.EN) == [
        ("What they told", "Bordo"),
        ("Free hours", "Mon, Thu 19:00–22:30; time of Lima"),
        ("Device", "phone"),
    ]
    filters = {"modalities": ["remote"], "min_hours_coverage": 0.5, "allow_unstated": True, "place": None}
    query = {"limit": 3, "by_words": False, "filters": filters, "excluded": ["a", "b"], "software": {"numpy": "2"}}
    assert query_facts(query, Language.ES) == [
        ("Cuántos avisos pidió", "3"),
        ("Modalidad", "remoto"),
        ("Parte de las horas que deben coincidir", "50 %"),
        ("También avisos que no dicen todo", "sí"),
        ("Avisos que no quiso ver", "2"),
    ]
