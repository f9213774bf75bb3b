"""A BERT from a Hugging Face directory: `config.json`, `model.safetensors` and its vocabulary.

Model types `bert` (WordPiece `vocab.txt`, or `sentencepiece.bpe.model`) and `xlm-roberta` (`sentencepiece.bpe.model`).
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from sentencepiece import sentencepiece_model_pb2 as proto

from engine.arrays import Floats
from engine.encoder.tokeniser import TokeniserSpec
from engine.errors import ArtifactError
from training.encoders import vocabulary
from training.encoders.bert import body_from_checkpoint
from training.encoders.e5_file import BertShape, Checkpoint
from training.encoders.pretrained import SENTENCEPIECE_SPEC, PretrainedEncoder, wordpiece_spec

LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
# XLM-RoBERTa counts positions from its padding id + 1.
FIRST_POSITION = {"bert": 0, "xlm-roberta": vocabulary.PAD + 1}
E5_PREFIXES = ("query: ", "passage: ")


def read_directory(directory: Path) -> PretrainedEncoder:
    """The encoder in `directory`; raises ArtifactError naming what is missing or not supported."""
    config = _read_config(directory)
    checkpoint = _read_weights(directory, config)
    vocabulary_file, spec, rows = _read_vocabulary(directory)
    if rows != len(checkpoint.tensors["emb.word"]):
        embeddings = {"emb.word": checkpoint.tensors["emb.word"][:rows]}
        checkpoint = replace(checkpoint, tensors=checkpoint.tensors | embeddings)
    name = str(config.get("_name_or_path") or directory.name)
    prefixes = E5_PREFIXES if "e5" in name.lower() else ("", "")
    body = body_from_checkpoint(checkpoint)
    return PretrainedEncoder(name, body, checkpoint.shape.hidden, vocabulary_file, spec, *prefixes)


def _read_config(directory: Path) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((directory / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as cause:
        raise ArtifactError(f"{directory} has no readable config.json", fix="name a Hugging Face directory") from cause
    if config.get("model_type") not in FIRST_POSITION or config.get("hidden_act", "gelu") != "gelu":
        raise ArtifactError(
            "this model is not a BERT we know",
            expected="model_type bert or xlm-roberta with hidden_act gelu",
            got=f"{config.get('model_type')} with {config.get('hidden_act')}",
        )
    return config


def _read_weights(directory: Path, config: dict[str, Any]) -> Checkpoint:
    path = directory / "model.safetensors"
    if not path.is_file():
        raise ArtifactError(f"{directory} has no model.safetensors", fix="convert the weights to safetensors")
    stored = load_file(path)
    word = "embeddings.word_embeddings.weight"
    prefix = next((name.removesuffix(word) for name in stored if name.endswith(word)), None)
    if prefix is None:
        raise ArtifactError(f"{path} holds no BERT", expected=word)

    def tensor(name: str) -> Floats:
        return np.asarray(stored[prefix + name], dtype=np.float32)

    first = FIRST_POSITION[config["model_type"]]
    tensors = {
        "emb.word": tensor(word),
        "emb.pos": tensor("embeddings.position_embeddings.weight")[first:],
        "emb.type": tensor("embeddings.token_type_embeddings.weight"),
        "emb.ln.w": tensor("embeddings.LayerNorm.weight"),
        "emb.ln.b": tensor("embeddings.LayerNorm.bias"),
    }
    for layer in range(config["num_hidden_layers"]):
        for ours, theirs in LAYER_NAMES.items():
            weight = tensor(f"encoder.layer.{layer}.{theirs}.weight")
            tensors[f"l{layer}.{ours}.w"] = weight.T if weight.ndim == 2 else weight
            tensors[f"l{layer}.{ours}.b"] = tensor(f"encoder.layer.{layer}.{theirs}.bias")
    shape = BertShape(
        config["hidden_size"],
        config["num_hidden_layers"],
        config["num_attention_heads"],
        config["intermediate_size"],
        len(tensors["emb.pos"]),
        config.get("layer_norm_eps", 1e-12),
    )
    return Checkpoint(shape, tensors, [], np.zeros(0, np.float32))


def _read_vocabulary(directory: Path) -> tuple[bytes, TokeniserSpec, int]:
    """The vocabulary file as our tokenisers read it, how, and how many embedding rows it needs."""
    sentencepiece_file, wordpiece_file = directory / "sentencepiece.bpe.model", directory / "vocab.txt"
    if sentencepiece_file.is_file():
        model = proto.ModelProto.FromString(sentencepiece_file.read_bytes())
        # fairseq's order: its own four specials, then the model's pieces without its three.
        pieces = [*vocabulary.SPECIAL_PIECES, *(piece.piece for piece in model.pieces[3:])]
        scores = np.array([0.0] * 4 + [piece.score for piece in model.pieces[3:]], dtype=np.float32)
        rebuilt = vocabulary.sentencepiece_model(pieces, scores, model.normalizer_spec)
        return rebuilt, SENTENCEPIECE_SPEC, len(pieces)
    if wordpiece_file.is_file():
        pieces = wordpiece_file.read_text("utf-8").splitlines()
        spec = wordpiece_spec(pieces, _lower_case(directory))
        return wordpiece_file.read_bytes(), spec, len(pieces)
    raise ArtifactError(f"{directory} has no vocabulary we know", expected="sentencepiece.bpe.model or vocab.txt")


def _lower_case(directory: Path) -> bool | None:
    path = directory / "tokenizer_config.json"
    setting = json.loads(path.read_text("utf-8")).get("do_lower_case") if path.is_file() else None
    return None if setting is None else bool(setting)
