"""What a moderator took down is not shown again under another id: a person looks first, and is told why."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.moderation.parts import JOB, Bearer, case_of, codes, decide, moderate, ok, posted, waiting

AD = JOB | {
    "description": "Bordamos mantas de alpaca para tiendas de Arequipa. Envías fotos de tus bordados cada viernes por "
    "mensaje y recibes los hilos y la tela en tu casa. Se paga por pieza terminada, con control de calidad del taller."
}
# The same ad, and the ways of saying it again.
AGAIN = {
    "word for word": {},
    "another title": {"title": "Bordado de mantas desde casa, exportación"},
    "some words changed": {
        "description": "Bordamos mantas de alpaca para tiendas del sur. Mandas fotos de tu bordado los viernes por "
        "mensaje y recibes hilo y tela en tu casa. Pagamos por pieza terminada, tras el control de calidad del taller."
    },
    "disguised": {"description": AD["description"].replace("mantas", "m4ntas").replace("bordados", "b.o.r.d.a.d.o.s")},
    "more words": {
        "description": AD["description"] + " También buscamos gente con ganas, puntual y ordenada para el equipo."
    },
    "fewer words": {"description": AD["description"].partition(" Se paga")[0]},
}
OTHER = JOB | {
    "title": "Contadora para el taller",
    "description": "Llevas libros electrónicos, declaras impuestos y conversas con el banco. Medio tiempo, remoto.",
}


@pytest.fixture(params=["employer", "partner"])
def origin(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def put(app: TestClient, origin: str, inti: Bearer, employer_id: str, name: str, ad: dict[str, Any]) -> dict[str, Any]:
    """A posting of the owner as it is stored."""
    if origin == "employer":
        return posted(app, inti, employer_id, **ad)
    return ok(app.put(f"/v1/jobs/{name}", json=ad)) | {"job_id": name}


@pytest.mark.parametrize("changed", AGAIN)
def test_an_ad_that_was_taken_down_waits_under_another_id(
    app: TestClient, origin: str, inti: Bearer, employer_id: str, admin: Bearer, changed: str
) -> None:
    first = put(app, origin, inti, employer_id, "manta-1", AD)["job_id"]
    moderate(app, admin, first, "take-down")
    again = put(app, origin, inti, employer_id, "manta-2", AD | AGAIN[changed])
    assert (again["state"], codes(again["state_reasons"])) == ("waiting", ["like_taken_down"])
    (case,) = waiting(app, admin, "posting")
    assert (case["subject_id"], case["reasons"]) == (again["job_id"], ["like_taken_down"])
    assert put(app, origin, inti, employer_id, "libros-1", OTHER)["state"] == "open"


def test_it_waits_too_where_the_first_was_deleted(app: TestClient, admin: Bearer) -> None:
    ok(app.put("/v1/jobs/manta-1", json=AD))
    moderate(app, admin, "manta-1", "take-down")
    ok(app.put("/v1/jobs/manta-1", json=OTHER))  # what it said then counts
    assert app.delete("/v1/jobs/manta-1").status_code == 204
    assert ok(app.put("/v1/jobs/manta-2", json=AD))["state"] == "waiting"


def test_another_owners_ad_is_no_business_of_it(app: TestClient, inti: Bearer, employer_id: str, admin: Bearer) -> None:
    ok(app.put("/v1/jobs/manta-1", json=AD))
    moderate(app, admin, "manta-1", "take-down")
    assert posted(app, inti, employer_id, **AD)["state"] == "open"


def test_putting_back_releases_both(app: TestClient, inti: Bearer, employer_id: str, admin: Bearer) -> None:
    first = posted(app, inti, employer_id, **AD)["job_id"]
    moderate(app, admin, first, "take-down")
    again = posted(app, inti, employer_id, **AD)["job_id"]
    scam = posted(
        app, inti, employer_id, **AD | {"description": AD["description"] + " Abona S/ 65 por el kit antes de empezar."}
    )
    assert scam["state"] == "waiting"
    moderate(app, admin, first, "put-back")
    own = f"/v1/employers/{employer_id}/jobs"
    states = {one["job_id"]: one["state"] for one in ok(app.get(own, headers=inti))["items"]}
    assert states == {first: "open", again: "open", scam["job_id"]: "waiting"}
    (left,) = waiting(app, admin, "posting")
    assert left["subject_id"] == scam["job_id"]


def test_what_a_person_let_pass_stays_until_its_words_change(
    app: TestClient, inti: Bearer, employer_id: str, admin: Bearer
) -> None:
    first = posted(app, inti, employer_id, **AD)["job_id"]
    moderate(app, admin, first, "take-down")
    again = posted(app, inti, employer_id, **AD)["job_id"]
    decide(app, admin, case_of(app, admin, "posting"), "job_shown")
    own = f"/v1/employers/{employer_id}/jobs/{again}"
    assert ok(app.put(own, json=AD, headers=inti))["state"] == "open"
    assert ok(app.put(own, json=AD | AGAIN["some words changed"], headers=inti))["state"] == "waiting"
