"""Smoothing changes how a body quantises, not what it computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.encoder.encoder import pad
from training.encoders.bert import BertBody
from training.encoders.sources import load_encoder
from training.release.smoothing import smoothed

TEXTS = ["Llevo las redes de una bodega", "Customer service by chat, night shift", "hola"]
OUTLIER = 7


def tokens_and_body(source: Path, folder: Path) -> tuple[BertBody, list[NDArray[np.int32]]]:
    """The tiny body with one channel made far larger than the others, as real ones have."""
    encoder = load_encoder(f"hf:{source}")
    body = encoder.body
    gain, offset = body.embedding_norm.get_weights()
    gain[OUTLIER] = 60.0
    body.embedding_norm.set_weights([gain, offset])
    token_ids = encoder.open_tokeniser(folder)(TEXTS, "", 40)
    return body, list(pad(token_ids, max(map(len, token_ids)) + 2, encoder.tokeniser.pad_id))


def test_a_smoothed_body_computes_the_same(tiny_hugging_face: Path, tmp_path: Path) -> None:
    body, (ids, mask) = tokens_and_body(tiny_hugging_face, tmp_path)
    before = np.asarray(body(ids, mask))
    np.testing.assert_allclose(np.asarray(smoothed(body, ids, mask)(ids, mask)), before, atol=1e-3)
    np.testing.assert_array_equal(np.asarray(body(ids, mask)), before)


def test_smoothing_tames_the_channel_that_stands_out(tiny_hugging_face: Path, tmp_path: Path) -> None:
    body, (ids, mask) = tokens_and_body(tiny_hugging_face, tmp_path)
    scale = smoothed(body, ids, mask).blocks[0].attention_input_scale
    assert scale is not None
    assert scale.argmin() == OUTLIER
    largest = np.abs(np.asarray(body.embed(ids))[mask == 1]).max(axis=0)
    assert (largest * scale).max() / np.median(largest * scale) < 0.5 * largest.max() / np.median(largest)
