"""Each answer names its request and, for a partner, its limits; HEAD and OPTIONS are answered at every address."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.log_filters import RequestIdFilter
from api.http.problems import ProblemKind
from api.routes import api_routes

URL = "/v1/recommendations"
ASKED = {"profile": {"text": "costurera"}, "limit": 1}
LEFT = re.compile(r'"minute";r=(\d+);t=(\d+), "day";r=(\d+);t=(\d+)')


@pytest.mark.parametrize("path", ["/healthz", "/v1/jobs/nowhere", "/nowhere", "/problems/not-found"])
def test_a_request_keeps_the_name_that_its_caller_gave_it(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"X-Request-ID": "order-17.b_2"})
    assert answer.headers.get_list("x-request-id") == ["order-17.b_2"]
    if answer.status_code >= 400:
        assert answer.json()["request_id"] == "order-17.b_2"


@pytest.mark.parametrize("named", ["", "a b", "x" * 65, "<script>", 'a"b', "ñ".encode(), "a\tb"])
def test_a_name_that_could_end_a_line_or_a_page_is_replaced(client: TestClient, named: Any) -> None:
    first, second = (client.post(URL, json=ASKED, headers={"X-Request-ID": named}) for _ in range(2))
    made = first.headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}-[0-9a-f]+", made)
    assert made != second.headers["x-request-id"]


def test_a_failure_of_ours_names_its_request_in_the_answer_and_the_log(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> Any:
        logging.getLogger("chamba.api").error("what failed")
        raise RuntimeError

    monkeypatch.setattr("api.partners.service.own_jobs.seen_job", fail)
    written: list[str] = []
    handler = logging.Handler()
    handler.addFilter(RequestIdFilter())
    handler.emit = lambda record: written.append(record.getMessage() + record.request)  # type: ignore[method-assign,attr-defined]
    logging.getLogger("chamba.api").addHandler(handler)
    try:
        answer = client.get("/v1/jobs/a", headers={"X-Request-ID": "lost-1"})
    finally:
        logging.getLogger("chamba.api").removeHandler(handler)
    assert (answer.status_code, answer.json()["request_id"], answer.headers["x-request-id"]) == (500, *["lost-1"] * 2)
    assert "what failed [request lost-1]" in written


def test_a_partner_is_told_its_limits_with_every_answer(client: TestClient) -> None:
    hot, profile = client.post(URL, json=ASKED), client.get("/v1/seekers/nobody")
    for answer in (hot, profile):
        assert answer.headers["ratelimit-policy"] == '"minute";q=2147483647;w=60, "day";q=2147483647;w=86400'
    before, after = (LEFT.fullmatch(answer.headers["ratelimit"]) for answer in (hot, profile))
    assert before
    assert after
    assert int(before[3]) - int(after[3]) == 1
    assert 0 < int(before[2]) <= 60
    assert "ratelimit" not in client.get("/healthz").headers
    assert "ratelimit" not in client.get(URL, headers={"Authorization": "Bearer chamba_wrong_key"}).headers


def test_head_is_get_without_its_body_wherever_get_is(client: TestClient) -> None:
    unknown = "0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a40"
    paths = [
        route.path.format(**dict.fromkeys(route.param_convertors, unknown))
        for route in api_routes()
        if "GET" in (route.methods or ())
    ]
    paths += ["/docs", "/redoc", "/openapi.json"]
    volatile = {"content-length", "x-request-id", "ratelimit", "date"}
    for path in paths:
        head, got = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert head.headers.keys() - volatile == got.headers.keys() - volatile, path
    assert client.head(URL).status_code == 405


def test_options_tells_the_methods_of_an_address_to_anybody(client: TestClient) -> None:
    answer = client.options("/v1/jobs/a", headers={"Authorization": ""})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PUT"
    assert client.options("/nowhere").status_code == 404


@pytest.mark.parametrize("kind", list(ProblemKind))
def test_the_type_of_each_problem_leads_to_a_page(client: TestClient, kind: ProblemKind) -> None:
    path = f"/problems/{kind.slug}"
    spanish = client.get(path, headers={"Accept-Language": "es", "Authorization": ""})
    english = client.get(path, headers={"Authorization": ""})
    assert (spanish.json()["type"], spanish.json()["status"]) == (path, kind.status)
    assert (spanish.headers["content-language"], english.headers["content-language"]) == ("es", "en")
    for part in ("title", "what", "fix"):
        assert spanish.json()[part] != english.json()[part]
    page = client.get(path, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "es"})
    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="es">' in page.text
    assert spanish.json()["title"] in page.text


def test_a_page_of_no_problem_is_not_found(client: TestClient) -> None:
    assert client.get("/problems/%3Cscript%3E").status_code == 404


PAGE = "https://app.bolsasur.pe"
PREFLIGHT = {"Origin": PAGE, "Access-Control-Request-Method": "POST", "Authorization": ""}


def test_pages_of_others_may_ask_only_where_an_operator_says_so(open_app: Callable[..., TestClient]) -> None:
    client = open_app(cors_origins=f"{PAGE}, http://localhost:5173")
    told = client.options(URL, headers=PREFLIGHT)
    assert told.status_code == 204
    assert told.headers["access-control-allow-origin"] == PAGE
    assert "Authorization" in told.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in told.headers
    answer = client.get("/v1/jobs/a", headers={"Origin": PAGE})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (404, PAGE)
    assert "X-Request-ID" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers.get_list("vary")
    for path in ("/v1/me", "/v1/auth/log-in", "/v1/admin/accounts", "/metrics"):
        assert "access-control-allow-origin" not in client.get(path, headers={"Origin": PAGE}).headers
    other = client.options(URL, headers=PREFLIGHT | {"Origin": "https://app.bolsasur.pe.example"})
    assert "access-control-allow-origin" not in other.headers
    assert "access-control-allow-origin" not in client.get("/v1/jobs/a", headers={"Origin": "null"}).headers


def test_without_the_setting_no_page_of_others_may(client: TestClient) -> None:
    assert "access-control-allow-origin" not in client.options(URL, headers=PREFLIGHT).headers
    assert "access-control-allow-origin" not in client.get("/v1/jobs/a", headers={"Origin": PAGE}).headers


@pytest.mark.parametrize("stated", ["*", "app.example.pe", "http://app.example.pe", "https://a.pe/path", "null"])
def test_an_origin_that_browsers_do_not_send_is_refused(open_app: Callable[..., TestClient], stated: str) -> None:
    with pytest.raises(ValueError, match="origins"):
        open_app(cors_origins=stated)
