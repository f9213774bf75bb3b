"""Webhooks have a secret that is shown once, are their partner's alone, and are forgotten with all they had."""

from __future__ import annotations

import base64
from datetime import datetime

import pytest
from sqlalchemy import Engine, text

from engine.errors import ConflictError, InvalidInputError, NotFoundError
from store.database import writing
from store.encryption.field_cipher import FieldCipher
from store.partners.deliveries import enqueue
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.partners.webhooks import (
    WebhookKind,
    create_webhook,
    delete_webhook,
    get_webhook,
    list_webhooks,
)

URL = "https://hooks.example.pe/chamba"


def test_a_secret_is_random_and_kept_sealed(
    database: Engine, cipher: FieldCipher, partner_id: str, now: datetime
) -> None:
    with writing(database).begin() as connection:
        made = [create_webhook(connection, cipher, partner_id, URL, [WebhookKind.JOB_CLOSED], now) for _ in range(2)]
        rows = connection.execute(text("select * from webhooks")).all()
    first, second = (base64.b64decode(one.secret.removeprefix("whsec_")) for one in made)
    assert (len(first), first != second) == (32, True)
    assert not any(made[0].secret.encode() in str(value).encode() for row in rows for value in row)
    assert cipher.open("webhooks.secret_sealed", made[0].webhook_id, rows[0].secret_sealed) == made[0].secret


def test_webhooks_are_their_partners_alone(
    database: Engine, cipher: FieldCipher, partner_id: str, now: datetime
) -> None:
    kinds = [WebhookKind.SEEKER_ERASED, WebhookKind.JOB_CLOSED, WebhookKind.JOB_CLOSED]
    with writing(database).begin() as connection:
        other = create_partner(connection, cipher, NewPartner("Otra", RequestLimits(1, 1)), now)
        made = create_webhook(connection, cipher, partner_id, URL, kinds, now)
        found = get_webhook(connection, partner_id, made.webhook_id)
        assert (found.url, found.kinds, found.is_active) == (URL, ("job.closed", "seeker.erased"), True)
        assert list_webhooks(connection, other, None, 10) == []
        for ask in (get_webhook, delete_webhook):
            with pytest.raises(NotFoundError):
                ask(connection, other, made.webhook_id)
        with pytest.raises(NotFoundError):
            create_webhook(connection, cipher, "nobody", URL, kinds, now)
        with pytest.raises(InvalidInputError):
            create_webhook(connection, cipher, partner_id, URL, [], now)


def test_a_partner_has_ten_webhooks_at_most_page_by_page(
    database: Engine, cipher: FieldCipher, partner_id: str, now: datetime
) -> None:
    def make() -> str:
        return create_webhook(connection, cipher, partner_id, URL, [WebhookKind.JOB_CLOSED], now).webhook_id

    with writing(database).begin() as connection:
        made = [make() for _ in range(10)]
        with pytest.raises(ConflictError):
            make()
        first = list_webhooks(connection, partner_id, None, 7)
        rest = list_webhooks(connection, partner_id, first[-1].webhook_id, 7)
        assert [one.webhook_id for one in [*first, *rest]] == sorted(made)
        delete_webhook(connection, partner_id, made[0])
        make()


def test_a_forgotten_webhook_takes_its_deliveries_along(
    database: Engine, cipher: FieldCipher, partner_id: str, now: datetime
) -> None:
    with writing(database).begin() as connection:
        made = create_webhook(connection, cipher, partner_id, URL, [WebhookKind.JOB_CLOSED], now)
        assert enqueue(connection, WebhookKind.JOB_CLOSED, {"job_id": "a"}, now, partner_id) == 1
        delete_webhook(connection, partner_id, made.webhook_id)
        assert connection.execute(text("select count(*) from webhook_deliveries")).scalar() == 0
