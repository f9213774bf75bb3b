"""`chamba bench encode` on the tiny model: the weights that are handed over, the batches, the rows of the table."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file

from benchmarks.encode.handover import hand_over
from benchmarks.encode.measure import EncodeBench, measure
from benchmarks.encode.run import run_encode
from benchmarks.encode.runtimes import batches
from benchmarks.encode.tables import tables
from benchmarks.encode.workload import cut, workload
from engine.encoder.encoder import Tower, TowerEncoder
from engine.errors import ArtifactError, InvalidInputError

TEXTS = {name: ["Contadora, emito facturas", "hola", "night shift, chat"] for name in ("postings", "mix", "titles")}
TEXTS |= {"query-20": ["hola"], "query-40": ["chat de noche"], "parity": ["hola", "Diseñadora gráfica " * 40]}


def words(texts: object) -> list[int]:
    assert isinstance(texts, list)
    return [len(text.split()) for text in texts]


def test_the_workload_has_the_lengths_it_names() -> None:
    texts = workload(words)
    assert set(words(texts["titles"])) == set(words(texts["query-20"])) == {20}
    assert set(words(texts["postings"])) == {125}
    assert len(set(words(texts["mix"]))) > 10
    assert not set(texts["query-40"]) & set(texts["postings"])


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=30), st.integers(1, 30))
def test_a_cut_text_is_as_long_as_it_may_be(parts: list[str], tokens: int) -> None:
    assert cut(" ".join(parts), tokens, words).split() == parts[:tokens]


@given(st.lists(st.integers(1, 128), max_size=80), st.booleans())
def test_batches_hold_every_row_once_and_short_ones_apart(lengths: list[int], small: bool) -> None:
    found = batches(lengths, small)
    assert sorted(row for batch in found for row in batch) == list(range(len(lengths)))
    assert all(len(batch) <= 32 for batch in found)
    if small:
        assert all(len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= 128 for batch in found)


@pytest.mark.slow
def test_what_is_handed_over_are_the_weights_the_model_came_from(
    tiny_model: Path, tiny_hugging_face: Path, tmp_path: Path
) -> None:
    hand_over(tiny_model, tmp_path, TEXTS)
    origin = load_file(tiny_hugging_face / "model.safetensors")
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as stored:
        layers = [name for name in stored if name.startswith("encoder.layer.")]
        assert len(layers) == sum(".encoder.layer." in name for name in origin)
        for name in layers:
            np.testing.assert_array_equal(stored[name], origin[f"roberta.{name}"], err_msg=name)
        rows = len(stored["embeddings.word_embeddings.weight"])
        word = origin["roberta.embeddings.word_embeddings.weight"][:rows]
        np.testing.assert_array_equal(stored["embeddings.word_embeddings.weight"], word)
        # The head of an untrained tower changes nothing.
        assert not stored["head.kernel"].any()
    settings = orjson.loads((tmp_path / "settings.json").read_bytes())
    assert (settings["heads"], settings["layers"], settings["hidden"]) == (2, 2, 32)
    assert settings["epsilon"] == pytest.approx(1e-5)


@pytest.mark.slow
def test_a_run_measures_what_is_there_and_names_what_is_missing(tiny_model: Path, tmp_path: Path) -> None:
    said: list[str] = []
    bench = EncodeBench((1,), 1, 0.01, ("LiteRT", "TensorFlow", "OpenVINO int8"), sys.executable)
    results = measure(tiny_model, tmp_path, bench, said.append, TEXTS)
    ours = results["threads"]["1"]["LiteRT"]
    assert ours["titles_per_second"] > 0
    assert ours["resident_mb"] > 10
    assert ours["cosine_mean"] > 0.99
    assert results["threads"]["1"]["TensorFlow"]["cosine_min"] == pytest.approx(1, abs=1e-5)
    assert list(results["left_out"]) == ["OpenVINO int8"]
    table = tables(results)
    assert "--group peers" in table
    assert "LiteRT encodes" in table
    vectors = TowerEncoder(tiny_model).encode(TEXTS["parity"], Tower.JOB)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_runtime_nobody_knows_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="OpenVINO"):
        run_encode(tiny_model, "1", None, ["PyTorch"], 1, 0.1, tmp_path, tmp_path, print)
    with pytest.raises(InvalidInputError, match="threads"):
        run_encode(tiny_model, "two", None, ["LiteRT"], 1, 0.1, tmp_path, tmp_path, print)


def test_a_folder_that_is_no_model_is_refused_with_what_to_do(tiny_model: Path, tmp_path: Path) -> None:
    for file in tiny_model.rglob("*"):
        if file.is_file() and file.name != "model.json":
            target = tmp_path / file.relative_to(tiny_model)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    with pytest.raises(ArtifactError, match="build-model"):
        hand_over(tmp_path, tmp_path, TEXTS)
