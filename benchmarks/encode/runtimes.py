"""Every runtime that is compared: opened on its own files, it maps texts to job vectors.

Runs in the peers' Python where the runtime is a peer. A runtime's module is imported when it is opened.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.encode import peer_files
from engine.arrays import Vectors
from engine.encoder.encoder import Tower, TowerEncoder, bucket_width, pad
from engine.encoder.tokeniser import TokeniserKind, TokeniserSpec, load_tokeniser

TEXTS_PER_BATCH = 32
TOKENS_PER_BATCH = 128

Tokens = NDArray[np.int32]


class Runtime(ABC):
    """Texts to unit vectors. `small_batches`: batches of about 128 tokens instead of 32 texts."""

    @abstractmethod
    def encode(self, texts: Sequence[str], *, small_batches: bool = False) -> Vectors:
        """Unit vectors of `texts`, `[len(texts), dimension]`."""


class LiteRT(Runtime):
    """What the API serves with; it batches by itself."""

    def __init__(self, model: Path, _folder: Path, threads: int) -> None:
        self._encoder = TowerEncoder(model, threads)

    def encode(self, texts: Sequence[str], *, small_batches: bool = False) -> Vectors:  # noqa: ARG002
        return self._encoder.encode(texts, Tower.JOB)


class Batched(Runtime):
    """A runtime that is given padded batches of token ids, texts of one length together."""

    def __init__(self, folder: Path) -> None:
        self.settings = peer_files.read_settings(folder)
        stated = self.settings["tokeniser"]
        self._spec = TokeniserSpec(**(stated | {"kind": TokeniserKind(stated["kind"])}))
        self._tokenise = load_tokeniser(folder / "vocabulary.model", self._spec)

    def encode(self, texts: Sequence[str], *, small_batches: bool = False) -> Vectors:
        token_ids = self.tokens(texts)
        vectors = np.empty((len(texts), self.settings["dimension"]), dtype=np.float32)
        for rows in batches([len(ids) for ids in token_ids], small_batches):
            chosen = [token_ids[row] for row in rows]
            vectors[rows] = self.run(*self.padded(chosen))
        return vectors

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, prefix and frame included."""
        return self._tokenise(texts, self.settings["prefix"], self.settings["max_tokens"])

    def padded(self, token_ids: Sequence[Sequence[int]]) -> tuple[Tokens, Tokens]:
        """Token ids and mask, padded to the longest text."""
        return pad(token_ids, max(map(len, token_ids)), self._spec.pad_id)

    @abstractmethod
    def run(self, token_ids: Tokens, mask: Tokens) -> Vectors:
        """Unit vectors of one batch of token ids and mask, `[batch, tokens]` each."""


def batches(lengths: Sequence[int], small: bool) -> list[list[int]]:
    """Rows in order of length, 32 at once; or as many as make 128 tokens, by buckets, as our own encoder does it."""
    order = sorted(range(len(lengths)), key=lambda row: lengths[row])
    if not small:
        return [order[start : start + TEXTS_PER_BATCH] for start in range(0, len(order), TEXTS_PER_BATCH)]
    found = []
    for width, group in groupby(order, key=lambda row: bucket_width(lengths[row])):
        rows, size = list(group), max(1, TOKENS_PER_BATCH // width)
        found += [rows[start : start + size] for start in range(0, len(rows), size)]
    return found


class TensorFlow(Batched):
    """The SavedModel as TF Serving runs it: strings in, tokeniser in the graph."""

    def __init__(self, model: Path, folder: Path, threads: int) -> None:
        super().__init__(folder)
        import tensorflow as tf
        import tensorflow_text  # noqa: F401

        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        self._loaded = tf.saved_model.load(str(model / "saved_model"))
        self._constant = tf.constant

    def encode(self, texts: Sequence[str], *, small_batches: bool = False) -> Vectors:
        vectors = np.empty((len(texts), self.settings["dimension"]), dtype=np.float32)
        # Tokenised once more than needed, only to sort by length: well under 1% of the time.
        lengths = [1] if len(texts) == 1 else [len(ids) for ids in self.tokens(texts)]
        for rows in batches(lengths, small_batches):
            found = self._loaded.job(self._constant([texts[row] for row in rows]))
            vectors[rows] = found[Tower.JOB.value].numpy()
        return vectors

    def run(self, token_ids: Tokens, mask: Tokens) -> Vectors:
        found: Vectors = self._loaded.token_towers(token_ids, mask)[Tower.JOB.value].numpy()
        return found


class OnnxRuntime(Batched):
    """ONNX Runtime on the CPU, all graph optimisations."""

    def __init__(self, _model: Path, folder: Path, threads: int, *, int8: bool = False) -> None:
        super().__init__(folder)
        import onnxruntime

        make = peer_files.onnx_int8_file if int8 else peer_files.onnx_file
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        path = make(folder, self.settings)
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(self, token_ids: Tokens, mask: Tokens) -> Vectors:
        found: Vectors = self._session.run(None, {"token_ids": token_ids, "mask": mask})[0]
        return found


class OpenVino(Batched):
    """OpenVINO on the CPU, tuned for latency."""

    def __init__(self, _model: Path, folder: Path, threads: int, *, precision: str) -> None:
        super().__init__(folder)
        import openvino

        if precision == "int8":
            path = peer_files.openvino_int8_file(folder, self.settings, self._calibration())
        else:
            path = peer_files.onnx_file(folder, self.settings)
        hint = {"int8": "f32"}.get(precision, precision)
        config = {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": hint}
        self._request = openvino.Core().compile_model(path, "CPU", config).create_infer_request()

    def run(self, token_ids: Tokens, mask: Tokens) -> Vectors:
        found: Vectors = self._request.infer({"token_ids": token_ids, "mask": mask})[0].copy()
        return found

    def _calibration(self) -> list[tuple[Tokens, Tokens]]:
        """Texts of another sample world, so that no compared text sets a scale."""
        from engine.encoder.texts import job_text, seeker_text
        from sample.world import generate_world

        world = generate_world(0, 100, 100)
        texts = [*map(job_text, world.jobs), *map(seeker_text, world.seekers)]
        return [self.padded([ids]) for ids in self.tokens(texts)]


class SentenceTransformers(Batched):
    """sentence-transformers on PyTorch: BertModel, mean pooling and our head as its modules, our token ids."""

    def __init__(self, _model: Path, folder: Path, threads: int) -> None:
        super().__init__(folder)
        import torch
        from sentence_transformers import SentenceTransformer

        from benchmarks.encode.torch_modules import sentence_modules

        torch.set_num_threads(threads)
        modules = sentence_modules(folder, self.settings, lambda texts: self.padded(self.tokens(texts)))
        self._model = SentenceTransformer(modules=modules, device="cpu")

    def encode(self, texts: Sequence[str], *, small_batches: bool = False) -> Vectors:
        size = TEXTS_PER_BATCH
        if small_batches:
            size = max(1, TOKENS_PER_BATCH // max(len(ids) for ids in self.tokens(texts)))
        found: Any = self._model.encode(list(texts), batch_size=size, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    def run(self, token_ids: Tokens, mask: Tokens) -> Vectors:
        raise NotImplementedError("sentence-transformers makes its own batches")
