"""An app whose clock and sending are the tests' to move, a partner of it, web receivers and SMTP servers."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.credentials.callers import Scope
from api.credentials.partner_keys import PartnerKeys
from api.delivering.deliveries import Deliveries
from store.database import open_database
from store.encryption.field_cipher import FieldCipher
from store.encryption.master_keys import create_master_keys
from store.partners.keys import NewKey, create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner
from store.upserts import in_transaction
from tests.api.partners.parts import Clock, PartnerApp, make_partner
from tests.api.partners.smtp_sink import SmtpSink, open_smtp_sink
from tests.api.partners.web_receiver import Receiver, web_receiver
from tests.api.services_of import services_of

NEVER = 1e6


@pytest.fixture
def clock() -> Clock:
    """The clock of `app`."""
    return Clock()


@pytest.fixture
def app(open_app: Callable[..., TestClient], clock: Clock) -> TestClient:
    """An app that sends nothing by itself."""
    client = open_app(webhooks_to_loopback=True, delivery_poll_seconds=NEVER)
    services_of(client).clock = clock
    del client.headers["Authorization"]
    return client


@pytest.fixture
def partner(app: TestClient) -> PartnerApp:
    """A partner of `app` with a key that opens everything."""
    return make_partner(app)


@pytest.fixture
def open_receiver() -> Iterator[Callable[..., Receiver]]:
    """Opens receivers of webhooks: `open_receiver(503, 204)` fails first."""
    with ExitStack() as opened:

        def open_(*statuses: int | None, wrap: Callable[..., Any] | None = None, host: str = "127.0.0.1") -> Receiver:
            return opened.enter_context(web_receiver(list(statuses) or [204], wrap, host))

        yield open_


@pytest.fixture
def open_sink() -> Iterator[Callable[..., SmtpSink]]:
    """Opens SMTP servers."""
    with ExitStack() as opened:

        def open_(tls: ssl.SSLContext | None = None) -> SmtpSink:
            return opened.enter_context(open_smtp_sink(tls))

        yield open_


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """The database of `keys`."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def partner_id(database: Engine, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> str:
    """A partner that may ask 5 times a minute and 20 times a day."""
    cipher = FieldCipher(database, create_master_keys(tmp_path_factory.mktemp("keys") / "master.keys"))
    new = NewPartner("Bolsa Sur", RequestLimits(20, 5))
    return in_transaction(database, partial(create_partner, cipher=cipher, new=new, now=clock.now))


@pytest.fixture
def key(database: Engine, partner_id: str, clock: Clock) -> NewKey:
    """A key of that partner for recommendations and jobs."""
    made = partial(create_key, partner_id=partner_id, scopes=[Scope.RECOMMEND, Scope.JOBS], now=clock.now)
    return in_transaction(database, made)


@pytest.fixture
def keys(database: Engine, key: NewKey, clock: Clock) -> PartnerKeys:
    """What one server knows, refreshed once."""
    assert key
    known = PartnerKeys(database, clock)
    known.refresh()
    return known


@pytest.fixture
def worker(app: TestClient) -> Iterator[Deliveries]:
    """The sending of one server."""
    deliveries = Deliveries(services_of(app))
    yield deliveries
    deliveries.close()
