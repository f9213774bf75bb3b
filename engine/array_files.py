"""NumPy's array files, mapped by the dtype and shape that a manifest states.

NumPy reads the header of such a file by `ast.literal_eval`, which on Python 3.11 fails where two threads do so at once
(CPython issue 106905), so headers are read here by their grammar (NEP 1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ArtifactError

SUFFIX = ".npy"
LONGEST_HEADER = 65_536
HEADER = re.compile(r"\{'descr': (?P<descr>.+), 'fortran_order': False, 'shape': \((?P<shape>[\d, ]*)\), \}\s*")
SCALAR = re.compile(r"'(?P<dtype>[<>|=][a-zA-Z]\d+)'")
FIELD = re.compile(r"\('(?P<name>\w+)', '(?P<dtype>[<>|=][a-zA-Z]\d+)'\)")
FIX = "build a bundle anew: chamba index --full"


@dataclass(frozen=True, slots=True)
class ArrayForm:
    """The dtype and shape of an array."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ArrayForm:
        """The form that a manifest states."""
        stated = document["dtype"]
        descr: Any = stated if isinstance(stated, str) else [(name, dtype) for name, dtype in stated]
        return cls(np.dtype(descr), tuple(document["shape"]))

    def document(self) -> dict[str, Any]:
        """The form as a manifest states it."""
        return {"dtype": self.dtype.str if self.dtype.names is None else self.dtype.descr, "shape": list(self.shape)}

    @property
    def byte_count(self) -> int:
        """How many bytes the array's values take."""
        return prod(self.shape) * self.dtype.itemsize


@dataclass(frozen=True, slots=True)
class ArrayFiles:
    """The array files of a folder, by their names within it; `stated`: their forms by a manifest.

    What is not stated, as in bundles of before forms were, is as the file's own header says.
    """

    folder: Path
    stated: Mapping[str, ArrayForm] = field(default_factory=dict)

    def within(self, name: str) -> ArrayFiles:
        """The array files of a folder in this one."""
        inner = {key.removeprefix(f"{name}/"): form for key, form in self.stated.items() if key.startswith(f"{name}/")}
        return ArrayFiles(self.folder / name, inner)

    def map(self, name: str) -> NDArray[Any]:
        """An array, mapped: processes on one machine share its pages. `memmap` itself is slow to index.

        Raises:
            ArtifactError: the file is missing, is no array file, or its size is not that of its form.
        """
        path = self.folder / name
        header, start = _read_header(path)
        form = self.stated.get(name) or _form_of(header, path)
        if (size := path.stat().st_size) != start + form.byte_count:
            raise ArtifactError(
                f"{path} is damaged", expected=f"{start + form.byte_count} bytes", got=f"{size} bytes", fix=FIX
            )
        if form.byte_count == 0:
            return np.empty(form.shape, form.dtype)
        return np.asarray(np.memmap(path, form.dtype, "r", start, form.shape))


def array_forms(folder: Path) -> dict[str, ArrayForm]:
    """The forms of the array files in a folder and in those within it, by their names, for a manifest to state."""
    paths = sorted(folder.rglob(f"*{SUFFIX}"))
    return {path.relative_to(folder).as_posix(): _form_of(_read_header(path)[0], path) for path in paths}


def _read_header(path: Path) -> tuple[str, int]:
    """A file's header, and where its values start."""
    try:
        with path.open("rb") as file:
            magic = file.read(8)
            width = {b"\x93NUMPY\x01\x00": 2, b"\x93NUMPY\x02\x00": 4, b"\x93NUMPY\x03\x00": 4}.get(magic, 0)
            length = int.from_bytes(file.read(width), "little")
            if not width or length > LONGEST_HEADER:
                raise ArtifactError(f"{path} is damaged", expected="an array file of NumPy", fix=FIX)
            return file.read(length).decode("utf-8", "replace"), 8 + width + length
    except FileNotFoundError as cause:
        raise ArtifactError(f"{path} is missing", fix=FIX) from cause


def _form_of(header: str, path: Path) -> ArrayForm:
    found = HEADER.fullmatch(header)
    scalar, fields = (SCALAR.fullmatch(found["descr"]), FIELD.findall(found["descr"])) if found else (None, [])
    if found is None or (scalar is None and not fields):
        raise ArtifactError(f"{path} is damaged", expected="the header of an array", got=header[:80], fix=FIX)
    shape = tuple(int(size) for size in found["shape"].split(",") if size.strip())
    return ArrayForm(np.dtype(scalar["dtype"] if scalar else fields), shape)
