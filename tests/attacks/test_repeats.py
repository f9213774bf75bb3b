"""Whoever repeats a request is held to what they may do now, and no repeat tells a secret."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, delete, select

from api.credentials.callers import Scope
from api.routes import api_routes
from api.routing.idempotency import REPLAYED
from api.schemas.fields import Document, ToldOnce
from store.hiring.employers import MEMBERS
from store.ids import new_id
from store.partners.keys import PREFIX, create_key
from store.partners.webhooks import SECRET_PREFIX
from store.people.accounts import Role
from store.requests.idempotency import ANSWER, KEYS
from tests.api.services_of import services_of

JOB = {"title": "Tejedora de chompas", "description": "Tejer a palitos desde casa, de lunes a viernes."}
KEY = {"Idempotency-Key": "una-vez"}
SECRET_FIELDS = ("key", "secret", "token", "password", "code")


@pytest.fixture
def app(open_app: Any) -> TestClient:
    opened: TestClient = open_app()
    return opened


def partner_id_of(app: TestClient) -> str:
    return str(app.get("/v1/partner").json()["partner_id"])


def key_of(app: TestClient, *scopes: Scope) -> dict[str, str]:
    services = services_of(app)
    made = services.write(partial(create_key, partner_id=partner_id_of(app), scopes=list(scopes), now=services.now()))
    services.partner_keys.refresh()
    return {"Authorization": f"Bearer {made.text}"}


def secret_of(told: str) -> str:
    """What of a told secret nobody else may hold: chamba_ID_SECRET of a key (with any underscores), whsec_SECRET."""
    return told.split("_", 2)[2] if told.startswith(PREFIX) else told.removeprefix(SECRET_PREFIX)


def stored_answers(app: TestClient) -> list[str]:
    services = services_of(app)

    def opened(connection: Connection) -> list[str]:
        rows = connection.execute(select(KEYS)).all()
        return [services.cipher.open(ANSWER, f"{row.caller}/{row.idempotency_key}", row.answer_sealed) for row in rows]

    return services.read(opened)


def test_a_key_of_one_scope_does_not_get_the_key_that_a_wider_one_asked_for(app: TestClient) -> None:
    wide, narrow = key_of(app, *Scope), key_of(app, Scope.RECOMMEND)
    path = f"/v1/partner/keys/{wide['Authorization'].split('_')[1]}:rotate"
    assert app.post(path, json={}, headers=wide | KEY).status_code == 201
    stolen = app.post(path, json={}, headers=narrow | KEY)
    assert (stolen.status_code, "chamba_" in stolen.text) == (403, False)


def test_a_rotation_that_is_repeated_makes_one_key_and_tells_its_text_once(app: TestClient) -> None:
    wide = key_of(app, *Scope)
    path = f"/v1/partner/keys/{wide['Authorization'].split('_')[1]}:rotate"
    first, again = (app.post(path, json={}, headers=wide | KEY) for _ in range(2))
    made = first.json()
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
    assert made["key_id"] in again.json()["detail"]
    assert again.headers[REPLAYED] == "true"
    assert secret_of(made["key"]) not in again.text + "".join(stored_answers(app))
    keys = [key["key_id"] for key in app.get("/v1/partner").json()["keys"]]
    assert keys.count(made["key_id"]) == 1
    other = app.post(path, json={}, headers=wide | {"Idempotency-Key": "otra-vez"})
    assert other.status_code == 201


def test_a_webhooks_secret_and_a_key_that_an_administrator_makes_are_told_once(app: TestClient, sign_in: Any) -> None:
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    keys = f"/v1/admin/partners/{partner_id_of(app)}/keys"
    asked = [
        ("/v1/webhooks", {"url": "https://8.8.8.8/", "kinds": ["job.closed"]}, {}, "secret"),
        (keys, {"scopes": ["jobs"]}, admin, "key"),
    ]
    for path, body, headers, name in asked:
        first, again = (app.post(path, json=body, headers=headers | KEY) for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 409), first.text
        assert secret_of(first.json()[name]) not in again.text + "".join(stored_answers(app))


def test_who_acts_for_an_organisation_no_more_gets_no_answer_of_then(app: TestClient, sign_in: Any) -> None:
    employer = sign_in(app, Role.EMPLOYER, email="tienda@correo.pe", agreed=())
    employer_id = app.post("/v1/employers", json={"name": "Killa"}, headers=employer).json()["employer_id"]
    root = f"/v1/employers/{employer_id}"
    requests: list[tuple[str, Any]] = [
        (f"{root}/jobs", JOB),
        (f"{root}/jobs:batch", {"jobs": [JOB]}),
        (f"{root}/templates", {"name": "Hola", "text": "Hola, {name}"}),
    ]
    for path, body in requests:
        named = employer | {"Idempotency-Key": path.rpartition("/")[2]}
        first, again = (app.post(path, json=body, headers=named) for _ in range(2))
        assert (again.status_code, again.json()) == (first.status_code, first.json()), path
        assert again.headers[REPLAYED] == "true"
    services_of(app).write(lambda connection: connection.execute(delete(MEMBERS)).rowcount)
    for path, body in requests:
        named = employer | {"Idempotency-Key": path.rpartition("/")[2]}
        assert app.post(path, json=body, headers=named).status_code == 404, path


def test_one_key_for_two_addresses_that_differ_in_what_they_ask_is_a_conflict(app: TestClient, sign_in: Any) -> None:
    employer = sign_in(app, Role.EMPLOYER, email=f"{new_id()}@correo.pe", agreed=())
    assert app.post("/v1/employers", json={"name": "Killa"}, headers=employer | KEY).status_code == 201
    assert app.post("/v1/employers?a=b", json={"name": "Killa"}, headers=employer | KEY).status_code == 409


def test_every_answer_with_a_secret_that_may_be_repeated_is_told_once() -> None:
    made = [
        route.response_model
        for route in api_routes()
        if any(parameter.name == "idempotency_key" for parameter in _headers(route.dependant))
    ]
    models = [model for model in made if isinstance(model, type) and issubclass(model, Document)]
    assert len(models) > 8
    for model in models:
        holds_secret = any(name in field.split("_") for field in model.model_fields for name in SECRET_FIELDS)
        assert issubclass(model, ToldOnce) is (holds_secret and model is not None), model


def _headers(dependant: Any) -> list[Any]:
    return [*dependant.header_params, *(one for part in dependant.dependencies for one in _headers(part))]
