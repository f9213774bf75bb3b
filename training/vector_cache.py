"""Vectors of many texts by one model, computed once and kept on disk: a file a model, in it each text by its hash."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np
from tqdm import tqdm

from engine.arrays import Rows, Vectors
from engine.artifacts import write_atomically

TEXTS_PER_SAVE = 4096
KEY_CHARACTERS = 32

Batches = Iterable[tuple[Sequence[int] | Rows, Vectors]]


class VectorKind(StrEnum):
    """What the vectors of a file are; its name begins with it."""

    BODY_OUTPUTS = "body-outputs"
    SEEKER_VECTORS = "seeker-vectors"
    JOB_VECTORS = "job-vectors"


# The kinds in which people's texts are: an erasure removes their files.
OF_PEOPLE = (VectorKind.BODY_OUTPUTS, VectorKind.SEEKER_VECTORS)


class VectorCache:
    """Vectors of one kind by the model that `model` names, behind a file in `folder`."""

    def __init__(self, folder: Path, kind: VectorKind, model: str) -> None:
        self._path, self._kind = folder / f"{kind}-{model}.npz", kind
        self._known = _read(self._path)

    def __call__(self, texts: Sequence[str], compute: Callable[[list[str]], Batches], prefix: str = "") -> Vectors:
        """Vectors `[len(texts), dimension]`, in the order of `texts`.

        Args:
            texts: at least one. prefix: what the model reads before each of them.
            compute: gives the vectors of texts that are not here, a batch after the other: the places of some of
                them in its list, and their vectors. What it gave is safe on disk every few thousand texts.
        """
        keys = [_key(prefix + text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._learn(list(missing), compute(list(missing.values())))
        return np.stack([self._known[key] for key in keys])

    def _learn(self, keys: list[str], batches: Batches) -> None:
        unsaved = 0
        with tqdm(total=len(keys), desc=self._kind.replace("-", " "), unit="text") as progress:
            for rows, vectors in batches:
                self._known.update((keys[row], vector) for row, vector in zip(rows, vectors, strict=True))
                progress.update(len(rows))
                unsaved += len(rows)
                if unsaved >= TEXTS_PER_SAVE:
                    self._save()
                    unsaved = 0
        if unsaved:
            self._save()

    def _save(self) -> None:
        buffer = io.BytesIO()
        np.savez(buffer, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        write_atomically(self._path, buffer.getvalue())


def remove_vectors_of_people(folder: Path) -> int:
    """Remove the files that may hold vectors of people's texts; how many."""
    files = [path for kind in OF_PEOPLE for path in sorted(folder.glob(f"{kind}-*.npz"))]
    for path in files:
        path.unlink(missing_ok=True)
    return len(files)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_CHARACTERS]


def _read(path: Path) -> dict[str, Vectors]:
    """What the file holds; nothing where there is none, or one that this version did not write."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    except (FileNotFoundError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
        return {}
