"""An app of a municipality uses the whole of its API: from an administrator who adds it to a person who is erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from api.delivering.deliveries import Deliveries
from store.people.accounts import Role
from tests.api.partners.web_receiver import Receiver, web_receiver
from tests.api.services_of import services_of
from tests.api.stories.town import NOBODY, PAGE, Someone, Town

FRAUD = "Solo pagas S/ 50 de inscripción por Yape antes de empezar"
JOB = {"title": "Costurera de polos", "modality": "remote", "country": "PE"}
PERSON = {"text": "Coso polos y uniformes", "skills": ["costura"]}
KINDS = ["job.closed", "application.stage_changed", "application.message_sent", "placement.created", "seeker.erased"]


def test_an_app_uses_the_whole_of_its_api_from_nothing_to_the_end(town: Town) -> None:
    admin = town.staff("ana@chamba.pe", Role.ADMINISTRATOR)
    with web_receiver([204]) as receiver:
        bolsa = is_added(town, admin)
        webhook_id = listens(town, bolsa, receiver)
        knows_its_limits(town, bolsa)
        saves_many(bolsa)
        recommends_and_tells_what_came_of_it(bolsa, admin, town)
        is_applied_to(town, bolsa, receiver)
        is_told_of_every_closing(town, bolsa, admin, receiver)
        erases_and_rotates(town, bolsa, receiver, webhook_id)


class App(Someone):
    """A partner app, which shows its key and reads Spanish."""

    def lines(self, path: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The lines that answer a batch."""
        answer = self.app.post(path, json=body, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]


def is_added(town: Town, admin: Someone, name: str = "Bolsa Distrital") -> App:
    """An administrator adds it and hands it a key, which is told once."""
    wanted = {"name": name, "requests_per_day": 5_000, "requests_per_minute": 500}
    made = admin.asks("POST", "/v1/admin/partners", wanted, 201)
    scopes = ["recommend", "seekers", "jobs", "events", "webhooks"]
    key = admin.asks("POST", f"/v1/admin/partners/{made['partner_id']}/keys", {"scopes": scopes}, 201)["key"]
    services_of(town.app).partner_keys.refresh()
    return App(town.app, tokens={"access_token": key})


def listens(town: Town, bolsa: App, receiver: Receiver) -> str:
    """A webhook that was tried."""
    made = bolsa.asks("POST", "/v1/webhooks", {"url": receiver.url, "kinds": KINDS}, 201)
    bolsa.asks("POST", f"/v1/webhooks/{made['webhook_id']}:test", status=202)
    assert [kind for kind, _ in told(town, receiver)] == ["ping"]
    (delivery,) = bolsa.asks("GET", f"/v1/webhooks/{made['webhook_id']}/deliveries")["items"]
    assert (delivery["kind"], delivery["state"]) == ("ping", "delivered")
    return str(made["webhook_id"])


def knows_its_limits(town: Town, bolsa: App) -> None:
    """Each answer names its request and what is left; a problem leads to a page; a page of others may not ask."""
    asked = bolsa.app.get("/v1/partner", headers=bolsa.headers | {"X-Request-ID": "bolsa-1"})
    assert (asked.headers["X-Request-ID"], asked.json()["limits"]["requests_per_minute"]) == ("bolsa-1", 500)
    assert '"minute";q=500;w=60' in asked.headers["RateLimit-Policy"]
    assert '"minute";r=' in asked.headers["RateLimit"]
    head = bolsa.app.head("/v1/partner", headers=bolsa.headers)
    assert (head.status_code, head.content) == (200, b"")
    problem = bolsa.asks("PUT", "/v1/jobs/bolsa%201", JOB, 422)
    page = town.app.get(problem["type"], headers=NOBODY | {"Accept": "text/html"})
    assert (page.status_code, "Qué hacer" in page.text, 'lang="es"' in page.text) == (200, True, True)
    assert problem["request_id"]
    preflight = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
    allowed = town.app.options("/v1/recommendations", headers=preflight)
    assert allowed.headers["Access-Control-Allow-Origin"] == PAGE
    foreign = town.app.options("/v1/recommendations", headers=preflight | {"Origin": "https://otra.example"})
    assert "Access-Control-Allow-Origin" not in foreign.headers


def saves_many(bolsa: App) -> None:
    """Jobs and people of its own, many at once: one bad line is that line's problem, and lists follow."""
    jobs = [{"job_id": f"bolsa-{number}", "job": JOB} for number in (1, 2, 3)]
    lines = bolsa.lines("/v1/jobs:batch", {"jobs": [*jobs, {"job_id": "bolsa-4", "job": {"title": ""}}]})
    assert [line.get("state") for line in lines] == ["open", "open", "open", None]
    assert (lines[3]["index"], lines[3]["problem"]["errors"][0]["field"]) == (3, "job.title")
    people = [{"seeker_id": name, "profile": PERSON} for name in ("bolsa-ana", "bolsa-luz")]
    assert [line["vector"] for line in bolsa.lines("/v1/seekers:batch", {"seekers": people})] == ["stored"] * 2
    first = bolsa.asks("GET", "/v1/jobs?limit=2")
    rest = bolsa.asks("GET", f"/v1/jobs?limit=2&cursor={first['next_cursor']}")["items"]
    assert [one["job_id"] for one in first["items"] + rest] == ["bolsa-1", "bolsa-2", "bolsa-3"]
    assert [one["seeker_id"] for one in bolsa.asks("GET", "/v1/seekers")["items"]] == ["bolsa-ana", "bolsa-luz"]


def recommends_and_tells_what_came_of_it(bolsa: App, admin: Someone, town: Town) -> None:
    """One person and many; events count once, and one that is wrong is told by itself; a person looks at an answer."""
    body = {"seeker_id": "bolsa-ana", "limit": 100, "locale": "es"}
    answer = bolsa.asks("POST", "/v1/recommendations", body)
    assert "bolsa-1" in [one["job_id"] for one in answer["recommendations"]]
    batch = bolsa.lines("/v1/recommendations:batch", {"seeker_ids": ["bolsa-ana", "nadie", "bolsa-luz"]})
    assert [line.get("problem", {}).get("status") for line in batch] == [None, 404, None]
    found = bolsa.asks("POST", "/v1/jobs/bolsa-1/candidates", {})["candidates"]
    assert {one["seeker_id"] for one in found} == {"bolsa-ana", "bolsa-luz"}
    event = {"kind": "click", "seeker_id": "bolsa-ana", "job_id": "bolsa-1", "occurred_at": town.now.isoformat()}
    events = {"events": [{"event_id": "e-1"} | event, {"event_id": "e-2"} | event | {"kind": "guiño"}]}
    first = bolsa.asks("POST", "/v1/events", events)
    assert (first["new"], first["repeated"]) == (1, 0)
    again = bolsa.asks("POST", "/v1/events", events)
    assert (again["new"], again["repeated"], again["rejected"][0]["index"]) == (0, 1, 1)
    path = f"/v1/recommendations/{answer['recommendation_id']}/review-request"
    bolsa.asks("POST", path, {"text": "No le sale nada de costura"}, 201)
    town.decides(admin, "human_review", "answer_stands", "Sus horas no alcanzan")


def is_applied_to(town: Town, bolsa: App, receiver: Receiver) -> None:
    """Somebody with an account applies for its job; the app reads, answers and hires her."""
    nilda = town.somebody("nilda@correo.pe", "sombrero de paja roja", "seeker", "matching")
    nilda.asks("PUT", "/v1/me/profile", PERSON)
    made = nilda.asks("POST", "/v1/me/applications", {"job_id": "bolsa-1", "text": "Tengo máquina"}, 201)
    own = f"/v1/me/applications/{made['application_id']}"
    nilda.asks("POST", f"{own}/messages", {"text": "¿Dan la tela?"}, 201)
    (listed,) = bolsa.asks("GET", "/v1/applications")["items"]
    assert (listed["job_id"], listed["unread_messages"]) == ("bolsa-1", 1)
    theirs = f"/v1/applications/{made['application_id']}"
    assert bolsa.asks("GET", theirs)["contact"]["email"] == nilda.email
    bolsa.asks("POST", f"{theirs}/messages", {"text": "Sí, y el hilo"}, 201)
    bolsa.asks("POST", f"{theirs}/steps", {"stage": "hired", "version": 1})
    assert [one["text"] for one in nilda.asks("GET", own)["messages"]] == ["¿Dan la tela?", "Sí, y el hilo"]
    assert "Te contrataron para «Costurera de polos»" in town.subjects(nilda)
    kinds = [kind for kind, _ in told(town, receiver)]
    stepped = "application.stage_changed"
    assert kinds == [stepped, "application.message_sent", stepped, "placement.created"]


def is_told_of_every_closing(town: Town, bolsa: App, admin: Someone, receiver: Receiver) -> None:
    """Put closed, deleted, held, taken down: each once, with its state."""
    bolsa.asks("PUT", "/v1/jobs/bolsa-1", JOB | {"is_open": False})
    bolsa.asks("DELETE", "/v1/jobs/bolsa-2", status=204)
    held = bolsa.asks("PUT", "/v1/jobs/bolsa-3", JOB | {"description": FRAUD})
    assert (held["state"], "dinero" in held["state_reasons"][0]["text"]) == ("waiting", True), "in its language"
    english = bolsa.asks("PUT", "/v1/jobs/bolsa-3", JOB | {"description": FRAUD}, Accept_Language="en")
    assert "money" in english["state_reasons"][0]["text"]
    bolsa.asks("PUT", "/v1/jobs/bolsa-5", JOB, 201)
    reason = {"cause": "misleading", "reason": "No dice quién paga"}
    admin.asks("POST", "/v1/admin/jobs/bolsa-5/take-down", reason)
    closed = [(data["job_id"], data["state"]) for kind, data in told(town, receiver) if kind == "job.closed"]
    assert sorted(closed) == [
        ("bolsa-1", "closed"),
        ("bolsa-2", "closed"),
        ("bolsa-3", "waiting"),
        ("bolsa-5", "rejected"),
    ]
    other = is_added(town, admin, "Bolsa de otro distrito")
    other.asks("PUT", "/v1/jobs/otra-1", JOB, 201)
    assert "solo su dueño" in bolsa.asks("DELETE", "/v1/jobs/otra-1", status=403)["detail"]
    assert "elige un id propio" in bolsa.asks("PUT", "/v1/jobs/otra-1", JOB, 409)["detail"]
    deleted = [one["job_id"] for one in bolsa.asks("GET", "/v1/jobs?is_open=false")["items"] if one["job"] is None]
    assert deleted == ["bolsa-2"]


def erases_and_rotates(town: Town, bolsa: App, receiver: Receiver, webhook_id: str) -> None:
    """A person goes for good, with a receipt; a key makes way for the next; the webhook ends."""
    receipt = bolsa.asks("DELETE", "/v1/seekers/bolsa-ana")
    assert [kind for kind, _ in told(town, receiver)] == ["seeker.erased"]
    assert Someone(town.app).asks("GET", f"/v1/erasure-receipts/{receipt['receipt_id']}") == receipt
    bolsa.asks("GET", "/v1/seekers/bolsa-ana", status=404)
    (key,) = bolsa.asks("GET", "/v1/partner")["keys"]
    path = f"/v1/partner/keys/{key['key_id']}:rotate"
    new = bolsa.asks("POST", path, {"grace_hours": 0}, 201)["key"]
    services_of(town.app).partner_keys.refresh()
    bolsa.asks("GET", "/v1/partner", status=401)
    bolsa.tokens = {"access_token": new}
    bolsa.asks("DELETE", f"/v1/webhooks/{webhook_id}", status=204)
    assert bolsa.asks("GET", "/v1/webhooks")["items"] == []


def told(town: Town, receiver: Receiver) -> list[tuple[str, dict[str, Any]]]:
    """What the app was told since it was looked at last, in order."""
    worker = Deliveries(services_of(town.app))
    while worker.send_due():
        pass
    worker.close()
    new, receiver.received[:] = list(receiver.received), []
    return [(one.document["type"], one.document["data"]) for one in new]
