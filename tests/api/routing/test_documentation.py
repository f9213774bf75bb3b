"""The pages of the documentation are whole without a network: everything that they load is served beside them."""

from __future__ import annotations

import re
from threading import get_ident

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.routing.documentation import add_documentation

LOADED = re.compile(r"""(?:src|href|spec-url|url)\s*[=:]\s*["']([^"']+)["']""")


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_a_page_names_no_other_host_and_what_it_loads_is_served(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "//" not in re.sub(r"<!--.*?-->", "", page.text, flags=re.DOTALL)
    loaded = LOADED.findall(page.text)
    assert "/openapi.json" in loaded
    assert any(address.endswith(".js") for address in loaded)
    for address in loaded:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_what_runs_in_a_page_may_ask_no_other_host(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    allowed = {source for directive in policy.split(";") for source in directive.split()[1:]}
    assert "default-src 'self'" in policy
    assert allowed <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert "validator.swagger" not in client.get(path).text


def test_the_description_is_packed_for_who_takes_it_so_and_is_the_same(client: TestClient) -> None:
    packed = client.get("/openapi.json", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/openapi.json", headers={"Accept-Encoding": "identity"})
    assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert "Accept-Encoding" in plain.headers["vary"]
    assert packed.json() == plain.json()
    assert "servers" not in plain.json()


def test_the_description_is_made_once_and_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    app = FastAPI(openapi_url=None)
    add_documentation(app)
    makers: list[int] = []

    def made() -> dict[str, str]:
        makers.append(get_ident())
        return {"openapi": "3.1.0"}

    @app.get("/loop")
    async def loop() -> int:
        return get_ident()

    monkeypatch.setattr(app, "openapi", made)
    with TestClient(app) as client:
        assert [client.get("/openapi.json").json()["openapi"] for _ in range(2)] == ["3.1.0", "3.1.0"]
        assert len(makers) == 1
        assert makers[0] != client.get("/loop").json()
