"""The pages of the documentation are whole without a network: everything that they load is served beside them."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

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
