"""What a partner sends along is logged without contacts, is given again to the last bit, and is erased by reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from typer.testing import CliRunner

from api.recommendations.schemas.requests import RecommendationRequest
from api.recommendations.service.recommending import Person, answer_for, newest_bundle
from api.recommendations.service.replaying import Replayed, replay
from api.services.vectors import seeker_vector
from commands import erasures
from engine.documents.seekers import seeker_document
from engine.errors import NotFoundError
from engine.seekers import Seeker
from store.analytics.snapshots import take_snapshot
from store.encryption.data_keys import Purpose
from store.encryption.rotation import rotate
from store.evidence.answer_records import AnswerRecord, record_from_json
from store.evidence.journal import read_records
from store.evidence.log_shipping import ship_all
from store.tables import Base
from tests.api.services_of import services_of
from training.snapshots.taking import take_snapshot as take_training_snapshot

Bearer = dict[str, str]
OpenApp = Callable[..., TestClient]

# What people write, and what of it must be in no file.
WRITINGS = {
    "DNI 40718293": "40718293",
    "mi dni es 40.718.294": "40.718.294",
    "documento: 4071 8295": "4071 8295",
    "D.N.I. N° 40718296": "40718296",
    "carné de extranjería 001234567": "001234567",
    "llámame al 987654301": "987654301",
    "whatsapp +51 987 654 302": "987 654 302",
    "cel. 987-654-303": "987-654-303",
    "mi número: 9 8 7 6 5 4 3 0 4": "9 8 7 6 5 4 3 0 4",
    "fijo (01) 445-6605": "445-6605",
    "nueve ocho siete seis cinco cuatro tres cero seis": "ocho siete seis cinco cuatro",
    "wa.me/51987654307": "51987654307",
    "rosa.quispe@correo.pe": "rosa.quispe",
    "ROSA.MAMANI @ GMAIL . COM": "ROSA.MAMANI",
    "rosita arroba gmail punto com": "rosita arroba",
    "rosaura(at)hotmail(dot)com": "rosaura(at)",
    "ｒｏｓａ＠ｃｏｒｒｅｏ．ｐｅ": "ｒｏｓａ＠",
    "rosalía＠correo.pe": "rosalía＠",
    "ros\u00adana@cor\u200breo.pe": "ros\u00adana",
    "ｃｅｌ ９８７６５４３０８": "９８７６５４３０８",
    "987\u2009654\u2009309": "987\u2009654\u2009309",
    "wa.\u2060me/51987654310": "51987654310",
}
CLEAR = frozenset(WRITINGS.values()) | {"40718297"}
OWN_WORDS, REFERENCE = "tejedora-de-mantas", "dni-40718293"


@pytest.fixture
def app(open_app: OpenApp, tiny_bundles: Path) -> TestClient:
    return open_app(tiny_bundles)


def ok(answer: Any, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ask(app: TestClient, headers: Bearer | None = None, **asked: Any) -> str:
    """The id of an answer to a profile that is sent along."""
    asked.setdefault("profile", {"text": OWN_WORDS})
    return str(ok(app.post("/v1/recommendations", json=asked, headers=headers))["recommendation_id"])


def erase(app: TestClient, reference: str = REFERENCE, headers: Bearer | None = None) -> Any:
    return app.delete(f"/v1/profiles/{reference}", headers=headers)


def replayed(app: TestClient, recommendation_id: str) -> Replayed:
    services = services_of(app)
    ship_all(services.settings.journal, services.database)
    with services.database.connect() as connection:
        return replay(recommendation_id, connection, services.settings.bundles)


def journaled(app: TestClient) -> list[AnswerRecord]:
    """What waits to be logged."""
    files = sorted(services_of(app).settings.journal.glob("*.journal"))
    return [record_from_json(content or b"") for file in files for content in read_records(file)]


def finish(app: TestClient) -> None:
    """`chamba erasures`, at once."""
    settings = services_of(app).settings
    where = ["--data-dir", str(settings.data_dir), "--master-keys", str(settings.master_keys)]
    options = [*where, "--database-url", settings.database, "--settle-seconds", "0"]
    assert CliRunner().invoke(erasures.app, options).exit_code == 0


def take_snapshots(app: TestClient) -> None:
    services = services_of(app)
    data = services.settings.data_dir
    take_snapshot(services.database, data / "analytics", lambda seeker_id: seeker_id, services.now())
    take_training_snapshot(services.records, data / "snapshots")


def files_holding(app: TestClient, texts: Iterable[str]) -> set[str]:
    """`file: text` for each file below the data folder that holds one of the texts, or its JSON."""
    services, found = services_of(app), set()
    folder = services.settings.data_dir
    for path in (path for path in folder.rglob("*") if path.is_file() and "bundles" not in path.parts):
        content = path.read_bytes()
        if path.suffix == ".parquet":  # compressed
            content += str(duckdb.sql(f"from read_parquet('{path}')").fetchall()).encode()
        found |= {f"{path.name}: {text}" for text in texts if text.encode() in content}
    with services.database.connect() as connection:  # PostgreSQL has its files elsewhere
        for table in Base.metadata.sorted_tables:
            rows = str(connection.execute(select(table)).all())
            found |= {f"{table.name}: {text}" for text in texts if text in rows}
    return found


def test_no_contact_that_a_partner_sends_along_is_in_any_byte(app: TestClient) -> None:
    for writing in WRITINGS:
        ask(app, profile={"text": f"Tejedora. {writing}.", "skills": [writing, "redes de pesca"]})
    ask(app, profile={"text": "Tejedora", "skills": ["DNI", "40718297"]})
    app.put("/v1/seekers/killa", json={"text": "Tejedora", "skills": ["DNI", "40718297"]})
    assert len(journaled(app)) == len(WRITINGS) + 1
    assert files_holding(app, CLEAR) == set()
    ship_all(services_of(app).settings.journal, services_of(app).database)
    take_snapshots(app)
    assert files_holding(app, CLEAR) == set()
    assert files_holding(app, ["redes de pesca"])  # what is no contact is found where it is looked for


def test_what_was_encoded_is_what_was_logged_before_and_after_shipping(app: TestClient) -> None:
    profile = {"text": "Diseñadora, DNI 40718293, 987654301", "skills": ["Photoshop", "rosa@correo.pe"]}
    names = [ask(app, profile=profile), ask(app, profile=profile, profile_reference=REFERENCE)]
    waiting = {record.recommendation_id: record for record in journaled(app)}
    for name in names:
        again = replayed(app, name)
        assert again.logged.record == waiting[name]
        assert again.logged.record.document["text"] == "Diseñadora, DNI [contacto], [contacto]"
        assert again.is_identical, again.difference
        assert again.shown != []
        assert again.vector_distance == 0


def test_an_answer_that_was_logged_in_clear_still_replays(app: TestClient) -> None:
    services, old = services_of(app), Seeker(text="Diseñadora, llámame al 987654301")
    bundle = newest_bundle(services)
    person = Person(bundle, old, seeker_vector(old, bundle, services), orjson.dumps(seeker_document(old)))
    asked = RecommendationRequest.model_validate({"profile": {"text": "x"}})
    answer = orjson.loads(answer_for(person, asked, services))
    (waiting,) = services.settings.journal.glob("*.journal")
    assert b"profile_reference" not in waiting.read_bytes()  # as journals of earlier versions are
    again = replayed(app, answer["recommendation_id"])
    assert again.is_identical, again.difference
    assert (again.logged.record.document["text"], again.vector_distance) == (old.text, 0)


def test_a_reference_is_in_no_file_and_erases_what_is_logged_and_what_waits(app: TestClient) -> None:
    logged = ask(app, profile_reference=REFERENCE)
    assert replayed(app, logged).is_identical
    waiting = ask(app, profile={"text": f"{OWN_WORDS} y bordadora"}, profile_reference=REFERENCE)
    assert [record.recommendation_id for record in journaled(app)] == [waiting]
    assert files_holding(app, [REFERENCE]) == set()
    receipt = ok(erase(app))
    assert receipt["removed"] == {"recommendations_detached": 2, "recommendation_inputs": 2}
    finish(app)
    assert files_holding(app, [REFERENCE, OWN_WORDS]) == set()
    read = ok(app.get(f"/v1/erasure-receipts/{receipt['receipt_id']}", headers={"Authorization": ""}))
    assert read["state"] == "complete"
    for name in (logged, waiting):
        with pytest.raises(NotFoundError):
            replayed(app, name)
    logged_answers = Base.metadata.tables["recommendations"]
    with services_of(app).database.connect() as connection:  # what was recommended can still be counted
        assert [len(row.shown) for row in connection.execute(select(logged_answers))] == [10, 10]
    assert erase(app).status_code == 404


def test_what_others_sent_stays(app: TestClient, other_partner: Callable[[TestClient], Bearer]) -> None:
    other = other_partner(app)
    app.put("/v1/seekers/killa", json={"text": OWN_WORDS})
    ask(app, profile_reference=REFERENCE)
    stay = [ask(app), ask(app, profile_reference="another"), ask(app, other, profile_reference=REFERENCE)]
    stored = ok(app.post("/v1/recommendations", json={"seeker_id": "killa"}))["recommendation_id"]
    assert ok(erase(app))["removed"] == {"recommendations_detached": 1}  # the same words are somebody else's too
    finish(app)
    for name in (*stay, stored):
        assert replayed(app, name).is_identical
    for reference, headers in (("another", other), ("nobodys", None), (OWN_WORDS, None)):
        assert erase(app, reference, headers).status_code == 404
    assert erase(app, headers={"Authorization": ""}).status_code == 401
    assert ok(erase(app, headers=other))["removed"] == {"recommendations_detached": 1}


def test_a_reference_is_found_under_the_key_before(app: TestClient) -> None:
    services = services_of(app)
    first = ask(app, profile_reference=REFERENCE)
    replayed(app, first)
    rotate(services.database, services.cipher, Purpose.INDEX, settle=timedelta(0))
    ask(app, profile_reference=REFERENCE)
    assert len({record.profile_reference_hash for record in (*journaled(app), replayed(app, first).logged.record)}) == 2
    assert ok(erase(app))["removed"]["recommendations_detached"] == 2


def test_what_the_person_contested_is_erased_with_their_answers(app: TestClient) -> None:
    answer = ask(app, profile_reference=REFERENCE)
    case = ok(app.post(f"/v1/recommendations/{answer}/review-request", json={"text": "No es justo"}), 201)
    assert case
    assert ok(erase(app))["removed"]["cases"] == 1


def test_somebody_who_comes_again_later_is_not_erased_with_who_was(app: TestClient) -> None:
    ask(app, profile_reference=REFERENCE)
    ok(erase(app))
    again = ask(app, profile={"text": "Vuelvo a tejer"}, profile_reference=REFERENCE)
    finish(app)
    assert replayed(app, again).is_identical


@pytest.mark.parametrize(
    "asked",
    [
        {"seeker_id": "killa", "profile_reference": REFERENCE},
        {"profile": {"text": "x"}, "profile_reference": "x" * 129},
        {"profile": {"text": "x"}, "profile_reference": ""},
        {"profile": {"text": "x"}, "profile_reference": "con/barra"},
        {"profile": {"text": "x"}, "profile_reference": 7},
    ],
)
def test_a_reference_is_short_and_of_a_profile(app: TestClient, asked: dict[str, Any]) -> None:
    answer = app.post("/v1/recommendations", json=asked)
    assert answer.status_code == 422
    assert "profile_reference" in answer.text
