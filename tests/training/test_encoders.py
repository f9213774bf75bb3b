"""The three sources of an encoder give the same vectors for the same weights, and NumPy agrees with all of them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray
from safetensors.numpy import load_file

from engine.encoder.encoder import pad
from engine.errors import ChambaError
from training.encoders.pretrained import PretrainedEncoder
from training.encoders.sources import load_encoder

TEXTS = ["Llevo las redes de una bodega", "Customer service by chat", "hola", "Tutora de matemáticas por las tardes"]
Floats = NDArray[np.float64]


def tokens(encoder: PretrainedEncoder, folder: Path) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    token_ids = encoder.open_tokeniser(folder)(TEXTS, encoder.seeker_prefix, 40)
    return pad(token_ids, max(map(len, token_ids)) + 3, encoder.tokeniser.pad_id)


def numpy_forward(weights: dict[str, Any], ids: list[int]) -> Floats:
    """The same network for one text, written out by hand from the stored weights."""

    def get(name: str) -> Floats:
        return np.asarray(weights[f"roberta.{name}"], dtype=np.float64)

    def norm(name: str, x: Floats) -> Floats:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        return np.asarray(scaled * get(f"{name}.weight") + get(f"{name}.bias"))

    def dense(name: str, x: Floats) -> Floats:
        return x @ get(f"{name}.weight").T + get(f"{name}.bias")

    positions = np.arange(len(ids)) + 2
    x = get("embeddings.word_embeddings.weight")[ids] + get("embeddings.position_embeddings.weight")[positions]
    x = norm("embeddings.LayerNorm", x + get("embeddings.token_type_embeddings.weight")[0])
    for layer in range(2):
        prefix = f"encoder.layer.{layer}"
        q, k, v = (dense(f"{prefix}.attention.self.{part}", x) for part in ("query", "key", "value"))
        mixed = []
        for head in (slice(0, 16), slice(16, 32)):
            logits = q[:, head] @ k[:, head].T / 4
            share = np.exp(logits - logits.max(-1, keepdims=True))
            mixed.append(share / share.sum(-1, keepdims=True) @ v[:, head])
        attended = dense(f"{prefix}.attention.output.dense", np.concatenate(mixed, axis=1))
        x = norm(f"{prefix}.attention.output.LayerNorm", x + attended)
        inner = dense(f"{prefix}.intermediate.dense", x)
        inner = inner * (1 + np.vectorize(math.erf)(inner / math.sqrt(2))) / 2
        x = norm(f"{prefix}.output.LayerNorm", x + dense(f"{prefix}.output.dense", inner))
    return np.asarray(x.mean(axis=0))


def test_a_hugging_face_directory_computes_what_its_weights_say(tiny_hugging_face: Path, tmp_path: Path) -> None:
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    ids, mask = tokens(encoder, tmp_path)
    weights = load_file(tiny_hugging_face / "model.safetensors")
    expected = [numpy_forward(weights, row[keep == 1].tolist()) for row, keep in zip(ids, mask, strict=True)]
    np.testing.assert_allclose(np.asarray(encoder.body(ids, mask)), expected, atol=2e-4)


def test_sentencepiece_ids_follow_the_order_of_the_embedding(tiny_hugging_face: Path, tmp_path: Path) -> None:
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    ids, _ = tokens(encoder, tmp_path)
    assert (ids[:, 0] == 0).all()
    assert ids.max() < encoder.body.vocabulary_rows
    assert ids[2].tolist().count(2) == 1


@pytest.fixture(scope="module")
def hub_folder(tiny_hugging_face: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny encoder as a SavedModel with the signature of TF Hub's BERT encoders."""
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    body = encoder.body
    folder = tmp_path_factory.mktemp("hub")
    vocabulary = folder / "vocabulary.model"
    vocabulary.write_bytes(encoder.vocabulary)
    tokens_spec = tf.TensorSpec([None, None], tf.int32)
    names = ("input_word_ids", "input_mask", "input_type_ids")

    class HubEncoder(tf.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = body
            self.vocabulary_file = tf.saved_model.Asset(str(vocabulary))

        @tf.function(input_signature=[dict.fromkeys(names, tokens_spec)])
        def __call__(self, inputs: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
            # One text's states are all its mean: the mean over tokens gives the body's own output back.
            pooled = self.body(inputs["input_word_ids"], inputs["input_mask"])
            width = tf.shape(inputs["input_word_ids"])[1]
            return {"sequence_output": tf.tile(pooled[:, None, :], [1, width, 1])}

    tf.saved_model.save(HubEncoder(), str(folder / "saved"))
    return folder / "saved"


def test_a_saved_model_gives_the_vectors_of_the_directory_it_came_from(
    hub_folder: Path, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    from_hub, from_directory = load_encoder(f"hub:{hub_folder}"), load_encoder(f"hf:{tiny_hugging_face}")
    ids, mask = tokens(from_hub, tmp_path)
    np.testing.assert_array_equal(ids, tokens(from_directory, tmp_path)[0])
    np.testing.assert_allclose(
        np.asarray(from_hub.body(ids, mask)), np.asarray(from_directory.body(ids, mask)), atol=1e-5
    )
    assert from_hub.dimension == 32


@pytest.mark.slow
def test_a_saved_model_serves_after_export(hub_folder: Path, tmp_path: Path) -> None:
    from engine.encoder.encoder import Tower, TowerEncoder
    from engine.relevance import Calibration
    from training.release.export import export_model
    from training.towers.model import TwoTowers

    encoder = load_encoder(f"hub:{hub_folder}")
    folder = export_model(
        encoder,
        TwoTowers(encoder.dimension),
        Calibration(0.1, 0.9),
        {},
        tmp_path,
        max_tokens=64,
        with_saved_model=False,
    )
    ids, mask = tokens(encoder, tmp_path)
    outputs = np.asarray(encoder.body(ids, mask))
    expected = outputs / np.linalg.norm(outputs, axis=1, keepdims=True)
    served = TowerEncoder(folder).encode(TEXTS, Tower.SEEKER)
    assert np.sum(expected * served, axis=1).min() > 0.99


def test_a_wordpiece_directory_tokenises_the_same_in_the_graph_and_at_serving(tmp_path: Path) -> None:
    from engine.encoder.tokeniser import TokeniserKind, load_tokeniser
    from training.encoders.pretrained import wordpiece_spec
    from training.release.export import graph_tidy, graph_tokeniser

    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "trabajo",
        "remot",
        "##o",
        "dise",
        "##nador",
        "##a",
        ",",
        "grafica",
        "de",
    ]
    (tmp_path / "vocab.txt").write_text("\n".join(pieces))
    spec = wordpiece_spec(pieces)
    assert (spec.kind, spec.lower_case) == (TokeniserKind.WORDPIECE, True)
    texts = ["Trabajo  remoto, de Diseñadora gráfica", "desconocido", ""]
    served = load_tokeniser(tmp_path / "vocab.txt", spec)(texts, "", 20)
    graph = graph_tokeniser("\n".join(pieces).encode(), spec).tokenize(graph_tidy(tf.constant(texts)))
    in_graph = graph.merge_dims(1, -1) if graph.ragged_rank > 1 else graph
    assert [ids[1:-1] for ids in served] == in_graph.to_list()


@pytest.mark.parametrize("source", ["bert", "hf", "e5-small:x", ""])
def test_an_unknown_source_is_refused(source: str) -> None:
    with pytest.raises(ChambaError, match=r"hf:DIRECTORY|config\.json"):
        load_encoder(source)


def test_a_model_that_is_no_bert_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "gpt2"}))
    with pytest.raises(ChambaError, match="gpt2"):
        load_encoder(f"hf:{tmp_path}")


def test_a_hub_handle_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChambaError, match="TF Hub handle"):
        load_encoder(f"hub:{tmp_path / 'nothing'}")
