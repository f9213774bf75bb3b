"""What searches ask for, as people type them: misspelt, shouted, without accents, in Spanish and English."""

from __future__ import annotations

from typing import Any

import pytest

from engine.catalogue.builder import build_catalogue
from engine.filtering.filters import JobFilter
from engine.jobs import HoursType, Job
from engine.recommendation.query import Query
from engine.schedules import Schedule, ScheduleKind, parse_window
from engine.search.chips import Chip, ChipKind, filter_document, with_chips
from engine.search.lexicon import CatalogueLexicon
from engine.search.understanding import Understood, understood
from engine.seekers import Availability, Seeker
from sample.world import SAMPLE_NOW
from tests.engine.recommendation.few_jobs import VECTOR, recommender_of

ADS = [
    Job("1", "Diseñadora gráfica", "Photoshop y Excel. Cajera, vendedora, marketing, redactora, limpieza."),
    Job("2", "Programador", "Contadora, practicante, digitadora, atención al cliente, asistente virtual."),
]
LEXICON = CatalogueLexicon(build_catalogue(ADS * 3))
PART_TIME, FULL_TIME = {"hours_types": ["part_time"]}, {"hours_types": ["full_time"]}
HOURLY, INTERNSHIP = {"hours_types": ["hourly"]}, {"hours_types": ["internship"]}
REMOTE, LIMA, NO_ENGLISH = {"modalities": ["remote"]}, {"place": "lima"}, {"without_languages": ["en"]}
BEGINNER = {"max_experience_years": 0.0}


def pay(amount: float, period: str = "month", currency: str = "PEN") -> dict[str, Any]:
    return {"min_pay": {"amount": amount, "currency": currency, "period": period}}


def times(start: str, end: str, days: str = "mon tue wed thu fri sat sun") -> dict[str, Any]:
    window = {"days": days.split(), "start": start, "end": end}
    return {"availability": {"time_zone": "America/Lima", "windows": [window]}}


def weekly(hours: float) -> dict[str, Any]:
    return {"availability": {"time_zone": "America/Lima", "hours_per_week": hours}}


def unwanted(words: str) -> dict[str, Any]:
    return {"without_words": [words]}


NIGHTS, MORNINGS, WEEKENDS = times("18:00", "06:00"), times("05:00", "14:00"), times("05:00", "24:00", "sat sun")
SEARCHES: list[tuple[str, list[dict[str, Any]], str]] = [
    ("medio tiempo noches", [PART_TIME, NIGHTS], ""),
    ("MEDIO TIENPO NOCHES!!", [PART_TIME, NIGHTS], ""),
    ("part time remoto", [PART_TIME, REMOTE], ""),
    ("part-time remote", [PART_TIME, REMOTE], ""),
    ("partime", [PART_TIME], ""),
    ("cajera medio timpo", [PART_TIME], "cajera"),
    ("trabajo a tiempo parcial", [PART_TIME], ""),
    ("media jornada marketing", [PART_TIME], "marketing"),
    ("full time", [FULL_TIME], ""),
    ("jornada completa programador", [FULL_TIME], "programador"),
    ("por horas", [HOURLY], ""),
    ("trabajo por horas limpieza", [HOURLY], "limpieza"),
    ("x horas", [HOURLY], ""),
    ("hourly", [HOURLY], ""),
    ("prácticas", [INTERNSHIP], ""),
    ("PRACTICAS PREPROFESIONALES MARKETING", [INTERNSHIP], "MARKETING"),
    ("practicante de diseño", [INTERNSHIP], "diseño"),
    ("internship", [INTERNSHIP], ""),
    ("desde casa", [REMOTE], ""),
    ("trabajo desde mi casa", [REMOTE], ""),
    ("teletravajo", [REMOTE], ""),
    ("home office cajera", [REMOTE], "cajera"),
    ("work from home", [REMOTE], ""),
    ("no presencial", [{"modalities": ["hybrid", "remote"]}], ""),
    ("presencial no", [{"modalities": ["hybrid", "remote"]}], ""),
    ("hibrido", [{"modalities": ["hybrid"]}], ""),
    ("S/ 1500 al mes", [pay(1500)], ""),
    ("s/.1,500 mensual", [pay(1500)], ""),
    ("1500 soles", [pay(1500)], ""),
    ("mil quinientos soles", [pay(1500)], ""),
    ("ganar 2000 al mes", [pay(2000)], ""),
    ("mínimo 1200 soles cajera", [pay(1200)], "cajera"),
    ("sueldo mayor a 3000 soles", [pay(3000)], ""),
    ("20 soles la hora", [pay(20, "hour")], ""),
    ("50 soles diarios", [pay(50, "day")], ""),
    ("$500 monthly", [pay(500, "month", "USD")], ""),
    ("sin experiencia", [BEGINNER], ""),
    ("SIN ESPERIENCIA cajera", [BEGINNER], "cajera"),
    ("no tengo experiencia", [BEGINNER], ""),
    ("no experience needed", [BEGINNER], ""),
    ("mi primer empleo", [BEGINNER], ""),
    ("contadora con 2 años de experiencia", [{"max_experience_years": 2.0}], "contadora"),
    ("Lima", [LIMA], ""),
    ("trabajo en lima", [LIMA], ""),
    ("cajera Lima Norte", [LIMA], "cajera"),
    ("vendedora en arekipa", [{"place": "arequipa"}], "vendedora"),
    ("cuzco", [{"place": "cusco"}], ""),
    ("cajera en Ate", [{"place": "ate"}], "cajera"),
    ("inglés no", [NO_ENGLISH], ""),
    ("sin ingles", [NO_ENGLISH], ""),
    ("vendedora no hablo inglés", [NO_ENGLISH], "vendedora"),
    ("without english", [NO_ENGLISH], ""),
    ("fines de semana", [WEEKENDS], ""),
    ("finde", [WEEKENDS], ""),
    ("solo sábados y domingos", [WEEKENDS], ""),
    ("weekends", [WEEKENDS], ""),
    ("por las mañanas", [MORNINGS], ""),
    ("turno noche", [NIGHTS], ""),
    ("de noche", [NIGHTS], ""),
    ("nohces", [NIGHTS], ""),
    ("evenings", [times("17:00", "24:00")], ""),
    ("lunes a viernes de 8 a 12", [times("08:00", "12:00", "mon tue wed thu fri")], ""),
    ("después de las 6", [times("18:00", "24:00")], ""),
    ("20 horas a la semana", [weekly(20)], ""),
    ("4 horas diarias", [weekly(20)], ""),
    (
        "ventas 30 horas semanales S/ 1130 mensual lima sin experiencia",
        [pay(1130), BEGINNER, weekly(30), LIMA],
        "ventas",
    ),
    ("no puedo domingos", [times("05:00", "24:00", "mon tue wed thu fri sat")], ""),
    ("cajera menos los domingos", [times("05:00", "24:00", "mon tue wed thu fri sat")], "cajera"),
    ("los domingos no", [times("05:00", "24:00", "mon tue wed thu fri sat")], ""),
    ("not sundays", [times("05:00", "24:00", "mon tue wed thu fri sat")], ""),
    ("L-V mañanas", [times("05:00", "14:00", "mon tue wed thu fri")], ""),
    ("libre de 7 a 11 pm", [times("19:00", "23:00")], ""),
    ("antes de las 2", [times("05:00", "14:00")], ""),
    ("mientras mi hijo está en el colegio", [times("07:00", "14:00", "mon tue wed thu fri")], ""),
    ("horario escolar digitadora", [times("07:00", "14:00", "mon tue wed thu fri")], "digitadora"),
    ("estudio de 8 a 1, libre en la tarde", [times("13:30", "22:00")], ""),
    ("trabajo de 8 a 12", [times("08:00", "12:00")], ""),
    ("Digitadora, trabajo de 8 a 5, libre en las noches", [NIGHTS], "Digitadora"),
    ("libre en las tardes, busco trabajo de cajera", [times("13:30", "22:00")], "cajera"),
    ("menos de 20 horas", [weekly(20)], ""),
    ("máximo 4 horas al día", [weekly(20)], ""),
    ("20 hours a week or less", [weekly(20)], ""),
    ("entre 10 y 20 horas a la semana", [weekly(20)], ""),
    ("dos horas al día", [weekly(10)], ""),
    ("al menos 20 horas a la semana", [{"min_hours_per_week": 20.0}], ""),
    ("cajera mínimo 30 horas", [{"min_hours_per_week": 30.0}], "cajera"),
    ("30 horas semanales mínimo", [{"min_hours_per_week": 30.0}], ""),
    ("buenas tardes busco trabajo de cajera", [], "cajera"),
    ("good evening", [], ""),
    ("cajera que no pidan título", [unwanted("titulo")], "cajera"),
    ("costura", [], "costura"),
    ("ayudante", [], "ayudante"),
    ("sueldo mínimo 1500", [pay(1500)], ""),
    ("sueldo 1500", [pay(1500)], ""),
    ("cajera que pague 2000", [pay(2000)], "cajera"),
    ("mínimo 1500", [pay(1500)], ""),
    ("más de 1500", [pay(1500)], ""),
    ("1500 a más", [pay(1500)], ""),
    ("1500 soles mensuales a más", [pay(1500)], ""),
    ("at least 1500 in sales", [pay(1500)], "sales"),
    ("entre 1000 y 1500 soles", [pay(1000)], ""),
    ("de 1,200 a 1,800 soles al mes", [pay(1200)], ""),
    ("S/ 1000 - 1500", [pay(1000)], ""),
    ("15 a 20 soles la hora", [pay(15, "hour")], ""),
    ("sueldo mínimo", [pay(1130)], ""),
    ("que paguen el sueldo mínimo vital", [pay(1130)], ""),
    ("minimum wage", [pay(1130)], ""),
    ("cajera s/exp", [BEGINNER], "cajera"),
    ("1/2 tiempo", [PART_TIME], ""),
    ("redactora más de 1500 palabras", [], "redactora más de 1500 palabras"),
    ("redactora 800 a 1500 palabras", [], "redactora 800 a 1500 palabras"),
    ("desde 2024", [], ""),
    ("de 7 a 11", [], ""),
    ("cajera que no sea ventas", [unwanted("ventas")], "cajera"),
    ("q no sea call center", [unwanted("call")], "center"),
    ("nada de atención al cliente", [unwanted("atencion")], "cliente"),
    ("no quiero ventas ni marketing", [unwanted("ventas"), unwanted("marketing")], ""),
    ("marketing no", [], "marketing"),
    ("sin diseñadora ni programador", [unwanted("disenadora"), unwanted("programador")], ""),
    ("no diseñadora y programador", [unwanted("disenadora")], "programador"),
    ("excepto limpieza", [unwanted("limpieza")], ""),
    ("sin secundaria", [unwanted("secundaria")], ""),
    ("not programador", [unwanted("programador")], ""),
    ("no diseñadora gráfica", [unwanted("disenadora grafica")], ""),
    ("diseñadra", [], "diseñadora"),
    ("ONG sin fines de lucro", [], "ONG sin fines de lucro"),
    ("no importa el horario", [], ""),
    ("trabjo cajera", [], "cajera"),
    ("TRAVAJO", [], ""),
    ("nesesito enpleo", [], ""),
    ("puerto", [], "puerto"),
    ("bendedora", [], "vendedora"),
    ("vanderora", [], "vanderora"),
    ("cajera que pague bien", [], "cajera"),
    ("asistente virtual disponibilidad inmediata", [], "asistente virtual"),
    ("empresa Tienda Killa", [], "Tienda Killa"),
    ("administración de empresas", [], "administración de empresas"),
    ("weekends only", [WEEKENDS], ""),
    ("asistente virtual inglés básico", [{"languages": {"en": "A2"}}], "asistente virtual"),
    ("con ingles intermedio", [{"languages": {"en": "B1"}}], ""),
    ("inglés nivel B2 ventas", [{"languages": {"en": "B2"}}], "ventas"),
    ("fluent english", [{"languages": {"en": "C1"}}], ""),
    ("portugués avanzado", [{"languages": {"pt": "C1"}}], ""),
    ("profesora de inglés básico", [], "profesora de inglés básico"),
    ("excel básico", [], "excel básico"),
    # Words alone.
    ("Tienda Killa", [], "Tienda Killa"),
    ("busco trabajo de contadora", [], "contadora"),
    ("looking for a job", [], ""),
    ("Universidad de Lima", [], "Universidad de Lima"),
    ("percepción remota", [], "percepción remota"),
    ("control remoto", [], "control remoto"),
    ("800 a 1500 palabras", [], "800 a 1500 palabras"),
    ("asistente virtual", [], "asistente virtual"),
    ("atención al cliente 24 horas", [], "atención al cliente 24"),
    ("comas", [], "comas"),
]


def limits(found: Understood) -> list[dict[str, Any]]:
    return [filter_document(chip) for chip in found.chips if chip.kind is not ChipKind.SPELLING]


@pytest.mark.parametrize(("search", "chips", "rest"), SEARCHES, ids=[search for search, _, _ in SEARCHES])
def test_words_that_state_a_limit_are_one(search: str, chips: list[dict[str, Any]], rest: str) -> None:
    found = understood(search, LEXICON)
    assert limits(found) == chips
    assert found.rest == rest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exel", "excel"),
        ("diseñadra", "diseñadora"),
        ("DIGTADORA", "digitadora"),
        ("fotoshop", None),
        ("killa", None),
        ("calera", None),
    ],
)
def test_a_misspelt_word_is_read_as_one_that_ads_have(typed: str, meant: str | None) -> None:
    found = understood(typed, LEXICON)
    expected = () if meant is None else (Chip(ChipKind.SPELLING, typed, meant),)
    assert found.chips == expected
    assert found.rest == (meant or typed)


def test_a_limit_that_is_not_kept_is_words_again() -> None:
    found = understood("medio tiempo noches cajera", LEXICON, [(ChipKind.TIMES, "noches")])
    assert limits(found) == [NIGHTS]
    assert found.rest == "medio tiempo cajera"
    assert understood("medio tiempo exel", LEXICON, []) == Understood((), "medio tiempo exel")


def test_chips_name_the_words_that_they_come_from() -> None:
    found = understood("Cajera ¡MEDIO TIENPO! por las noches", LEXICON)
    assert [(chip.kind, chip.words) for chip in found.chips] == [
        (ChipKind.HOURS_TYPE, "MEDIO TIENPO"),
        (ChipKind.TIMES, "por las noches"),
    ]


def test_nights_leave_mornings_out_and_weekends_full_weeks() -> None:
    within, fixed = ScheduleKind.WITHIN, ScheduleKind.FIXED
    jobs = [
        Job("mornings", "Cajera", schedule=Schedule(within, "America/Lima", (parse_window("mon-sun 06:00-14:00"),))),
        Job("nights", "Cajera", schedule=Schedule(fixed, "America/Lima", (parse_window("mon-fri 22:00-06:00"),))),
        Job("saturdays", "Cajera", schedule=Schedule(fixed, "America/Lima", (parse_window("sat 08:00-13:00"),))),
        Job("full weeks", "Cajera", hours_type=HoursType.FULL_TIME),
    ]
    assert found_by("noches", jobs) == {"nights", "full weeks"}
    assert found_by("fines de semana", jobs) == {"mornings", "saturdays"}
    assert found_by("mañanas", jobs) == {"mornings", "saturdays", "full weeks"}


def found_by(search: str, jobs: list[Job]) -> set[str]:
    limits = with_chips(understood(search, LEXICON).chips, Seeker(), JobFilter(modalities=None))
    query = Query(limits.seeker, VECTOR, 10, limits.wanted, stated_first=True, least_relevance=0.0)
    return {one.job_id for one in recommender_of(jobs).recommend(query, SAMPLE_NOW).jobs}


def test_jobs_that_state_what_a_search_asks_for_come_before_those_that_only_tell_their_times() -> None:
    jobs = [
        Job(
            "times", "Cajera", schedule=Schedule(ScheduleKind.FIXED, "America/Lima", (parse_window("mon 08:00-12:00"),))
        ),
        Job(
            "hourly", "Cajera", schedule=Schedule(ScheduleKind.FLEXIBLE, hours_per_week=10), hours_type=HoursType.HOURLY
        ),
    ]
    free = Seeker(availability=Availability("America/Lima", (parse_window("mon-fri 07:00-20:00"),)))
    limits = with_chips(understood("por horas", LEXICON).chips, free, JobFilter(modalities=None))
    query = Query(limits.seeker, VECTOR, 10, limits.wanted, stated_first=True, least_relevance=0.0)
    found = [one.job_id for one in recommender_of(jobs).recommend(query, SAMPLE_NOW).jobs]
    assert found == ["hourly", "times"]


def test_a_word_of_a_new_ad_is_a_word() -> None:
    """It is looked for as it was written: the bundle, which lacks it, has one that is like it."""
    bundle = build_catalogue([Job(str(number), "Vendedora del mercado") for number in range(3)])
    fresh = build_catalogue([Job("9", "Marcado de telas")])
    assert CatalogueLexicon(bundle).meant("marcado") == "mercado"
    assert CatalogueLexicon(bundle, fresh).meant("marcado") is None
    assert CatalogueLexicon(bundle, fresh).count_in_headings(["marcado", "telas"]) == 1
