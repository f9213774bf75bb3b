"""Importing: whole files through the shipped mappings into the records."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from engine.errors import InvalidInputError
from engine.jobs import ContractType, HoursType, Job, LanguageLevel, LanguageNeed, Modality, Reading
from engine.offer_signs import OfferSign, Severity, SignKind
from engine.pay import Pay, PayPeriod
from engine.schedules import Schedule, ScheduleKind, Weekday, Window
from store.importers.postings.mapping import load_mapping, source_names
from store.importers.postings.pipeline import import_jobs
from store.importers.postings.report import FieldCount, ImportReport, RejectedRow
from store.records.records import Records

MONTH = PayPeriod.MONTH
UNREADABLE = "unreadable date; expected such as 2026-04-16; got 'quién sabe'"
COLLECTED_AT = datetime(2026, 5, 10, 15, tzinfo=UTC)
SIGN_OF_AGE_PE = OfferSign(
    SignKind.ASKS_AGE,
    Severity.NOTE,
    "mínima: Técnico, Idiomas: Español ,Inglés, Edad: entre 25 y 35 años, Conocimientos: Illustrator, Photoshop, "
    "Disponibilidad de",
)
PERU_ROW = {
    "Título": "  Diseñadora   gráfica ",
    "Ubicación": "Miraflores, Lima",
    "FechaPublicación": "16 de abril",
    "Enlace": "https://example.org/oferta-0123456789ABCDEF0123456789ABCDEF#lc=Score-3",
    "DetalleContrato": "Contrato a Plazo Indeterminado, Tiempo completo, Híbrido presencial te...",
    "Salario": "S/. 1.500,00",
    "TipoPago": "Mensual",
    "Descripción": "Buscamos diseñadora.\n\n\n\nHorario: lunes a viernes de 9 am a 6 pm.",
    "Requisitos": "Educación mínima: Técnico, Idiomas: Español ,Inglés, Edad: entre 25 y 35 años, "
    "Conocimientos: Illustrator, Photoshop, Disponibilidad de viajar: Si",
    "NombreEmpresa": "Taller Ejemplo",
    "Categoría": "Diseño",
}
ECUADOR_ROW = {
    "id": "AB12",
    "empresa": "",
    "provincia": "Pichincha",
    "ciudad": "Quito",
    "fechaHoraPublicacion": "2024-08-19T14:40:18",
    "fechaHoraVence": "2024-09-02T00:00:00",
    "skills": "CRM. Ventas",
    "idiomas": "Español .Inglés ",
    "descripcion": "Vendemos cursos. charlas y más.\t\tEdad hasta 28 años\tBachiller",
    "tipoTrabajo": "Medio Tiempo",
    "tipoContrato": "Contrato de obra o labor",
    "salarioDescripcion": "460.00 US$ (Mensual)",
    "titulo": "Asesora de ventas",
    "edadMinima": "18.0",
    "edadMaxima": "28.0",
    "cantidadVacante": "3",
    "modalidadTrabajo": "Remoto",
}
SERVIR_ROW = {
    "job_title": "ASISTENTE ADMINISTRATIVO",
    "public_institution": "Municipalidad de Ejemplo",
    "ubication": "LA LIBERTAD - TRUJILLO",
    "vacancies": "2",
    "salary": "2114.19",
    "start_publication_date": "27/11/2024",
    "end_publication_date": "11/12/2024",
    "required_experience": "Un año",
    "educational_background": "Bachiller",
    "specialization": "NO APLICA",
    "required_knowledge": "Ofimática",
    "skills": "-",
    "snapshot": "02-12-2024",
}
ARGENTINA_ROW = {
    "id": "1117",
    "titulo": "Recepcionista",
    "empresa": "Confidencial",
    "ubicacion": "Rosario, Santa Fe",
    "fecha_publicacion": "2025-10-29",
    "descripcion_full": "Part time de 20 horas semanales. Modalidad 100% presencial. Sábados de 9 a 13 hs.",
    "url_original": "https://example.org/1117.html",
    "fuente": "bumeran",
}


def csv_file(path: Path, *rows: dict[str, str]) -> Path:
    """A CSV of `rows`, gzipped when its name says so."""
    with gzip.open(path, "wt", encoding="utf-8") if path.suffix == ".gz" else path.open("w", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def imported(records: Records, path: Path, source: str) -> Job:
    """The one job of a file."""
    assert import_jobs(path, source, records, collected_at=COLLECTED_AT, keep_expired=True) == ImportReport(1, 0, 0, [])
    (job,) = records.iter_jobs()
    return job


def test_a_computrabajo_posting_of_peru(records: Records, tmp_path: Path) -> None:
    job = imported(records, csv_file(tmp_path / "jobs.csv.gz", PERU_ROW), "computrabajo-pe")
    weekdays = tuple(Weekday)[:5]
    assert job == Job(
        job_id="computrabajo-pe:0123456789ABCDEF0123456789ABCDEF",
        title="Diseñadora gráfica",
        description="Buscamos diseñadora.\n\nHorario: lunes a viernes de 9 am a 6 pm.\nEducación mínima: Técnico, "
        "Idiomas: Español ,Inglés, Conocimientos: Illustrator, Photoshop, Disponibilidad de viajar: Si",
        employer="Taller Ejemplo",
        skills=("Illustrator", "Photoshop"),
        languages=(LanguageNeed("es"), LanguageNeed("en")),
        schedule=Schedule(ScheduleKind.FIXED, "America/Lima", (Window(weekdays, 540, 1080),)),
        hours_type=HoursType.FULL_TIME,
        contract=ContractType.PERMANENT,
        modality=Modality.HYBRID,
        pay=Pay(1500, "PEN", MONTH),
        country="PE",
        region="Lima",
        city="Miraflores",
        source="computrabajo-pe",
        url="https://example.org/oferta-0123456789ABCDEF0123456789ABCDEF",
        posted_at=datetime(2026, 4, 16, 5, tzinfo=UTC),
        signs=(SIGN_OF_AGE_PE,),
        readings=(Reading("schedule", "Horario: lunes a viernes de 9 am a 6 pm.", 0.95),),
    )


@pytest.mark.parametrize(
    ("terms", "title", "text", "modality"),
    [
        ("Tiempo completo, Teletrabajo", "Diseñadora presencial", "Modalidad: presencial.", None),
        ("Tiempo completo", "Diseñadora", "Modalidad: presencial.", Modality.ON_SITE),
        ("Tiempo completo", "Diseñadora", "Trabajo 100% remoto.", Modality.REMOTE),
        ("Tiempo completo", "Diseñadora", "Buscamos diseñadora.", None),
        ("Tiempo completo", "DISEÑADORA PRESENCIAL", "Buscamos diseñadora.", Modality.ON_SITE),
        ("Tiempo completo", "Diseñadora /Remoto/ part time", "Buscamos diseñadora.", Modality.REMOTE),
        ("Tiempo completo", "Diseñadora. Entrevista Remota/Virtual", "Buscamos diseñadora.", None),
        ("Tiempo completo", "Diseñadora (remoto o presencial)", "Buscamos diseñadora.", None),
    ],
)
def test_title_and_text_tell_the_modality_where_the_terms_do_not(
    records: Records, tmp_path: Path, terms: str, title: str, text: str, modality: Modality | None
) -> None:
    row = PERU_ROW | {"DetalleContrato": terms, "Título": title, "Descripción": text}
    assert imported(records, csv_file(tmp_path / "jobs.csv", row), "computrabajo-pe").modality is modality


def test_a_computrabajo_posting_of_ecuador_without_its_age_columns(records: Records, tmp_path: Path) -> None:
    job = imported(records, csv_file(tmp_path / "jobs.csv", ECUADOR_ROW), "computrabajo-ec")
    assert job == Job(
        job_id="computrabajo-ec:AB12",
        title="Asesora de ventas",
        description="Vendemos cursos. charlas y más.\n\nBachiller",
        skills=("CRM", "Ventas"),
        languages=(LanguageNeed("es"), LanguageNeed("en")),
        hours_type=HoursType.PART_TIME,
        contract=ContractType.PROJECT,
        modality=Modality.REMOTE,
        pay=Pay(460, "USD", MONTH),
        country="EC",
        region="Pichincha",
        city="Quito",
        openings=3,
        source="computrabajo-ec",
        posted_at=datetime(2024, 8, 19, 19, 40, 18, tzinfo=UTC),
        closes_at=datetime(2024, 9, 2, 5, tzinfo=UTC),
        signs=(OfferSign(SignKind.ASKS_AGE, Severity.NOTE, "Edad hasta 28 años"),),
    )


def test_a_notice_of_perus_public_sector(records: Records, tmp_path: Path) -> None:
    job = imported(records, csv_file(tmp_path / "jobs.csv", SERVIR_ROW), "servir-pe")
    assert replace(job, job_id="") == Job(
        job_id="",
        title="ASISTENTE ADMINISTRATIVO",
        description="Conocimientos: Ofimática\nFormación: Bachiller\nExperiencia: Un año",
        employer="Municipalidad de Ejemplo",
        pay=Pay(2114.19, "PEN", MONTH),
        country="PE",
        region="La Libertad",
        city="Trujillo",
        openings=2,
        source="servir-pe",
        posted_at=datetime(2024, 11, 27, 5, tzinfo=UTC),
        closes_at=datetime(2024, 12, 12, 4, 59, 59, tzinfo=UTC),
    )


def test_a_posting_of_bumeran_whose_facts_are_in_its_text(records: Records, tmp_path: Path) -> None:
    job = imported(records, csv_file(tmp_path / "jobs.csv", ARGENTINA_ROW), "bumeran-ar")
    buenos_aires = "America/Argentina/Buenos_Aires"
    assert (job.employer, job.region, job.city, job.contract, job.pay) == (None, "Santa Fe", "Rosario", None, None)
    assert (job.hours_type, job.hours_per_week, job.modality) == (HoursType.PART_TIME, 20, Modality.ON_SITE)
    assert job.schedule == Schedule(ScheduleKind.FIXED, buenos_aires, (Window((Weekday.SAT,), 540, 780),))


@pytest.mark.parametrize(
    "columns",
    [
        ("Job Title", "Company Name", "Technical Skills", "Job Attributes", "Location", "Date Posted", "Job URL"),
        ("Job Title", "Company", "Skills", "Job Type", "Location", "Date Posted", "Job URL"),
    ],
)
@pytest.mark.parametrize(
    ("place", "countries"),
    [("?? Worldwide", ()), ("United States", ("US",)), ("?? Upgrade to Premium to see salary", ())],
)
def test_both_exports_of_remoteok(
    records: Records, tmp_path: Path, columns: tuple[str, ...], place: str, countries: tuple[str, ...]
) -> None:
    url = "https://example.org/remote-jobs/remote-tester-77"
    values = ("Tester", "Example", "QA, Web", "Full-Time, Part-Time", place, "2025-09-23T18:09:19+00:00", url)
    job = imported(records, csv_file(tmp_path / "jobs.csv", dict(zip(columns, values, strict=True))), "remoteok")
    assert job == Job(
        job_id="remoteok:77",
        title="Tester",
        employer="Example",
        skills=("QA", "Web"),
        modality=Modality.REMOTE,
        applicant_countries=countries,
        source="remoteok",
        url=url,
        posted_at=datetime(2025, 9, 23, 18, 9, 19, tzinfo=UTC),
    )


def test_a_schema_org_posting(records: Records, tmp_path: Path) -> None:
    posting = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Customer care agent",
        "description": "<p>Answer <b>chats</b> &amp; calls.</p><ul><li>English C1</li></ul><script>alert(1)</script>",
        "hiringOrganization": {"@type": "Organization", "name": "Example Ltd"},
        "identifier": {"@type": "PropertyValue", "value": "REQ/77 b"},
        "datePosted": "2026-05-01",
        "validThrough": "2026-06-01T00:00:00-05:00",
        "employmentType": ["PART_TIME", "CONTRACTOR"],
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [{"@type": "Country", "name": "PE"}, {"@type": "Country", "name": "Colombia"}],
        "jobLocation": {"address": {"addressLocality": "Lima", "addressRegion": "Lima", "addressCountry": "PE"}},
        "baseSalary": {"currency": "USD", "value": {"minValue": 5, "maxValue": 7.5, "unitText": "HOUR"}},
        "skills": "Zendesk, typing",
        "workHours": "Monday to Friday, 9am-1pm. 20 hours per week",
    }
    path = tmp_path / "posting.json"
    path.write_text(json.dumps(posting), encoding="utf-8")
    job = imported(records, path, "jobposting")
    assert job.job_id.startswith("jobposting:")
    assert "/" not in job.job_id
    assert job.description == "Answer chats & calls.\n\n- English C1"
    assert (job.employer, job.city, job.country, job.applicant_countries) == ("Example Ltd", "Lima", "PE", ("CO", "PE"))
    assert (job.hours_type, job.contract, job.modality) == (
        HoursType.PART_TIME,
        ContractType.FREELANCE,
        Modality.REMOTE,
    )
    assert job.pay == Pay(5, "USD", PayPeriod.HOUR, 7.5)
    assert job.skills == ("Zendesk", "typing")
    assert job.hours_per_week == 20
    assert job.schedule is not None
    assert job.schedule.windows == (Window(tuple(Weekday)[:5], 540, 780),)
    assert job.closes_at == datetime(2026, 6, 2, 4, 59, 59, tzinfo=UTC)


def test_unknown_values_stay_unknown(records: Records, tmp_path: Path) -> None:
    row = PERU_ROW | {
        "DetalleContrato": "A convenir",
        "Salario": "No disponible",
        "TipoPago": "No disponible",
        "Descripción": "Buen ambiente",
        "Requisitos": "Educación mínima: Técnico",
        "NombreEmpresa": "Importante empresa del sector",
        "FechaPublicación": "Sin fecha",
    }
    job = imported(records, csv_file(tmp_path / "jobs.csv", row), "computrabajo-pe")
    unknown = (job.pay, job.hours_type, job.hours_per_week, job.contract, job.modality, job.schedule, job.posted_at)
    assert unknown == (None,) * 7
    assert (job.employer, job.skills, job.languages) == (None, (), ())


def test_importing_twice_changes_nothing(records: Records, database: Engine, tmp_path: Path) -> None:
    rows = [ECUADOR_ROW | {"id": f"A{number}", "titulo": f"Puesto {number}"} for number in range(620)]
    path = csv_file(tmp_path / "jobs.csv", *rows)
    assert import_jobs(path, "computrabajo-ec", records, keep_expired=True) == ImportReport(620, 0, 0, [])
    version = records.data_version()
    with database.connect() as connection:
        before = connection.execute(text("SELECT * FROM jobs ORDER BY job_id")).all()
    assert import_jobs(path, "computrabajo-ec", records, keep_expired=True) == ImportReport(0, 0, 620, [])
    assert records.data_version() == version
    with database.connect() as connection:
        assert connection.execute(text("SELECT * FROM jobs ORDER BY job_id")).all() == before


def test_bad_rows_are_reported_with_line_and_reason_and_the_rest_goes_in(records: Records, tmp_path: Path) -> None:
    rows = [
        ECUADOR_ROW | {"id": "ok1", "descripcion": "dos\nlíneas"},
        ECUADOR_ROW | {"id": "sin", "titulo": " "},
        ECUADOR_ROW | {"id": "fecha", "fechaHoraVence": "quién sabe"},
        ECUADOR_ROW | {"id": "ok1", "titulo": "Otra vez"},
        ECUADOR_ROW | {"id": "ok2"},
    ]
    path = csv_file(tmp_path / "jobs.csv", *rows)
    with path.open("ab") as file:
        file.write(b"solo,tres,columnas\n")
    heard: list[RejectedRow] = []
    report = import_jobs(path, "computrabajo-ec", records, on_error=heard.append, keep_expired=True)
    assert (report.created, [row.line for row in report.rejected], report.read) == (3, [4, 6, 8], 6)
    assert heard == report.rejected
    for row, reason in zip(heard, ("title", "line 2", "number of columns"), strict=True):
        assert reason in row.reason
    assert records.get_job("computrabajo-ec:fecha").closes_at is None
    assert report.fields["closes_at"] == FieldCount(3, 1, RejectedRow(5, UNREADABLE))
    assert records.get_job("computrabajo-ec:ok1").title == "Asesora de ventas"


def test_notices_without_an_id_get_the_same_one_at_every_import(records: Records, tmp_path: Path) -> None:
    again = SERVIR_ROW | {"job_title": "Asistente  administrativo", "snapshot": "18-12-2024"}
    other = SERVIR_ROW | {"end_publication_date": "31/12/2024"}
    import_jobs(csv_file(tmp_path / "one.csv", SERVIR_ROW), "servir-pe", records)
    report = import_jobs(csv_file(tmp_path / "two.csv", again, other), "servir-pe", records)
    assert (report.created, report.updated) == (1, 1)


def test_a_mapping_file_of_ones_own(records: Records, tmp_path: Path) -> None:
    mapping = tmp_path / "ong-lima.toml"
    mapping.write_text(
        'delimiter = ";"\n[facts]\ncountry = "PE"\nmodality = "remote"\n[fields]\n'
        'title = { columns = ["puesto"] }\nlanguages = { reader = "language_terms", columns = ["idiomas"] }\n'
        'city = { columns = ["ciudad"], optional = true }\n',
        encoding="utf-8",
    )
    path = tmp_path / "jobs.csv"
    path.write_text("puesto;idiomas\nTutora;Inglés avanzado (C1) y quechua\n", encoding="utf-8")
    job = imported(records, path, str(mapping))
    assert job.job_id.startswith("ong-lima:")
    assert (job.source, job.country, job.modality) == ("ong-lima", "PE", Modality.REMOTE)
    assert job.languages == (LanguageNeed("en", LanguageLevel.C1), LanguageNeed("qu"))


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("title = 1", "unknown key"),
        ("[fields]", "no title"),
        ('[fields]\ntitle = { columns = ["a"] }\nwage = { columns = ["b"] }', "wage"),
        ('[fields]\ntitle = { reader = "magic", columns = ["a"] }', "magic"),
        ('[fields]\ntitle = { columns = ["a"], formats = ["x"] }', "formats"),
        ('[fields]\ntitle = { columns = ["a"], joined = ["b"] }', "no columns"),
        ('[facts]\ncountry = "Peru"\n[fields]\ntitle = { columns = ["a"] }', "country"),
        ('[id]\npattern = "("\n[fields]\ntitle = { columns = ["a"] }', "regular expression"),
        ("[fields", "cannot be used"),
    ],
)
def test_a_mapping_with_a_mistake_says_which(tmp_path: Path, mapping: str, reason: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(mapping, encoding="utf-8")
    with pytest.raises(InvalidInputError, match=reason):
        load_mapping(str(path))


def test_an_unknown_source_and_missing_columns_are_errors_of_the_whole(records: Records, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "jobs.csv", ARGENTINA_ROW)
    with pytest.raises(InvalidInputError, match=r"computrabajo-pe.*got infojobs"):
        import_jobs(path, "infojobs", records)
    with pytest.raises(InvalidInputError, match="Título"):
        import_jobs(path, "computrabajo-pe", records)
    assert list(records.iter_jobs()) == []


@pytest.mark.parametrize("source", source_names())
def test_every_shipped_mapping_can_be_read_and_reads_no_age(source: str) -> None:
    mapping = load_mapping(source)
    columns = {column.lower() for rule in mapping.rules.values() for column in rule.columns}
    assert mapping.name == source
    assert not [column for column in columns if column.startswith(("edad", "age"))]
