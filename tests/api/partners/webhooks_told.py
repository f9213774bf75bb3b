"""What a partner is told by webhooks: making one, telling it, following its deliveries, verifying their signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import partial

from fastapi.testclient import TestClient

from store.partners.deliveries import enqueue
from store.partners.webhooks import WebhookKind
from tests.api.partners.parts import PartnerApp
from tests.api.partners.web_receiver import Received
from tests.api.services_of import services_of


def make_webhook(app: TestClient, partner: PartnerApp, url: str, *kinds: str) -> tuple[str, str]:
    """The id and the secret of a webhook."""
    asked = {"url": url, "kinds": kinds or ["job.closed"]}
    answer = app.post("/v1/webhooks", json=asked, headers=partner.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["webhook_id"], answer.json()["secret"]


def tell(app: TestClient, partner: PartnerApp, job_id: str = "web-1") -> None:
    services = services_of(app)
    response = partial(enqueue, kind=WebhookKind.JOB_CLOSED, body={"job_id": job_id}, now=services.now())
    services.write(partial(response, partner_id=partner.partner_id))


def followed(app: TestClient, partner: PartnerApp, webhook_id: str) -> list[tuple[str, int, int | None]]:
    items = app.get(f"/v1/webhooks/{webhook_id}/deliveries", headers=partner.headers).json()["items"]
    return [(item["state"], item["attempts"], item["last_status"]) for item in items]


def is_signed(request: Received, secret: str) -> bool:
    """Standard Webhooks' verification in a few lines of its own."""
    signed = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.{request.body.decode()}"
    key = base64.b64decode(secret.split("_", 1)[1])
    expected = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    return request.headers["webhook-signature"] == f"v1,{expected}"
