"""An installation without the extra `analytics`: everything but what analysts ask works, and that says what to install.

DuckDB cannot be imported in a process of its own, which opens the same data.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sample.world import World
from store.people.accounts import Role
from tests.api.services_of import services_of

ROOT = Path(__file__).parents[3]
ASK = """
import json, sys
for library in ("duckdb", "scipy", "sklearn", "tensorflow"):
    sys.modules[library] = None  # so that an import of it fails
from pathlib import Path
from fastapi.testclient import TestClient
from api.server import create_app
from api.configuration.settings import Settings
data, keys, url, *asked = json.load(sys.stdin)
app = create_app(Settings(data_dir=Path(data), master_keys=Path(keys), database_url=url))
with TestClient(app, raise_server_exceptions=False) as client:
    for method, path, headers in asked:
        answer = client.request(method, path, headers=headers)
        is_json = "json" in answer.headers["content-type"]
        print(json.dumps([answer.status_code, answer.json() if is_json else answer.text]))
"""
ANALYTICS = "/v1/analytics"


def answers_without_duckdb(app: TestClient, asked: list[tuple[str, str, dict[str, str]]]) -> list[tuple[int, Any]]:
    """Status and document of each request, as a process without DuckDB answers it over an app's data."""
    settings = services_of(app).settings
    url = services_of(app).database.url.render_as_string(hide_password=False)
    where = [str(settings.data_dir), str(settings.master_keys), url, *asked]
    done = subprocess.run(
        [sys.executable, "-c", ASK], input=json.dumps(where), capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return [(status, document) for status, document in map(json.loads, done.stdout.splitlines())]


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_world: World) -> TestClient:
    client = open_app()
    services_of(client).records.put_seekers(tiny_world.seekers)
    return client


def test_analysts_are_told_what_to_install_and_all_else_is_served(
    app: TestClient, sign_in: Callable[..., dict[str, str]]
) -> None:
    analyst = sign_in(app, Role.ANALYST, email="analista@correo.pe", agreed=())
    taken = app.post(f"{ANALYTICS}/snapshots", headers=analyst).json()
    told = answers_without_duckdb(
        app,
        [
            ("GET", f"{ANALYTICS}/snapshots", analyst),
            ("GET", "/v1/me", analyst),
            ("GET", f"{ANALYTICS}/questions/funnel", analyst),
            ("GET", f"{ANALYTICS}/report", analyst),
            ("POST", f"{ANALYTICS}/snapshots", analyst),
        ],
    )
    assert told[0][1]["items"] == [taken]
    assert [status for status, _ in told] == [200, 200, 501, 501, 501]
    for _, problem in told[2:]:
        assert problem["type"] == "/problems/not-installed"
        assert problem["detail"] == "DuckDB no está instalado; en la carpeta de Chamba: pip install '.[analytics]'"
        assert all(".[analytics]" in problem["messages"][language] for language in ("es", "en"))


COMMAND = """
import sys
for library in ("duckdb", "scipy", "sklearn", "tensorflow"):
    sys.modules[library] = None
import chamba
sys.argv = ["chamba", *sys.argv[1:]]
chamba.main()
"""


@pytest.mark.parametrize("command", ["erasures", "report"])
def test_erasures_are_finished_where_no_snapshot_is_and_a_report_says_what_it_needs(
    app: TestClient, sign_in: Callable[..., dict[str, str]], command: str
) -> None:
    services = services_of(app)
    data = str(services.settings.data_dir)
    url = services.database.url.render_as_string(hide_password=False)
    if command == "report":
        analyst = sign_in(app, Role.ANALYST, email="analista@correo.pe", agreed=())
        assert app.post(f"{ANALYTICS}/snapshots", headers=analyst).status_code == 201
        more, expected = ["--out", f"{data}/report.html"], (2, "pip install '.[analytics]'")
    else:
        person = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
        app.post("/v1/me/erasure", json={"password": "lluvia en Huaraz"}, headers=person)
        keys = str(services.settings.master_keys)
        more = ["--settle-seconds", "0", "--master-keys", keys, "--database-url", url]
        expected = (0, "1 erasures finished")
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, command, "--data-dir", data, *more],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, expected[1] in done.stdout + done.stderr) == (expected[0], True), done.stderr
    assert not (Path(data) / "report.html").exists()
