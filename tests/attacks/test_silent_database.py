"""A PostgreSQL that is stopped in the middle of its work: requests end, and it all goes on afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import make_url

from tests.api.real_things import PROFILE, RealThings
from tests.api.served_app import ServedApp, served_app
from tests.databases import Databases, NewDatabaseUrl

GIVE_UP_SECONDS = 120
ASKED = 30


@pytest.mark.postgresql_only("a server alone can be silent")
def test_requests_to_a_database_that_says_nothing_end_with_503(
    databases: Databases, new_database_url: NewDatabaseUrl, tiny_bundles: Path, tmp_path: Path
) -> None:
    url = make_url(new_database_url(tmp_path)).update_query_dict({"connect_timeout": "2"})
    stated = url.render_as_string(hide_password=False)
    with served_app(tmp_path, tiny_bundles, stated, database_silent_seconds=1, most_at_once_per_caller=ASKED) as served:
        real = RealThings(served)
        calls: list[tuple[str, str, dict[str, str], Any]] = [
            ("GET", "/v1/me/profile", real.headers(real.seeker), None),
            ("PUT", "/v1/seekers/rosa", real.partner, PROFILE),
            ("POST", "/v1/recommendations", real.partner, {"seeker_id": real.partners_seeker}),
        ]
        assert {status_of(served, *call) for call in calls} <= {200, 201}
        with databases.silent(), ThreadPoolExecutor(ASKED) as asking:
            answers = list(asking.map(lambda n: status_of(served, *calls[n % 3]), range(ASKED)))
            assert set(answers) == {503}
            assert requests.get(f"{served.url}/healthz", timeout=GIVE_UP_SECONDS).status_code == 200
        assert {status_of(served, *call) for call in calls} <= {200, 201}


def status_of(served: ServedApp, method: str, path: str, headers: dict[str, str], body: Any) -> int:
    """Of an answer, on a connection of its own."""
    url = served.url + path
    return requests.request(method, url, headers=headers, json=body, timeout=GIVE_UP_SECONDS).status_code
