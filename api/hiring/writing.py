"""Writing about an application: by either side, so many a day."""

from __future__ import annotations

from sqlalchemy import Connection

from api.access.quotas import require_quota
from api.services.services import Services
from store.hiring.applications import StepTaker
from store.hiring.messages import send_message
from store.requests.quotas import MESSAGES


def write_message(
    connection: Connection, services: Services, application_id: str, sent_by: StepTaker, text: str
) -> None:
    """Send a message; raises the 429 problem past the quota of its side."""
    require_quota(connection, services, MESSAGES, f"{application_id} {sent_by}")
    send_message(connection, services.cipher, application_id, sent_by, text, services.now())
