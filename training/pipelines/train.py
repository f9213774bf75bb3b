"""What `chamba train` and `chamba build-model` do: placements to a run, a run to a model folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from tqdm import tqdm

from engine.errors import InvalidInputError
from engine.relevance import Calibration, MatchCalibration
from training.data.datasets import PlacementSet
from training.data.decision_br import from_decision_br
from training.encoders.sources import RUN, load_encoder, released_folder
from training.release.export import export_model
from training.reranking.export import copy_reranker
from training.snapshots.snapshots import MANIFEST as SNAPSHOT_MANIFEST
from training.snapshots.snapshots import read_snapshot, require_passed
from training.towers.fit import fit
from training.towers.fit_config import FitConfig
from training.towers.runs import load_towers, save_run

DECISION_BR_MARK = "pairs.csv.gz"


def placements_in(folder: Path) -> PlacementSet:
    """The placements of a snapshot whose checks passed, or of the decision-br data.

    Raises:
        InvalidInputError: the folder holds neither, or a check failed.
    """
    if (folder / DECISION_BR_MARK).is_file():
        return from_decision_br(folder)
    if (folder / SNAPSHOT_MANIFEST).is_file():
        require_passed(folder)
        return read_snapshot(folder)
    raise InvalidInputError(
        f"{folder} holds no training data",
        expected=f"a snapshot ({SNAPSHOT_MANIFEST}) or decision-br ({DECISION_BR_MARK})",
        fix="take a snapshot: chamba data snapshot",
    )


def train_towers(
    placements: PlacementSet,
    source: str,
    config: FitConfig,
    data_dir: Path,
    *,
    export: bool,
    say: Callable[[str], object],
) -> Path:
    """Fit the towers on `placements`; returns the run's folder."""
    say(
        f"{placements.name} {placements.version}: {len(placements.grades)} outcomes of "
        f"{len(placements.seeker_texts)} people and {len(placements.job_texts)} jobs"
    )
    fitted = fit(
        placements,
        load_encoder(source),
        config,
        data_dir / "cache",
        on_epoch=lambda entry: tqdm.write(
            f"epoch {entry['epoch']:3.0f}  loss {entry['loss']:.4f}  "
            f"held-out recall@10 {entry['validation_recall_at_10']:.4f}"
        ),
    )
    folder = save_run(fitted, placements, source, data_dir / "runs")
    for name, value in fitted.metrics.items():
        say(f"{name}: {value:.4f}")
    say(f"run saved in {folder}")
    if export:
        export_run(folder, data_dir, with_saved_model=True, say=say)
    return folder


def export_run(
    run: Path | None,
    data_dir: Path,
    *,
    with_saved_model: bool,
    say: Callable[[str], object],
    dimension: int | None = None,
) -> Path:
    """Write the model folder of a run, or of the released towers, under `data_dir/models`.

    `dimension` cuts the vectors to one of the prefixes that the run was trained for.
    """
    encoder, towers, calibration, document = load_towers(run or released_folder())
    if dimension is not None and dimension != encoder.dimension:
        calibration = _calibration_of(document, dimension, encoder.dimension)
    say(f"exporting {encoder.name} with the towers trained on {document['data']['name']} (about a minute)")
    provenance = {name: document[name] for name in ("data", "config", "metrics", "finished_at")}
    folder = export_model(
        encoder,
        towers,
        calibration,
        provenance,
        data_dir / "models",
        max_tokens=document["config"]["max_tokens"],
        dimension=dimension,
        with_saved_model=with_saved_model,
        match_calibration=_match_calibration_of(document),
    )
    copy_reranker(run or released_folder(), folder, calibration, say)
    say(f"model {folder.name} ready in {folder}")
    return folder


def _match_calibration_of(document: dict[str, Any]) -> MatchCalibration | None:
    """What people's judgements of a run's answers were fitted to; of other heads on the released body, the released
    one: relevance means the same for both. None for other bodies, until somebody judges their answers."""
    found = document.get("match_calibration")
    if found is None:
        released: dict[str, Any] = orjson.loads((released_folder() / RUN).read_bytes())
        if released["encoder_name"] == document["encoder_name"]:
            found = released.get("match_calibration")
    return None if found is None else MatchCalibration(**found)


def _calibration_of(document: dict[str, Any], dimension: int, whole: int) -> Calibration:
    calibrations = document.get("prefix_calibrations", {})
    if str(dimension) not in calibrations:
        raise InvalidInputError(
            "these towers were not trained to be cut to that dimension",
            expected=", ".join(map(str, sorted({whole, *map(int, calibrations)}))),
            got=str(dimension),
        )
    return Calibration(**calibrations[str(dimension)])
