"""What a partner app reads of itself, and how it rotates its keys."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, JsonValue

from api.credentials.callers import Scope
from api.schemas.fields import EXAMPLE_ID, Document, RowId, ToldOnce

LONGEST_GRACE_HOURS = 7 * 24
LONGEST_KEY_DAYS = 730
WHEN, LATER = "2026-11-25T19:00:00+00:00", "2026-11-26T19:00:00+00:00"
KEY_EXAMPLE: dict[str, JsonValue] = {
    "key_id": EXAMPLE_ID,
    "scopes": ["events", "recommend"],
    "created_at": WHEN,
    "expires_at": None,
    "revoked_at": None,
}
PARTNER_EXAMPLE: dict[str, JsonValue] = {
    "partner_id": EXAMPLE_ID,
    "name": "Bolsa Sur",
    "limits": {"requests_per_day": 20_000, "requests_per_minute": 300},
    "used": {"today": 1_204, "this_minute": 3},
    "keys": [KEY_EXAMPLE],
}


class PartnerLimits(Document):
    """How many requests the partner may make with all its keys together."""

    requests_per_day: int = Field(description="from midnight to midnight, UTC")
    requests_per_minute: int = Field(description="of the clock")


class PartnerUsed(Document):
    """How many requests the partner made; those of the last moments on other servers may be missing."""

    today: int
    this_minute: int


class PartnerKeyDocument(Document):
    """A key without its secret."""

    model_config = ConfigDict(json_schema_extra={"examples": [KEY_EXAMPLE]})

    key_id: str
    scopes: list[Scope]
    created_at: str
    expires_at: str | None
    revoked_at: str | None


class PartnerDocument(Document):
    """A partner as it sees itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [PARTNER_EXAMPLE]})

    partner_id: str
    name: str
    limits: PartnerLimits
    used: PartnerUsed
    keys: list[PartnerKeyDocument]


class DayOfUse(Document):
    """What a partner asked in a day (UTC), and the answers by the class of their status.

    Answers of the last moments may be missing; `refused` are those with 400 to 499.
    """

    day: str
    requests: int = Field(description="counted against the limits; one that is past them is refused uncounted")
    answered: int = Field(description="with a status below 400")
    refused: int
    failed: int = Field(description="with 500 or more")


class PartnerUse(Document):
    """What a partner asked in the last days, the newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"days": [{"day": "2026-11-25", "requests": 1_204, "answered": 1_190, "refused": 13, "failed": 1}]}
            ]
        }
    )

    days: list[DayOfUse]


class KeyRotation(Document):
    """How long the old key goes on; 0 for one that others may know."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"grace_hours": 24}]})

    grace_hours: Annotated[int, Field(strict=True, ge=0, le=LONGEST_GRACE_HOURS)] = 24


class KeyWanted(Document):
    """What a key opens, and for how many days; None: until it is revoked."""

    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    days: Annotated[int, Field(ge=1, le=LONGEST_KEY_DAYS)] | None = None


class NewKeyDocument(ToldOnce):
    """A new key: `key` is shown only now, send it as `Authorization: Bearer …`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"key_id": EXAMPLE_ID, "key": f"chamba_{EXAMPLE_ID}_mJ1v…", "expires_at": None}]
        }
    )

    made: ClassVar[str] = (
        "the key {made_id} was made by this request before, and its secret was told then, once; "
        "rotate again with another Idempotency-Key, or ask whoever runs Chamba for a key"
    )
    named_by: ClassVar[str] = "key_id"

    key_id: RowId
    key: str
    expires_at: str | None


class MadeKey(NewKeyDocument):
    """A key that was made on a page."""

    made: ClassVar[str] = (
        "the key {made_id} was made by this form before, and was shown then, once; revoke it and make another"
    )
