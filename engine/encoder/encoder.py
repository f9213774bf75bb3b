"""The towers at serving: a LiteRT flatbuffer and its tokeniser. Texts in, unit vectors out; no TensorFlow.

A model folder holds `towers.tflite`, the vocabulary and `model.json` (sizes, prefixes, calibration, checksums).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import groupby
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Vectors
from engine.artifacts import read_manifest
from engine.encoder.thread_priority import COMPUTING, step_back
from engine.encoder.tokeniser import TokeniserKind, TokeniserSpec, load_tokeniser
from engine.relevance import Calibration, MatchCalibration
from engine.reranking.model import RERANKER

MODEL_MANIFEST = "model.json"
MODEL_FORMAT_VERSION = 1
FLATBUFFER, VOCABULARY = "towers.tflite", "vocabulary.model"
# A batch of about so many tokens stays in a core's cache: 16 texts of 128 tokens at once run at two thirds of the speed
# of one by one, 1 text of 16 tokens at two thirds of the speed of 8 (measured: chamba bench encode).
TOKENS_PER_BATCH = 128
# Lengths are rounded up to this: finer steps save padding, coarser ones save resizing the graph (about 1 ms).
BUCKET_STEP = 4

Batch = tuple[list[int], int]


class Tower(StrEnum):
    """Which side of a match a text is on; the values are the flatbuffer's output names."""

    SEEKER = "seeker_vectors"
    JOB = "job_vectors"


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What `model.json` says: `model_id` names the exact weights, `dimension` the vectors' width.

    `match_calibration`: None where nobody judged this model's answers; then all that can be taken is called a match.
    """

    model_id: str
    dimension: int
    max_tokens: int
    prefixes: dict[Tower, str]
    tokeniser: TokeniserSpec
    calibration: Calibration
    has_reranker: bool = False
    match_calibration: MatchCalibration | None = None

    @classmethod
    def read(cls, folder: Path) -> ModelManifest:
        """The checked manifest of a model folder; raises ArtifactError when anything in it is wrong."""
        fix = "build the model again: chamba build-model, or chamba train"
        document = read_manifest(folder, MODEL_MANIFEST, MODEL_FORMAT_VERSION, fix)
        tokeniser = document["tokeniser"]
        return cls(
            model_id=document["model_id"],
            dimension=document["dimension"],
            max_tokens=document["max_tokens"],
            prefixes={Tower.SEEKER: document["prefixes"]["seeker"], Tower.JOB: document["prefixes"]["job"]},
            tokeniser=TokeniserSpec(**(tokeniser | {"kind": TokeniserKind(tokeniser["kind"])})),
            calibration=Calibration(**document["calibration"]),
            has_reranker=RERANKER in document["files"],
            match_calibration=MatchCalibration(**matches) if (matches := document.get("match_calibration")) else None,
        )


class TowerEncoder:
    """Both towers of one model. Safe to call from several threads: as many batches run at a time as it has threads.

    Each batch runs on one thread of an interpreter of its own: two threads in one interpreter gain 1.4 times in bulk
    and nothing for a single text, two interpreters side by side nearly 2 times (measured: chamba bench encode).
    """

    def __init__(self, folder: Path, threads: int = 1, *, steps_back: bool = False) -> None:
        """Open the model in `folder`; raises ArtifactError when it is missing or damaged.

        `steps_back`: what answers requests goes before it; it computes without the interpreter's lock.
        """
        from ai_edge_litert.interpreter import Interpreter

        self.manifest = ModelManifest.read(folder)
        self._tokenise = load_tokeniser(folder / VOCABULARY, self.manifest.tokeniser)
        self._threads = threads
        self._idle_runners: SimpleQueue[Any] = SimpleQueue()
        behind = partial(step_back, COMPUTING)
        self._behind = ThreadPoolExecutor(threads, "encoder", initializer=behind) if steps_back else None
        # A runner refers to its interpreter and keeps it alive.
        for _ in range(threads):
            interpreter = Interpreter(model_path=str(folder / FLATBUFFER), num_threads=1)
            self._idle_runners.put(interpreter.get_signature_runner("serving_default"))

    @property
    def model_id(self) -> str:
        """The exact weights this encoder holds."""
        return self.manifest.model_id

    def encode(self, texts: Sequence[str], tower: Tower, on_batch: Callable[[int], object] | None = None) -> Vectors:
        """Unit vectors `[len(texts), dimension]`; `on_batch` is told how many texts each batch held."""
        vectors = np.empty((len(texts), self.manifest.dimension), dtype=np.float32)
        token_ids = self._tokenise(texts, self.manifest.prefixes[tower], self.manifest.max_tokens)

        def encode_batch(batch: Batch) -> int:
            rows, width = batch
            ids, mask = pad([token_ids[row] for row in rows], width, self.manifest.tokeniser.pad_id)
            runner = self._idle_runners.get()
            try:
                vectors[rows] = runner(token_ids=ids, mask=mask)[tower.value]
            finally:
                self._idle_runners.put(runner)
            return len(rows)

        for done in self._each(encode_batch, list(_batches(token_ids, self.manifest.max_tokens))):
            if on_batch is not None:
                on_batch(done)
        return vectors

    def _each(self, encode_batch: Callable[[Batch], int], batches: Sequence[Batch]) -> Iterator[int]:
        if self._behind is not None:
            yield from self._behind.map(encode_batch, batches)
        elif self._threads == 1 or len(batches) <= 1:
            yield from map(encode_batch, batches)
        else:
            with ThreadPoolExecutor(self._threads, "encoder") as pool:
                yield from pool.map(encode_batch, batches)


def pad(token_ids: Sequence[Sequence[int]], width: int, pad_id: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Token ids and mask (1: token), `[len(token_ids), width]` each."""
    ids = np.full((len(token_ids), width), pad_id, dtype=np.int32)
    mask = np.zeros((len(token_ids), width), dtype=np.int32)
    for row, tokens in enumerate(token_ids):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    return ids, mask


def bucket_width(tokens: int) -> int:
    """The least bucket that holds so many tokens."""
    return max(1, -(-tokens // BUCKET_STEP)) * BUCKET_STEP


def _batches(token_ids: Sequence[Sequence[int]], max_tokens: int) -> Iterator[Batch]:
    """Rows of one bucket together, as many as make a batch, and the bucket: no text pays for a longer one."""
    by_length = sorted(range(len(token_ids)), key=lambda row: len(token_ids[row]))
    for width, group in groupby(by_length, key=lambda row: min(bucket_width(len(token_ids[row])), max_tokens)):
        rows, size = list(group), max(1, TOKENS_PER_BATCH // width)
        yield from ((rows[start : start + size], width) for start in range(0, len(rows), size))
