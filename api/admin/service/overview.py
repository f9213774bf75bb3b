"""What an administrator sees first: how much there is, what waits, how the last weeks went, what is broken."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, select

from api.admin.schemas.accounts import Broken, GivenUp, Overview, WeekOfNumbers
from api.services.services import Services
from store.feeds.status import feeds_folder, read_status
from store.hiring.overview import overview
from store.hiring.trends import weeks_of_work
from store.partners.deliveries import DELIVERIES, DeliveryState
from store.partners.partners import PARTNERS
from store.partners.webhooks import WEBHOOKS
from store.people.mail import MAILS
from store.people.phone_messages import MESSAGES

# A mail that was tried so often has waited for minutes; a webhook is told of for a week.
TRIED_OFTEN, LATELY = 3, timedelta(days=7)


def overview_document(connection: Connection, services: Services) -> Overview:
    """All of it, as of this moment."""
    now = services.now()
    weeks = [WeekOfNumbers(**asdict(one) | {"starts_on": one.starts_on}) for one in weeks_of_work(connection, now)]
    broken = _broken(connection, services, now)
    return Overview(**overview(connection), served=_served(services), weeks=weeks, broken=broken)


def _broken(connection: Connection, services: Services, now: datetime) -> Broken:

    def late(table: Table) -> int:
        tried = select(func.count()).select_from(table).where(table.c.attempts >= TRIED_OFTEN)
        return int(connection.execute(tried).scalar_one())

    given_up = (
        select(PARTNERS.c.partner_id, PARTNERS.c.name, func.count().label("deliveries"))
        .join(WEBHOOKS, WEBHOOKS.c.partner_id == PARTNERS.c.partner_id)
        .join(DELIVERIES, DELIVERIES.c.webhook_id == WEBHOOKS.c.webhook_id)
        .where(DELIVERIES.c.state == DeliveryState.FAILED, DELIVERIES.c.created_at >= now - LATELY)
        .group_by(PARTNERS.c.partner_id, PARTNERS.c.name)
        .order_by(PARTNERS.c.name)
    )
    feeds = read_status(feeds_folder(services.settings.data_dir))
    return Broken(
        late_mails=late(MAILS),
        late_messages=late(MESSAGES),
        webhooks_given_up=[GivenUp(**row._mapping) for row in connection.execute(given_up)],
        failing_feeds=sorted(name for name, status in feeds.items() if status.failures),
    )


def _served(services: Services) -> dict[str, Any] | None:
    bundle = services.watch.current
    if bundle is None:
        return None
    return {
        "bundle": bundle.version,
        "model": bundle.model_id,
        "reranker": bundle.recommender.reranker_name,
        "data_version": bundle.data_version,
        "jobs": bundle.job_count,
        "fresh_jobs": bundle.fresh_job_count,
        "built_at": bundle.built_at.isoformat(),
    }
