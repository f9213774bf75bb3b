"""Cached lower layers: the upper blocks see what they would have seen, and learn what they would have learnt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.train_cost.lower_layers import LowerStates, UpperBlocks, UpperTowers, lower_states
from engine.encoder.encoder import pad
from training.encoders.pretrained import PretrainedEncoder
from training.encoders.sources import load_encoder
from training.towers.features import Features
from training.towers.model import TwoTowers

TEXTS = [
    "Llevo las redes de una bodega",
    "Customer service by chat, night shift",
    "hola",
    "Contadora con experiencia en planillas y SUNAT",
]


def opened(source: Path, folder: Path) -> tuple[PretrainedEncoder, list[list[int]]]:
    """A tiny encoder, the same each time, and the token ids of the texts."""
    encoder = load_encoder(f"hf:{source}")
    return encoder, encoder.open_tokeniser(folder)(TEXTS, "", 40)


def tokens(token_ids: list[list[int]], width: int, pad_id: int) -> NDArray[np.int32]:
    """What a whole body reads, `[texts, 2, tokens]`."""
    return np.stack(pad(token_ids, width, pad_id), axis=1)


@pytest.mark.parametrize("trained_blocks", [1, 2])
def test_upper_blocks_give_what_the_whole_body_gives(
    tiny_hugging_face: Path, tmp_path: Path, trained_blocks: int
) -> None:
    encoder, token_ids = opened(tiny_hugging_face, tmp_path)
    pad_id = encoder.tokeniser.pad_id
    states = lower_states(encoder.body, token_ids, pad_id, trained_blocks, tmp_path / "cache")
    ids, mask = pad(token_ids, max(map(len, token_ids)), pad_id)
    found = np.asarray(UpperBlocks(encoder.body, trained_blocks)(states[:]))
    np.testing.assert_allclose(found, np.asarray(encoder.body(ids, mask)), atol=5e-3)


def test_training_from_the_cache_is_training_from_tokens(tiny_hugging_face: Path, tmp_path: Path) -> None:
    def inputs(features: Features) -> dict[str, Any]:
        rows = np.array([0, 1])
        return {
            "seeker": features.seekers[rows],
            "job": features.jobs[rows + 2],
            "log_q": np.zeros(2, np.float32),
            "is_negative": ~np.eye(2, dtype=bool),
        }

    def trained(*, cached: bool) -> list[NDArray[np.float32]]:
        encoder, token_ids = opened(tiny_hugging_face, tmp_path)
        encoder.body.train_last_blocks(1)
        side: Any
        if cached:
            side = lower_states(encoder.body, token_ids, encoder.tokeniser.pad_id, 1, tmp_path / "cache")
            towers: TwoTowers = UpperTowers(encoder.dimension, UpperBlocks(encoder.body, 1))
        else:
            side = tokens(token_ids, max(map(len, token_ids)), encoder.tokeniser.pad_id)
            towers = TwoTowers(encoder.dimension, encoder.body)
        towers.compile(optimizer=keras.optimizers.SGD(0.05), jit_compile=False)
        for _ in range(3):
            towers.train_on_batch(inputs(Features(side, side)), np.zeros(2, np.float32))
        before = load_encoder(f"hf:{tiny_hugging_face}").body.get_weights()
        return [new - old for new, old in zip(encoder.body.get_weights(), before, strict=True)]

    from_cache, from_tokens = trained(cached=True), trained(cached=False)
    scale = max(np.abs(change).max() for change in from_tokens)
    assert scale > 1e-4
    for cached_change, token_change in zip(from_cache, from_tokens, strict=True):
        np.testing.assert_allclose(cached_change, token_change, atol=0.03 * scale)


def test_states_are_computed_once_and_never_mistaken(tiny_hugging_face: Path, tmp_path: Path) -> None:
    encoder, token_ids = opened(tiny_hugging_face, tmp_path)

    def kept() -> set[tuple[str, int]]:
        return {(path.name, path.stat().st_mtime_ns) for path in (tmp_path / "cache").iterdir()}

    def ask(texts: list[list[int]]) -> LowerStates:
        return lower_states(encoder.body, texts, encoder.tokeniser.pad_id, 1, tmp_path / "cache")

    first = ask(token_ids)
    once = kept()
    np.testing.assert_array_equal(ask(token_ids)[:], first[:])
    assert kept() == once
    ask(token_ids[:2])
    gain, offset = encoder.body.embedding_norm.get_weights()
    encoder.body.embedding_norm.set_weights([gain * 2, offset])
    assert np.abs(ask(token_ids)[:].astype(np.float32) - first[:].astype(np.float32)).max() > 0.1
    assert len(kept()) == 3


def test_padding_does_not_reach_a_text(tiny_hugging_face: Path, tmp_path: Path) -> None:
    encoder, token_ids = opened(tiny_hugging_face, tmp_path)
    upper = UpperBlocks(encoder.body, 1)
    pad_id = encoder.tokeniser.pad_id
    together = lower_states(encoder.body, token_ids, pad_id, 1, tmp_path / "cache")
    alone = lower_states(encoder.body, token_ids[2:3], pad_id, 1, tmp_path / "cache")
    assert together[:].shape[1] > alone[:].shape[1]
    np.testing.assert_allclose(np.asarray(upper(together[2:3])), np.asarray(upper(alone[:])), atol=5e-3)
