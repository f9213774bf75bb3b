"""A whole retraining on a tiny world: killed at the worst moment of each step, it ends as an undisturbed one does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from chamba import app
from engine.artifacts import only_one
from engine.encoder.encoder import TowerEncoder
from engine.errors import ArtifactError, InvalidInputError
from engine.reranking.model import RERANKER
from index.bundle import BundleManifest, current_folder
from index.publishing import BundleJob
from sample.world import generate_world
from store.database import open_database
from store.records.records import Records
from tests.databases import NewDatabaseUrl
from tests.training.snapshot_parts import let_life_go_on, store_of
from training.pipelines.retrain import Start, open_state, retrain
from training.pipelines.retrain_state import Outcome, latest
from training.pipelines.retrain_steps import STEPS, RetrainConfig, Retraining
from training.release.registry import open_registry
from training.reranking import model_selection
from training.reranking.fitting import Family, Settings

pytestmark = pytest.mark.slow


class KilledError(Exception):
    """Stands for a process that dies."""


@dataclass(frozen=True, slots=True)
class Home:
    """A data folder and the URL of its database."""

    data_dir: Path
    url: str


def retraining(home: Home, config: RetrainConfig, start: Start = Start.GO_ON, **options: Any) -> Retraining:
    """What `chamba retrain` makes of its options: nothing is taken over from an earlier call but the disk."""
    records = Records(open_database(home.url))
    state = open_state(home.data_dir / "retrain", config, start)
    bundles = BundleJob(records, home.data_dir / "bundles", threads=1)
    return Retraining(state, config, home.data_dir, records, bundles, say=lambda _: None, **options)


def end_state(home: Home) -> dict[str, Any]:
    """What a retraining leaves for those who use it."""
    data_dir = home.data_dir
    registry, bundle = open_registry(data_dir), current_folder(data_dir / "bundles")
    champion = registry.champion()
    return {
        "versions": [(version.number, version.model_id, version.tags["gate"]) for version in registry.versions()],
        "champion": champion and champion.model_id,
        "in use": TowerEncoder(data_dir / "models" / "current").model_id,
        "served": bundle and BundleManifest.read(bundle).model_id,
        "promotions": [(event.action, event.version, event.forced) for event in registry.history()],
    }


@pytest.fixture(scope="module")
def config(tiny_hugging_face: Path) -> RetrainConfig:
    """A quick one."""
    return RetrainConfig(
        encoder=f"hf:{tiny_hugging_face}", epochs=4, batch_pairs=32, learning_rate=0.02, recall_floor=0.5
    )


@pytest.fixture(scope="module")
def world(new_module_database_url: NewDatabaseUrl, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A data folder with a sample world and an empty registry."""
    folder = tmp_path_factory.mktemp("world")
    url = new_module_database_url(folder)
    store_of(generate_world(seed=3, job_count=90, seeker_count=240), url)
    open_registry(folder)
    return Home(folder, url)


def copied(home: Home, folder: Path, new_url: NewDatabaseUrl) -> Home:
    """A copy of the folder in `folder`, with a copy of the database."""
    data_dir = shutil.copytree(
        home.data_dir, folder / "data", symlinks=True, ignore=shutil.ignore_patterns("chamba.db*")
    )
    return Home(data_dir, new_url(data_dir, like=home.url))


@pytest.fixture
def home(world: Home, new_database_url: NewDatabaseUrl, tmp_path: Path) -> Home:
    """A copy of the world for one test."""
    return copied(world, tmp_path, new_database_url)


@pytest.fixture(scope="module")
def published(
    world: Home,
    config: RetrainConfig,
    new_module_database_url: NewDatabaseUrl,
    tmp_path_factory: pytest.TempPathFactory,
) -> Home:
    """A data folder after a retraining that nobody disturbed: the first, so that the gate has nothing to compare."""
    home = copied(world, tmp_path_factory.mktemp("published"), new_module_database_url)
    assert retrain(retraining(home, config)) is Outcome.PUBLISHED
    return home


def test_a_retraining_ends_with_its_model_served(published: Home) -> None:
    ended = end_state(published)
    (version,) = ended["versions"]
    assert ended["champion"] == ended["in use"] == ended["served"] == version[1]
    assert ended["promotions"] == [("promote", 1, False)]
    state = latest(published.data_dir / "retrain")
    assert state is not None
    assert list(state.steps) == list(STEPS)
    assert not (state.folder / "models").exists()


def test_a_retraining_killed_before_every_record_ends_the_same(
    published: Home, home: Home, config: RetrainConfig
) -> None:
    def die_at(victim: str) -> Any:
        def kill(step: str) -> None:
            if step == victim:
                raise KilledError

        return kill

    for step in STEPS:
        with pytest.raises(KilledError):
            retrain(retraining(home, config), before_record=die_at(step))
        state = latest(home.data_dir / "retrain")
        assert state is not None
        assert list(state.steps) == list(STEPS)[: list(STEPS).index(step)]
    assert retrain(retraining(home, config)) is Outcome.PUBLISHED
    assert end_state(home) == end_state(published)


def test_a_finished_retraining_does_nothing_more_until_it_is_asked_to(
    published: Home, config: RetrainConfig, tmp_path: Path
) -> None:
    before = end_state(published)
    assert retrain(retraining(published, config)) is Outcome.PUBLISHED
    assert end_state(published) == before
    folder = shutil.copytree(published.data_dir / "retrain", tmp_path / "retrain", symlinks=True)
    ended = latest(folder)
    again = open_state(folder, config, Start.AGAIN)
    assert ended is not None
    assert again.retrain_id > ended.retrain_id
    assert open_state(folder, config, Start.AGAIN).retrain_id == again.retrain_id
    assert open_state(folder, config, Start.FRESH).retrain_id > again.retrain_id


def test_a_model_no_better_is_registered_and_not_published(
    published: Home, config: RetrainConfig, new_database_url: NewDatabaseUrl, tmp_path: Path
) -> None:
    refused = copied(published, tmp_path, new_database_url)
    before = end_state(refused)
    second = retraining(refused, config, Start.FRESH)
    assert retrain(second) is Outcome.REFUSED
    after = end_state(refused)
    assert len(after["versions"]) == 2
    assert after["versions"][1][2].startswith("refused: recall_at_10 does not rise")
    assert {name: after[name] for name in ("champion", "in use", "served", "promotions")} == {
        name: before[name] for name in ("champion", "in use", "served", "promotions")
    }
    assert "index" not in second.state.steps
    assert retrain(retraining(refused, config)) is Outcome.REFUSED
    assert retrain(retraining(refused, config, forced_reason="a demo")) is Outcome.PUBLISHED
    event = open_registry(refused.data_dir).history()[-1]
    assert (event.action, event.version, event.forced, event.reason) == ("promote", 2, True, "a demo")
    assert retrain(retraining(refused, config)) is Outcome.PUBLISHED


def test_one_step_at_a_time(home: Home, config: RetrainConfig) -> None:
    with pytest.raises(InvalidInputError, match="--step snapshot"):
        retrain(retraining(home, config), "checks")
    assert retrain(retraining(home, config), "snapshot") is Outcome.UNFINISHED
    assert retrain(retraining(home, config), "checks") is Outcome.UNFINISHED
    assert retrain(retraining(home, config), "snapshot") is Outcome.UNFINISHED
    with pytest.raises(InvalidInputError, match="publish"):
        retrain(retraining(home, config), "fly")


def test_what_comes_in_after_the_snapshot_changes_no_reranker(
    home: Home,
    config: RetrainConfig,
    new_database_url: NewDatabaseUrl,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_selection, "GRID", (Settings(Family.LOGISTIC_REGRESSION, 0.01),))
    monkeypatch.setattr("training.reranking.run.selected_model", lambda ranked: ranked[-1])  # so that there is a file
    for step in ("snapshot", "checks", "fit", "export"):
        retrain(retraining(home, config), step)
    later = copied(home, tmp_path / "later", new_database_url)
    let_life_go_on(Records(open_database(later.url)))
    files = []
    for one in (home, later):
        ran = retraining(one, config)
        retrain(ran, "rerank")
        files.append((ran.model / RERANKER).read_bytes())
    assert files[0] == files[1]
    for step in ("evaluate", "register"):
        retrain(retraining(later, config), step)
    (version,) = open_registry(later.data_dir).versions()
    snapshot = retraining(later, config).state.output("snapshot")["version"]
    assert version.tags["data_version"] == version.tags["reranker_data_version"] == snapshot
    (card,) = (later.data_dir / "mlflow-artifacts").rglob("MODEL_CARD.md")
    assert "The reranker was fitted on the same version of the data." in card.read_text()


def test_a_schedule_leaves_behind_what_has_been_stuck_for_days(home: Home, config: RetrainConfig) -> None:
    retrains = home.data_dir / "retrain"
    stuck = open_state(retrains, config, Start.AGAIN)
    (retrains / "current").unlink()
    stuck.folder.rename(retrains / "20260101T030000000000")
    (retrains / "current").symlink_to("20260101T030000000000")
    assert open_state(retrains, config, Start.GO_ON).retrain_id == "20260101T030000000000"
    assert open_state(retrains, config, Start.AGAIN).retrain_id > "20260102"


def test_a_snapshot_that_failed_its_checks_is_taken_again(home: Home, config: RetrainConfig) -> None:
    first = retraining(home, config)
    retrain(first, "snapshot")
    (first.snapshot / "DATA_CARD.md").write_text("damaged")
    with pytest.raises(ArtifactError, match="damaged"):
        retrain(first, "checks")
    shutil.rmtree(first.data_dir / "snapshots")
    retrain(retraining(home, config), "snapshot")
    assert retrain(retraining(home, config), "checks") is Outcome.UNFINISHED
    assert list(retraining(home, config).state.steps) == ["snapshot", "checks"]


def test_other_settings_need_a_fresh_start(home: Home, config: RetrainConfig) -> None:
    retrain(retraining(home, config), "snapshot")
    with pytest.raises(InvalidInputError, match=r"epochs 4.*epochs 5.*--fresh"):
        retraining(home, replace(config, epochs=5))


def test_two_retrainings_do_not_run_at_once(home: Home, commands_use: Callable[[str], None]) -> None:
    commands_use(home.url)
    held = only_one(home.data_dir / "retrain", "a test holds")
    with held, pytest.raises(ArtifactError, match="another retraining"):
        chamba("retrain", data_dir=home.data_dir)


def chamba(*arguments: str, data_dir: Path) -> tuple[int, str]:
    """Exit status and everything printed by the command line."""
    result = CliRunner().invoke(app, [*arguments, "--data-dir", str(data_dir)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_the_command_line_shows_refuses_forces_and_rolls_back(
    published: Home,
    config: RetrainConfig,
    new_database_url: NewDatabaseUrl,
    commands_use: Callable[[str], None],
    tmp_path: Path,
) -> None:
    home = copied(published, tmp_path, new_database_url)
    commands_use(home.url)
    folder = home.data_dir
    options = ["--encoder", config.encoder, "--epochs", "4", "--batch-pairs", "32", "--learning-rate", "0.02"]
    retrain_again = ["retrain", *options, "--recall-floor", "0.5", "--again"]
    status, printed = chamba(*retrain_again, data_dir=folder)
    assert status == 3
    assert "was refused: recall_at_10 does not rise" in printed
    status, printed = chamba("model", "promote", "2", data_dir=folder)
    assert status == 3
    assert "--force" in printed
    with pytest.raises(InvalidInputError, match="--reason"):
        chamba("model", "promote", "2", "--force", data_dir=folder)
    status, printed = chamba("model", "promote", "2", "--force", "--reason", "a demo", data_dir=folder)
    assert (status, "chamba index" in printed) == (0, True)
    status, printed = chamba("model", "list", "--history", data_dir=folder)
    lines = printed.splitlines()
    assert [line.split()[:3] for line in lines if "champion" in line] == [
        ["*", "1", "previous-champion"],
        ["*", "2", "champion"],
    ]
    assert any("promote to 2 (forced)" in line and line.endswith("a demo") for line in lines)
    status, printed = chamba("model", "rollback", data_dir=folder)
    assert (status, "version 1 is champion" in printed) == (0, True)
    assert "rollback to 1" in chamba("model", "list", "--history", data_dir=folder)[1]
