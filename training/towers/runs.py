"""Tower weights on disk, and training runs: config, data version, metrics and history of each beside its weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import numpy as np
import orjson
from safetensors.numpy import load_file, save

from engine.artifacts import write_atomically
from engine.errors import ArtifactError
from engine.relevance import Calibration
from training.data.datasets import PlacementSet
from training.encoders.pretrained import PretrainedEncoder
from training.encoders.sources import ADAPTERS, RUN, load_encoder, with_adapters
from training.towers.fit_config import FittedTowers
from training.towers.model import TwoTowers

WEIGHTS, HISTORY = "towers.safetensors", "history.jsonl"
WEIGHTS_FORMAT_VERSION = 1


def save_run(fitted: FittedTowers, placements: PlacementSet, source: str, runs: Path) -> Path:
    """Write a run to its own folder, named by its start, and return the folder."""
    moment = datetime.now(UTC)
    folder = runs / f"{moment:%Y%m%dT%H%M%S}-{placements.name}"
    write_atomically(folder / WEIGHTS, save(trained_weights(fitted)))
    if fitted.encoder.adapters:
        write_atomically(folder / ADAPTERS, fitted.encoder.adapters)
    lines = b"\n".join(orjson.dumps(entry) for entry in fitted.history)
    write_atomically(folder / HISTORY, lines + b"\n")
    document = {
        "format_version": WEIGHTS_FORMAT_VERSION,
        "encoder": fitted.encoder.source or source,
        "encoder_name": fitted.encoder.name,
        "data": {"name": placements.name, "version": placements.version, "outcomes": len(placements.grades)},
        "config": asdict(fitted.config),
        "metrics": fitted.metrics,
        "calibration": fitted.cosines,
        "prefix_calibrations": {str(length): cosines for length, cosines in fitted.prefix_cosines.items()},
        "finished_at": moment.isoformat(timespec="seconds"),
    }
    write_atomically(folder / RUN, orjson.dumps(document, option=orjson.OPT_INDENT_2))
    return folder


def trained_weights(fitted: FittedTowers) -> dict[str, np.ndarray[Any, Any]]:
    """Every weight that training changed, by a stable name: the heads, and the blocks it was allowed to touch."""
    weights = _head_weights(fitted.towers)
    for block in _trained_blocks(fitted.encoder.body, fitted.config.trained_blocks):
        for position, value in enumerate(block.get_weights()):
            weights[f"{block.name}.{position}"] = value
    return {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in weights.items()}


def load_towers(folder: Path) -> tuple[PretrainedEncoder, TwoTowers, Calibration, dict[str, Any]]:
    """The encoder, towers, calibration and run document of a folder that `save_run` wrote.

    Raises:
        ArtifactError: a file is missing, or the weights do not fit the encoder.
    """
    try:
        document: dict[str, Any] = orjson.loads((folder / RUN).read_bytes())
        weights = load_file(folder / WEIGHTS)
    except (OSError, ValueError) as cause:
        raise ArtifactError(f"{folder} holds no readable run", expected=f"{RUN} and {WEIGHTS}") from cause
    if document.get("format_version") != WEIGHTS_FORMAT_VERSION:
        raise ArtifactError(
            f"{folder} is of another format",
            expected=f"format_version {WEIGHTS_FORMAT_VERSION}",
            got=str(document.get("format_version")),
            fix="train again with this version",
        )
    encoder = load_encoder(document["encoder"])
    if (folder / ADAPTERS).is_file():
        encoder = with_adapters(encoder, (folder / ADAPTERS).read_bytes())
    towers = TwoTowers(encoder.dimension)
    _set_weights(towers, encoder, weights, document["config"]["trained_blocks"])
    return encoder, towers, Calibration(**document["calibration"]), document


def _head_weights(towers: TwoTowers) -> dict[str, np.ndarray[Any, Any]]:
    weights: dict[str, np.ndarray[Any, Any]] = {}
    for head in (towers.seeker_head, towers.job_head):
        kernel, bias = head.change.get_weights()
        weights |= {f"{head.name}.kernel": kernel, f"{head.name}.bias": bias}
    return weights


def _set_weights(
    towers: TwoTowers, encoder: PretrainedEncoder, weights: Mapping[str, np.ndarray[Any, Any]], blocks: int
) -> None:
    for head in (towers.seeker_head, towers.job_head):
        kernel, bias = weights[f"{head.name}.kernel"], weights[f"{head.name}.bias"]
        if kernel.shape != (encoder.dimension, encoder.dimension):
            raise ArtifactError(
                "these heads belong to another encoder",
                expected=f"kernels of {encoder.dimension} × {encoder.dimension}",
                got=" × ".join(map(str, kernel.shape)),
            )
        head.change.set_weights([kernel, bias])
    for block in _trained_blocks(encoder.body, blocks):
        block.set_weights([weights[f"{block.name}.{position}"] for position in range(len(block.get_weights()))])


def _trained_blocks(body: keras.Model, count: int) -> list[keras.layers.Layer]:
    return list(body.blocks[len(body.blocks) - count :]) if count else []
