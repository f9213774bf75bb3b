"""The serving encoder: batch and single agree, whatever the length and the company of a text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.encoder.encoder import ModelManifest, Tower, TowerEncoder
from engine.errors import ArtifactError

TEXTS = [
    "hola",
    "Llevo las redes de una bodega y contesto mensajes por WhatsApp",
    "Customer service by chat, night shift, " * 8,
    "",
    "  espacios\tdobles  y\u200duniones ",
    "Diseñadora gráfica " * 60,
] * 7


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> TowerEncoder:
    return TowerEncoder(tiny_model)


def test_a_text_has_one_vector_alone_or_in_a_batch(encoder: TowerEncoder) -> None:
    together = encoder.encode(TEXTS, Tower.JOB)
    alone = np.concatenate([encoder.encode([text], Tower.JOB) for text in TEXTS])
    assert np.min(np.sum(together * alone, axis=1)) > 0.9999


def test_vectors_have_unit_length(encoder: TowerEncoder) -> None:
    assert np.linalg.norm(encoder.encode(TEXTS, Tower.SEEKER), axis=1) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_vectors(encoder: TowerEncoder) -> None:
    assert encoder.encode([], Tower.JOB).shape == (0, 32)


def test_progress_counts_every_text(encoder: TowerEncoder) -> None:
    counts: list[int] = []
    encoder.encode(TEXTS, Tower.JOB, counts.append)
    assert sum(counts) == len(TEXTS)


def test_a_damaged_model_is_refused_with_what_to_do(tiny_model: Path, tmp_path: Path) -> None:
    for file in tiny_model.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "vocabulary.model").write_bytes(b"damaged")
    with pytest.raises(ArtifactError, match="chamba build-model"):
        ModelManifest.read(tmp_path)


def test_a_missing_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="chamba build-model"):
        TowerEncoder(tmp_path / "nowhere")
