"""What partners are told when something happens to what is theirs: ids and codes, nothing private."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from store.hiring.applications import Application, Stage
from store.partners.deliveries import enqueue
from store.partners.webhooks import WebhookKind


def notify_partner(connection: Connection, application: Application, now: datetime) -> None:
    """Tell the partner whose an application is of its stage, and of the placement when that is the last."""
    partner_id = application.owner.partner_id
    payload = {
        "application_id": application.application_id,
        "job_id": application.job_id,
        "stage": application.stage.value,
        "version": application.version,
    }
    enqueue(connection, WebhookKind.APPLICATION_STAGE_CHANGED, payload, now, partner_id)
    if application.stage is Stage.HIRED:
        placed = {"application_id": application.application_id, "job_id": application.job_id}
        enqueue(connection, WebhookKind.PLACEMENT_CREATED, placed, now, partner_id)


def notify_message(connection: Connection, application: Application, now: datetime) -> None:
    """Tell the partner whose an application is that the person wrote; not what."""
    payload = {"application_id": application.application_id, "job_id": application.job_id}
    enqueue(connection, WebhookKind.APPLICATION_MESSAGE_SENT, payload, now, application.owner.partner_id)
