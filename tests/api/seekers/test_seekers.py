"""A person's own profile, hours, choices and searches, and a human when they contest an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.recommendations.service.replaying import replay
from engine.encoder.encoder import Tower
from engine.jobs import Job, Modality
from engine.schedules import Schedule, ScheduleKind, parse_window
from store.people.accounts import Role
from tests.api.services_of import services_of

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//tests//ES\r
BEGIN:VAVAILABILITY\r
UID:a\r
DTSTAMP:20261101T000000Z\r
BEGIN:AVAILABLE\r
UID:b\r
DTSTAMP:20261101T000000Z\r
DTSTART;TZID=America/Lima:20261102T190000\r
DTEND;TZID=America/Lima:20261102T230000\r
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r
END:AVAILABLE\r
END:VAVAILABILITY\r
END:VCALENDAR\r
"""


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path, tiny_jobs: list[Job]) -> TestClient:
    client = open_app(tiny_bundles)
    services_of(client).records.put_jobs(tiny_jobs)
    services_of(client).follow_jobs()  # nobody waits for so many
    return client


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn, evening_designer: dict[str, Any]) -> Bearer:
    headers = sign_in(app, Role.SEEKER, email="rosa@correo.pe")
    del evening_designer["min_pay"]
    assert app.put("/v1/me/profile", json=evening_designer, headers=headers).status_code == 200
    return headers


def ask(app: TestClient, headers: Bearer, **asked: Any) -> dict[str, Any]:
    answer = app.post("/v1/me/recommendations", json={"limit": 100} | asked, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def job_ids(answer: dict[str, Any]) -> list[str]:
    return [found["job_id"] for found in answer["recommendations"]]


def test_a_profile_is_kept_without_the_contacts_in_its_words(app: TestClient, rosa: Bearer) -> None:
    words = "Diseñadora. Escríbeme al 987 654 321 o a rosa@correo.pe"
    saved = app.put("/v1/me/profile", json={"text": words, "skills": ["Photoshop"]}, headers=rosa).json()
    assert saved["masked"] is True
    kept = app.get("/v1/me/profile", headers=rosa).json()["profile"]["text"]
    assert kept.startswith("Diseñadora.")
    assert "987" not in kept
    assert "rosa@" not in kept


def test_reasons_are_in_the_persons_language(app: TestClient, rosa: Bearer) -> None:
    spanish = ask(app, rosa)["recommendations"][0]["reasons"][0]["text"]
    english = ask(app, rosa, locale="en")["recommendations"][0]["reasons"][0]["text"]
    assert spanish != english
    app.patch("/v1/me", json={"locale": "en"}, headers=rosa)
    assert ask(app, rosa)["recommendations"][0]["reasons"][0]["text"] == english


def test_hours_come_from_a_calendar_and_go_back_into_one(app: TestClient, rosa: Bearer) -> None:
    content = {"Content-Type": "text/calendar"}
    taken = app.put("/v1/me/availability/calendar", content=CALENDAR, headers=rosa | content)
    assert taken.status_code == 200, taken.text
    windows = [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "19:00", "end": "23:00"}]
    assert taken.json()["availability"]["windows"] == windows
    profile = app.get("/v1/me/profile", headers=rosa).json()["profile"]
    assert profile["availability"]["windows"] == windows
    assert profile["skills"] == ["Adobe Illustrator", "Photoshop"]
    given = app.get("/v1/me/availability/calendar", headers=rosa)
    assert given.headers["content-type"].startswith("text/calendar")
    again = app.put("/v1/me/availability/calendar", content=given.content, headers=rosa | content)
    assert again.json()["availability"]["windows"] == windows


BUSY = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Google Inc//Google Calendar 70.9054//EN\r
BEGIN:VEVENT\r
UID:clases\r
DTSTART;TZID=America/Lima:20260302T080000\r
DTEND;TZID=America/Lima:20260302T130000\r
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_busy_hours_of_a_calendar_are_taken_off_the_hours_that_a_person_names(app: TestClient, rosa: Bearer) -> None:
    url, headers = "/v1/me/availability/calendar", rosa | {"Content-Type": "text/calendar"}
    refused = app.put(url, content=BUSY, headers=headers)
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert error["message"].startswith("el calendario dice qué horas tienes ocupadas")
    assert "hours=lun-sab 07:00-22:00" in error["expected"]
    named = {"hours": ["lun-vie 07:00-22:00", "sáb 08:00-23:59"]}
    taken = app.put(url, content=BUSY, headers=headers, params=named)
    assert taken.status_code == 200, taken.text
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
    assert taken.json()["availability"] == {
        "time_zone": "America/Lima",
        "windows": [
            {"days": weekdays, "start": "07:00", "end": "08:00"},
            {"days": weekdays, "start": "13:00", "end": "22:00"},
            {"days": ["sat"], "start": "08:00", "end": "24:00"},
        ],
    }
    assert taken.json()["notes"] == ["Eventos que se repiten y que quitamos de tus horas libres: 1."]


def test_times_without_a_zone_are_told_where_the_person_lives(app: TestClient, rosa: Bearer) -> None:
    saved = {"time_zone": "America/La_Paz", "windows": [{"days": ["sat"], "start": "08:00", "end": "12:00"}]}
    app.put("/v1/me/availability", json=saved, headers=rosa)
    url, headers = "/v1/me/availability/calendar", rosa | {"Content-Type": "text/calendar"}
    floating, asked = BUSY.replace(";TZID=America/Lima", ""), {"hours": "lun 06:00-14:00"}
    for zone, given in (("America/La_Paz", {}), ("America/Bogota", {"time_zone": "America/Bogota"})):
        taken = app.put(url, content=floating, headers=headers, params=asked | given).json()["availability"]
        assert taken["time_zone"] == zone
        assert [(window["start"], window["end"]) for window in taken["windows"]] == [
            ("06:00", "08:00"),
            ("13:00", "14:00"),
        ]


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"hours": "todo el día"}, "hours"), ({"hours": "lun-vie 07:00-22:00", "time_zone": "Lima"}, "time_zone")],
)
def test_hours_and_zones_that_are_none_are_refused(
    app: TestClient, rosa: Bearer, asked: dict[str, str], field: str
) -> None:
    headers = rosa | {"Content-Type": "text/calendar"}
    refused = app.put("/v1/me/availability/calendar", content=BUSY, headers=headers, params=asked)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


def test_a_calendar_may_be_larger_than_other_bodies(app: TestClient, rosa: Bearer) -> None:
    past = "BEGIN:VEVENT\r\nDTSTART:20200302T130000Z\r\nDTEND:20200302T140000Z\r\nEND:VEVENT\r\n" * 12_000
    headers, asked = rosa | {"Content-Type": "text/calendar"}, {"hours": "sat 08:00-12:00"}
    large = BUSY.replace("END:VCALENDAR", past + "END:VCALENDAR")
    assert len(large) > 900_000
    assert app.put("/v1/me/availability/calendar", content=large, headers=headers, params=asked).status_code == 200
    too_large = large + " " * 8_000_000
    assert app.put("/v1/me/availability/calendar", content=too_large, headers=headers, params=asked).status_code == 413


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCALENDAR", b"\xff\xfe", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_what_is_no_calendar_changes_nothing(app: TestClient, rosa: Bearer, content: bytes) -> None:
    before = app.get("/v1/me/profile", headers=rosa).json()
    headers = rosa | {"Content-Type": "text/calendar"}
    assert app.put("/v1/me/availability/calendar", content=content, headers=headers).status_code == 422
    assert app.get("/v1/me/profile", headers=rosa).json() == before


def test_hours_are_changed_alone(app: TestClient, rosa: Bearer) -> None:
    hours = {"time_zone": "America/Lima", "windows": [{"days": ["sat"], "start": "08:00", "end": "12:00"}]}
    profile = app.put("/v1/me/availability", json=hours, headers=rosa).json()
    assert profile["availability"]["windows"] == hours["windows"]
    assert profile["skills"] == ["Adobe Illustrator", "Photoshop"]


def test_a_dismissed_job_is_recommended_no_more_until_it_is_taken_back(app: TestClient, rosa: Bearer) -> None:
    first = job_ids(ask(app, rosa))[0]
    said = app.put(f"/v1/me/dismissals/{first}", json={"reason": "hours", "text": "Recojo a mi hija"}, headers=rosa)
    assert said.status_code == 201
    assert first not in job_ids(ask(app, rosa))
    (kept,) = app.get("/v1/me/dismissals", headers=rosa).json()["items"]
    assert (kept["job_id"], kept["reason"], kept["text"]) == (first, "hours", "Recojo a mi hija")
    assert app.delete(f"/v1/me/dismissals/{first}", headers=rosa).status_code == 204
    assert first in job_ids(ask(app, rosa))


def test_a_job_that_looks_false_is_looked_at_by_a_person(app: TestClient, rosa: Bearer, sign_in: SignIn) -> None:
    job_id = job_ids(ask(app, rosa))[0]
    app.put(f"/v1/me/dismissals/{job_id}", json={"reason": "looks_false", "text": "Me pidió plata"}, headers=rosa)
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    (case,) = app.get("/v1/admin/cases?kind=report", headers=admin).json()["items"]
    detail = app.get(f"/v1/admin/cases/{case['case_id']}", headers=admin).json()
    assert (detail["subject_id"], detail["text"]) == (job_id, "Me pidió plata")


def test_an_imported_job_that_was_reported_is_taken_down(app: TestClient, rosa: Bearer, sign_in: SignIn) -> None:
    job_id = job_ids(ask(app, rosa))[0]
    app.put(f"/v1/me/dismissals/{job_id}", json={"reason": "looks_false"}, headers=rosa)
    app.delete(f"/v1/me/dismissals/{job_id}", headers=rosa)
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    (case,) = app.get("/v1/admin/cases?kind=report", headers=admin).json()["items"]
    path = f"/v1/admin/cases/{case['case_id']}"
    shown = app.get(path, headers=admin).json()["subject"]
    assert (shown["job_id"], shown["state"], shown["job"]["is_open"]) == (job_id, "open", True)
    decided = app.post(f"{path}/decision", json={"decision": "job_taken_down", "reason": "Pide plata"}, headers=admin)
    assert decided.json()["subject"]["state"] == "rejected"
    assert job_id not in job_ids(ask(app, rosa))
    records = services_of(app).records
    records.put_jobs([replace(records.get_job(job_id), is_open=True, description="Otra vez")])
    assert job_id not in job_ids(ask(app, rosa))


def test_jobs_are_kept_page_by_page(app: TestClient, rosa: Bearer) -> None:
    some = job_ids(ask(app, rosa))[:5]
    for job_id in some:
        assert app.put(f"/v1/me/saved-jobs/{job_id}", headers=rosa).status_code == 201
    assert app.put(f"/v1/me/saved-jobs/{some[0]}", headers=rosa).status_code == 200
    seen, cursor = [], ""
    while True:
        page = app.get(f"/v1/me/saved-jobs?limit=2{cursor}", headers=rosa).json()
        seen += [kept["job_id"] for kept in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == sorted(some)
    assert app.delete(f"/v1/me/saved-jobs/{some[0]}", headers=rosa).status_code == 204
    assert app.delete(f"/v1/me/saved-jobs/{some[0]}", headers=rosa).status_code == 404
    assert app.put("/v1/me/saved-jobs/none", headers=rosa).status_code == 404


@pytest.mark.parametrize("cursor", ["x", "ñ", "bnVsbA", "WzFd", "WyJhIiwiYiJd", "a" * 401])
def test_a_cursor_of_another_making_is_refused(app: TestClient, rosa: Bearer, cursor: str) -> None:
    assert app.get("/v1/me/saved-jobs", params={"cursor": cursor}, headers=rosa).status_code == 422


def test_words_find_jobs_within_ones_limits_or_beyond(app: TestClient, rosa: Bearer) -> None:
    within = app.post("/v1/me/search", json={"query": "diseño gráfico", "limit": 100}, headers=rosa).json()
    beyond = app.post(
        "/v1/me/search", json={"query": "diseño gráfico", "limit": 100, "is_for_me": False}, headers=rosa
    ).json()
    assert within["candidates"]["eligible"] < beyond["candidates"]["eligible"]
    # Of the same title by the same employer each search shows the best, which may be another.
    titles = [
        {(one["job"]["title"].casefold(), one["job"].get("employer")) for one in found["recommendations"]}
        for found in (within, beyond)
    ]
    assert titles[0]
    assert titles[0] < titles[1]


def test_an_employers_name_is_found_and_the_search_replays(app: TestClient, rosa: Bearer) -> None:
    services = services_of(app)
    job = Job("z", "Auxiliar", "Ordenar archivos.", employer="Estudio Zorrito Rojo", modality=Modality.REMOTE)
    vector = services.bundle().encoder.encode(["un texto cualquiera"], Tower.JOB)[0]
    services.records.put_job(job, vector, services.bundle().model_id)
    asked = {"query": "zorrito rojo", "is_for_me": False}
    found = app.post("/v1/me/search", json=asked, headers=rosa).json()
    first = found["recommendations"][0]
    assert first["job_id"] == "z"
    assert first["reasons"][0] == {"kind": "words", "text": "Menciona lo que buscas: zorrito, rojo"}
    services.journal.ship(wait=True)
    again = services.read(lambda connection: replay(found["recommendation_id"], connection, services.settings.bundles))
    assert again.is_identical, again.difference
    assert again.shown[0][0] == "z"


def test_a_search_of_all_jobs_tells_hours_and_age_and_asks_for_no_hours(app: TestClient, rosa: Bearer) -> None:
    services = services_of(app)
    posted = services.bundle().now() - timedelta(days=125)
    job = Job("old", "Guardia", "Cuidar la puerta.", employer="Quinua Azul", hours_per_week=48, posted_at=posted)
    vector = services.bundle().encoder.encode(["un texto cualquiera"], Tower.JOB)[0]
    services.records.put_job(job, vector, services.bundle().model_id)
    asked = {"query": "quinua azul", "is_for_me": False, "filters": {"modalities": None}}
    found = app.post("/v1/me/search", json=asked, headers=rosa).json()["recommendations"]
    reasons = {one["job_id"]: [reason["text"] for reason in one["reasons"]] for one in found}
    assert reasons["old"][1] == "Son 48 horas a la semana"
    assert reasons["old"][-1] == "Se publicó hace 4 meses: pregunta si sigue abierto"
    assert not any("No has dicho" in text for texts in reasons.values() for text in texts)


def test_an_employers_jobs_outside_ones_hours_are_told(app: TestClient, rosa: Bearer) -> None:
    services = services_of(app)
    mornings = Schedule(ScheduleKind.FIXED, "America/Lima", (parse_window("mon-fri 08:00-12:00"),))
    job = Job("q", "Auxiliar", "", employer="Quilla Textil", modality=Modality.REMOTE, schedule=mornings)
    vector = services.bundle().encoder.encode(["un texto cualquiera"], Tower.JOB)[0]
    services.records.put_job(job, vector, services.bundle().model_id)
    found = app.post("/v1/me/search", json={"query": "quilla textil"}, headers=rosa).json()
    assert found["notice"].startswith("Hay 1 aviso de Quilla Textil fuera de tus horas.")
    everybody = app.post("/v1/me/search", json={"query": "quilla textil", "is_for_me": False}, headers=rosa).json()
    assert "Quilla" not in (everybody["notice"] or "")


def test_a_search_that_no_job_mentions_says_so(app: TestClient, rosa: Bearer) -> None:
    asked = {"query": "Xochimilco", "is_for_me": False, "limit": 3}
    assert "menciona" in app.post("/v1/me/search", json=asked, headers=rosa).json()["notice"]
    assert "mentions" in app.post("/v1/me/search", json=asked | {"locale": "en"}, headers=rosa).json()["notice"]
    found = app.post("/v1/me/search", json=asked | {"query": "Photoshop"}, headers=rosa).json()
    assert found["recommendations"]
    assert found["notice"] is None


def test_words_that_state_limits_are_chips_and_not_looked_for(app: TestClient, rosa: Bearer) -> None:
    asked = {"query": "diseño MEDIO TIENPO noches", "is_for_me": False, "limit": 20}
    found = app.post("/v1/me/search", json=asked, headers=rosa).json()
    assert [(chip["kind"], chip["quote"]) for chip in found["understood"]] == [
        ("hours_type", "MEDIO TIENPO"),
        ("times", "noches"),
    ]
    assert found["understood"][0]["label"] == "Medio tiempo"
    assert found["understood"][0]["filters"] == {"hours_types": ["part_time"]}
    assert found["recommendations"]
    assert all(one["job"].get("hours_type") in (None, "part_time") for one in found["recommendations"])
    named = [reason["text"] for one in found["recommendations"] for reason in one["reasons"]]
    assert not any("TIENPO" in text or "noches" in text for text in named if text.startswith("Menciona"))


def test_a_search_for_other_hours_than_ones_own_says_so(app: TestClient, rosa: Bearer) -> None:
    said = "Tus horas guardadas son otras"
    notices = [
        app.post("/v1/me/search", json={"query": query} | more, headers=rosa).json()["notice"] or ""
        for query, more in (("diseño de 8 a 12", {}), ("diseño noches", {}), ("diseño de 8 a 12", {"is_for_me": False}))
    ]
    assert [said in notice for notice in notices] == [True, False, False]


def test_a_chip_can_be_taken_away_or_all_be_turned_off(app: TestClient, rosa: Bearer) -> None:
    asked = {"query": "diseño medio tiempo noches", "is_for_me": False}
    chips = app.post("/v1/me/search", json=asked, headers=rosa).json()["understood"]
    kept = app.post("/v1/me/search", json=asked | {"understood": chips[:1]}, headers=rosa).json()
    assert kept["understood"] == chips[:1]
    off = app.post("/v1/me/search", json=asked | {"reads_limits": False}, headers=rosa).json()
    assert off["understood"] == []
    counts = [found["candidates"]["eligible"] for found in (kept, off)]
    assert counts[0] < counts[1]


@pytest.mark.parametrize(
    "search",
    ["medio tiempo noches", "diseño sin experiencia S/ 400 al mes", "diseñadra", "trabajo", "diseño que no sea ventas"],
)
def test_a_search_that_states_limits_replays(app: TestClient, rosa: Bearer, search: str) -> None:
    services = services_of(app)
    found = app.post("/v1/me/search", json={"query": search, "is_for_me": False}, headers=rosa).json()
    services.journal.ship(wait=True)
    again = services.read(lambda connection: replay(found["recommendation_id"], connection, services.settings.bundles))
    assert again.is_identical, again.difference
    assert len(again.shown) == len(found["recommendations"])


def test_limits_alone_are_answered_by_ones_profile(app: TestClient, rosa: Bearer) -> None:
    found = app.post("/v1/me/search", json={"query": "desde casa"}, headers=rosa).json()
    own = ask(app, rosa)
    assert [chip["label"] for chip in found["understood"]] == ["Remoto"]
    assert {one["job"]["modality"] for one in found["recommendations"] if one["job"].get("modality")} == {"remote"}
    assert {one["job_id"] for one in found["recommendations"]} & {one["job_id"] for one in own["recommendations"]}
    assert not any(reason["kind"] == "words" for one in found["recommendations"] for reason in one["reasons"])


def test_nothing_is_recommended_without_consent(app: TestClient, rosa: Bearer) -> None:
    withdrawn = {"purpose": "matching", "text_version": "2026-11", "is_given": False}
    consents = app.post("/v1/me/consents", json=withdrawn, headers=rosa).json()
    assert consents["agreed"] == []
    assert app.post("/v1/me/recommendations", json={}, headers=rosa).status_code == 409
    assert app.post("/v1/me/search", json={"query": "ventas"}, headers=rosa).status_code == 409
    app.post("/v1/me/consents", json=withdrawn | {"is_given": True}, headers=rosa)
    assert app.post("/v1/me/recommendations", json={}, headers=rosa).status_code == 200


def test_an_old_text_cannot_be_agreed_to(app: TestClient, rosa: Bearer) -> None:
    old = {"purpose": "training", "text_version": "2020-01", "is_given": True}
    answer = app.post("/v1/me/consents", json=old, headers=rosa)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["expected"] == "2026-11"


def test_a_person_looks_at_a_contested_answer(app: TestClient, rosa: Bearer, sign_in: SignIn) -> None:
    recommendation_id = ask(app, rosa)["recommendation_id"]
    path = f"/v1/me/recommendations/{recommendation_id}/review-request"
    asked = app.post(path, json={"text": "No sale nada de diseño"}, headers=rosa)
    assert asked.status_code == 201, asked.text
    stranger = sign_in(app, Role.SEEKER, email="otra@correo.pe")
    assert app.post(path, json={"text": "hola"}, headers=stranger).status_code == 404
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    (case,) = app.get("/v1/admin/cases?kind=human_review", headers=admin).json()["items"]
    body = {"decision": "answer_corrected", "reason": "Tienes razón: corregimos tus idiomas"}
    app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=body, headers=admin)
    again = app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=body, headers=admin)
    assert again.status_code == 409
    (own,) = app.get("/v1/me/cases", headers=rosa).json()["items"]
    assert (own["decision"], own["decision_reason"]) == ("answer_corrected", "Tienes razón: corregimos tus idiomas")


def test_private_details_need_their_own_consent_and_are_unique(app: TestClient, rosa: Bearer, sign_in: SignIn) -> None:
    details = {"national_id": "12345678", "income": 850.5, "poverty_class": "poor"}
    refused = app.put("/v1/me/private-details", json=details, headers=rosa)
    assert refused.status_code == 422
    assert "850.5" not in refused.text
    given = {"purpose": "sensitive", "text_version": "2026-11", "is_given": True}
    app.post("/v1/me/consents", json=given, headers=rosa)
    told = app.put("/v1/me/private-details", json=details, headers=rosa).json()
    assert {name: value for name, value in told.items() if value is not None} == details
    assert app.get("/v1/me/private-details", headers=rosa).json() == told
    other = sign_in(app, Role.SEEKER, email="otra@correo.pe")
    taken = app.put("/v1/me/private-details", json={"national_id": "12345678"}, headers=other)
    assert taken.status_code == 409
    assert "12345678" not in taken.text


def test_income_and_class_are_forgotten_with_their_consent(
    app: TestClient, rosa: Bearer, mails: Callable[[TestClient], list[str]]
) -> None:
    consent = {"purpose": "sensitive", "text_version": "2026-11"}
    app.post("/v1/me/consents", json=consent | {"is_given": True}, headers=rosa)
    kept = {"national_id": "45671230", "household_size": 5, "birth_date": "1991-02-03", "region": "Ucayali"}
    details = kept | {"income": 920.0, "poverty_class": "poor", "poverty_class_date": "2026-01-15"}
    app.put("/v1/me/private-details", json=details, headers=rosa)
    other = {"purpose": "training", "text_version": "2026-11", "is_given": True}
    app.post("/v1/me/consents", json=other, headers=rosa)
    assert app.get("/v1/me/private-details", headers=rosa).json() == details
    app.post("/v1/me/consents", json=consent | {"is_given": False}, headers=rosa)
    app.post("/v1/me/consents", json=consent | {"is_given": True}, headers=rosa)
    left = app.get("/v1/me/private-details", headers=rosa).json()
    assert {name: value for name, value in left.items() if value is not None} == kept
    (told,) = [mail for mail in mails(app) if "Quitaste un permiso" in mail]
    assert "los borramos" in told
    app.post("/v1/me/consents", json=other | {"is_given": False}, headers=rosa)
    assert sum("los borramos" in mail for mail in mails(app)) == 1
