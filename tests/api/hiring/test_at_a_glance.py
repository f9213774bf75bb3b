"""What an employer reads of many people at a glance: who applied, what they do, how they fit; of others no names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from tests.api.services_of import services_of
from tests.api.suspended.parts import Bearer

MORNINGS = {"time_zone": "America/Lima", "windows": [{"days": ["mon"], "start": "08:00", "end": "12:00"}]}


@contextmanager
def counted(app: TestClient) -> Iterator[list[str]]:
    """The statements that requests execute meanwhile; keys are read again by the clock, whatever is asked."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if current_thread().name.startswith("AnyIO worker") and "data_keys" not in statement:
            statements.append(statement)

    engine = services_of(app).database
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def applications(app: TestClient, person: Callable[..., Bearer], job_id: str) -> dict[str, str]:
    """Three applications by who made them: one who fits, one who lacks the hours, one who does something else."""
    people = {
        "rosa": person("rosa"),
        "ana": person("ana", availability=MORNINGS, agreed=("matching",)),
        "eva": person("eva", text="Cocinera de menú criollo. Atiendo eventos.", skills=["Cocina"], availability=None),
    }
    found = {}
    for name, headers in people.items():
        made = app.post("/v1/me/applications", json={"job_id": job_id, "text": f"Soy {name}"}, headers=headers)
        assert made.status_code == 201, made.text
        found[name] = str(made.json()["application_id"])
    app.post(f"/v1/me/applications/{found['eva']}/messages", json={"text": "¿Hay novedades?"}, headers=people["eva"])
    return found


def listed(app: TestClient, killa: Bearer, employer_id: str, **asked: Any) -> list[dict[str, Any]]:
    answer = app.get(f"/v1/employers/{employer_id}/applications", params=asked, headers=killa)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_a_list_says_who_applied_what_they_do_and_how_they_fit(
    app: TestClient, killa: Bearer, employer_id: str, applications: dict[str, str]
) -> None:
    eva, ana, rosa = listed(app, killa, employer_id)
    assert [one["application_id"] for one in (rosa, ana, eva)] == list(applications.values())
    assert [one["name"] for one in (rosa, ana, eva)] == ["Rosa Quispe", "Ana Quispe", "Eva Quispe"]
    assert rosa["job_title"] == "Diseñadora gráfica para redes sociales"
    assert rosa["headline"] == "Diseñadora gráfica, identidad de marca y redes sociales"
    assert eva["headline"] == "Cocinera de menú criollo"
    assert rosa["shared_hours"] == "Tiene libres las 6 horas que pide el aviso"
    assert ana["shared_hours"] == "Comparte 0 de las 6 horas que pide el aviso"
    assert eva["shared_hours"] == "No ha dicho qué horas tiene libres"
    assert [reason["text"] for reason in rosa["reasons"]] == [
        rosa["shared_hours"],
        "Nombra lo que pide el aviso: Adobe Illustrator, Photoshop",
    ]
    assert [one["unread_messages"] for one in (rosa, ana, eva)] == [0, 0, 1]
    app.get(f"/v1/employers/{employer_id}/applications/{eva['application_id']}", headers=killa)
    assert listed(app, killa, employer_id)[0]["unread_messages"] == 0


def test_the_best_come_first_page_by_page_and_a_stage_is_kept_to(
    app: TestClient, killa: Bearer, employer_id: str, applications: dict[str, str]
) -> None:
    best = listed(app, killa, employer_id, sort="best")
    scores = [one["score"] for one in best]
    assert scores == sorted(scores, reverse=True)
    assert best[0]["application_id"] == applications["rosa"]
    root, asked, seen = f"/v1/employers/{employer_id}/applications", {"sort": "best", "limit": "1"}, []
    while True:
        page = app.get(root, params=asked, headers=killa).json()
        seen += [one["application_id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        asked["cursor"] = page["next_cursor"]
    assert seen == [one["application_id"] for one in best]
    del asked["sort"]
    assert app.get(root, params=asked, headers=killa).status_code == 422  # a cursor of another order
    step = {"stage": "shortlisted", "version": 1}
    app.post(f"{root}/{applications['ana']}/steps", json=step, headers=killa)
    kept = listed(app, killa, employer_id, stage="shortlisted", sort="best")
    assert [one["application_id"] for one in kept] == [applications["ana"]]


def test_of_somebody_who_withdrew_a_list_says_nothing_else(
    app: TestClient, killa: Bearer, employer_id: str, job_id: str, rosa: Bearer
) -> None:
    made = app.post("/v1/me/applications", json={"job_id": job_id}, headers=rosa).json()
    app.post(f"/v1/me/applications/{made['application_id']}/withdrawal", json={"version": 1}, headers=rosa)
    (one,) = listed(app, killa, employer_id)
    assert (one["stage"], one["name"], one["headline"], one["score"], one["reasons"]) == (
        "withdrawn",
        None,
        None,
        None,
        [],
    )


def test_a_longer_page_asks_the_database_no_more_often(
    app: TestClient, killa: Bearer, employer_id: str, job_id: str, person: Callable[..., Bearer]
) -> None:
    first = person("ana")
    app.post("/v1/me/applications", json={"job_id": job_id}, headers=first)
    root = f"/v1/employers/{employer_id}"
    pages: list[tuple[str, str, Bearer, str]] = [
        ("GET", f"{root}/applications?sort=best", killa, "items"),
        ("GET", "/v1/me/applications", first, "items"),
        ("POST", f"{root}/jobs/{job_id}/candidates", killa, "people"),
    ]

    def counts() -> list[tuple[int, int]]:
        found = []
        for method, path, headers, named in pages:
            body: dict[str, Any] | None = {} if method == "POST" else None
            app.request(method, path, json=body, headers=headers)
            with counted(app) as statements:
                answer = app.request(method, path, json=body, headers=headers)
            found.append((len(answer.json()[named]), len(statements)))
        return found

    before = counts()
    for name in ("eva", "rosa", "luz"):
        app.post("/v1/me/applications", json={"job_id": job_id}, headers=person(name))
    for title in ("Ilustradora", "Diseñadora de empaques", "Diseñadora de libros"):
        job = {"title": title, "modality": "remote", "country": "PE"}
        other = app.post(f"/v1/employers/{employer_id}/jobs", json=job, headers=killa).json()["job_id"]
        app.post("/v1/me/applications", json={"job_id": other}, headers=first)
    for (items, statements), (more, again) in zip(before, counts(), strict=True):
        assert (more > items, again) == (True, statements)


def test_of_people_who_may_be_found_a_list_tells_what_they_agreed_to(
    app: TestClient, killa: Bearer, employer_id: str, job_id: str, person: Callable[..., Bearer]
) -> None:
    person("rosa", min_pay={"amount": 1, "currency": "PEN", "period": "hour"}, device="computer")
    asked = app.post(f"/v1/employers/{employer_id}/jobs/{job_id}/candidates", json={}, headers=killa)
    assert asked.status_code == 200, asked.text
    (found,) = asked.json()["people"]
    assert found["headline"] == "Diseñadora gráfica, identidad de marca y redes sociales"
    assert found["shared_hours"] == "Tiene libres las 6 horas que pide el aviso"
    assert set(found["profile"]) == {"text", "skills", "languages", "availability"}
    assert (found["has_applied"], found["invitation"], found["can_be_invited"]) == (False, None, True)
    assert "Quispe" not in asked.text


def test_who_said_that_a_job_is_not_for_them_is_not_found_for_it(
    app: TestClient, killa: Bearer, employer_id: str, job_id: str, rosa: Bearer
) -> None:
    candidates = f"/v1/employers/{employer_id}/jobs/{job_id}/candidates"
    assert len(app.post(candidates, json={"limit": 1}, headers=killa).json()["people"]) == 1
    app.put(f"/v1/me/dismissals/{job_id}", json={"reason": "hours"}, headers=rosa)
    assert app.post(candidates, json={"limit": 1}, headers=killa).json()["people"] == []
