"""What answers tell browsers and caches, whom they believe about who asks, and who reads the metrics."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.access.limiting import address_of
from api.configuration.settings import Settings
from api.http.metrics import Refusal
from api.http.refusals import refusal_answer
from api.server import _config as server_configuration
from store.people.accounts import Role
from tests.api.services_of import services_of


@pytest.fixture
def app(open_app: Any) -> TestClient:
    opened: TestClient = open_app()
    return opened


def asked_from(app: TestClient, address: str, **headers: str) -> int:
    with_address = TestClient(app.app, client=(address, 50_000), headers=headers)
    return int(with_address.get("/metrics").status_code)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/me", 200),
        ("GET", "/v1/me/export", 200),
        ("GET", "/v1/nothing", 404),
        ("POST", "/v1/auth/log-in", 415),
        ("PATCH", "/healthz", 405),
        ("POST", "/v1/recommendations", 503),
        ("GET", "/metrics", 200),
    ],
)
def test_every_answer_is_what_it_says_and_is_stored_nowhere(
    app: TestClient, sign_in: Any, method: str, path: str, status: int
) -> None:
    headers = sign_in(app, Role.EMPLOYER, email="a@correo.pe", agreed=()) if path.startswith("/v1/me") else {}
    body = {"profile": {"text": "Tejedora"}} if path == "/v1/recommendations" else None
    answer = app.request(method, path, json=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_so_is_one_of_a_failure_that_nobody_expected(app: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services_of(app), "missing", lambda: 1 / 0)
    answer = app.get("/readyz")
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (500, "nosniff")
    assert answer.headers["Cache-Control"] == "no-store"


def test_so_is_what_is_said_before_anything_is_asked() -> None:
    for refusal in Refusal:
        answer = refusal_answer(refusal)
        assert not answer or b"X-Content-Type-Options: nosniff" in answer


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_documentation_runs_nothing_of_another_host(app: TestClient, path: str) -> None:
    page = app.get(path)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "//" not in page.text.replace("http://www.w3.org", "").partition("<body>")[0]
    assert "cdn" not in page.text


@pytest.mark.parametrize("path", ["/v1/employers/", "/docs/", "/docs-files", "/healthz/", "/v1/recommendations/"])
def test_no_answer_leads_to_the_host_that_a_request_names(app: TestClient, path: str) -> None:
    answer = app.get(path, headers={"Host": "malo.example"}, follow_redirects=False)
    assert answer.status_code < 300 or answer.status_code >= 400
    assert "malo.example" not in json.dumps(dict(answer.headers)) + answer.text


def test_metrics_are_for_this_machine(app: TestClient) -> None:
    assert [asked_from(app, one) for one in ("127.0.0.1", "::1", "127.8.8.8")] == [200] * 3
    assert [asked_from(app, one) for one in ("190.12.3.4", "10.0.0.7", "2800:200::1")] == [403] * 3
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert asked_from(app, "127.0.0.1", **{name: "127.0.0.1"}) == 403


def test_a_token_opens_them_from_everywhere_and_nothing_else_does(open_app: Any) -> None:
    app = open_app(metrics_token="metricas-7")  # noqa: S106
    assert asked_from(app, "190.12.3.4", Authorization="Bearer metricas-7") == 200
    for address in ("127.0.0.1", "190.12.3.4"):
        for shown in ("", "Bearer metricas", "Bearer ñ", "Basic metricas-7"):
            assert asked_from(app, address, **({"Authorization": shown} if shown.isascii() else {})) == 401


def address_seen(settings: Settings, peer: str, forwarded: str) -> str:
    """Where a request seems to come from, as the server that is configured so passes it on."""
    seen: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["client"][0])

    configuration = server_configuration(app, settings)
    configuration.load()
    headers = [(b"x-forwarded-for", forwarded.encode())]
    scope = {"type": "http", "client": (peer, 1), "headers": headers, "scheme": "http"}
    asyncio.run(configuration.loaded_app(scope, None, None))
    return seen[0]


def test_what_says_who_asks_is_believed_from_proxies_that_are_named_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    for peer in ("127.0.0.1", "::1", "190.12.3.4"):
        assert address_seen(Settings(), peer, "8.8.8.8") == peer
    named = Settings(proxy_addresses="127.0.0.1, 10.0.0.0/8")
    assert address_seen(named, "127.0.0.1", "9.9.9.9, 8.8.8.8") == "8.8.8.8"
    assert address_seen(named, "10.1.2.3", "9.9.9.9, 8.8.8.8, 10.1.1.1") == "8.8.8.8"
    assert address_seen(named, "127.0.0.2", "8.8.8.8") == "127.0.0.2"


def test_who_has_one_address_of_an_ipv6_network_is_counted_by_the_network() -> None:
    class Asked:
        def __init__(self, host: str) -> None:
            self.client = type("Client", (), {"host": host})

    counted = [address_of(Asked(host)) for host in ("2800:200::1", "2800:200::ffff", "::ffff:190.1.2.3", "testclient")]  # type: ignore[arg-type]
    assert counted == ["2800:200::/64", "2800:200::/64", "190.1.2.3", "testclient"]
