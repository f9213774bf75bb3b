"""Webhooks as partners make and read them, and what became of their deliveries."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, JsonValue

from api.delivering.webhook_addresses import LONGEST_URL
from api.partners.schemas.account import LATER, WHEN
from api.schemas.fields import EXAMPLE_ID, Document, ToldOnce
from store.partners.deliveries import DeliveryState
from store.partners.webhooks import WebhookKind

RECEIVER = "https://hooks.bolsasur.pe/chamba"
WEBHOOK_EXAMPLE: dict[str, JsonValue] = {
    "webhook_id": EXAMPLE_ID,
    "url": RECEIVER,
    "kinds": ["job.closed", "seeker.erased"],
    "is_active": True,
    "created_at": WHEN,
}
DELIVERY_EXAMPLE: dict[str, JsonValue] = {
    "delivery_id": EXAMPLE_ID,
    "kind": "job.closed",
    "state": "waiting",
    "attempts": 2,
    "last_status": 503,
    "created_at": WHEN,
    "next_attempt_at": LATER,
}


class WebhookRequest(Document):
    """An address to be told of some kinds of events."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"url": RECEIVER, "kinds": ["job.closed", "seeker.erased"]}]}
    )

    url: Annotated[str, Field(max_length=LONGEST_URL, description="https:// on the open internet")]
    kinds: Annotated[list[WebhookKind], Field(min_length=1, max_length=len(WebhookKind))]


class WebhookDocument(Document):
    """A webhook without its secret; one whose receiver answered 410 (gone) is not active any more."""

    model_config = ConfigDict(json_schema_extra={"examples": [WEBHOOK_EXAMPLE]})

    webhook_id: str
    url: str
    kinds: list[WebhookKind]
    is_active: bool
    created_at: str


class NewWebhookDocument(WebhookDocument, ToldOnce):
    """A new webhook: `secret` is shown only now, and signs what is sent."""

    model_config = ConfigDict(json_schema_extra={"examples": [WEBHOOK_EXAMPLE | {"secret": "whsec_…"}]})

    made: ClassVar[str] = (
        "the webhook {made_id} was made by this request before, and its secret was told then, once; "
        "delete it and make another with another Idempotency-Key"
    )
    named_by: ClassVar[str] = "webhook_id"

    secret: str


class RotatedSecret(ToldOnce):
    """A webhook's new secret, which is shown only now, and signs what is sent from now on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"webhook_id": EXAMPLE_ID, "secret": "whsec_…"}]})

    made: ClassVar[str] = (
        "the secret of the webhook {made_id} was changed by this request before, and was told then, once; "
        "change it again with another Idempotency-Key"
    )
    named_by: ClassVar[str] = "webhook_id"

    webhook_id: str
    secret: str


class Webhooks(Document):
    """A page of webhooks."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [WEBHOOK_EXAMPLE], "next_cursor": None}]})

    items: list[WebhookDocument]
    next_cursor: str | None


class DeliveryQueued(Document):
    """Something is on its way; its delivery tells how it went."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"delivery_id": EXAMPLE_ID}]})

    delivery_id: str


class DeliveryDocument(Document):
    """What became of one delivery; `last_status` is the HTTP status of the last answer, null without one."""

    model_config = ConfigDict(json_schema_extra={"examples": [DELIVERY_EXAMPLE]})

    delivery_id: str
    kind: str
    state: DeliveryState
    attempts: int
    last_status: int | None
    created_at: str
    next_attempt_at: str | None = Field(description="null where none is made any more")


class DeliveriesPage(Document):
    """A page of deliveries."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [DELIVERY_EXAMPLE], "next_cursor": None}]})

    items: list[DeliveryDocument]
    next_cursor: str | None
