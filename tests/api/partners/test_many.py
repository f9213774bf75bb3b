"""Many jobs or people at once, and lists of one's own: one bad line is that line's problem, and nothing is skipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.partners.parts import Clock, PartnerApp, make_partner
from tests.api.services_of import services_of

JOB = {"title": "Costurera a domicilio", "modality": "remote"}
FRAUD = "Solo pagas S/ 50 de inscripción por Yape antes de empezar"


def lines_of(app: TestClient, partner: PartnerApp, path: str, body: Any, **headers: str) -> list[dict[str, Any]]:
    answer = app.post(path, json=body, headers=partner.headers | headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/jsonl"
    return [json.loads(line) for line in answer.text.splitlines()]


def listed(app: TestClient, partner: PartnerApp, path: str, **query: Any) -> list[dict[str, Any]]:
    """Every item of a list, two a page."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = app.get(
            path, params=query | {"limit": 2} | ({"cursor": cursor} if cursor else {}), headers=partner.headers
        )
        assert page.status_code == 200, page.text
        found += page.json()["items"]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            return found


def test_one_bad_line_is_that_lines_problem(app: TestClient, partner: PartnerApp) -> None:
    other = make_partner(app, name="Bolsa Norte")
    assert app.put("/v1/jobs/norte-1", json=JOB, headers=other.headers).status_code == 201
    jobs = [
        {"job_id": "sur-1", "job": JOB},
        {"job_id": "sur 2", "job": JOB},
        {"job_id": "sur-3", "job": JOB | {"modality": "moon"}},
        {"job_id": "norte-1", "job": JOB},
        {"job_id": "sur-4", "job": JOB | {"description": FRAUD}},
        7,
        {"job_id": "sur-1", "job": JOB | {"title": "Costurera"}},
    ]
    lines = lines_of(app, partner, "/v1/jobs:batch", {"jobs": jobs}, **{"Accept-Language": "es"})
    assert [line["index"] for line in lines] == list(range(7))
    assert [line["job_id"] for line in lines] == ["sur-1", "sur 2", "sur-3", "norte-1", "sur-4", None, "sur-1"]
    problems = {line["index"]: line["problem"]["status"] for line in lines if "problem" in line}
    assert problems == {1: 422, 2: 422, 3: 409, 5: 422}
    assert lines[2]["problem"]["errors"][0]["field"] == "job.modality"
    assert lines[3]["problem"]["detail"].startswith("ese id ya está en uso")
    assert [lines[at]["state"] for at in (0, 4, 6)] == ["open", "waiting", "open"]
    assert app.get("/v1/jobs/sur-1", headers=partner.headers).json()["title"] == "Costurera"
    assert app.get("/v1/jobs/norte-1", headers=other.headers).json()["title"] == JOB["title"]


def test_a_thousand_sent_again_change_nothing(app: TestClient, partner: PartnerApp) -> None:
    body: dict[str, Any] = {
        "jobs": [{"job_id": f"sur-{number}", "job": JOB | {"title": f"Costurera {number}"}} for number in range(200)]
    }
    first = lines_of(app, partner, "/v1/jobs:batch", body)
    newest = services_of(app).records.job_change_number()
    assert lines_of(app, partner, "/v1/jobs:batch", body) == first
    assert services_of(app).records.job_change_number() == newest
    assert [line["state"] for line in first] == ["open"] * 200
    assert app.get("/v1/partner", headers=partner.headers).json()["used"]["today"] == 3  # a batch counts as one


@pytest.mark.parametrize("path", ["/v1/jobs:batch", "/v1/seekers:batch"])
def test_what_is_no_batch_is_refused_whole(app: TestClient, partner: PartnerApp, path: str) -> None:
    key = path.split("/")[-1].removesuffix(":batch")
    bodies: list[dict[str, object]] = [{key: []}, {key: [{}] * 1_001}, {}, {key: {}}]
    for body in bodies:
        assert app.post(path, json=body, headers=partner.headers).status_code == 422


def test_people_are_saved_many_at_a_time_by_their_own_partner(app: TestClient, partner: PartnerApp) -> None:
    other = make_partner(app, name="Bolsa Norte")
    app.put("/v1/seekers/norte-1", json={"text": "Costura"}, headers=other.headers)
    seekers = [
        {"seeker_id": "rosa-1", "profile": {"text": "Costura, escríbeme a rosa@correo.pe"}, "is_findable": True},
        {"seeker_id": "rosa-2", "profile": {}},
        {"seeker_id": "norte-1", "profile": {"text": "Costura"}},
        {"seeker_id": "rosa-3", "profile": {"text": "Bordado"}, "more": 1},
    ]
    lines = lines_of(app, partner, "/v1/seekers:batch", {"seekers": seekers})
    assert [line.get("problem", {}).get("status") for line in lines] == [None, 422, 409, 422]
    assert lines[0] == {"index": 0, "seeker_id": "rosa-1", "vector": "pending"}
    (own,) = listed(app, partner, "/v1/seekers")
    assert (own["seeker_id"], own["is_findable"], "rosa@" in own["profile"]["text"]) == ("rosa-1", True, False)
    assert [one["seeker_id"] for one in listed(app, other, "/v1/seekers")] == ["norte-1"]


def test_ones_own_jobs_are_listed_in_the_order_of_their_changes(
    app: TestClient, partner: PartnerApp, clock: Clock
) -> None:
    other = make_partner(app, name="Bolsa Norte")
    app.put("/v1/jobs/norte-1", json=JOB, headers=other.headers)
    for number in (5, 3, 1):
        app.put(f"/v1/jobs/sur-{number}", json=JOB, headers=partner.headers)
    since = clock.now.isoformat()
    clock.move(minutes=1)
    later = clock.now.isoformat()
    app.put("/v1/jobs/sur-3", json=JOB | {"is_open": False}, headers=partner.headers)
    app.delete("/v1/jobs/sur-1", headers=partner.headers)
    app.put("/v1/jobs/sur-2", json=JOB | {"description": FRAUD}, headers=partner.headers)
    states = [(one["job_id"], one["state"], one["job"] is None) for one in listed(app, partner, "/v1/jobs")]
    assert states == [
        ("sur-5", "open", False),
        ("sur-1", "closed", True),
        ("sur-2", "waiting", False),
        ("sur-3", "closed", False),
    ]

    def named(**query: Any) -> list[str]:
        return [one["job_id"] for one in listed(app, partner, "/v1/jobs", **query)]

    assert named(changed_since=later) == ["sur-1", "sur-2", "sur-3"]
    assert named(changed_since=since) == ["sur-5", "sur-1", "sur-2", "sur-3"]
    assert (named(is_open=True), named(is_open=False)) == (["sur-5"], ["sur-1", "sur-2", "sur-3"])
    assert named(changed_since="2030-01-01T00:00:00Z") == []
    assert [one["job_id"] for one in listed(app, other, "/v1/jobs")] == ["norte-1"]


@pytest.mark.parametrize("query", [{"changed_since": "ayer"}, {"cursor": "WyJhIiwiYiJd"}, {"cursor": "WyJhIl0"}])
def test_a_list_refuses_what_is_no_time_and_no_cursor_of_its_own(
    app: TestClient, partner: PartnerApp, query: dict[str, str]
) -> None:
    for path in ("/v1/jobs", "/v1/seekers"):
        answer = app.get(path, params=query, headers=partner.headers)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, next(iter(query)))


def test_a_job_of_somebody_else_that_one_reads_is_forbidden_to_change_in_words(
    app: TestClient, partner: PartnerApp
) -> None:
    other = make_partner(app, name="Bolsa Norte")
    app.put("/v1/jobs/norte-1", json=JOB, headers=other.headers)
    app.put("/v1/jobs/norte-2", json=JOB | {"description": FRAUD}, headers=other.headers)
    asked: list[Callable[[str], Any]] = [
        lambda job_id: app.delete(f"/v1/jobs/{job_id}", headers=partner.headers),
        lambda job_id: app.get("/v1/applications", params={"job_id": job_id}, headers=partner.headers),
    ]
    for ask in asked:
        told = ask("norte-1")
        assert (told.status_code, told.json()["detail"].startswith("the job is of somebody else")) == (403, True)
        assert [ask(hidden).status_code for hidden in ("norte-2", "nobodys")] == [404, 404]


def test_one_bad_event_or_id_leaves_the_rest(app: TestClient, partner: PartnerApp) -> None:
    app.put("/v1/jobs/sur-1", json=JOB, headers=partner.headers)
    app.put("/v1/seekers/rosa-1", json={"text": "Costura"}, headers=partner.headers)
    event = {"event_id": "e-1", "kind": "click", "seeker_id": "rosa-1", "job_id": "sur-1"}
    event["occurred_at"] = "2026-11-25T19:00:00+00:00"
    events = [event | {"kind": "wink"}, event, event | {"event_id": "e-2", "seeker_id": "nobody"}, "x"]
    told = app.post("/v1/events", json={"events": events}, headers=partner.headers).json()
    assert told["new"] == 1
    assert [(one["index"], one["reason"]) for one in told["rejected"]] == [
        (0, "invalid"),
        (2, "not_your_seeker"),
        (3, "invalid"),
    ]
    assert told["rejected"][0]["problem"]["errors"][0]["field"] == "kind"
    assert told["rejected"][1]["problem"]["detail"] == "no such seeker; got 'nobody'"
