"""The body's outputs for many texts, computed once and kept on disk: heads train on them in seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import tensorflow as tf

from engine.arrays import Vectors
from engine.encoder.encoder import pad
from training.encoders.pretrained import PretrainedEncoder
from training.vector_cache import Batches, VectorCache, VectorKind

TEXTS_PER_BATCH = 32


class BodyOutputs:
    """The outputs of one untuned encoder, `[dimension]` a text, behind a cache in `folder`."""

    def __init__(self, encoder: PretrainedEncoder, folder: Path, max_tokens: int) -> None:
        self._encoder, self._max_tokens = encoder, max_tokens
        identity = f"{encoder.name}|{max_tokens}|{hashlib.sha256(encoder.vocabulary).hexdigest()}"
        model = hashlib.sha256(identity.encode()).hexdigest()[:16]
        self._cache = VectorCache(folder, VectorKind.BODY_OUTPUTS, model)
        with TemporaryDirectory() as temporary:
            self._tokenise = encoder.open_tokeniser(Path(temporary))

        @tf.function(input_signature=[tf.TensorSpec([None, None], tf.int32)] * 2)
        def forward(token_ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
            return encoder.body(token_ids, mask)

        self._forward = forward

    def __call__(self, texts: Sequence[str], prefix: str) -> Vectors:
        """Outputs `[len(texts), dimension]`, not yet unit vectors."""
        return self._cache(texts, partial(self._batches, prefix), prefix)

    def _batches(self, prefix: str, texts: list[str]) -> Batches:
        """Batches of texts of about one length."""
        token_ids = self._tokenise(texts, prefix, self._max_tokens)
        order = sorted(range(len(texts)), key=lambda row: len(token_ids[row]))
        for start in range(0, len(order), TEXTS_PER_BATCH):
            rows = order[start : start + TEXTS_PER_BATCH]
            width = len(token_ids[rows[-1]])
            ids, mask = pad([token_ids[row] for row in rows], width, self._encoder.tokeniser.pad_id)
            yield rows, self._forward(tf.constant(ids), tf.constant(mask)).numpy()
