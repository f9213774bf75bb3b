"""What administrators send and read of partner apps and their keys."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, JsonValue

from api.credentials.callers import Scope
from api.schemas.fields import EXAMPLE_ID, WHEN, Count, Document, Moment, ToldOnce, examples
from store.partners.partners import PartnerStatus

PARTNER_EXAMPLE: dict[str, JsonValue] = {
    "partner_id": EXAMPLE_ID,
    "name": "Bolsa de la Municipalidad",
    "status": "active",
    "requests_per_day": 100_000,
    "requests_per_minute": 600,
    "contact": "sistemas@municipalidad.example",
    "created_at": WHEN,
}
KEY_EXAMPLE: dict[str, JsonValue] = {
    "key_id": EXAMPLE_ID,
    "scopes": ["recommend", "seekers"],
    "created_at": WHEN,
    "expires_at": None,
    "revoked_at": None,
}


class PartnerRequest(Document):
    """A partner app and its limits."""

    model_config = examples(
        {
            "name": "Bolsa de la Municipalidad",
            "requests_per_day": 100_000,
            "requests_per_minute": 600,
            "contact": "sistemas@municipalidad.example",
        }
    )

    name: Annotated[str, Field(min_length=1, max_length=200)]
    requests_per_day: Count = 100_000
    requests_per_minute: Count = 600
    contact: Annotated[str, Field(max_length=300)] | None = None


class PartnerEdit(Document):
    """What is to be another; what is left out stays."""

    model_config = examples({"requests_per_minute": 1_200}, {"status": "suspended"})

    status: PartnerStatus | None = None
    requests_per_day: Count | None = None
    requests_per_minute: Count | None = None


class AdministeredPartner(Document):
    """A partner as administrators see it."""

    model_config = examples(PARTNER_EXAMPLE)

    partner_id: str
    name: str
    status: PartnerStatus
    requests_per_day: int
    requests_per_minute: int
    contact: str | None
    created_at: str


class AdministeredPartners(Document):
    """A page of partners."""

    model_config = examples({"items": [PARTNER_EXAMPLE], "next_cursor": None})

    items: list[AdministeredPartner]
    next_cursor: str | None


class PartnerDevelopers(Document):
    """The accounts that act for a partner on its pages."""

    model_config = examples({"partner_id": EXAMPLE_ID, "developers": [EXAMPLE_ID]})

    partner_id: str
    developers: list[str] = Field(description="their account ids, who was there first the first")


class KeyRequest(Document):
    """What a key opens, and until when."""

    model_config = examples({"scopes": ["recommend", "seekers"]})

    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    expires_at: Moment | None = None


class KeyMade(ToldOnce):
    """A new key; its text is shown this once."""

    model_config = examples({"key_id": EXAMPLE_ID, "key": "chamba_0197a6b2…", "expires_at": None})

    made: ClassVar[str] = (
        "the key {made_id} was made by this request before, and its secret was told then, once; "
        "revoke it and make another with another Idempotency-Key"
    )
    named_by: ClassVar[str] = "key_id"

    key_id: str
    key: str
    expires_at: str | None


class KeyListed(Document):
    """A key without its secret."""

    model_config = examples(KEY_EXAMPLE)

    key_id: str
    scopes: list[str]
    created_at: str
    expires_at: str | None
    revoked_at: str | None


class KeysListed(Document):
    """Every key of a partner."""

    model_config = examples({"items": [KEY_EXAMPLE]})

    items: list[KeyListed]
