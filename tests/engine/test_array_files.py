"""Array files are mapped as a manifest states them, or as their own header says, by any number of threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from engine.array_files import ArrayFiles, ArrayForm, array_forms
from engine.errors import ArtifactError

RECORD = np.dtype([("posted_at", "<i8"), ("share", "<f4")])
ARRAYS: dict[str, np.ndarray[Any, Any]] = {
    "scalars.npy": np.arange(7, dtype=np.int32),
    "matrix.npy": np.linspace(0, 1, 12, dtype=np.float16).reshape(4, 3),
    "hashes.npy": np.array([b"abc", b"de"], dtype="S16"),
    "records.npy": np.array([(1, 0.5), (2, 0.25)], dtype=RECORD),
    "nothing.npy": np.empty((0, 5), dtype=np.float32),
    "columns/inner.npy": np.array([True, False]),
    "one.npy": np.array(3, dtype=np.uint8),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `ARRAYS`."""
    (tmp_path / "columns").mkdir()
    for name, array in ARRAYS.items():
        np.save(tmp_path / name, array)
    return tmp_path


@pytest.fixture(params=["stated", "by their headers"])
def files(request: pytest.FixtureRequest, folder: Path) -> ArrayFiles:
    """The folder's array files, with a manifest that went through JSON, or without."""
    written = orjson.dumps({name: form.document() for name, form in array_forms(folder).items()})
    stated = {name: ArrayForm.from_document(document) for name, document in orjson.loads(written).items()}
    return ArrayFiles(folder, stated if request.param == "stated" else {})


@pytest.mark.parametrize("name", ARRAYS)
def test_what_was_saved_is_mapped(files: ArrayFiles, name: str) -> None:
    mapped = files.map(name)
    assert (mapped.dtype, mapped.shape) == (ARRAYS[name].dtype, ARRAYS[name].shape)
    np.testing.assert_array_equal(mapped, ARRAYS[name])


def test_a_folder_within_has_its_own_names(files: ArrayFiles) -> None:
    np.testing.assert_array_equal(files.within("columns").map("inner.npy"), [True, False])


def test_a_file_of_another_size_is_refused(files: ArrayFiles) -> None:
    for change in (b"", b"too long"):
        content = (files.folder / "matrix.npy").read_bytes()
        (files.folder / "matrix.npy").write_bytes(content[:-1] if not change else content + change)
        with pytest.raises(ArtifactError, match=r"damaged.*expected .* bytes.*got"):
            files.map("matrix.npy")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x93NUMPY",
        b"not an array at all",
        b"\x93NUMPY\x01\x00\x10\x00{'descr': '|O', ",
        b"\x93NUMPY\x02\x00\xff\xff\xff\xff",
        b"\x93NUMPY\x01\x00\x3b\x00{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,), }\n",
    ],
)
def test_what_is_no_array_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.npy").write_bytes(content)
    with pytest.raises(ArtifactError, match="damaged"):
        ArrayFiles(tmp_path).map("a.npy")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=r"a\.npy is missing"):
        ArrayFiles(tmp_path).map("a.npy")


def test_eight_threads_map_at_once(folder: Path) -> None:
    def mapped(_: int) -> list[Any]:
        return [ArrayFiles(folder).map(name).sum() for name in ("scalars.npy", "columns/inner.npy")]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(mapped, range(400))) == [[21, 1]] * 400
