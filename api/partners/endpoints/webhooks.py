"""`/v1/webhooks`: addresses of a partner that are told what happened, trying them, and what became of deliveries."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.credentials.partner_keys import partner_of
from api.delivering.webhook_addresses import port_of, require_public, system_addresses, webhook_url
from api.http.pagination import PageAsked, page_document
from api.http.problems import ProblemKind
from api.partners.schemas.webhooks import DeliveriesPage, NewWebhookDocument, PingQueued, WebhookRequest, Webhooks
from api.routing.idempotency import Created, CreationAsked, json_response
from api.routing.json_bodies import JsonBody, validated
from api.routing.openapi import described
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import ConflictError, InvalidInputError
from store.audit import AuditAction
from store.partners.deliveries import Delivery, DeliveryState, enqueue_ping, list_deliveries
from store.partners.webhooks import Webhook, create_webhook, delete_webhook, get_webhook, list_webhooks

router = APIRouter(tags=["partners"])

WEBHOOKS = "/v1/webhooks"
WEBHOOK = WEBHOOKS + "/{webhook_id}"
WebhookId = RowIdInPath
WebhooksCaller = Annotated[Caller, Depends(allow(Scope.WEBHOOKS))]


@router.post(
    WEBHOOKS,
    **described(
        "Be told what happens",
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        body=WebhookRequest,
        answered={201: ("The webhook, with its secret, which is shown only now", NewWebhookDocument)},
    ),
)
def post_webhook(caller: WebhooksCaller, body: JsonBody, creation: CreationAsked, services: ServicesOfApp) -> Response:
    """Deliveries are JSON: `type`, `timestamp` and `data`, which holds ids and codes, never anything private.

    They are signed as Standard Webhooks has it: `webhook-signature` is `v1,` and the base64 of the HMAC-SHA256 of
    `{webhook-id}.{webhook-timestamp}.{body}`, under the bytes whose base64 follows `whsec_` in the secret. Answer 2xx
    within ten seconds. Anything else, a redirect too, is tried ten times over a day or so; 410 ends the webhook. The
    same `webhook-id` may come twice.
    """
    asked, now, partner = validated(WebhookRequest, body), services.now(), partner_of(caller)
    _require_public(asked.url, services)

    def work(connection: Connection) -> Created:
        made = create_webhook(connection, services.cipher, partner.partner_id, asked.url, asked.kinds, now)
        document = _webhook_document(get_webhook(connection, partner.partner_id, made.webhook_id))
        audit(connection, caller, AuditAction.WEBHOOK_CREATED, f"webhook:{made.webhook_id}", services)
        return Created(document | {"secret": made.secret}, WEBHOOK.format(webhook_id=made.webhook_id))

    return creation.once(caller, work)


@router.get(
    WEBHOOKS,
    **described("A partner's webhooks", ProblemKind.TOO_MANY_REQUESTS, answered={200: ("A page of them", Webhooks)}),
)
def get_webhooks(caller: WebhooksCaller, asked: PageAsked, services: ServicesOfApp) -> Response:
    """In the order in which they were made, without secrets."""
    partner_id = partner_of(caller).partner_id
    found = services.read(lambda connection: list_webhooks(connection, partner_id, asked.after_id(), asked.limit + 1))
    return json_response(page_document(found, asked, _webhook_document, lambda webhook: (webhook.webhook_id,)))


@router.delete(
    WEBHOOK,
    **described("Be told no more", ProblemKind.NOT_FOUND, ProblemKind.TOO_MANY_REQUESTS, done="It is gone"),
)
def delete_own_webhook(caller: WebhooksCaller, webhook_id: WebhookId, services: ServicesOfApp) -> Response:
    """What was not delivered yet is forgotten with it."""

    def work(connection: Connection) -> None:
        delete_webhook(connection, partner_of(caller).partner_id, webhook_id)
        audit(connection, caller, AuditAction.WEBHOOK_REMOVED, f"webhook:{webhook_id}", services)

    services.write(work)
    return Response(status_code=204)


@router.post(
    WEBHOOK + ":test",
    **described(
        "Try a webhook",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answered={202: ("A ping is on its way", PingQueued)},
    ),
)
def post_webhook_test(caller: WebhooksCaller, webhook_id: WebhookId, services: ServicesOfApp) -> Response:
    """Sends `{"type": "ping", …}`, signed and retried like the rest; `…/deliveries` tells how it went."""

    def work(connection: Connection) -> str:
        if not get_webhook(connection, partner_of(caller).partner_id, webhook_id).is_active:
            raise ConflictError("the webhook's receiver answered that it is gone", fix="make another webhook")
        return enqueue_ping(connection, webhook_id, services.now())

    return json_response({"delivery_id": services.write(work)}, 202)


@router.get(
    WEBHOOK + "/deliveries",
    **described(
        "What became of a webhook's deliveries",
        ProblemKind.NOT_FOUND,
        ProblemKind.TOO_MANY_REQUESTS,
        answered={200: ("A page of them", DeliveriesPage)},
    ),
)
def get_deliveries(
    caller: WebhooksCaller, webhook_id: WebhookId, asked: PageAsked, services: ServicesOfApp
) -> Response:
    """The newest first."""

    def work(connection: Connection) -> list[Delivery]:
        get_webhook(connection, partner_of(caller).partner_id, webhook_id)
        return list_deliveries(connection, webhook_id, asked.after_id(), asked.limit + 1)

    found = services.read(work)
    return json_response(page_document(found, asked, _delivery_document, lambda delivery: (delivery.delivery_id,)))


def _require_public(text: str, services: Services) -> None:
    allows_loopback = services.settings.webhooks_to_loopback
    url = webhook_url(text, allows_loopback=allows_loopback)
    try:
        addresses = system_addresses(url.raw_host.decode("ascii"), port_of(url))
    except OSError:
        raise InvalidInputError(
            "nobody knows that host", expected="an address of the open internet", field="url"
        ) from None
    require_public(url, addresses, allows_loopback=allows_loopback)


def _webhook_document(webhook: Webhook) -> dict[str, Any]:
    return {
        "webhook_id": webhook.webhook_id,
        "url": webhook.url,
        "kinds": list(webhook.kinds),
        "is_active": webhook.is_active,
        "created_at": webhook.created_at.isoformat(),
    }


def _delivery_document(delivery: Delivery) -> dict[str, Any]:
    is_waiting = delivery.state is DeliveryState.WAITING
    return {
        "delivery_id": delivery.delivery_id,
        "kind": delivery.kind,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "last_status": delivery.last_status,
        "created_at": delivery.created_at.isoformat(),
        "next_attempt_at": delivery.next_attempt_at.isoformat() if is_waiting else None,
    }
