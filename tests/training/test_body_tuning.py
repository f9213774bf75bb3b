"""Tuning as a run: adapters on disk that make a tuned encoder, again and again the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import pytest

from engine.encoder.encoder import Tower, TowerEncoder
from engine.errors import ArtifactError, InvalidInputError
from sample.world import World
from tests.training.esco_folder import write_esco
from training.data.datasets import PlacementSet
from training.encoders.sources import load_encoder
from training.language.run import tune_body
from training.language.work_language import WorkLanguageConfig, encode
from training.pipelines.train import export_run, train_towers
from training.towers.fit_config import FitConfig

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


@pytest.mark.slow
def test_towers_on_a_tuned_body_are_served_at_the_dimensions_they_were_trained_for(
    run: Path, tiny_world: World, tmp_path: Path
) -> None:
    words = [job.title for job in tiny_world.jobs[:30]]
    pairs = np.tile(np.arange(30), 3)
    placements = PlacementSet(
        name="pairs",
        version="1",
        seeker_texts=[f"busco {word}" for word in words],
        job_texts=words,
        seekers=pairs,
        jobs=pairs,
        grades=np.full(90, 4),
        times=np.datetime64("2025-01-01") + np.arange(90),
    )
    config = FitConfig(
        epochs=10, batch_pairs=32, learning_rate=1e-2, dropout=0.0, tuned_weight=1.0, max_tokens=32, prefixes=(16, 8)
    )
    fitted = train_towers(placements, f"tuned:{run}", config, tmp_path, export=False, say=print)
    for dimension in (32, 8):
        model = export_run(fitted, tmp_path, with_saved_model=False, say=print, dimension=dimension)
        assert TowerEncoder(model).encode(TEXTS, Tower.JOB).shape == (3, dimension)
    with pytest.raises(InvalidInputError, match="8, 16, 32"):
        export_run(fitted, tmp_path, with_saved_model=False, say=print, dimension=20)


@pytest.mark.slow
def test_a_tuned_body_is_not_tuned_again(run: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="tuned already"):
        tune_body(write_esco(tmp_path / "esco"), f"tuned:{run}", WorkLanguageConfig(steps=1), tmp_path, say=print)
