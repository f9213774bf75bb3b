"""Lays the weights of a model folder's SavedModel, with tokeniser and texts, where peers find them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from benchmarks.encode.workload import workload
from engine.artifacts import write_atomically
from engine.encoder import VOCABULARY, ModelManifest, Tower
from engine.errors import ArtifactError
from engine.tokeniser import load_tokeniser

WEIGHTS, SETTINGS, TEXTS = "weights.npz", "settings.json", "texts.json"
KERAS_NAMES = {
    "q": "query",
    "k": "key",
    "v": "value",
    "ao": "attention_output",
    "aln": "attention_norm",
    "fi": "feed_forward_in",
    "fo": "feed_forward_out",
    "oln": "output_norm",
}

Floats = NDArray[np.float32]


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
        tensors: dict[str, Any] = dict(_tensors(towers))
        np.savez(folder / WEIGHTS, **tensors)
        shutil.copyfile(model / VOCABULARY, folder / VOCABULARY)
        settings = {
            **_shape(towers),
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

    from training.export import SAVED_MODEL

    if not (model / SAVED_MODEL).is_dir():
        raise ArtifactError(f"{model} has no SavedModel", fix="build it with one: chamba build-model --saved-model")
    loaded = tf.saved_model.load(str(model / SAVED_MODEL))
    if not hasattr(loaded.token_towers.body, "blocks"):
        raise ArtifactError("this model's body is not ours", expected="a BERT that chamba exported")
    return loaded


def _tensors(towers: Any) -> Iterator[tuple[str, Floats]]:
    """Every weight by its Hugging Face name, kernels transposed as PyTorch has them; heads as they are."""
    from training.hugging_face import LAYER_NAMES

    body = towers.body
    word, position = body.word._embeddings.numpy(), body.position._embeddings.numpy()
    yield "embeddings.word_embeddings.weight", word
    yield "embeddings.position_embeddings.weight", position
    # Token types were folded into the positions.
    yield "embeddings.token_type_embeddings.weight", np.zeros((1, word.shape[1]), np.float32)
    yield from _norm("embeddings.LayerNorm", body.embedding_norm)
    for number, block in enumerate(body.blocks):
        for short, theirs in LAYER_NAMES.items():
            layer, name = getattr(block, KERAS_NAMES[short]), f"encoder.layer.{number}.{theirs}"
            if theirs.endswith("LayerNorm"):
                yield from _norm(name, layer)
            else:
                yield f"{name}.weight", np.ascontiguousarray(layer._kernel.numpy().T)
                yield f"{name}.bias", layer.bias.numpy()
    yield "head.kernel", towers.job_head.change._kernel.numpy()
    yield "head.bias", towers.job_head.change.bias.numpy()


def _norm(name: str, layer: Any) -> Iterator[tuple[str, Floats]]:
    yield f"{name}.weight", layer.gamma.numpy()
    yield f"{name}.bias", layer.beta.numpy()


def _shape(towers: Any) -> dict[str, Any]:
    """The body's sizes; heads and epsilon are read off the graph, since no weight shows them."""
    import tensorflow as tf

    body = towers.body
    operations = towers.__call__.concrete_functions[0].graph.get_operations()
    attention = next(operation for operation in operations if operation.type == "Softmax")
    variance = next(operation for operation in operations if operation.type == "Rsqrt").inputs[0].op
    epsilons = [tf.get_static_value(value) for value in variance.inputs]
    word, first = body.word._embeddings, body.blocks[0]
    return {
        "vocabulary_rows": int(word.shape[0]),
        "hidden": int(word.shape[1]),
        "layers": len(body.blocks),
        "heads": int(attention.outputs[0].shape[1]),
        "feed_forward": int(first.feed_forward_in._kernel.shape[1]),
        "positions": int(body.position._embeddings.shape[0]),
        "epsilon": next((float(value) for value in epsilons if value is not None), 1e-12),
    }
