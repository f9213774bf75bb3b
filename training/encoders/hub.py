"""A BERT from TF Hub or a local SavedModel: the TF Hub encoder signature, with its vocabulary among the assets.

Inputs `input_word_ids`, `input_mask`, `input_type_ids` `[batch, tokens]`; the output `sequence_output`
`[batch, tokens, dimension]` is averaged over the tokens. The vocabulary is `vocab.txt` or `vocabulary.model`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from keras import ops

from engine.encoder.tokeniser import TokeniserSpec
from engine.errors import ArtifactError
from training.encoders.pretrained import SENTENCEPIECE_SPEC, PretrainedEncoder, wordpiece_spec


class SavedModelBody(keras.Model):
    """A loaded encoder behind the interface of `BertBody`."""

    def __init__(self, loaded: Any, **kwargs: Any) -> None:
        super().__init__(name="saved_model_body", **kwargs)
        self.loaded = loaded
        self.built = True

    def call(self, token_ids: Any, mask: Any) -> Any:
        """The mean of the token states, `[batch, dimension]`."""
        inputs = {
            "input_word_ids": token_ids,
            "input_mask": mask,
            "input_type_ids": ops.zeros_like(token_ids),
        }
        states = self.loaded(inputs)["sequence_output"]
        present = ops.expand_dims(ops.cast(mask, states.dtype), -1)
        return ops.sum(states * present, axis=1) / ops.maximum(ops.sum(present, axis=1), 1.0)

    def train_last_blocks(self, count: int) -> None:
        """A loaded body is used as it is; raises for any `count` above 0."""
        if count:
            raise ArtifactError(
                "the blocks of a SavedModel cannot be told apart",
                expected="0 trained blocks",
                got=str(count),
                fix="use an hf: directory to train the body",
            )


def read_handle(handle: str) -> PretrainedEncoder:
    """The encoder that `tensorflow_hub` resolves `handle` to (a folder, an archive's address, a Hub handle)."""
    import tensorflow_hub as hub

    try:
        folder = Path(hub.resolve(handle))
        loaded = hub.load(str(folder))
    except (OSError, ValueError, RuntimeError) as cause:
        raise ArtifactError(
            "the encoder could not be loaded",
            expected="a TF Hub handle or a SavedModel folder",
            got=repr(handle),
        ) from cause
    vocabulary, spec = _vocabulary(folder / "assets")
    body = SavedModelBody(loaded)
    try:
        probe = body(tf.constant([[spec.bos_id, spec.eos_id]]), tf.constant([[1, 1]]))
    except (ValueError, TypeError, KeyError) as cause:
        raise ArtifactError(
            "the SavedModel is not a BERT encoder",
            expected="input_word_ids, input_mask, input_type_ids to sequence_output",
            got=str(cause)[:200],
        ) from cause
    return PretrainedEncoder(handle, body, int(probe.shape[-1]), vocabulary, spec)


def _vocabulary(assets: Path) -> tuple[bytes, TokeniserSpec]:
    """The vocabulary file among the assets, and how to read it."""
    sentencepiece_file, wordpiece_file = assets / "vocabulary.model", assets / "vocab.txt"
    if sentencepiece_file.is_file():
        return sentencepiece_file.read_bytes(), SENTENCEPIECE_SPEC
    if wordpiece_file.is_file():
        return wordpiece_file.read_bytes(), wordpiece_spec(wordpiece_file.read_text("utf-8").splitlines())
    raise ArtifactError("the SavedModel has no vocabulary", expected="assets/vocab.txt or assets/vocabulary.model")
