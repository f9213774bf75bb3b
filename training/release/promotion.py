"""Champion and challenger: registering a model folder, judging it on a snapshot, putting a version in use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from engine.artifacts import point_link
from engine.encoder.encoder import MODEL_MANIFEST, ModelManifest
from engine.errors import ArtifactError
from training.data.datasets import PlacementSet
from training.release.evaluation import Evaluation, evaluate
from training.release.gate import GateReport, run_gate
from training.release.model_card import code_state, model_card
from training.release.registry import ModelCandidate, Registry, Version
from training.reranking.export import reranker_data

CURRENT = "current"
RUN = "run.json"


def register_model(
    registry: Registry,
    model: Path,
    data_dir: Path,
    *,
    run: Path | None = None,
    evaluation: Evaluation | None = None,
    tags: Mapping[str, str] | None = None,
) -> Version:
    """Register a model folder with all that is known of it; its run is looked for under `data_dir/runs`."""
    manifest = ModelManifest.read(model)
    settings = orjson.loads((model / MODEL_MANIFEST).read_bytes())
    provenance: dict[str, Any] = settings["provenance"]
    if not {"data", "config", "metrics", "finished_at"} <= provenance.keys():
        raise ArtifactError(f"{model} does not say how it came about", fix="export it again: chamba build-model")
    run = run or _run_of(provenance, data_dir)
    code = code_state()
    measured = evaluation.summary() if evaluation is not None else {}
    reranked = reranker_data(model)
    model_candidate = ModelCandidate(
        model=model,
        run=run,
        params={"encoder": settings["encoder"], "data": provenance["data"]["name"], **provenance["config"]},
        metrics=provenance["metrics"] | measured,
        card=model_card(manifest.model_id, provenance, measured, code, settings["encoder"], reranked),
        tags={
            "data_version": provenance["data"]["version"],
            **({"reranker_data_version": reranked["version"]} if reranked else {}),
            "code_commit": code.commit,
            "code_dirty": str(code.dirty).lower(),
            **(tags or {}),
        },
    )
    return registry.register(model_candidate)


def _run_of(provenance: Mapping[str, Any], data_dir: Path) -> Path | None:
    """The run that finished at the same moment on the same data."""
    for path in sorted((data_dir / "runs").glob(f"*/{RUN}")):
        document = orjson.loads(path.read_bytes())
        if all(document.get(name) == provenance[name] for name in ("data", "finished_at")):
            return path.parent
    return None


def champion_of(registry: Registry, data_dir: Path) -> Version | None:
    """The champion; a model that was in use before anything was registered becomes the first one."""
    champion = registry.champion()
    current = data_dir / "models" / CURRENT
    if champion is None and current.exists():
        champion = register_model(registry, current.resolve(), data_dir)
        registry.promote(champion, reason="was in use before the registry")
    return champion


def evaluated(model: Path, placements: PlacementSet, data_dir: Path, threads: int = 2) -> Evaluation:
    """The evaluation of a model folder on a placement set, kept under `data_dir/evaluations`."""
    model_id = ModelManifest.read(model).model_id
    path = data_dir / "evaluations" / f"{placements.version.replace(':', '-')}-{model_id}.json"
    try:
        return Evaluation.load(path)
    except ArtifactError:
        evaluation = evaluate(model, placements, threads)
        evaluation.save(path)
        return evaluation


def gate_version(registry: Registry, challenger: Version, placements: PlacementSet, data_dir: Path) -> GateReport:
    """Judge a version against the champion on one placement set and keep the report with the version."""
    models = data_dir / "models"
    champion = champion_of(registry, data_dir)
    mine = evaluated(registry.fetch(challenger, models), placements, data_dir)
    theirs = evaluated(registry.fetch(champion, models), placements, data_dir) if champion is not None else None
    report = run_gate(theirs, mine)
    registry.record_gate(challenger, report.document())
    return report


def put_in_use(registry: Registry, version: Version, data_dir: Path) -> Path:
    """Make `data_dir/models/current` the version's folder, with one rename."""
    models = data_dir / "models"
    folder = registry.fetch(version, models)
    point_link(models / CURRENT, folder.name)
    return folder
