"""A posting as a JSON document: what a partner app sends and reads, the store keeps and a snapshot carries.

Every key but `title` may be left out when it is not stated. `job_from_document(job_document(job), id) == job`.
"""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field, JsonValue

from engine.documents.conversion import stated, writer
from engine.documents.fields import (
    Address,
    ConnectionName,
    ContractName,
    Count,
    CountryCode,
    CountryCodes,
    Description,
    DeviceName,
    Document,
    Flag,
    Hours,
    HoursBoundName,
    HoursTypeName,
    LanguageNeeds,
    ModalityName,
    Moment,
    Name,
    Skills,
    SourceName,
    Title,
)
from engine.documents.parts import ApplyPart, OfferSigns, PayPart, Readings, SchedulePart
from engine.documents.stored import read_stored, read_stored_json
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


class JobFacts(Document):
    """What a posting states, its description aside."""

    title: Title
    employer: Name | None = None
    skills: Skills | None = None
    languages: LanguageNeeds | None = Field(None, description="what the job needs; null where the level is not stated")
    schedule: SchedulePart | None = None
    hours_per_week: Hours | None = None
    hours_bound: HoursBoundName | None = Field(None, description="how the hours a week are meant; null: exactly")
    hours_type: HoursTypeName | None = None
    contract: ContractName | None = None
    modality: ModalityName | None = None
    pay: PayPart | None = None
    country: CountryCode | None = Field(None, description="where the employer's post is")
    region: Name | None = None
    city: Name | None = None
    applicant_countries: CountryCodes | None = Field(
        None, description="where applicants may live; empty: anywhere, or not stated"
    )
    unread_place_limit: Name | None = Field(
        None, description="what the posting says of where applicants may live and nobody understood"
    )
    device: DeviceName | None = Field(None, description="the least device the work can be done on")
    connection: ConnectionName | None = None
    openings: Count | None = None
    source: SourceName | None = None
    url: Address | None = None
    posted_at: Moment | None = None
    closes_at: Moment | None = None
    readings: Readings | None = Field(None, description="the sentences of the posting that fields were read from")
    is_open: Flag = True


class JobDocument(JobFacts):
    """A posting."""

    model_config = ConfigDict(json_schema_extra={"examples": [JOB_EXAMPLE]})

    description: Description | None = None
    signs: OfferSigns | None = Field(
        None, description="signs of a fraudulent or unlawful offer that were found in it; not read from what is sent"
    )
    apply: ApplyPart | None = Field(
        None, description="how one applies for it now; null: one cannot, it is not open; not read from what is sent"
    )

    def job(self, job_id: str) -> Job:
        """The job of this document, without the signs that it says were found in it."""
        return Job(job_id, **_stored({name: value for name, value in stated(self).items() if name != "signs"}))


def job_from_document(document: object, job_id: str = "") -> Job:
    """The job of a stored document; raises InvalidInputError naming the first field that cannot be used."""
    return Job(job_id, **_stored(read_stored(JobDocument, document)))


def job_from_json(text: str | bytes, job_id: str = "") -> Job:
    """The job of a stored text of JSON; raises InvalidInputError as `job_from_document` does."""
    return Job(job_id, **_stored(read_stored_json(JobDocument, text)))


def _stored(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that a job keeps: how one applies for it is worked out when it is shown."""
    fields.pop("apply", None)
    return fields


JOB_KEYS = tuple(name for name in Job.__slots__ if name not in ("job_id", "takes_applications"))
job_document = writer(JobDocument, JOB_KEYS)
