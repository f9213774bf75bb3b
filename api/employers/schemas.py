"""What employers send and read: organisations, postings, applications with their people, templates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, JsonValue

from api.schemas.email_addresses import Email
from api.schemas.fields import EXAMPLE_ID, WHEN, Address, CountryCode, Document, FreeText, RowId
from api.schemas.problems import ProblemDocument
from api.schemas.state_reasons import REASON_EXAMPLE, StateReason
from engine.documents.faults import refused
from engine.documents.jobs import JOB_EXAMPLE, JobDocument
from engine.errors import InvalidInputError
from engine.offer_signs import Severity, SignKind
from store.hiring.employers import EmployerStatus, require_tax_id

MOST_POSTINGS = 200
ORGANISATION: dict[str, JsonValue] = {
    "name": "Tienda Killa",
    "description": "Ropa de algodón hecha en Gamarra, se vende en línea.",
    "website": "https://killa.example",
    "country": "PE",
}
POSTING_EXAMPLE: dict[str, JsonValue] = {
    "job_id": EXAMPLE_ID,
    "state": "waiting",
    "state_reasons": [REASON_EXAMPLE],
    "job": JOB_EXAMPLE,
    "signs": [{"kind": "asks_for_money", "quote": "pago de inscripción", "severity": "block", "text": "Pide dinero"}],
    "created_at": WHEN,
    "updated_at": WHEN,
}


def _tax_id(text: str) -> str:
    try:
        require_tax_id(text)
    except InvalidInputError as error:
        raise refused(error.message, error.expected) from None
    return text


TaxId = Annotated[str, Field(max_length=11, description="RUC"), AfterValidator(_tax_id)]


class OrganisationRequest(Document):
    """An organisation; RUC and contact are seen by its own people and administrators alone."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [ORGANISATION | {"tax_id": "20555123451", "contact": "+51 987 654 321"}]}
    )

    name: Annotated[str, Field(min_length=1, max_length=200)]
    description: Annotated[str, Field(max_length=4_000)] = ""
    website: Address | None = None
    country: CountryCode = "PE"
    tax_id: TaxId | None = None
    contact: Annotated[str, Field(max_length=300)] | None = None


class OrganisationDocument(Document):
    """An organisation as its own people see it; until it is verified, its postings wait for a moderator."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                ORGANISATION
                | {
                    "employer_id": EXAMPLE_ID,
                    "status": "unverified",
                    "tax_id": "20555123451",
                    "contact": "+51 987 654 321",
                    "state_reasons": [REASON_EXAMPLE],
                    "created_at": WHEN,
                }
            ]
        }
    )

    employer_id: str
    name: str
    description: str
    website: str | None
    country: str
    status: EmployerStatus
    tax_id: str | None
    contact: str | None
    state_reasons: list[StateReason]
    created_at: str


class Organisations(Document):
    """A page of the organisations that one acts for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        ORGANISATION
                        | {
                            "employer_id": EXAMPLE_ID,
                            "status": "verified",
                            "tax_id": None,
                            "contact": None,
                            "state_reasons": [],
                            "created_at": WHEN,
                        }
                    ],
                    "next_cursor": None,
                }
            ]
        }
    )

    items: list[OrganisationDocument]
    next_cursor: str | None


MEMBER_EXAMPLE: dict[str, JsonValue] = {
    "account_id": EXAMPLE_ID,
    "name": "Inés Huamán",
    "email": "colega@killa.example",
    "since": "2026-11-25T19:00:00+00:00",
}
MEMBER_REQUEST_EXAMPLE: dict[str, JsonValue] = {
    "request_id": EXAMPLE_ID,
    "employer_id": EXAMPLE_ID,
    "employer": "Tienda Killa",
    "asked_at": "2026-11-25T19:00:00+00:00",
    "expires_at": "2026-12-09T19:00:00+00:00",
}


class MemberRequest(Document):
    """A colleague, by the address of their account."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "colega@killa.example"}]})

    email: Email


class MemberDocument(Document):
    """Somebody who acts for an organisation, as their colleagues see them."""

    model_config = ConfigDict(json_schema_extra={"examples": [MEMBER_EXAMPLE]})

    account_id: RowId
    name: str | None
    email: str | None
    since: str


class Members(Document):
    """Everybody who acts for an organisation."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [MEMBER_EXAMPLE]}]})

    items: list[MemberDocument]


class MemberRequestDocument(Document):
    """An organisation that asks somebody to act for it."""

    model_config = ConfigDict(json_schema_extra={"examples": [MEMBER_REQUEST_EXAMPLE]})

    request_id: RowId
    employer_id: RowId
    employer: str
    asked_at: str
    expires_at: str


class MemberRequests(Document):
    """Everything that somebody is asked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [MEMBER_REQUEST_EXAMPLE]}]})

    items: list[MemberRequestDocument]


class SignDocument(Document):
    """Something in a posting that fraudulent offers have, and the words that show it."""

    kind: SignKind
    quote: str
    severity: Severity
    text: str = Field(description="what the kind means, in the language of whoever asks")


class PostingDocument(Document):
    """A job as its owner sees it; `waiting`: a person looks at it before it is shown, `rejected`: one took it down.

    `state_reasons` say why it is not open.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [POSTING_EXAMPLE]})

    job_id: str
    state: Literal["open", "closed", "hidden", "waiting", "rejected"]
    state_reasons: list[StateReason]
    job: JobDocument | None
    signs: list[SignDocument]
    created_at: str
    updated_at: str


class Postings(Document):
    """A page of postings."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [POSTING_EXAMPLE], "next_cursor": None}]})

    items: list[PostingDocument]
    next_cursor: str | None


class PostingsRequest(Document):
    """Several jobs at once; one that cannot be posted does not keep the others from being."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"jobs": [JOB_EXAMPLE]}]})

    jobs: Annotated[list[dict[str, JsonValue]], Field(min_length=1, max_length=MOST_POSTINGS)]


class PostingLine(Document):
    """What became of one posting of several: a job, or what is wrong with it."""

    index: int
    posting: PostingDocument | None
    problem: ProblemDocument | None
    unread: dict[str, str] = Field({}, description="fields that were stated and could not be read, and why")


class PostedMany(Document):
    """What became of each posting, in their order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [{"index": 0, "posting": POSTING_EXAMPLE, "problem": None, "unread": {}}]}]
        }
    )

    items: list[PostingLine]


class TemplateRequest(Document):
    """Words that are sent often, with `{name}`, `{job}` and `{employer}` to fill in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Entrevista", "text": "Hola, {name}: nos gustó tu postulación a {job}."}],
        }
    )

    name: Annotated[str, Field(min_length=1, max_length=120)]
    text: FreeText


class TemplateDocument(TemplateRequest):
    """A template."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"template_id": EXAMPLE_ID, "name": "Entrevista", "text": "Hola, {name}: nos gustó…"}],
        }
    )

    template_id: str


class Templates(Document):
    """Every template of an organisation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [{"template_id": EXAMPLE_ID, "name": "Entrevista", "text": "Hola, {name}"}]}]
        }
    )

    items: list[TemplateDocument]
