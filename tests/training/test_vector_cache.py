"""Vectors of texts kept on disk: computed once, safe when a run dies, one file a kind and model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import vector_cache
from training.vector_cache import Batches, VectorCache, VectorKind, remove_vectors_of_people


class Computer:
    """Gives each text the vector of its length and first letter, two at a time, the longest first."""

    def __init__(self, dies_after: int | None = None) -> None:
        self.computed: list[str] = []
        self._dies_after = dies_after

    def __call__(self, texts: list[str]) -> Batches:
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for start in range(0, len(order), 2):
            if self._dies_after is not None and start >= self._dies_after:
                raise KeyboardInterrupt
            rows = order[start : start + 2]
            self.computed += [texts[row] for row in rows]
            yield rows, np.array([vector_of(texts[row]) for row in rows], dtype=np.float32)


def vector_of(text: str) -> list[float]:
    return [len(text), ord(text[0]) if text else -1]


def opened(folder: Path, kind: VectorKind = VectorKind.JOB_VECTORS, model: str = "m1") -> VectorCache:
    return VectorCache(folder, kind, model)


@given(asked=st.lists(st.lists(st.text(max_size=3), min_size=1, max_size=8), min_size=1, max_size=4))
def test_every_text_is_computed_once_whoever_opens_the_cache(
    asked: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, computer = tmp_path_factory.mktemp("cache"), Computer()
    for texts in asked:
        found = opened(folder)(texts, computer)
        assert found.dtype == np.float32
        assert found.tolist() == [vector_of(text) for text in texts]
    everything = {text for texts in asked for text in texts}
    assert sorted(computer.computed) == sorted(everything)


def test_what_a_run_computed_before_it_died_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_cache, "TEXTS_PER_SAVE", 2)
    texts = ["a", "bb", "ccc", "dddd", "eeeee"]
    with pytest.raises(KeyboardInterrupt):
        opened(tmp_path)(texts, Computer(dies_after=4))
    rest = Computer()
    assert opened(tmp_path)(texts, rest).tolist() == [vector_of(text) for text in texts]
    assert rest.computed == ["a"]


def test_other_models_kinds_and_prefixes_share_nothing(tmp_path: Path) -> None:
    opened(tmp_path)(["a"], Computer())
    for cache, prefix in (
        (opened(tmp_path, model="m2"), ""),
        (opened(tmp_path, VectorKind.SEEKER_VECTORS), ""),
        (opened(tmp_path), "query: "),
    ):
        computer = Computer()
        cache(["a"], computer, prefix)
        assert computer.computed == ["a"]


def test_a_file_that_nobody_can_read_is_computed_again(tmp_path: Path) -> None:
    opened(tmp_path)(["a"], Computer())
    (file,) = tmp_path.iterdir()
    older = tmp_path / "older.npz"
    np.savez(older, keys=np.array(["k"]), outputs=np.zeros((1, 2), np.float32))
    for content in (b"", b"no archive", file.read_bytes()[:-40], older.read_bytes()):
        file.write_bytes(content)
        computer = Computer()
        assert opened(tmp_path)(["a"], computer).tolist() == [vector_of("a")]
        assert computer.computed == ["a"]


def test_vectors_of_people_go_and_those_of_jobs_stay(tmp_path: Path) -> None:
    for kind in VectorKind:
        opened(tmp_path, kind)(["a"], Computer())
    assert remove_vectors_of_people(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["job-vectors-m1.npz"]
