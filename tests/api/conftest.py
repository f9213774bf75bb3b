"""The real app over the tiny bundle and a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from api.app import create_app
from api.configuration.settings import Settings
from api.credentials.callers import Scope
from api.credentials.passwords import Passwords
from api.delivering.deliveries import Deliveries
from store.encryption.master_keys import create_master_keys
from store.partners.keys import create_key
from store.partners.partners import NewPartner, RequestLimits, create_partner, list_partners
from store.people.accounts import STAFF, NewAccount, Role, create_account
from store.people.consents import ConsentPurpose, record_consent
from store.people.seeker_accounts import tie_seeker
from tests.api.real_things import RealThings
from tests.api.served_app import ServedApp, served_app
from tests.api.services_of import services_of
from tests.api.signed_in import add_app, signed_in
from tests.databases import NewDatabaseUrl

OpenApp = Callable[..., TestClient]
Mails = Callable[[TestClient], list[str]]
Bearer = dict[str, str]
Scraped = Callable[..., float]

EVENING_DESIGNER: dict[str, Any] = {
    "text": "Diseñadora gráfica, identidad de marca y redes sociales",
    "skills": ["Adobe Illustrator", "Photoshop"],
    "languages": {"es": "native", "en": "A2"},
    "availability": {
        "time_zone": "America/Lima",
        "hours_per_week": 20,
        "windows": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}],
    },
    "device": "phone",
    "min_pay": {"amount": 1130, "currency": "PEN", "period": "month"},
}


LEAST_KIB, NEVER = 19_456, 1e6
TESTS = "tests"
PLENTY = RequestLimits(2**31 - 1, 2**31 - 1)


def as_partner(client: TestClient) -> TestClient:
    """The client with a key of the partner `tests` that opens everything; without one while there is no database."""
    services = services_of(client)

    def key(connection: Connection) -> str:
        known = {partner.name: partner.partner_id for partner in list_partners(connection, None, 100)}
        partner_id = known.get(TESTS)
        if partner_id is None:
            partner_id = create_partner(connection, services.cipher, NewPartner(TESTS, PLENTY), services.now())
        return create_key(connection, partner_id, list(Scope), services.now()).text

    client.headers["Authorization"] = "Bearer chamba_some_key"
    with suppress(SQLAlchemyError):
        client.headers["Authorization"] = f"Bearer {services.write(key)}"
    services.partner_keys.refresh()
    return client


@pytest.fixture(scope="session")
def other_partner() -> Callable[[TestClient], Bearer]:
    """Makes another partner with a key that opens everything, and gives its header."""

    def make(client: TestClient) -> Bearer:
        services = services_of(client)

        def key(connection: Connection) -> str:
            partner_id = create_partner(connection, services.cipher, NewPartner("other", PLENTY), services.now())
            return create_key(connection, partner_id, list(Scope), services.now()).text

        text = services.write(key)
        services.partner_keys.refresh()
        return {"Authorization": f"Bearer {text}"}

    return make


@pytest.fixture(scope="session")
def with_key() -> Callable[[TestClient], TestClient]:
    """Gives a client a key, of an app whose database came later."""
    return as_partner


@pytest.fixture(scope="session")
def mails() -> Mails:
    """The mails that an app has sent so far, the first first: `mails(client)`."""

    def read(client: TestClient) -> list[str]:
        services = services_of(client)
        worker = Deliveries(services)
        while worker.send_due():  # some at a time
            pass
        files = sorted((services.settings.data_dir / "outbox").glob("*.eml"))
        found = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        return [f"{mail['To']}\n{mail['Subject']}\n{mail.get_content()}" for mail in found]

    return read


@pytest.fixture(scope="session")
def texts() -> Mails:
    """The messages to phones that an app has sent so far, the first first: number, way, text: `texts(client)`."""

    def read(client: TestClient) -> list[str]:
        services = services_of(client)
        worker = Deliveries(services)
        while worker.send_due():
            pass
        files = sorted((services.settings.data_dir / "outbox").glob("*.sms"))
        written = [file.read_text(encoding="utf-8").partition("\n\n") for file in files]
        heads = [head.replace("To: ", "").replace("\nBy: ", " ") for head, _, _ in written]
        return [f"{head} {text.strip()}" for head, (_, _, text) in zip(heads, written, strict=True)]

    return read


@pytest.fixture(scope="session")
def sign_in() -> Callable[..., Bearer]:
    """Makes an account with some roles and gives its header: `sign_in(client, Role.SEEKER, email="a@b.pe")`."""

    hashed = Passwords(LEAST_KIB).hashed("lluvia en Huaraz")

    def make(client: TestClient, *roles: Role, email: str, agreed: Iterable[str] = ("matching",)) -> Bearer:
        services = services_of(client)

        def work(connection: Connection) -> str:
            now, cipher = services.now(), services.cipher
            account_id = create_account(connection, cipher, NewAccount(email, hashed, frozenset(roles)), now)
            if Role.SEEKER in roles:
                tie_seeker(connection, account_id, now)
            for purpose in agreed:
                record_consent(connection, account_id, ConsentPurpose(purpose), "2026-11", is_given=True, now=now)
            return account_id

        account_id = services.write(work)
        if not STAFF.isdisjoint(roles):  # who can do nothing without
            add_app(services, account_id)
        return signed_in(services, account_id)

    return make


@pytest.fixture
def evening_designer() -> dict[str, Any]:
    """The profile of the issue's example."""
    return {**EVENING_DESIGNER}


@pytest.fixture
def open_app(tmp_path: Path, new_database_url: NewDatabaseUrl) -> Iterator[OpenApp]:
    """Opens an app over a data folder and a database of its own, `bundles` linked into it when given; closed later.

    The client asks as a partner with every scope, unless it is given another `Authorization`.
    Other settings, such as the `database_url` of two apps, are given by name.
    """
    with ExitStack() as opened:

        def open_(bundles: Path | None = None, **settings: Any) -> TestClient:
            data = tmp_path / f"data-{len(list(tmp_path.iterdir()))}"
            data.mkdir()
            if bundles is not None:
                (data / "bundles").symlink_to(bundles)
            if "database_url" not in settings:
                settings["database_url"] = new_database_url(data)
            keys = tmp_path / "keys" / "master.keys"  # of all of them: they may share a database
            if not keys.exists():
                keys.parent.mkdir()
                create_master_keys(keys)
            usual = {"master_keys": keys} | {
                "bundle_poll_seconds": 0.02,
                "delivery_poll_seconds": NEVER,
                "journal_seconds": NEVER,
                "password_memory_kib": LEAST_KIB,
            }
            app = create_app(Settings(data_dir=data, **usual | settings))
            return as_partner(opened.enter_context(TestClient(app, raise_server_exceptions=False)))

        yield open_


@pytest.fixture(scope="module")
def client(
    tiny_bundles: Path, new_module_database_url: NewDatabaseUrl, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """An app that serves the tiny bundle, shared by a module's tests; it asks as a partner with every scope."""
    data = tmp_path_factory.mktemp("data")
    (data / "bundles").symlink_to(tiny_bundles)
    url = new_module_database_url(data)
    settings = Settings(data_dir=data, database_url=url, password_memory_kib=LEAST_KIB)
    with TestClient(create_app(settings), raise_server_exceptions=False) as opened:
        yield as_partner(opened)


@pytest.fixture
def scraped() -> Scraped:
    """Reads one sample of an app's metrics, at 0 where it is not exported: `scraped(client, name, stage="encode")`."""

    def read(client: TestClient, name: str, **labels: str) -> float:
        for family in text_string_to_metric_families(client.get("/metrics").text):
            for sample in family.samples:
                if sample.name == name and sample.labels == labels:
                    return float(sample.value)
        return 0.0

    return read


@pytest.fixture(scope="module")
def served(
    tiny_bundles: Path, new_module_database_url: NewDatabaseUrl, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApp]:
    """An app under a real server."""
    data = tmp_path_factory.mktemp("data")
    with served_app(data, tiny_bundles, new_module_database_url(data)) as served:
        yield served


@pytest.fixture
def real(served: ServedApp) -> RealThings:
    """What the requests to `served` name."""
    return RealThings(served)
