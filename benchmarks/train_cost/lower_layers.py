"""The states after the body's lower blocks, computed once and kept on disk: the upper blocks train on them alone.

Lower blocks that are frozen give a text the same states in every epoch. They are kept in 16 bits, `[tokens, hidden]` a
text without padding, in one file that is mapped, not read; training from them is training from tokens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray
from tqdm import tqdm

from engine.artifacts import sync
from engine.encoder.encoder import pad
from training.encoders.bert import BertBody, attention_bias
from training.towers.model import TwoTowers

TEXTS_PER_BATCH = 16

States = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class LowerStates:
    """States of T texts after a body's lower blocks: `states` `[sum of tokens, hidden]`, `starts` `[T + 1]`.

    `padded_tokens` is the width that batches are padded to.
    """

    states: States
    starts: NDArray[np.int64]
    padded_tokens: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, rows: NDArray[np.int64] | slice) -> States:
        """States and mask of some texts, `[texts, tokens, hidden + 1]`; the last column is the mask."""
        chosen = np.arange(len(self))[rows]
        batch = np.zeros((len(chosen), self.padded_tokens, self.states.shape[1] + 1), dtype=np.float16)
        for place, row in enumerate(chosen):
            found = self.states[self.starts[row] : self.starts[row + 1]]
            batch[place, : len(found), :-1] = found
            batch[place, : len(found), -1] = 1
        return batch


class UpperBlocks(keras.Model):
    """The last blocks of a body, shared with it: states and mask `[batch, tokens, hidden + 1]` to `[batch, hidden]`."""

    def __init__(self, body: BertBody, count: int, **kwargs: Any) -> None:
        super().__init__(name="upper_blocks", **kwargs)
        self.blocks = body.blocks[len(body.blocks) - count :]
        self.built = True

    def call(self, states_and_mask: Any) -> Any:
        """What the whole body gives for the texts of these states."""
        states = ops.cast(states_and_mask[..., :-1], "float32")
        mask = ops.cast(states_and_mask[..., -1], "float32")
        bias = attention_bias(mask)
        for block in self.blocks:
            states = block(states, bias)
        present = ops.expand_dims(mask, -1)
        return ops.sum(states * present, axis=1) / ops.maximum(ops.sum(present, axis=1), 1.0)


class UpperTowers(TwoTowers):
    """The two towers with `UpperBlocks` as their body: `seeker` and `job` are states and mask."""

    def pooled(self, side: Any) -> Any:
        """The body's outputs for one side of a batch, `[batch, dimension]`."""
        assert self.body is not None
        return self.body(side)


def lower_states(
    body: BertBody, token_ids: Sequence[Sequence[int]], pad_id: int, trained_blocks: int, folder: Path
) -> LowerStates:
    """The states of texts before the last `trained_blocks` blocks, from `folder` where they are known.

    Args:
        token_ids: the ids of each text, framed. pad_id: what fills a batch.
    """
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids in token_ids])]).astype(np.int64)
    width = max(map(len, token_ids), default=1)
    count = len(body.blocks) - trained_blocks
    path = folder / f"lower-states-{_identity(body, token_ids, count)}.npy"
    if not path.is_file():
        _compute(body, token_ids, pad_id, count, starts, path)
    return LowerStates(np.load(path, mmap_mode="r", allow_pickle=False), starts, width)


def _compute(
    body: BertBody,
    token_ids: Sequence[Sequence[int]],
    pad_id: int,
    count: int,
    starts: NDArray[np.int64],
    path: Path,
) -> None:
    @tf.function(input_signature=[tf.TensorSpec([None, None], tf.int32)] * 2)
    def forward(ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        states, bias = body.embed(ids), attention_bias(mask)
        for block in body.blocks[:count]:
            states = block(states, bias)
        return tf.cast(states, tf.float16)

    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}")
    states = np.lib.format.open_memmap(unfinished, "w+", np.float16, (int(starts[-1]), body.shape.hidden))
    order = sorted(range(len(token_ids)), key=lambda row: len(token_ids[row]))
    with tqdm(total=len(order), desc="lower layers", unit="text") as progress:
        for first in range(0, len(order), TEXTS_PER_BATCH):
            rows = order[first : first + TEXTS_PER_BATCH]
            ids, mask = pad([token_ids[row] for row in rows], len(token_ids[rows[-1]]), pad_id)
            found = forward(tf.constant(ids), tf.constant(mask)).numpy()
            for place, row in enumerate(rows):
                states[starts[row] : starts[row + 1]] = found[place, : len(token_ids[row])]
            progress.update(len(rows))
    states.flush()
    del states
    sync(unfinished)
    unfinished.replace(path)
    sync(path.parent)


def _identity(body: BertBody, token_ids: Sequence[Sequence[int]], count: int) -> str:
    """A name for exactly these lower weights and texts: other ones are never read by mistake."""
    digest = hashlib.sha256(str(count).encode())
    for layer in (body.word, body.position, body.embedding_norm, *body.blocks[:count]):
        for weights in layer.get_weights():
            digest.update(np.asarray(weights).tobytes())
    for ids in token_ids:
        digest.update(np.asarray([len(ids), *ids], dtype=np.int32).tobytes())
    return digest.hexdigest()[:16]
