"""Golden parity on the tiny model: SavedModel with raw strings, TensorFlow on tokens, LiteRT, batch and single."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
import tensorflow_hub as hub

from engine.encoder.encoder import Tower, TowerEncoder
from engine.errors import ArtifactError
from engine.relevance import Calibration
from training.encoders.sources import load_encoder
from training.release.export import export_model
from training.towers.model import TwoTowers

TEXTS = [
    "Contadora, emito facturas electrónicas en SUNAT",
    "  Data   entry\tclerk, nights ",
    "e\u0301xito con n\u0303",
    "familia \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "",
    "palabra " * 300,
]


def test_a_saved_model_takes_raw_strings_and_agrees_with_litert(tiny_model: Path) -> None:
    loaded = hub.load(str(tiny_model / "saved_model"))
    serving = TowerEncoder(tiny_model)
    for tower, function in ((Tower.SEEKER, loaded.seeker), (Tower.JOB, loaded.job)):
        from_graph = function(tf.constant(TEXTS))[tower.value].numpy()
        cosines = np.sum(from_graph * serving.encode(TEXTS, tower), axis=1)
        assert cosines.mean() > 0.999


def test_a_saved_model_gives_a_text_the_same_vector_alone_and_in_a_batch(tiny_model: Path) -> None:
    loaded = hub.load(str(tiny_model / "saved_model"))
    together = loaded.seeker(tf.constant(TEXTS))[Tower.SEEKER.value].numpy()
    alone = np.concatenate([loaded.seeker(tf.constant([text]))[Tower.SEEKER.value].numpy() for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_the_two_towers_differ_once_a_head_has_learnt(tiny_hugging_face: Path, tmp_path: Path) -> None:
    encoder = load_encoder(f"hf:{tiny_hugging_face}")
    towers = TwoTowers(encoder.dimension)
    kernel = np.random.default_rng(0).normal(0, 0.3, (32, 32)).astype(np.float32)
    towers.job_head.change.set_weights([kernel, np.zeros(32, np.float32)])
    folder = export_model(encoder, towers, Calibration(0.1, 0.9), {}, tmp_path, max_tokens=64, with_saved_model=False)
    serving = TowerEncoder(folder)
    jobs, seekers = serving.encode(TEXTS[:1], Tower.JOB), serving.encode(TEXTS[:1], Tower.SEEKER)
    moved = seekers + seekers @ kernel
    assert (jobs @ moved.T).item() / np.linalg.norm(moved) > 0.99
    assert (jobs @ seekers.T).item() < 0.99


def test_a_model_of_fewer_dimensions_gives_the_prefixes_of_the_whole(tiny_hugging_face: Path, tmp_path: Path) -> None:
    encoder, towers = load_encoder(f"hf:{tiny_hugging_face}"), TwoTowers(32)
    narrow, whole = (
        TowerEncoder(
            export_model(
                encoder,
                towers,
                Calibration(0.1, 0.9),
                {},
                tmp_path,
                max_tokens=64,
                dimension=dimension,
                with_saved_model=False,
            )
        ).encode(TEXTS, Tower.JOB)
        for dimension in (8, None)
    )
    prefixes = whole[:, :8] / np.linalg.norm(whole[:, :8], axis=1, keepdims=True)
    np.testing.assert_allclose(narrow, prefixes, atol=2e-2)
    np.testing.assert_allclose(np.linalg.norm(narrow, axis=1), 1, atol=1e-5)


def test_the_same_weights_keep_their_name_and_others_get_another(
    tiny_model: Path, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    encoder = load_encoder(f"hf:{tiny_hugging_face}")

    def export(calibration: Calibration) -> str:
        towers = TwoTowers(encoder.dimension)
        return export_model(encoder, towers, calibration, {}, tmp_path, max_tokens=128, with_saved_model=False).name

    assert export(Calibration(0.1, 0.9)) == tiny_model.name
    assert export(Calibration(0.2, 0.9)) != tiny_model.name
    assert len([path for path in tmp_path.iterdir() if path.is_dir() and not path.is_symlink()]) == 2


def test_a_model_that_tells_nothing_apart_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="cannot be calibrated"):
        Calibration(0.9, 0.9)
    with pytest.raises(ArtifactError):
        TowerEncoder(tmp_path)
