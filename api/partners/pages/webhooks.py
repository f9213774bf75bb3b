"""`/desarrolladores/webhooks`: a partner's webhooks and what became of their deliveries."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response

from api.access.rules import DeveloperCaller, FreshDeveloperCaller
from api.http.pagination import LONGEST_CURSOR, MOST_ITEMS, page
from api.http.problems import ProblemError
from api.partners.endpoints import webhooks
from api.partners.schemas.webhooks import WebhookRequest
from api.partners.service.developers import acting
from api.schemas.fields import RowIdInPath
from api.services.services import ServicesOfApp
from api.web.forms import Form, SentForm
from api.web.frame import Frame, PageFrame, checked
from api.web.page_routes import PageRoute
from api.web.translations import marked
from engine.errors import ChambaError
from store.partners.deliveries import DeliveryState
from store.partners.webhooks import WebhookKind

router = APIRouter(route_class=PageRoute)

WEBHOOKS = "/desarrolladores/webhooks"
NEW_WEBHOOK, WEBHOOK = WEBHOOKS + "/nuevo", WEBHOOKS + "/{webhook_id}"
WebhookId = RowIdInPath
DeliveryId = RowIdInPath
Cursor = Annotated[str | None, Query(max_length=LONGEST_CURSOR)]
KINDS = (
    (WebhookKind.JOB_CLOSED, marked("Un trabajo tuyo se cerró")),
    (WebhookKind.APPLICATION_STAGE_CHANGED, marked("Una postulación cambió de etapa")),
    (WebhookKind.APPLICATION_MESSAGE_SENT, marked("Alguien que postuló escribió un mensaje")),
    (WebhookKind.PLACEMENT_CREATED, marked("Contrataron a alguien")),
    (WebhookKind.SEEKER_ERASED, marked("Una persona tuya se borró")),
    (WebhookKind.RECOMMENDATION_CONTESTED, marked("Se decidió sobre una recomendación que reclamaron")),
)
STATES = {
    DeliveryState.WAITING: marked("Espera"),
    DeliveryState.DELIVERED: marked("Entregado"),
    DeliveryState.FAILED: marked("No se entregó"),
}


@router.get(WEBHOOKS)
def get_webhooks(caller: DeveloperCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """All of them, without their secrets."""
    found = webhooks.get_webhooks(acting(caller, services), page(MOST_ITEMS), services)
    return frame.page("partners/webhooks.html", webhooks=found.items, kinds=dict(KINDS))


@router.get(NEW_WEBHOOK)
def get_new_webhook(caller: FreshDeveloperCaller, frame: Frame, services: ServicesOfApp) -> Response:
    """Which address is told of what."""
    acting(caller, services)
    return frame.page("partners/new_webhook.html", kinds=KINDS)


@router.post(NEW_WEBHOOK)
def post_new_webhook(caller: FreshDeveloperCaller, form: Form, frame: Frame, services: ServicesOfApp) -> Response:
    """Its secret, which is shown this once."""
    partner = acting(caller, services)
    try:
        body = checked(WebhookRequest, {"url": form.text("url"), "kinds": form.texts("kinds")})
        made = webhooks.post_webhook(partner, body, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return frame.again("partners/new_webhook.html", error, form, kinds=KINDS)
    return _shown_once(frame, orjson.loads(made.body)["secret"])


@router.get(WEBHOOK)
def get_webhook(
    caller: DeveloperCaller, frame: Frame, webhook_id: WebhookId, services: ServicesOfApp, desde: Cursor = None
) -> Response:
    """One webhook with its deliveries, the newest first."""
    return _webhook_page(caller, frame, webhook_id, services, desde)


@router.post(WEBHOOK + "/probar")
def post_test(caller: DeveloperCaller, frame: Frame, webhook_id: WebhookId, services: ServicesOfApp) -> Response:
    """A ping is on its way."""
    webhooks.post_webhook_test(acting(caller, services), webhook_id, services)
    return frame.see(_at(webhook_id), said=marked("Va en camino un aviso de prueba. Mira abajo cómo le fue."))


@router.post(WEBHOOK + "/secreto")
def post_secret(
    caller: FreshDeveloperCaller, form: Form, frame: Frame, webhook_id: WebhookId, services: ServicesOfApp
) -> Response:
    """Another secret, which is shown this once."""
    partner = acting(caller, services)
    try:
        made = webhooks.post_secret_rotation(partner, webhook_id, frame.creation(form), services)
    except (ProblemError, ChambaError) as error:
        return _webhook_page(caller, frame, webhook_id, services, None, form, error)
    return _shown_once(frame, orjson.loads(made.body)["secret"])


@router.post(WEBHOOK + "/quitar")
def post_removal(
    caller: FreshDeveloperCaller, frame: Frame, webhook_id: WebhookId, services: ServicesOfApp
) -> Response:
    """Nothing is sent there any more."""
    webhooks.delete_own_webhook(acting(caller, services), webhook_id, services)
    return frame.see(WEBHOOKS, said=marked("Quitaste el webhook. Ya no se envía nada allí."))


@router.post(WEBHOOK + "/entregas/{delivery_id}/repetir")
def post_redelivery(
    caller: DeveloperCaller, frame: Frame, webhook_id: WebhookId, delivery_id: DeliveryId, services: ServicesOfApp
) -> Response:
    """It is on its way again."""
    webhooks.post_redelivery(acting(caller, services), webhook_id, delivery_id, services)
    return frame.see(_at(webhook_id), said=marked("La entrega va en camino otra vez."))


def _webhook_page(
    caller: DeveloperCaller,
    frame: PageFrame,
    webhook_id: str,
    services: ServicesOfApp,
    cursor: str | None,
    form: SentForm | None = None,
    error: Exception | None = None,
) -> Response:
    partner = acting(caller, services)
    told = webhooks.get_deliveries(partner, webhook_id, page(cursor=cursor), services)
    known = webhooks.get_webhooks(partner, page(MOST_ITEMS), services).items
    webhook = next(one for one in known if one.webhook_id == webhook_id)
    values: dict[str, Any] = {
        "webhook": webhook,
        "deliveries": told,
        "items": told.items,
        "kinds": dict(KINDS),
        "states": STATES,
    }
    if form is None or error is None:
        return frame.page("partners/webhook.html", **values)
    return frame.again("partners/webhook.html", error, form, **values)


def _shown_once(frame: PageFrame, secret: str) -> Response:
    return frame.page("partners/shown_once.html", secret=secret, back=WEBHOOKS, is_key=False)


def _at(webhook_id: str) -> str:
    return WEBHOOK.format(webhook_id=webhook_id)
