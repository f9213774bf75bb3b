"""Tuning as a run: adapters on disk that make a tuned encoder, again and again the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest

from engine.errors import ArtifactError
from tests.training.esco_folder import write_esco
from training.body_tuning import tune_body
from training.encoders import load_encoder
from training.work_language import WorkLanguageConfig, encode

TEXTS = ["diseñadora gráfica", "accountant", "programador de noche"]


@pytest.fixture(scope="module")
def run(tiny_hugging_face: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tuning")
    config = WorkLanguageConfig(steps=8, occupations_per_batch=4, learning_rate=1e-2, rank=2, released_rank=2, chunks=2)
    return tune_body(write_esco(folder / "esco"), f"hf:{tiny_hugging_face}", config, folder, say=print)


@pytest.mark.slow
def test_the_run_says_what_it_was_made_of(run: Path, tiny_hugging_face: Path) -> None:
    document = orjson.loads((run / "run.json").read_bytes())
    assert document["encoder"] == f"hf:{tiny_hugging_face}"
    assert document["data"]["name"] == "esco"
    assert document["config"]["steps"] == 8
    assert {"untuned_held_out_title_mrr", "tuned_held_out_title_mrr"} == set(document["metrics"])
    assert not list(run.parent.parent.glob("checkpoints/*/*.safetensors"))


@pytest.mark.slow
def test_a_tuned_encoder_is_another_encoder_and_the_same_every_time(run: Path, tiny_hugging_face: Path) -> None:
    untuned, first, second = (
        load_encoder(source) for source in (f"hf:{tiny_hugging_face}", f"tuned:{run}", f"tuned:{run}")
    )
    assert first.name == second.name != untuned.name
    vectors = [encode(encoder, TEXTS, "") for encoder in (untuned, first, second)]
    np.testing.assert_array_equal(vectors[1], vectors[2])
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="tuned encoder"):
        load_encoder(f"tuned:{tmp_path}")
