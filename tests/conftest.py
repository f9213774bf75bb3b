"""Small real parts that many tests share: a tiny BERT through the whole export, and a bundle served from it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
from hypothesis import settings
from numpy.typing import NDArray
from safetensors.numpy import save_file

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from engine.jobs import Job
from engine.relevance import Calibration
from engine.texts import job_text, seeker_text
from store.sample.world import World, generate_world

# No test times anything: a shared machine may be slow.
settings.register_profile("chamba", deadline=None, max_examples=60)
settings.load_profile("chamba")

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 32, 2, 2, 64, 130


@pytest.fixture(scope="session")
def tiny_world() -> World:
    """A sample world of 90 jobs and 60 people."""
    return generate_world(seed=3, job_count=90, seeker_count=60)


@pytest.fixture(scope="session")
def tiny_jobs(tiny_world: World) -> list[Job]:
    """The jobs of the tiny world."""
    return tiny_world.jobs


@pytest.fixture(scope="session")
def tiny_hugging_face(tiny_world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hugging Face directory of an XLM-RoBERTa with two small layers of random weights."""
    folder = tmp_path_factory.mktemp("hugging-face")
    texts = [job_text(job) for job in tiny_world.jobs] + [seeker_text(seeker) for seeker in tiny_world.seekers]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts), model_prefix=str(folder / "vocabulary"), vocab_size=600, minloglevel=2
    )
    (folder / "vocabulary.model").rename(folder / "sentencepiece.bpe.model")
    config = {
        "model_type": "xlm-roberta",
        "hidden_act": "gelu",
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": FEED_FORWARD,
        "layer_norm_eps": 1e-5,
    }
    (folder / "config.json").write_text(json.dumps(config))
    # One row more than the pieces (<mask>), as the real directories have.
    save_file(_random_weights(600 + 1 + 1), folder / "model.safetensors")
    return folder


def _random_weights(rows: int) -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(5)

    def normal(*shape: int) -> NDArray[np.float32]:
        return random.normal(0, 0.3 if len(shape) == 2 else 0.05, shape).astype(np.float32)

    def dense(name: str, rows_out: int, rows_in: int) -> dict[str, NDArray[np.float32]]:
        return {f"{name}.weight": normal(rows_out, rows_in), f"{name}.bias": normal(rows_out)}

    def norm(name: str) -> dict[str, NDArray[np.float32]]:
        return {f"{name}.weight": np.ones(HIDDEN, np.float32), f"{name}.bias": np.zeros(HIDDEN, np.float32)}

    weights = {
        "roberta.embeddings.word_embeddings.weight": normal(rows, HIDDEN),
        "roberta.embeddings.position_embeddings.weight": normal(POSITIONS, HIDDEN),
        "roberta.embeddings.token_type_embeddings.weight": normal(1, HIDDEN),
    } | norm("roberta.embeddings.LayerNorm")
    for layer in range(LAYERS):
        prefix = f"roberta.encoder.layer.{layer}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            weights |= dense(f"{prefix}.{part}", HIDDEN, HIDDEN)
        weights |= norm(f"{prefix}.attention.output.LayerNorm") | norm(f"{prefix}.output.LayerNorm")
        weights |= dense(f"{prefix}.intermediate.dense", FEED_FORWARD, HIDDEN)
        weights |= dense(f"{prefix}.output.dense", HIDDEN, FEED_FORWARD)
    return weights


@pytest.fixture(scope="session")
def tiny_models(tiny_hugging_face: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder whose `current` is the tiny encoder with untrained towers, SavedModel included."""
    from training.encoders import load_encoder
    from training.export import export_model
    from training.towers import TwoTowers

    models = tmp_path_factory.mktemp("models")
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    export_model(encoder, TwoTowers(encoder.dimension), Calibration(0.1, 0.9), {}, models, max_tokens=128)
    return models


@pytest.fixture(scope="session")
def tiny_model(tiny_models: Path) -> Path:
    """The model folder of the tiny encoder."""
    return (tiny_models / "current").resolve()


@pytest.fixture(scope="session")
def tiny_bundles(tiny_model: Path, tiny_jobs: list[Job], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundles folder with the tiny world's jobs published."""
    from index.build import IndexConfig, build_index

    bundles = tmp_path_factory.mktemp("bundles")
    report = build_index(tiny_jobs, tiny_model, bundles, IndexConfig(recall_floor=0.5))
    assert report.published
    return bundles
