"""The steps of a retraining, in their order. Each leaves its work on disk and may be run again without harm.

What is judged is the flatbuffer that would serve, so export comes before evaluate; the gate's report belongs to a
version, so register comes before gate. Nothing that serves is touched before publish.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import orjson

from engine.artifacts import write_atomically
from engine.errors import ArtifactError
from training.pipelines.retrain_state import Output, RetrainState
from training.release.promotion import champion_of, evaluated, gate_version, put_in_use, register_model
from training.release.registry import Registry, open_registry
from training.snapshots.snapshots import read_snapshot, read_training_data, require_passed

if TYPE_CHECKING:
    from store.records.records import Records
    from training.data.datasets import PlacementSet

GATE_REPORT = "gate.json"


@dataclass(frozen=True, slots=True)
class RetrainConfig:
    """What decides a retraining besides the store's content. The body is the released one: what it learnt of the
    language of work is kept, and its towers are fitted anew."""

    encoder: str = "released"
    epochs: int = 25
    batch_pairs: int = 256
    learning_rate: float = 1e-3
    trained_blocks: int = 0
    seed: int = 7
    reranker: bool = True
    recall_floor: float = 0.95


class Bundles(Protocol):
    """What a retraining asks of the index, which training does not know."""

    def build(self, model: Path, recall_floor: float) -> str:
        """Build a bundle of the open jobs with a model folder, without publishing it; returns its version."""

    def publish(self, version: str, model: Path) -> None:
        """Serve a bundle that was built; raises ArtifactError when it is gone."""


@dataclass
class Retraining:
    """One retraining and what its steps need."""

    state: RetrainState
    config: RetrainConfig
    data_dir: Path
    records: Records
    bundles: Bundles
    registry_url: str = ""
    accept_drift: bool = False
    forced_reason: str = ""
    say: Callable[[str], object] = field(default=print)

    @cached_property
    def registry(self) -> Registry:
        """Opened by the first step that needs it."""
        return open_registry(self.data_dir, self.registry_url)

    @property
    def snapshot(self) -> Path:
        """The folder of the snapshot this retraining stands on."""
        return self.data_dir / "snapshots" / str(self.state.output("snapshot")["version"])

    @property
    def model(self) -> Path:
        """The challenger's folder."""
        return self.state.folder / "models" / str(self.state.output("export")["model_id"])

    @cached_property
    def placements(self) -> PlacementSet:
        """The snapshot as training data."""
        return read_snapshot(self.snapshot)


def take_snapshot(retraining: Retraining) -> Output:
    """Write what the store holds to Parquet; drift is measured with the model in use."""
    from training.snapshots.taking import take_snapshot as take

    current = retraining.data_dir / "models" / "current"
    model = current if current.is_dir() else None
    folder = retraining.data_dir / "snapshots"
    snapshot, _ = take(retraining.records, folder, model=model, accept_drift=retraining.accept_drift)
    retraining.say(f"snapshot {snapshot.version}: {snapshot.counts}")
    return {"version": snapshot.version, "counts": snapshot.counts}


def check_snapshot(retraining: Retraining) -> Output:
    """Refuse to train on a snapshot that failed a check, saying which rows; the next try takes another one."""
    try:
        snapshot = require_passed(retraining.snapshot)
    except ArtifactError:
        retraining.state.forget("snapshot")
        raise
    retraining.say(f"{len(snapshot.results)} checks passed")
    return {"checks": len(snapshot.results)}


def fit_towers(retraining: Retraining) -> Output:
    """Fit the towers on the snapshot; a killed fit goes on from its checkpoint."""
    from training.pipelines.train import train_towers
    from training.towers.fit_config import FitConfig

    config = retraining.config
    settings = FitConfig(
        epochs=config.epochs,
        batch_pairs=config.batch_pairs,
        learning_rate=config.learning_rate,
        trained_blocks=config.trained_blocks,
        seed=config.seed,
    )
    run = train_towers(
        retraining.placements, config.encoder, settings, retraining.data_dir, export=False, say=retraining.say
    )
    return {"run": run.name}


def export_model(retraining: Retraining) -> Output:
    """Write the challenger's model folder, beside the models in use."""
    from training.pipelines.train import export_run

    run = retraining.data_dir / "runs" / retraining.state.output("fit")["run"]
    folder = export_run(run, retraining.state.folder, with_saved_model=True, say=retraining.say)
    return {"model_id": folder.name}


def fit_reranker(retraining: Retraining) -> Output:
    """Fit a reranker on the snapshot for the challenger's own cosines; the last one's belongs to other towers."""
    from training.reranking.run import RerankerConfig, train_reranker

    if not retraining.config.reranker:
        return {"reranker": "none was asked for"}
    cache, config = retraining.data_dir / "cache", RerankerConfig(seed=retraining.config.seed)
    data = read_training_data(retraining.snapshot)
    name = train_reranker(data, retraining.model, cache, config, say=retraining.say)
    return {"reranker": name}


def evaluate_models(retraining: Retraining) -> Output:
    """Judge challenger and champion on the snapshot's time split."""
    registry, data_dir, placements = retraining.registry, retraining.data_dir, retraining.placements
    challenger = evaluated(retraining.model, placements, data_dir).summary()
    champion = champion_of(registry, data_dir)
    if champion is None:
        return {"challenger": challenger, "champion": None}
    folder = registry.fetch(champion, data_dir / "models")
    return {"challenger": challenger, "champion": evaluated(folder, placements, data_dir).summary()}


def register_version(retraining: Retraining) -> Output:
    """Register the challenger, whatever the gate will say of it."""
    version = register_model(
        retraining.registry,
        retraining.model,
        retraining.data_dir,
        run=retraining.data_dir / "runs" / retraining.state.output("fit")["run"],
        evaluation=evaluated(retraining.model, retraining.placements, retraining.data_dir),
        tags={"retrain": retraining.state.retrain_id},
    )
    retraining.say(f"registered as version {version.number}")
    return {"version": version.number}


def pass_gate(retraining: Retraining) -> Output:
    """Judge the challenger against the champion, and keep the report with the version."""
    version = retraining.registry.get(retraining.state.output("register")["version"])
    report = gate_version(retraining.registry, version, retraining.placements, retraining.data_dir)
    document = orjson.dumps(report.document(), option=orjson.OPT_INDENT_2)
    write_atomically(retraining.state.folder / GATE_REPORT, document)
    retraining.say(report.table())
    return {"passed": report.passed, "reason": report.reason, "champion": report.champion}


def build_bundle(retraining: Retraining) -> Output:
    """Encode the open jobs with the challenger and build their bundle."""
    return {"bundle": retraining.bundles.build(retraining.model, retraining.config.recall_floor)}


def publish(retraining: Retraining) -> Output:
    """Make the challenger champion and its bundle the one that is served."""
    registry, data_dir = retraining.registry, retraining.data_dir
    version = registry.get(retraining.state.output("register")["version"])
    forced = not retraining.state.output("gate")["passed"]
    reason = retraining.forced_reason or f"retrain {retraining.state.retrain_id}"
    registry.promote(version, forced=forced, reason=reason)  # written down before anybody is served by it
    model = put_in_use(registry, version, data_dir)
    bundle = retraining.state.output("index")["bundle"]
    try:
        retraining.bundles.publish(bundle, model)
    except ArtifactError:  # other index jobs cleared it away since
        bundle = retraining.bundles.build(model, retraining.config.recall_floor)
        retraining.bundles.publish(bundle, model)
    shutil.rmtree(retraining.state.folder / "models", ignore_errors=True)  # the registry and models/ hold it now
    return {"bundle": bundle, "version": version.number, "forced": forced}


STEPS: dict[str, Callable[[Retraining], Output]] = {
    "snapshot": take_snapshot,
    "checks": check_snapshot,
    "fit": fit_towers,
    "export": export_model,
    "rerank": fit_reranker,
    "evaluate": evaluate_models,
    "register": register_version,
    "gate": pass_gate,
    "index": build_bundle,
    "publish": publish,
}
