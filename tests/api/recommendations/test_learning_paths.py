"""A short answer tells the steps to a skill that most of the nearest ads ask for, where an operator compiled ESCO."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.configuration.settings import Settings
from api.recommendations.schemas.answers import RecommendationAnswer
from api.recommendations.service.replaying import replay
from engine.jobs import Job, Modality
from engine.learning_paths.classification import FILE
from engine.relevance import MatchCalibration
from index.build import IndexConfig, build_index
from store.evidence.log_shipping import ship_all
from store.importers.esco.reading import read_classification
from tests.api.services_of import services_of
from tests.databases import NewDatabaseUrl
from tests.store.importers.esco.small_esco import uri, write_esco

OpenApp = Callable[..., TestClient]
TITLE = "Ayudante rural de oficina"
ADS = [
    Job(
        f"ad-{number}",
        f"{TITLE} {place}",
        f"Llenar cuadros para {place}.",
        skills=("Hojas Kallpa",),
        modality=Modality.REMOTE,
    )
    for number, place in enumerate(("Ayaviri", "Sicuani", "Chivay", "Lampa"))
]
SILENT = [
    Job(f"other-{number}", f"Tejedora {number}", "Tejer chompas.", modality=Modality.REMOTE) for number in range(5)
]
SHORT = MatchCalibration(1e-3, 0.0, 0.9)  # nothing is a match, and nothing far from one
VENDOR = {"text": "Vendo comida"}


@pytest.fixture(scope="module")
def bundles(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four ads that ask for one skill, and more that name none."""
    folder = tmp_path_factory.mktemp("bundles")
    assert build_index([*ADS, *SILENT], tiny_model, folder, IndexConfig(recall_floor=0.0)).published
    return folder


@pytest.fixture(scope="module")
def compiled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that `chamba esco` writes."""
    folder = tmp_path_factory.mktemp("esco")
    read_classification(write_esco(folder / "download")).save(folder / FILE)
    return folder / FILE


@pytest.fixture
def client(open_app: OpenApp, bundles: Path) -> TestClient:
    """An app whose answers are all short."""
    client = open_app(bundles)
    watch = services_of(client).watch
    assert watch.current is not None
    watch.current = replace(watch.current, recommender=replace(watch.current.recommender, match_calibration=SHORT))
    return client


def put(client: TestClient, content: bytes | None) -> None:
    """Give the app a compiled file, or take it away, and let it look."""
    file = services_of(client).settings.data_dir / FILE
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    services_of(client).learning_paths.refresh()


def skill_unlock(client: TestClient, profile: dict[str, Any] = VENDOR, **asked: Any) -> dict[str, Any]:
    response = client.post("/v1/recommendations", json={"profile": profile, **asked})
    assert response.status_code == 200, response.text
    RecommendationAnswer.model_validate_json(response.content)
    (found,) = [unlock for unlock in response.json()["unlocks"] if unlock["kind"] == "skill"]
    return dict(found)


def tells_a_skill(client: TestClient, profile: dict[str, Any]) -> bool:
    unlocks = client.post("/v1/recommendations", json={"profile": profile}).json()["unlocks"]
    return any(unlock["kind"] == "skill" for unlock in unlocks)


@pytest.mark.parametrize("words", ["Lleno hojas de Kallpas", "uso HOJAS KALLPA a diario"])
def test_a_skill_that_is_mentioned_in_any_form_is_not_lacking(client: TestClient, words: str) -> None:
    assert tells_a_skill(client, VENDOR)
    assert not tells_a_skill(client, {"text": words})


def test_what_ads_that_come_near_nothing_ask_for_is_not_told(client: TestClient) -> None:
    watch = services_of(client).watch
    assert watch.current is not None
    far = replace(watch.current.recommender, match_calibration=replace(SHORT, intercept=-8.0))
    watch.current = replace(watch.current, recommender=far)
    assert not tells_a_skill(client, VENDOR)


def test_without_a_file_a_skill_has_no_path(client: TestClient) -> None:
    unlock = skill_unlock(client)
    assert unlock["text"] == "4 de los 4 avisos cercanos que nombran habilidades piden Hojas Kallpa, que no mencionas"
    assert unlock["path"] is None
    assert client.get("/readyz").json()["learning_paths"] == "none"


@pytest.mark.parametrize(
    ("locale", "leads_to", "first", "last", "attribution"),
    [
        (
            "es",
            "ayudante rural/ayudanta rural de oficina",
            "tablas de números",
            "utilizar Hojas Kallpa",
            "clasificación ESCO de la Comisión Europea",
        ),
        (
            "en",
            "rural office helper",
            "number tables",
            "use Kallpa Sheets",
            "ESCO classification of the European Commission",
        ),
    ],
)
def test_the_path_is_told_in_the_language_of_the_answer(
    client: TestClient, compiled_file: Path, locale: str, leads_to: str, first: str, last: str, attribution: str
) -> None:
    put(client, compiled_file.read_bytes())
    path = skill_unlock(client, locale=locale)["path"]
    assert path["leads_to"] == {"uri": uri("occupation", "helper"), "label": leads_to}
    assert len(path["steps"]) == 5
    assert path["steps"][0] == {"uri": uri("skill", "tables"), "label": first}
    assert path["steps"][-1] == {"uri": uri("skill", "sheets"), "label": last}
    assert leads_to in path["text"]
    assert [path["text"].index(f"{number}) ") for number in range(1, 6)] == sorted(
        path["text"].index(f"{number}) {step['label']}") for number, step in enumerate(path["steps"], 1)
    )
    assert attribution in path["attribution"]
    assert client.get("/readyz").json()["learning_paths"] == "served"


def test_what_somebody_has_is_no_step(client: TestClient, compiled_file: Path) -> None:
    put(client, compiled_file.read_bytes())
    path = skill_unlock(client, {"text": "Vendo comida y sé llevar cuentas", "skills": ["ordenar papeles"]})["path"]
    assert {entry["uri"] for entry in path["has"]} == {uri("skill", "counts"), uri("skill", "papers")}
    assert not {entry["uri"] for entry in path["has"]} & {entry["uri"] for entry in path["steps"]}


def test_stored_people_and_batches_are_told_too(client: TestClient, compiled_file: Path) -> None:
    put(client, compiled_file.read_bytes())
    assert client.put("/v1/seekers/nina", json=VENDOR).is_success
    single = client.post("/v1/recommendations", json={"seeker_id": "nina"}).json()["unlocks"][-1]
    many = client.post("/v1/recommendations:batch", json={"seeker_ids": ["nina"]}).json()["unlocks"][-1]
    assert single == many
    assert single["path"]["steps"]


def test_an_answer_with_a_path_is_logged_and_given_again_whatever_became_of_the_file(
    client: TestClient, compiled_file: Path
) -> None:
    put(client, compiled_file.read_bytes())
    answer = client.post("/v1/recommendations", json={"profile": VENDOR}).json()
    assert answer["unlocks"][-1]["path"]
    put(client, None)
    services = services_of(client)
    ship_all(services.settings.journal, services.database)
    with services.database.connect() as connection:
        record = replay(answer["recommendation_id"], connection, services.settings.bundles).logged.record
    assert [job_id for job_id, _ in record.shown] == [near["job_id"] for near in answer["nearest"]]
    assert "path" not in record.query


def test_a_damaged_file_is_told_and_the_one_before_goes_on(
    client: TestClient, compiled_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(client, compiled_file.read_bytes())
    with caplog.at_level(logging.WARNING, "chamba.api"):
        put(client, compiled_file.read_bytes()[:-7])
        services_of(client).learning_paths.refresh()
    # The app may have looked by itself too, while the file was written.
    warnings = [record.getMessage() for record in caplog.records if "paths to skills cannot" in record.getMessage()]
    assert warnings
    assert all("chamba esco FOLDER" in warning for warning in warnings)
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert "dañado" in ready.json()["learning_paths"]
    assert skill_unlock(client)["path"]["steps"]
    put(client, None)
    assert client.get("/readyz").json()["learning_paths"] == "none"
    assert skill_unlock(client)["path"] is None


def test_a_server_starts_beside_a_damaged_file(
    bundles: Path, tmp_path: Path, new_database_url: NewDatabaseUrl, with_key: Callable[[TestClient], TestClient]
) -> None:
    (tmp_path / "bundles").symlink_to(bundles)
    (tmp_path / FILE).write_bytes(b"\x00" * 100)
    settings = Settings(data_dir=tmp_path, database_url=new_database_url(tmp_path), password_memory_kib=19_456)
    with TestClient(create_app(settings)) as client:
        ready = client.get("/readyz")
        assert (ready.status_code, "chamba esco FOLDER" in ready.json()["learning_paths"]) == (200, True)
        answer = with_key(client).post("/v1/recommendations", json={"profile": VENDOR})
        assert answer.status_code == 200
