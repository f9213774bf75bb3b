"""Lays the weights of a model folder's SavedModel, with tokeniser and texts, where peers find them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from benchmarks.encode.workload import workload
from engine.arrays import Floats
from engine.artifacts import write_atomically
from engine.encoder.encoder import VOCABULARY, ModelManifest, Tower
from engine.encoder.tokeniser import load_tokeniser
from engine.errors import ArtifactError

WEIGHTS, SETTINGS, TEXTS = "weights.npz", "settings.json", "texts.json"
# Two embeddings, their norm, and two heads.
BESIDE_BLOCKS = 8


def hand_over(model: Path, folder: Path, texts: dict[str, list[str]] | None = None) -> None:
    """Write weights, settings, vocabulary and texts of `model` to `folder`; the files of an earlier run stay.

    Raises:
        ArtifactError: the model has no SavedModel, or one whose body is not ours.
    """
    manifest = ModelManifest.read(model)
    spec, prefix = manifest.tokeniser, manifest.prefixes[Tower.JOB]
    # The settings come last: where they are, everything before them is whole.
    if not (folder / SETTINGS).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        towers = _open(model).token_towers
        tensors: dict[str, Any] = dict(_tensors(towers.weights))
        np.savez(folder / WEIGHTS, **tensors)
        shutil.copyfile(model / VOCABULARY, folder / VOCABULARY)
        settings = {
            **_shape(towers, tensors),
            "dimension": manifest.dimension,
            "prefix": prefix,
            "max_tokens": manifest.max_tokens,
            "tokeniser": {name: getattr(spec, name) for name in ("kind", "bos_id", "eos_id", "pad_id", "lower_case")},
        }
        write_atomically(folder / SETTINGS, orjson.dumps(settings))
    tokenise = load_tokeniser(model / VOCABULARY, spec)
    # One token more than fits, so that a cut text is known from one that is just long enough.
    room = manifest.max_tokens + 1
    texts = texts or workload(lambda some: [len(ids) for ids in tokenise(some, prefix, room)])
    write_atomically(folder / TEXTS, orjson.dumps(texts))


def _open(model: Path) -> Any:
    import tensorflow as tf
    import tensorflow_text  # noqa: F401 (registers the tokeniser's operations)

    from training.release.export import SAVED_MODEL

    if not (model / SAVED_MODEL).is_dir():
        raise ArtifactError(f"{model} has no SavedModel", fix="build it with one: chamba build-model --saved-model")
    return tf.saved_model.load(str(model / SAVED_MODEL))


def _tensors(weights: Sequence[Any]) -> Iterator[tuple[str, Floats]]:
    """Every weight by its Hugging Face name, kernels transposed as PyTorch has them; the job head as it is.

    `weights` are those of the body, the seeker head and the job head, in the order in which Keras lists them.
    """
    from training.encoders.hugging_face import LAYER_NAMES

    # A head's dropout lists the state of its generator, whole numbers.
    arrays = [array for array in (one.numpy() for one in weights) if array.dtype == np.float32]
    layers, rest = divmod(len(arrays) - BESIDE_BLOCKS, 2 * len(LAYER_NAMES))
    if rest or layers < 1 or arrays[0].ndim != 2 or arrays[2].ndim != 1:
        raise ArtifactError("this model's body is not ours", expected="a BERT that chamba exported")
    *body, _, _, kernel, bias = arrays
    # Keras lists a block's layers as they were made, which is the order of these names.
    names = [f"encoder.layer.{number}.{name}" for number in range(layers) for name in LAYER_NAMES.values()]
    yield "embeddings.word_embeddings.weight", body[0]
    yield "embeddings.position_embeddings.weight", body[1]
    # Token types were folded into the positions.
    yield "embeddings.token_type_embeddings.weight", np.zeros((1, body[0].shape[1]), np.float32)
    pairs = zip(body[2::2], body[3::2], strict=True)
    for name, (first, second) in zip(["embeddings.LayerNorm", *names], pairs, strict=True):
        yield f"{name}.weight", np.ascontiguousarray(first.T)
        yield f"{name}.bias", second
    yield "head.kernel", kernel
    yield "head.bias", bias


def _shape(towers: Any, tensors: Mapping[str, Floats]) -> dict[str, Any]:
    """The body's sizes; heads and epsilon are read off the graph, since no weight shows them."""
    import tensorflow as tf

    operations = towers.__call__.concrete_functions[0].graph.get_operations()
    attention = next(operation for operation in operations if operation.type == "Softmax")
    variance = next(operation for operation in operations if operation.type == "Rsqrt").inputs[0].op
    epsilons = [tf.get_static_value(value) for value in variance.inputs]
    word = tensors["embeddings.word_embeddings.weight"]
    return {
        "vocabulary_rows": word.shape[0],
        "hidden": word.shape[1],
        "layers": sum(name.endswith("attention.self.query.weight") for name in tensors),
        "heads": int(attention.outputs[0].shape[1]),
        "feed_forward": tensors["encoder.layer.0.intermediate.dense.weight"].shape[0],
        "positions": tensors["embeddings.position_embeddings.weight"].shape[0],
        "epsilon": next((float(value) for value in epsilons if value is not None), 1e-12),
    }
