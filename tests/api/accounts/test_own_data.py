"""What the law gives everybody: all of one's data in one file, and all of it gone, from every file of the server."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from api.accounts.schemas.own_data import OwnExport
from api.schemas.erasures import ErasureReceiptDocument
from commands import erasures
from engine.errors import ArtifactError
from index.build import IndexConfig
from index.publishing import index_store
from sample.world import World
from store.analytics.snapshots import take_snapshot
from store.database import writing
from store.encryption.data_keys import Purpose
from store.partners.webhooks import WebhookKind, create_webhook
from store.people.accounts import Role
from store.tables import Base
from tests.api.services_of import services_of
from training.snapshots.taking import take_snapshot as take_training_snapshot

Bearer = dict[str, str]
SignIn = Callable[..., Bearer]
Mails = Callable[[TestClient], list[str]]

PASSWORD = "lluvia en Huaraz"
# Words that only Rosa wrote, in one place each.
WORDS = {
    "profile": "tejedora-de-mantas",
    "skill": "telar-de-cintura",
    "search": "bordadora-nocturna",
    "note": "portafolio-en-carpeta",
    "message": "puedo-los-jueves",
    "dismissal": "queda-muy-lejos",
    "correction": "mi-nombre-esta-mal",
    "name": "Rosa-Quispe-Mamani",
}
JOB: dict[str, Any] = {"title": "Tejidos a mano, por encargo", "description": "Mantas de alpaca.", "modality": "remote"}


@pytest.fixture
def app(open_app: Callable[..., TestClient], tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


@pytest.fixture
def rosa(app: TestClient, sign_in: SignIn) -> Bearer:
    return sign_in(app, Role.SEEKER, email="rosa@correo.pe", agreed=("matching", "training", "sensitive"))


@pytest.fixture
def lived(app: TestClient, rosa: Bearer, sign_in: SignIn) -> dict[str, str]:
    """Rosa did all that one can do; the ids that came of it."""
    killa = sign_in(app, Role.EMPLOYER, email="killa@correo.pe", agreed=())
    admin = sign_in(app, Role.ADMINISTRATOR, email="admin@correo.pe", agreed=())
    profile = {"text": f"Soy {WORDS['profile']}", "skills": [WORDS["skill"]], "languages": {"es": "native"}}
    seeker_id = ok(app.put("/v1/me/profile", json=profile, headers=rosa))["seeker_id"]
    ok(app.patch("/v1/me", json={"name": WORDS["name"], "phone": "+51 911 222 333"}, headers=rosa))
    details = {"national_id": "40718293", "income": 731.5, "poverty_class": "poor"}
    ok(app.put("/v1/me/private-details", json=details, headers=rosa))
    answer = ok(app.post("/v1/me/recommendations", json={"limit": 5}, headers=rosa))
    ok(app.post("/v1/me/search", json={"query": WORDS["search"], "is_for_me": False}, headers=rosa))
    ad = answer["recommendations"][0]["job_id"]
    app.put(f"/v1/jobs/{ad}", json=JOB)
    dismissal = {"reason": "other", "text": WORDS["dismissal"]}
    assert app.put(f"/v1/me/dismissals/{ad}", json=dismissal, headers=rosa).status_code == 201
    app.put("/v1/me/saved-jobs/web-1", headers=rosa)
    ok(app.post("/v1/me/correction-requests", json={"text": WORDS["correction"]}, headers=rosa), 201)

    employer = ok(app.post("/v1/employers", json={"name": "Tienda Killa"}, headers=killa), 201)["employer_id"]
    (case,) = ok(app.get("/v1/admin/cases?kind=employer", headers=admin))["items"]
    decision = {"decision": "organisation_verified", "reason": "Revisado"}
    ok(app.post(f"/v1/admin/cases/{case['case_id']}/decision", json=decision, headers=admin))
    job = ok(app.post(f"/v1/employers/{employer}/jobs", json=JOB, headers=killa), 201)["job_id"]
    applied = ok(app.post("/v1/me/applications", json={"job_id": job, "text": WORDS["note"]}, headers=rosa), 201)
    application = applied["application_id"]
    message = {"text": WORDS["message"]}
    ok(app.post(f"/v1/me/applications/{application}/messages", json=message, headers=rosa), 201)
    step = {"stage": "hired", "version": 1}
    ok(app.post(f"/v1/employers/{employer}/applications/{application}/steps", json=step, headers=killa))
    return {
        "account_id": ok(app.get("/v1/me", headers=rosa))["account_id"],
        "seeker_id": seeker_id,
        "application_id": application,
        "recommendation_id": answer["recommendation_id"],
    }


def ok(answer: Any, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def take_snapshots(app: TestClient) -> None:
    """The analyst's and the trainers' copies of what the database holds."""
    services = services_of(app)
    data = services.settings.data_dir

    def pseudonym(seeker_id: str) -> str:
        return services.cipher.keyed_hash(Purpose.PSEUDONYM, seeker_id)

    take_snapshot(services.database, data / "analytics", pseudonym, services.now())
    take_training_snapshot(services.records, data / "snapshots")


def finish(app: TestClient, *options: str) -> str:
    """`chamba erasures` over the app's data."""
    settings = services_of(app).settings
    assert settings.master_keys is not None
    where = ["--data-dir", str(settings.data_dir), "--master-keys", str(settings.master_keys)]
    result = CliRunner().invoke(erasures.app, [*where, "--database-url", settings.database, *options])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def files_holding(folder: Path, words: Iterable[str]) -> set[str]:
    """`file: word` for each file below the data folder, but for the tests' bundles, that holds one of the words."""
    found = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "bundles" not in path.parts):
        content = path.read_bytes()
        if path.suffix == ".parquet":  # compressed
            content += str(duckdb.sql(f"from read_parquet('{path}')").fetchall()).encode()
        found |= {f"{path.name}: {word}" for word in words if word.encode() in content}
    return found


def test_everything_that_is_held_is_in_one_file(app: TestClient, rosa: Bearer, lived: dict[str, str]) -> None:
    answer = app.get("/v1/me/export", headers=rosa)
    document = ok(answer)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    OwnExport.model_validate(document)  # as /openapi.json says
    response = json.dumps(document, ensure_ascii=False)
    assert [place for place, word in WORDS.items() if word not in response] == []
    told = {name: text for name, text in document["private_details"].items() if text is not None}
    assert told == {"national_id": "40718293", "income": "731.5", "poverty_class": "poor"}
    assert document["account"]["phone"] == "+51911222333"
    assert {one["recommendation_id"] for one in document["recommendations"]} > {lived["recommendation_id"]}
    (application,) = document["applications"]
    assert (application["application_id"], application["stage"]) == (lived["application_id"], "hired")
    assert [one["grade"] for one in document["placements"]] == [4]
    assert {one["title"] for one in document["jobs"].values()} >= {JOB["title"]}
    for foreign in ("killa@correo.pe", "admin@correo.pe"):
        assert foreign not in response
    acts = [entry["action"] for entry in document["audit_entries"]]
    assert {"data.corrected", "case.opened", "application.stage_changed"} <= set(acts)
    again = ok(app.get("/v1/me/export", headers=rosa))
    assert [entry["action"] for entry in again["audit_entries"]] == [*acts, "data.exported"]


def test_an_employer_an_administrator_and_an_analyst_have_a_file_too(app: TestClient, sign_in: SignIn) -> None:
    for role in (Role.EMPLOYER, Role.ADMINISTRATOR, Role.ANALYST):
        document = ok(app.get("/v1/me/export", headers=sign_in(app, role, email=f"{role}@correo.pe", agreed=())))
        assert [one["role"] for one in document["account"]["roles"]] == [role]
        assert (document["profile"], document["applications"]) == (None, [])


def test_it_is_given_ten_times_an_hour(app: TestClient, rosa: Bearer) -> None:
    statuses = [app.get("/v1/me/export", headers=rosa).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_nobody_is_erased_without_their_password(app: TestClient, rosa: Bearer, lived: dict[str, str]) -> None:
    assert lived
    wrong = app.post("/v1/me/erasure", json={"password": "otra cosa"}, headers=rosa)
    assert (wrong.status_code, wrong.json()["detail"]) == (401, "la contraseña no es correcta")
    assert app.post("/v1/me/erasure", json={}, headers=rosa).status_code == 422
    assert app.get("/v1/me/profile", headers=rosa).status_code == 200
    statuses = [app.post("/v1/me/erasure", json={"password": "otra cosa"}, headers=rosa).status_code for _ in range(10)]
    assert statuses[-1] == 429  # guessing is limited as logging in is


def test_who_was_erased_is_nobody_from_the_next_request_on(
    app: TestClient, rosa: Bearer, lived: dict[str, str]
) -> None:
    answer = app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=rosa)
    receipt = ok(answer)
    assert answer.headers["Location"] == f"/v1/erasure-receipts/{receipt['receipt_id']}"
    again = app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=rosa)
    assert (again.status_code, "is gone" in again.json()["detail"]) == (401, True)
    assert app.get("/v1/me", headers=rosa).status_code == 401
    assert app.post("/v1/auth/log-in", json={"email": "rosa@correo.pe", "password": PASSWORD}).status_code == 401
    services = services_of(app)
    assert services.recent_queries == services.recent_queries.__class__()
    with services.database.connect() as connection:
        logged = Base.metadata.tables["recommendations"]
        assert connection.execute(select(logged.c.seeker_id).distinct()).scalars().all() == [""]
    read = ok(app.get(answer.headers["Location"], headers={"Authorization": ""}))
    assert read == receipt
    ErasureReceiptDocument.model_validate(read)
    assert (read["state"], read["completed_at"]) == ("pending", None)
    assert (read["removed"]["accounts"], read["removed"]["seekers"], read["removed"]["messages"]) == (1, 1, 1)
    assert not any(value in json.dumps(read) for value in lived.values())
    unknown = app.get("/v1/erasure-receipts/0197a6b2-5c1e-7d4a-9b3f-2f6c1d0e8a47")
    assert unknown.status_code == 404


def test_no_word_of_the_person_is_left_in_any_file_of_the_server(
    app: TestClient, rosa: Bearer, lived: dict[str, str], mails: Mails
) -> None:
    assert any("rosa@correo.pe" in mail for mail in mails(app))  # in files, as no SMTP server is set
    take_snapshots(app)
    services = services_of(app)
    data = services.settings.data_dir
    in_copies = files_holding(data / "snapshots", WORDS.values())
    assert f"seekers.parquet: {WORDS['profile']}" in in_copies
    receipt = ok(app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=rosa))
    assert "1 asked for in the last 300 s wait" in finish(app)  # its requests may still run
    assert finish(app, "--settle-seconds", "0") == "1 erasures finished\n"
    done = ok(app.get(f"/v1/erasure-receipts/{receipt['receipt_id']}"))
    assert done["state"] == "complete"
    checked = {"analytics_snapshots": 1, "training_snapshots": 1, "training_vectors": 0, "written_mails": 3}
    assert done["checked"] == checked
    pseudonym = services.cipher.keyed_hash(Purpose.PSEUDONYM, lived["seeker_id"])
    words = {*WORDS.values(), "rosa@correo.pe", "40718293", "911222333", pseudonym, lived["seeker_id"]}
    assert files_holding(data, words) == set()
    # The audit log names the account by its id, which is nobody's now.
    audit = Base.metadata.tables["audit_entries"]
    with services.database.connect() as connection:
        subjects = connection.execute(select(audit.c.subject)).scalars().all()
    assert f"account:{lived['account_id']}" in subjects
    assert ok(app.post("/v1/recommendations", json={"profile": {"text": "Tejedora"}}))["recommendations"]


def test_a_damaged_snapshot_leaves_the_receipt_pending_and_says_what_to_do(
    app: TestClient, rosa: Bearer, lived: dict[str, str]
) -> None:
    assert lived
    take_snapshots(app)
    (snapshot,) = services_of(app).settings.data_dir.glob("snapshots/[0-9a-f]*")
    (snapshot / "seekers.parquet").write_bytes(b"damaged")
    receipt = ok(app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=rosa))
    with pytest.raises(ArtifactError, match="delete its folder"):
        finish(app, "--settle-seconds", "0")
    where = f"/v1/erasure-receipts/{receipt['receipt_id']}"
    assert ok(app.get(where))["state"] == "pending"
    for file in snapshot.iterdir():
        file.unlink()
    snapshot.rmdir()
    finish(app, "--settle-seconds", "0")
    assert ok(app.get(where))["state"] == "complete"


def test_a_partner_erases_its_person_and_its_webhook_is_told(app: TestClient) -> None:
    profile = {"text": f"Soy {WORDS['profile']}"}
    app.put("/v1/seekers/killa", json=profile)
    answer = ok(app.post("/v1/recommendations", json={"seeker_id": "killa", "limit": 3}))
    job_id = answer["recommendations"][0]["job_id"]
    app.put(f"/v1/jobs/{job_id}", json=JOB)
    event = {"event_id": "e1", "kind": "hire", "seeker_id": "killa", "job_id": job_id}
    response = {"events": [event | {"occurred_at": services_of(app).now().isoformat()}]}
    assert ok(app.post("/v1/events", json=response))["new"] == 1
    services = services_of(app)
    with writing(services.database).begin() as connection:
        partners = Base.metadata.tables["partners"]
        partner_id = connection.execute(select(partners.c.partner_id)).scalar_one()
        create_webhook(
            connection, services.cipher, partner_id, "https://a.example/h", [WebhookKind.SEEKER_ERASED], services.now()
        )
    receipt = ok(app.delete("/v1/seekers/killa"))
    assert receipt["removed"] == {
        "events": 1,
        "placements": 1,
        "recommendation_inputs": 1,
        "recommendations_detached": 1,
        "seekers": 1,
    }
    assert app.post("/v1/recommendations", json={"seeker_id": "killa"}).status_code == 404
    assert app.delete("/v1/seekers/killa").status_code == 404
    with services.database.connect() as connection:
        (delivery,) = connection.execute(select(Base.metadata.tables["webhook_deliveries"])).all()
    assert (delivery.kind, delivery.body["receipt_id"]) == ("seeker.erased", receipt["receipt_id"])


def test_metrics_and_logs_name_nobody(
    app: TestClient, rosa: Bearer, lived: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="chamba")
    app.get("/v1/me/export", headers=rosa)
    app.post("/v1/me/erasure", json={"password": PASSWORD}, headers=rosa)
    finish(app, "--settle-seconds", "0")
    shown = app.get("/metrics").text + caplog.text
    assert "/v1/me/export" in shown
    for private in (*lived.values(), *WORDS.values(), "rosa@correo.pe"):
        assert private not in shown


def test_bundles_hold_jobs_and_nobody(
    open_app: Callable[..., TestClient], tiny_model: Path, tiny_world: World, tmp_path: Path
) -> None:
    app = open_app()
    records = services_of(app).records
    records.put_jobs(tiny_world.jobs)
    records.put_seekers(tiny_world.seekers)
    bundles = tmp_path / "bundles"
    index_store(records, tiny_model, bundles, IndexConfig(recall_floor=0.5))
    files = [path for path in bundles.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    people = list(records.iter_seekers())
    assert tiny_world.jobs[0].title.encode() in content
    assert all(one.vector is not None for one in people)
    for one in people:
        assert one.seeker.seeker_id.encode() not in content
        assert one.vector is not None
        assert one.vector.astype("<f4").tobytes() not in content
        assert np.float16(one.vector).tobytes() not in content


def test_every_answer_is_said_to_be_automatic_and_how_to_contest_it(app: TestClient) -> None:
    document = app.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    assert {"POST /v1/recommendations", "POST /v1/me/recommendations", "POST /v1/me/search"} <= {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method, route in methods.items()
        if "RecommendationAnswer" in json.dumps(route["responses"])
    }
    described = schemas["RecommendationAnswer"]["description"]
    for addresses in ("/v1/me/recommendations/{recommendation_id}/", "/v1/recommendations/{recommendation_id}/"):
        assert f"{addresses}review-request" in " ".join(described.split())
        assert f"{addresses}review-request" in document["paths"]
    assert "automatic system" in described
    for path in ("/v1/recommendations", "/v1/me/recommendations"):
        assert "automatic system" in document["paths"][path]["post"]["description"]
