"""A posting, as a partner app sends and reads it; every key but `title` may be left out when it is not stated."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from api.schemas.fields import (
    Address,
    ConnectionName,
    ContractName,
    Count,
    CountryCode,
    DeviceName,
    Document,
    Flag,
    Hours,
    HoursTypeName,
    LanguageCode,
    LevelName,
    ModalityName,
    Moment,
    Name,
    PayDocument,
    ScheduleKindName,
    Skills,
    Windows,
    ZoneName,
)
from engine.documents import job_from_document
from engine.jobs import Job

JOB_EXAMPLE: dict[str, JsonValue] = {
    "title": "Asistente virtual para tienda en línea",
    "description": "Responder pedidos por WhatsApp y actualizar el catálogo. Trabajo remoto por las noches.",
    "employer": "Tienda Killa",
    "skills": ["WhatsApp Business", "Excel"],
    "languages": {"es": "native"},
    "schedule": {
        "kind": "fixed",
        "time_zone": "America/Lima",
        "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "22:00"}],
    },
    "modality": "remote",
    "hours_type": "part_time",
    "pay": {"amount": 900, "currency": "PEN", "period": "month"},
    "country": "PE",
    "device": "phone",
    "posted_at": "2026-05-01T09:00:00-05:00",
}


class ScheduleDocument(Document):
    """When the work happens: `fixed` windows, `core_hours` inside the windows of a team's day, or `flexible`."""

    kind: ScheduleKindName
    time_zone: ZoneName | None = None
    windows: Windows | None = None
    hours_per_week: Hours | None = None
    core_hours: Hours | None = None


class JobFacts(Document):
    """What a posting states, its description aside."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    employer: Name | None = None
    skills: Skills | None = None
    languages: Annotated[dict[LanguageCode, LevelName | None], Field(max_length=30)] | None = Field(
        None, description="what the job needs; null where the level is not stated"
    )
    schedule: ScheduleDocument | None = None
    hours_per_week: Hours | None = None
    hours_type: HoursTypeName | None = None
    contract: ContractName | None = None
    modality: ModalityName | None = None
    pay: PayDocument | None = None
    country: CountryCode | None = Field(None, description="where the employer's post is")
    region: Name | None = None
    city: Name | None = None
    applicant_countries: Annotated[list[CountryCode], Field(max_length=250)] | None = Field(
        None, description="where applicants may live; empty: anywhere, or not stated"
    )
    device: DeviceName | None = Field(None, description="the least device the work can be done on")
    connection: ConnectionName | None = None
    openings: Count | None = None
    source: Annotated[str, Field(max_length=80)] | None = None
    url: Address | None = None
    posted_at: Moment | None = None
    closes_at: Moment | None = None
    is_open: Flag = True


class JobDocument(JobFacts):
    """A posting."""

    model_config = ConfigDict(json_schema_extra={"examples": [JOB_EXAMPLE]})

    description: Annotated[str, Field(max_length=40_000)] | None = None

    def job(self, job_id: str) -> Job:
        """The job; raises InvalidInputError for a value that no domain type accepts."""
        return job_from_document(self.model_dump(exclude_unset=True), job_id)
