"""`/v1/webhooks`: addresses of a partner that are told what happened, trying them, and what became of deliveries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import Connection

from api.access.auditing import audit
from api.access.rules import allow
from api.credentials.callers import Caller, Scope
from api.credentials.partner_keys import partner_of
from api.delivering.webhook_addresses import port_of, require_public, webhook_url
from api.http.pagination import PageRequest, page_of
from api.http.problems import ProblemKind
from api.partners.schemas.webhooks import (
    DeliveriesPage,
    DeliveryDocument,
    DeliveryQueued,
    NewWebhookDocument,
    RotatedSecret,
    WebhookDocument,
    WebhookRequest,
    Webhooks,
)
from api.routing.idempotency import Created, IdempotentRequest, by_rule
from api.routing.openapi import operation
from api.routing.typed_routes import TypedRoute, WrittenAnswer
from api.schemas.fields import RowIdInPath
from api.services.services import Services, ServicesOfApp
from engine.errors import ConflictError, InvalidInputError
from store.audit import AuditAction
from store.fetching.addresses import system_addresses
from store.partners.deliveries import Delivery, DeliveryState, deliver_again, enqueue_ping, list_deliveries
from store.partners.webhooks import Webhook, create_webhook, delete_webhook, get_webhook, list_webhooks, rotate_secret

router = APIRouter(tags=["partners"], route_class=TypedRoute)

WEBHOOKS = "/v1/webhooks"
WEBHOOK = WEBHOOKS + "/{webhook_id}"
WebhookId = RowIdInPath
DeliveryId = RowIdInPath
WebhooksCaller = Annotated[Caller, Depends(allow(Scope.WEBHOOKS))]


@router.post(
    WEBHOOKS,
    **operation(
        "Be told what happens",
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="The webhook, with its secret, which is shown only now",
        status=201,
    ),
)
def post_webhook(
    caller: WebhooksCaller, body: WebhookRequest, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[NewWebhookDocument]:
    """Deliveries are JSON: `type`, `timestamp` and `data`, which holds ids and codes, never anything private.

    They are signed as Standard Webhooks has it: `webhook-signature` is `v1,` and the base64 of the HMAC-SHA256 of
    `{webhook-id}.{webhook-timestamp}.{body}`, under the bytes whose base64 follows `whsec_` in the secret. Answer 2xx
    within ten seconds. Anything else, a redirect too, is tried ten times over a day or so; 410 ends the webhook. The
    same `webhook-id` may come twice.
    """
    now, partner = services.now(), partner_of(caller)
    _require_public(body.url, services)

    def work(connection: Connection) -> Created[NewWebhookDocument]:
        made = create_webhook(connection, services.cipher, partner.partner_id, body.url, body.kinds, now)
        webhook = _webhook_document(get_webhook(connection, partner.partner_id, made.webhook_id))
        document = NewWebhookDocument(**dict(webhook), secret=made.secret)
        audit(connection, caller, AuditAction.WEBHOOK_CREATED, f"webhook:{made.webhook_id}", services)
        return Created(document, WEBHOOK.format(webhook_id=made.webhook_id))

    return creation.once(caller, work, allowed=by_rule)


@router.get(
    WEBHOOKS,
    **operation("A partner's webhooks", ProblemKind.TOO_MANY_REQUESTS, answer="A page of them"),
)
def get_webhooks(caller: WebhooksCaller, page: PageRequest, services: ServicesOfApp) -> Webhooks:
    """In the order in which they were made, without secrets."""
    partner_id = partner_of(caller).partner_id
    found = services.read(lambda connection: list_webhooks(connection, partner_id, page.after_id(), page.limit + 1))
    return page_of(Webhooks, found, page, _webhook_document, lambda webhook: (webhook.webhook_id,))


@router.delete(
    WEBHOOK,
    **operation(
        "Be told no more", ProblemKind.NOT_FOUND, ProblemKind.TOO_MANY_REQUESTS, answer="It is gone", status=204
    ),
)
def delete_own_webhook(caller: WebhooksCaller, webhook_id: WebhookId, services: ServicesOfApp) -> None:
    """What was not delivered yet is forgotten with it."""

    def work(connection: Connection) -> None:
        delete_webhook(connection, partner_of(caller).partner_id, webhook_id)
        audit(connection, caller, AuditAction.WEBHOOK_REMOVED, f"webhook:{webhook_id}", services)

    services.write(work)


@router.post(
    WEBHOOK + ":test",
    **operation(
        "Try a webhook",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="A ping is on its way",
        status=202,
    ),
)
def post_webhook_test(caller: WebhooksCaller, webhook_id: WebhookId, services: ServicesOfApp) -> DeliveryQueued:
    """Sends `{"type": "ping", …}`, signed and retried like the rest; `…/deliveries` tells how it went."""

    def work(connection: Connection) -> str:
        _active_webhook(connection, caller, webhook_id)
        return enqueue_ping(connection, webhook_id, services.now())

    return DeliveryQueued(delivery_id=services.write(work))


@router.post(
    WEBHOOK + ":rotate-secret",
    **operation(
        "Have a webhook signed by another secret",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="The new secret, which is shown only now",
        status=201,
    ),
)
def post_secret_rotation(
    caller: WebhooksCaller, webhook_id: WebhookId, creation: IdempotentRequest, services: ServicesOfApp
) -> WrittenAnswer[RotatedSecret]:
    """From now on, what waits to be sent too. What the receiver refuses until it knows the secret is tried again."""

    def work(connection: Connection) -> Created[RotatedSecret]:
        new = rotate_secret(connection, services.cipher, partner_of(caller).partner_id, webhook_id)
        audit(connection, caller, AuditAction.WEBHOOK_SECRET_ROTATED, f"webhook:{webhook_id}", services)
        return Created(RotatedSecret(webhook_id=webhook_id, secret=new.secret))

    return creation.once(caller, work, allowed=by_rule)


@router.get(
    WEBHOOK + "/deliveries",
    **operation(
        "What became of a webhook's deliveries",
        ProblemKind.NOT_FOUND,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="A page of them",
    ),
)
def get_deliveries(
    caller: WebhooksCaller, webhook_id: WebhookId, page: PageRequest, services: ServicesOfApp
) -> DeliveriesPage:
    """The newest first."""

    def work(connection: Connection) -> list[Delivery]:
        get_webhook(connection, partner_of(caller).partner_id, webhook_id)
        return list_deliveries(connection, webhook_id, page.after_id(), page.limit + 1)

    found = services.read(work)
    return page_of(DeliveriesPage, found, page, _delivery_document, lambda delivery: (delivery.delivery_id,))


@router.post(
    WEBHOOK + "/deliveries/{delivery_id}:redeliver",
    **operation(
        "Send a delivery again",
        ProblemKind.NOT_FOUND,
        ProblemKind.CONFLICT,
        ProblemKind.TOO_MANY_REQUESTS,
        answer="It is on its way",
        status=202,
    ),
)
def post_redelivery(
    caller: WebhooksCaller, webhook_id: WebhookId, delivery_id: DeliveryId, services: ServicesOfApp
) -> DeliveryQueued:
    """One that was delivered or given up, with the same `webhook-id`, and tried as often as a new one.

    409 for one that waits for its next attempt.
    """

    def work(connection: Connection) -> None:
        _active_webhook(connection, caller, webhook_id)
        deliver_again(connection, webhook_id, delivery_id, services.now())
        detail = {"delivery_id": delivery_id}
        audit(connection, caller, AuditAction.WEBHOOK_REDELIVERED, f"webhook:{webhook_id}", services, detail)

    services.write(work)
    return DeliveryQueued(delivery_id=delivery_id)


def _active_webhook(connection: Connection, caller: Caller, webhook_id: str) -> None:
    """Raises NotFoundError for another's, ConflictError for one whose receiver is gone."""
    if not get_webhook(connection, partner_of(caller).partner_id, webhook_id).is_active:
        raise ConflictError("the webhook's receiver answered that it is gone", fix="make another webhook")


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


def _webhook_document(webhook: Webhook) -> WebhookDocument:
    return WebhookDocument(
        webhook_id=webhook.webhook_id,
        url=webhook.url,
        kinds=list(webhook.kinds),
        is_active=webhook.is_active,
        created_at=webhook.created_at.isoformat(),
    )


def _delivery_document(delivery: Delivery) -> DeliveryDocument:
    is_waiting = delivery.state is DeliveryState.WAITING
    return DeliveryDocument(
        delivery_id=delivery.delivery_id,
        kind=delivery.kind,
        state=delivery.state,
        attempts=delivery.attempts,
        last_status=delivery.last_status,
        created_at=delivery.created_at.isoformat(),
        next_attempt_at=delivery.next_attempt_at.isoformat() if is_waiting else None,
    )
