"""The scale bench: what it measures of a small size, and how exponents are told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.search.scale import GROWING, scale_section
from benchmarks.search.scale_worker import measure
from benchmarks.search.workload import grow, grow_to_file, unit

COUNT, DIMENSION = 3000, 16


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_a_size_is_built_searched_and_updated(tmp_path: Path, dtype: type[np.float32] | type[np.float16]) -> None:
    real = unit(np.random.default_rng(1).normal(size=(500, DIMENSION)).astype(np.float32))
    grow_to_file(real, COUNT, tmp_path / "vectors.npy", dtype)
    np.testing.assert_allclose(np.load(tmp_path / "vectors.npy"), grow(real, COUNT).vectors, atol=1e-3)
    np.save(tmp_path / "people.npy", real[:90])
    figures = measure(tmp_path, threads=1)
    assert figures["jobs"] == COUNT
    assert figures["vectors_mb"] == pytest.approx(COUNT * DIMENSION * np.dtype(dtype).itemsize / 1e6)
    assert {*GROWING, "all_p95_ms", "calibration_seconds"} <= set(figures)
    assert not (tmp_path / "updated.faiss").exists()


def test_what_grows_with_the_root_has_an_exponent_of_a_half() -> None:
    sizes = (10_000, 1_000_000, 10_000_000)
    measured = [{"jobs": float(size)} | dict.fromkeys((*GROWING, "build_seconds"), 3 * size**0.5) for size in sizes]
    rows = scale_section(measured).rows
    assert [row.method for row in rows] == ["10,000 jobs", "1,000,000 jobs", "10,000,000 jobs", "exponent"]
    assert all(rows[-1].measures[name] == pytest.approx(0.5) for name in GROWING)
    assert all(row.measures["update_share"] == 1 for row in rows[:-1])
