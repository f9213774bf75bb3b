"""Puts a reranker into a model folder, under the checksums of its manifest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from engine.artifacts import seal_folder, write_atomically
from engine.encoder import MODEL_MANIFEST
from engine.relevance import Calibration
from engine.reranker import RERANKER, parse_reranker


def add_reranker(model: Path, content: bytes) -> None:
    """Put a reranker into a model folder; killed half-way it leaves the model without one, never a damaged one."""
    manifest = orjson.loads((model / MODEL_MANIFEST).read_bytes())
    sealed = manifest.pop("files")
    if sealed.pop(RERANKER, None) is not None:
        write_atomically(model / MODEL_MANIFEST, orjson.dumps(manifest | {"files": sealed}, option=orjson.OPT_INDENT_2))
    write_atomically(model / RERANKER, content)
    seal_folder(model, MODEL_MANIFEST, manifest)


def copy_reranker(run: Path, model: Path, calibration: Calibration, say: Callable[[str], object]) -> bool:
    """Put the reranker of a run's folder into its model, unless there is none or it was fitted on other towers."""
    path = run / RERANKER
    if not path.is_file():
        say("no reranker was fitted on these towers: the formula scores until you run chamba train-reranker")
        return False
    content = path.read_bytes()
    if parse_reranker(content, str(path)).calibration != calibration:
        say(f"{path} belongs to other towers and is left out; fit one for these: chamba train-reranker")
        return False
    add_reranker(model, content)
    return True
