"""Job vectors for the next bundle: those of unchanged texts are taken over, only the rest are encoded.

Encoded chunks are kept on disk until a bundle holds them, so a killed build loses at most one chunk.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from engine.array_files import ArrayFiles
from engine.artifacts import write_atomically
from engine.encoder.encoder import Tower, TowerEncoder
from index.bundle import TEXT_HASHES, VECTORS, BundleManifest

TEXTS_PER_CHUNK = 1024
HASH_BYTES = 16

Hashes = NDArray[np.bytes_]


def text_hash(text: str) -> bytes:
    """What tells one text from another, 16 bytes; never ends in a zero byte, which NumPy would drop."""
    digest = hashlib.blake2b(text.encode(), digest_size=HASH_BYTES).digest()
    return digest[:-1] + bytes([digest[-1] or 1])


class VectorSource:
    """Vectors of texts under one model, from the last bundle, from an interrupted build, or from the encoder."""

    def __init__(self, encoder: TowerEncoder, chunks: Path, previous_bundle: Path | None) -> None:
        """`chunks` keeps this build's progress; `previous_bundle` must be of the same model, or None."""
        self._encoder, self._chunks = encoder, chunks / encoder.model_id
        self._known: dict[bytes, NDArray[np.float32]] = {}
        if previous_bundle is not None:
            files = ArrayFiles(previous_bundle, BundleManifest.peek(previous_bundle).arrays)
            self._known.update(zip(files.map(TEXT_HASHES).tolist(), files.map(VECTORS), strict=True))
        for path in sorted(self._chunks.glob("*.npz")):
            with np.load(path, allow_pickle=False) as chunk:
                self._known.update(zip(chunk["hashes"].tolist(), chunk["vectors"], strict=True))

    def __call__(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], Hashes, int]:
        """Vectors `[len(texts), dimension]`, text hashes `[len(texts)]`, and how many texts were encoded."""
        hashes = [text_hash(text) for text in texts]
        missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in self._known}
        self._encode(missing)
        vectors = np.empty((len(texts), self._encoder.manifest.dimension), dtype=np.float32)
        for row, key in enumerate(hashes):
            vectors[row] = self._known[key]
        return vectors, np.array(hashes, dtype=f"S{HASH_BYTES}"), len(missing)

    def _encode(self, missing: dict[bytes, str]) -> None:
        keys = sorted(missing, key=lambda key: len(missing[key]))
        with tqdm(total=len(keys), desc="encoding jobs", unit="job", disable=not keys) as progress:
            for start in range(0, len(keys), TEXTS_PER_CHUNK):
                chunk = keys[start : start + TEXTS_PER_CHUNK]
                self._store_chunk(
                    chunk, self._encoder.encode([missing[key] for key in chunk], Tower.JOB, progress.update)
                )

    def know(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Take vectors `[len(texts), dimension]` that the encoder made elsewhere."""
        self._known.update(zip(map(text_hash, texts), vectors, strict=True))

    def store(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Take such vectors, and have them known to the next build too."""
        self._store_chunk([text_hash(text) for text in texts], vectors)

    def _store_chunk(self, keys: list[bytes], vectors: NDArray[np.float32]) -> None:
        self._known.update(zip(keys, vectors, strict=True))
        buffer = io.BytesIO()
        np.savez(buffer, hashes=np.array(keys, dtype=f"S{HASH_BYTES}"), vectors=vectors)
        write_atomically(self._chunks / f"{keys[0].hex()}.npz", buffer.getvalue())

    def forget_progress(self) -> None:
        """Drop the chunks, once a bundle holds their vectors."""
        shutil.rmtree(self._chunks.parent, ignore_errors=True)
