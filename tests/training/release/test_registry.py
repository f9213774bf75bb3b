"""The registry on a real MLflow database: versions, champions, the way back, and files that arrive whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import orjson
import pytest

from engine.artifacts import seal_folder
from engine.encoder.encoder import FLATBUFFER, MODEL_MANIFEST, TowerEncoder
from engine.errors import ArtifactError, InvalidInputError, NotFoundError
from training.release.registry import ModelCandidate, Registry, Version, open_registry

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """MLflow's tables without a row: making them takes seconds, copying them does not."""
    folder = tmp_path_factory.mktemp("registry")
    open_registry(folder)
    return folder / "mlflow.db"


@pytest.fixture
def registry(tmp_path: Path, empty_database: Path) -> Registry:
    """An empty registry in `tmp_path`."""
    shutil.copy2(empty_database, tmp_path / "mlflow.db")
    return open_registry(tmp_path)


@pytest.fixture
def register(registry: Registry, tiny_model: Path, tmp_path: Path) -> RegisterModel:
    """Registers a copy of the tiny model under a name of its own."""
    return RegisterModel(registry, tiny_model, tmp_path / "made")


class RegisterModel:
    """Makes models that differ in nothing but their id."""

    def __init__(self, registry: Registry, model: Path, folder: Path) -> None:
        self._registry, self._model, self._folder = registry, model, folder

    def __call__(self, model_id: str, data_version: str = "v1") -> Version:
        """The registered version."""
        model = self._folder / model_id
        if not model.exists():
            shutil.copytree(self._model, model)
            manifest = orjson.loads((model / MODEL_MANIFEST).read_bytes())
            seal_folder(model, MODEL_MANIFEST, manifest | {"model_id": model_id})
        run = self._folder / "run"
        run.mkdir(exist_ok=True)
        (run / "run.json").write_text("{}")
        return self._registry.register(
            ModelCandidate(
                model, run, {"epochs": 3}, {"recall": 0.25}, f"# Towers {model_id}\n", {"data_version": data_version}
            )
        )


def test_a_version_keeps_everything_it_was_registered_with(
    registry: Registry, register: RegisterModel, tmp_path: Path
) -> None:
    version = register("aaaa")
    assert (version.number, version.model_id, version.tags["data_version"]) == (1, "aaaa", "v1")
    assert version.metrics == {"recall": 0.25}
    stored = {str(path.relative_to(tmp_path)) for path in (tmp_path / "mlflow-artifacts").rglob("*") if path.is_file()}
    assert {path.split("artifacts/", 1)[1].split("/", 1)[1].removeprefix("artifacts/") for path in stored} >= {
        "MODEL_CARD.md",
        "run/run.json",
        "model/model.json",
        "model/towers.tflite",
        "model/saved_model/saved_model.pb",
    }
    assert registry.versions() == [version]


def test_the_same_model_of_the_same_data_is_one_version(registry: Registry, register: RegisterModel) -> None:
    assert register("aaaa").number == register("aaaa").number == 1
    assert register("aaaa", data_version="v2").number == 2
    assert register("bbbb").number == 3
    assert [version.number for version in registry.versions()] == [1, 2, 3]


def test_rollback_walks_back_through_the_champions(registry: Registry, register: RegisterModel) -> None:
    one, two, three = register("aaaa"), register("bbbb"), register("cccc")
    for version in (one, two, three):
        registry.promote(version, forced=version is three, reason=f"because of {version.number}")
    assert registry.aliases() == {3: "champion", 2: "previous-champion"}
    assert registry.rollback("slow").number == 2
    assert registry.aliases() == {2: "champion", 1: "previous-champion"}
    assert registry.rollback().number == 1
    assert registry.aliases() == {1: "champion"}
    with pytest.raises(NotFoundError, match="no champion to go back to"):
        registry.rollback()
    registry.promote(three)
    assert registry.rollback().number == 1
    told = [(event.action, event.version, event.forced, event.reason) for event in registry.history()]
    assert told[:4] == [
        ("promote", 1, False, "because of 1"),
        ("promote", 2, False, "because of 2"),
        ("promote", 3, True, "because of 3"),
        ("rollback", 2, False, "slow"),
    ]
    assert all(event.who and event.at for event in registry.history())


def test_a_second_promotion_of_the_champion_changes_nothing(registry: Registry, register: RegisterModel) -> None:
    one, two = register("aaaa"), register("bbbb")
    registry.promote(one)
    registry.promote(two)
    registry.promote(two)
    assert len(registry.history()) == 2
    assert registry.aliases() == {2: "champion", 1: "previous-champion"}


def test_a_model_folder_that_is_gone_or_damaged_comes_back_whole(
    registry: Registry, register: RegisterModel, tmp_path: Path
) -> None:
    version, models = register("aaaa"), tmp_path / "models"
    folder = registry.fetch(version, models)
    assert TowerEncoder(folder).model_id == "aaaa"
    (folder / FLATBUFFER).write_bytes(b"damaged")
    assert TowerEncoder(registry.fetch(version, models)).model_id == "aaaa"
    assert [path.name for path in models.iterdir()] == ["aaaa"]


def test_a_damaged_artifact_is_refused(registry: Registry, register: RegisterModel, tmp_path: Path) -> None:
    version = register("aaaa")
    (stored,) = (tmp_path / "mlflow-artifacts").rglob(FLATBUFFER)
    stored.write_bytes(b"damaged")
    with pytest.raises(ArtifactError, match="damaged"):
        registry.fetch(version, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_the_gate_report_stays_with_the_version(registry: Registry, register: RegisterModel, tmp_path: Path) -> None:
    registry.record_gate(register("aaaa"), {"passed": False, "reason": "no better", "checks": []})
    assert registry.get(1).tags["gate"] == "refused: no better"
    (report,) = (tmp_path / "mlflow-artifacts").rglob("gate.json")
    assert json.loads(report.read_text())["reason"] == "no better"


def test_mistakes_say_what_to_do(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="chamba model list"):
        registry.get(7)
    with pytest.raises(InvalidInputError, match="sqlite:///"):
        open_registry(tmp_path, "mlruns")
    with pytest.raises(ArtifactError, match="--registry"):
        open_registry(tmp_path, "gopher://example.org")
