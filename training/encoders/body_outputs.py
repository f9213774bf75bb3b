"""The body's outputs for many texts, computed once and kept on disk: heads train on them in seconds."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray
from tqdm import tqdm

from engine.artifacts import write_atomically
from engine.encoder.encoder import pad
from training.encoders.pretrained import PretrainedEncoder

TEXTS_PER_BATCH = 32
TEXTS_PER_SAVE = 4096


class BodyOutputs:
    """The outputs of one untuned encoder, `[dimension]` a text, behind a cache in `folder`."""

    def __init__(self, encoder: PretrainedEncoder, folder: Path, max_tokens: int) -> None:
        self._encoder, self._max_tokens = encoder, max_tokens
        identity = f"{encoder.name}|{max_tokens}|{hashlib.sha256(encoder.vocabulary).hexdigest()}"
        self._path = folder / f"body-outputs-{hashlib.sha256(identity.encode()).hexdigest()[:16]}.npz"
        self._known = self._read()
        with TemporaryDirectory() as temporary:
            self._tokenise = encoder.open_tokeniser(Path(temporary))

        @tf.function(input_signature=[tf.TensorSpec([None, None], tf.int32)] * 2)
        def forward(token_ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
            return encoder.body(token_ids, mask)

        self._forward = forward

    def __call__(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        """Outputs `[len(texts), dimension]`, not yet unit vectors."""
        keys = [hashlib.sha256((prefix + text).encode()).hexdigest()[:32] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._compute(missing, prefix)
        return np.stack([self._known[key] for key in keys])

    def _compute(self, texts: dict[str, str], prefix: str) -> None:
        keys = list(texts)
        token_ids = self._tokenise([texts[key] for key in keys], prefix, self._max_tokens)
        order = sorted(range(len(keys)), key=lambda row: len(token_ids[row]))
        since_save = 0
        with tqdm(total=len(keys), desc="encoding texts", unit="text") as progress:
            for start in range(0, len(order), TEXTS_PER_BATCH):
                rows = order[start : start + TEXTS_PER_BATCH]
                width = len(token_ids[rows[-1]])
                ids, mask = pad([token_ids[row] for row in rows], width, self._encoder.tokeniser.pad_id)
                outputs = self._forward(tf.constant(ids), tf.constant(mask)).numpy()
                self._known.update({keys[row]: vector for row, vector in zip(rows, outputs, strict=True)})
                progress.update(len(rows))
                since_save += len(rows)
                if since_save >= TEXTS_PER_SAVE:
                    self._save()
                    since_save = 0
        self._save()

    def _read(self) -> dict[str, NDArray[np.float32]]:
        if not self._path.is_file():
            return {}
        with np.load(self._path, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["outputs"], strict=True))

    def _save(self) -> None:
        buffer = io.BytesIO()
        np.savez(buffer, keys=np.array(list(self._known)), outputs=np.stack(list(self._known.values())))
        write_atomically(self._path, buffer.getvalue())
