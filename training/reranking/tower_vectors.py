"""Vectors of many texts by a served model, computed once and kept on disk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from engine.artifacts import write_atomically
from engine.encoder.encoder import Tower, TowerEncoder

TEXTS_PER_SAVE = 2048


def tower_vectors(encoder: TowerEncoder, texts: Sequence[str], tower: Tower, cache: Path) -> NDArray[np.float32]:
    """Unit vectors `[len(texts), dimension]`; those in the folder `cache` are not computed again."""
    path = cache / f"{tower.value.replace('_', '-')}-{encoder.model_id}.npz"
    known = _read(path)
    keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    with tqdm(total=len(missing), desc=tower.value.replace("_", " "), unit="text", disable=not missing) as progress:
        for start in range(0, len(missing), TEXTS_PER_SAVE):
            batch = list(missing)[start : start + TEXTS_PER_SAVE]
            vectors = encoder.encode([missing[key] for key in batch], tower, progress.update)
            known.update(zip(batch, vectors, strict=True))
            _save(path, known)
    return np.stack([known[key] for key in keys])


def _read(path: Path) -> dict[str, NDArray[np.float32]]:
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))


def _save(path: Path, known: dict[str, NDArray[np.float32]]) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
    write_atomically(path, buffer.getvalue())
