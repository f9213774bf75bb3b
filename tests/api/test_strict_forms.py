"""What the document says of a form holds: what it refuses is refused, and what it lets pass harms nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from store.people.accounts import Role

Bearer = dict[str, str]


@pytest.fixture(scope="module")
def employer(client: TestClient, sign_in: Callable[..., Bearer]) -> Bearer:
    return sign_in(client, Role.EMPLOYER, email="killa@correo.pe")


@pytest.fixture(scope="module")
def employer_id(client: TestClient, employer: Bearer) -> str:
    made = client.post("/v1/employers", json={"name": "Tienda Killa"}, headers=employer)
    found: str = made.json()["employer_id"]
    return found


@pytest.fixture(scope="module")
def analyst(client: TestClient, sign_in: Callable[..., Bearer]) -> Bearer:
    return sign_in(client, Role.ANALYST, email="analista@correo.pe")


@pytest.mark.parametrize(
    "wrong",
    [
        *({"country": ""}, {"country": "pe"}, {"country": "PE\n"}, {"website": ""}, {"website": "ftp://killa.pe"}),
        *({"website": "https://kil la.pe"}, {"tax_id": "20555123452"}, {"name": "a\0b"}),
    ],
)
def test_an_organisation_is_described_in_the_forms_that_are_asked_for(
    client: TestClient, employer: Bearer, wrong: dict[str, str]
) -> None:
    refused = client.post("/v1/employers", json={"name": "Tienda Inti"} | wrong, headers=employer)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == next(iter(wrong))


@pytest.mark.parametrize("email", ["", "nadie", "a@b", "@correo.pe"])
def test_a_colleague_is_named_by_a_mail_address(
    client: TestClient, employer: Bearer, employer_id: str, email: str
) -> None:
    refused = client.post(f"/v1/employers/{employer_id}/members", json={"email": email}, headers=employer)
    assert refused.status_code == 422


@pytest.mark.parametrize("hours", [5e-324, 0.1, 0, 169])
def test_a_job_of_no_time_at_all_is_refused_and_spoils_no_answer(client: TestClient, hours: float) -> None:
    flexible = {"kind": "flexible", "time_zone": "America/Lima", "hours_per_week": hours}
    for job in ({"hours_per_week": hours}, {"schedule": flexible}):
        assert client.put("/v1/jobs/nada", json={"title": "Diseñadora gráfica"} | job).status_code == 422
    asked = {"profile": {"text": "Diseñadora gráfica", "availability": {"time_zone": "America/Lima"}}, "limit": 100}
    answer = client.post("/v1/recommendations", json=asked).json()
    assert all(one["score"] is not None for one in answer["recommendations"])


def test_a_filter_that_is_named_twice_counts_once(client: TestClient) -> None:
    asked: dict[str, Any] = {"profile": {"text": "Diseñadora gráfica"}, "limit": 5}
    once, twice = (
        client.post("/v1/recommendations", json=asked | {"filters": {"modalities": ["remote"] * times}}).json()
        for times in (1, 2)
    )
    assert once["recommendations"] == twice["recommendations"]


@pytest.mark.parametrize(
    ("wrong", "is_posted"),
    [
        ({"totalJobOpenings": "1" * 5_000}, True),
        ({"datePosted": "0001-01-01T00:00:00+14:00"}, True),
        ({"validThrough": "9999-12-31T23:59:59-14:00"}, True),
        ({"validThrough": "whenever"}, True),
        ({"title": ""}, False),
    ],
)
def test_one_posting_that_cannot_be_read_keeps_no_other_from_being_posted(
    client: TestClient, employer: Bearer, employer_id: str, wrong: dict[str, str], is_posted: bool
) -> None:
    right = {"@type": "JobPosting", "title": "Tejedora", "identifier": "tejedora"}
    headers = employer | {"Content-Type": "application/ld+json"}
    posted = client.post(
        f"/v1/employers/{employer_id}/jobs:import", json=[right | {"identifier": "x"} | wrong, right], headers=headers
    )
    assert posted.status_code == 200, posted.text
    assert [line["posting"] is not None for line in posted.json()["items"]] == [is_posted, True]


@pytest.mark.parametrize("port", ["65536", str(2**70), "-1"])
def test_a_webhook_has_a_port_that_there_is(client: TestClient, port: str) -> None:
    asked = {"url": f"https://127.0.0.1:{port}/hook", "kinds": ["job.closed"]}
    refused = client.post("/v1/webhooks", json=asked)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["got"] == "not an address"


@pytest.mark.parametrize("day", ["0", "1e400", "20261125", "2026-11-25T00:00:00", "2026-1-1", "٢٠٢٦-١١-٢٥"])
def test_analysts_write_days_as_days(client: TestClient, analyst: Bearer, day: str) -> None:
    refused = client.get("/v1/analytics/report", params={"since": day}, headers=analyst)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "since"


def test_a_snapshot_that_is_asked_for_again_with_the_same_key_is_taken_once(
    client: TestClient, analyst: Bearer
) -> None:
    path, headers = "/v1/analytics/snapshots", analyst | {"Idempotency-Key": "esta-semana"}
    first, again = (client.post(path, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert [one["version"] for one in client.get(path, headers=analyst).json()["items"]] == [first.json()["version"]]
    other = client.post(path, headers=analyst)
    assert other.json()["version"] != first.json()["version"]


def test_the_audit_log_is_not_asked_with_words_that_it_never_holds(
    client: TestClient, sign_in: Callable[..., Bearer]
) -> None:
    admin = sign_in(client, Role.ADMINISTRATOR, email="admin@correo.pe")
    for subject, status in (("account:x", 200), ("a\0b", 422), ("ñandú", 422), ("", 422)):
        asked = client.get("/v1/admin/audit", params={"subject": subject}, headers=admin)
        assert asked.status_code == status, subject


def test_linked_data_names_what_it_could_not_read_and_keeps_postings_of_one_requisition_apart(
    client: TestClient, employer: Bearer, employer_id: str
) -> None:
    told = {"@type": "JobPosting", "title": "Tejedora", "identifier": "R-1", "datePosted": "cuando sea"}
    postings = [told | {"url": "https://a.pe/1"}, told | {"url": "https://a.pe/2"}, {"@type": "WebSite", "name": "a"}]
    headers = employer | {"Content-Type": "application/ld+json"}
    path = f"/v1/employers/{employer_id}/jobs:import"
    first, again = (client.post(path, json=postings, headers=headers).json()["items"] for _ in range(2))
    ids = [line["posting"]["job_id"] for line in first[:2]]
    assert len(set(ids)) == 2
    assert ids == [line["posting"]["job_id"] for line in again[:2]]
    assert "cuando sea" in first[0]["unread"]["posted_at"]
    assert (first[2]["posting"], "website" in first[2]["problem"]["detail"]) == (None, True)
