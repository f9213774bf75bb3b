"""Arrays and byte rows that grow at their end while readers go on with what was there before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.array_files import ArrayFiles

FIRST_CAPACITY = 64


class GrowingArray:
    """Rows of one `shape` (scalars by default) with room for more. A view once given never changes."""

    def __init__(self, dtype: Any, shape: tuple[int, ...] = ()) -> None:
        self._array: NDArray[Any] = np.empty((FIRST_CAPACITY, *shape), dtype=dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def extend(self, values: Any) -> None:
        """Add rows `[k, *shape]` at the end."""
        end = self._length + len(values)
        if end > len(self._array):
            larger = np.empty((max(end, 2 * len(self._array)), *self._array.shape[1:]), dtype=self._array.dtype)
            larger[: self._length] = self._array[: self._length]
            self._array = larger
        self._array[self._length : end] = values
        self._length = end

    def append(self, value: Any) -> None:
        """Add one row at the end."""
        self.extend((value,))

    def view(self) -> NDArray[Any]:
        """What is there now, `[length, *shape]`."""
        return self._array[: self._length]


class ByteRows:
    """Rows of bytes end to end: row r is `content[offsets[r] : offsets[r + 1]]`, `offsets` `[N + 1]`."""

    def __init__(self, content: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self.content, self.offsets = content, offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> bytes:
        return self.content[self.offsets[row] : self.offsets[row + 1]].tobytes()

    def save(self, folder: Path, name: str) -> None:
        """Write the rows into `folder` as `NAME.bin` and `NAME_offsets.npy`."""
        self.content.tofile(folder / f"{name}.bin")
        np.save(folder / f"{name}_offsets.npy", self.offsets)

    @classmethod
    def open(cls, files: ArrayFiles, name: str) -> ByteRows:
        """The rows that `save` wrote, mapped from disk."""
        path = files.folder / f"{name}.bin"
        content = np.zeros(0, np.uint8) if path.stat().st_size == 0 else np.memmap(path, dtype=np.uint8, mode="r")
        return cls(np.asarray(content), files.map(f"{name}_offsets.npy"))

    def taken(self, rows: NDArray[np.int64]) -> ByteRows:
        """A copy of some rows, in their order."""
        starts, lengths = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        content = np.empty(offsets[-1], dtype=np.uint8)
        for target, start, length in zip(offsets[:-1].tolist(), starts.tolist(), lengths.tolist(), strict=True):
            content[target : target + length] = self.content[start : start + length]
        return ByteRows(content, offsets)


class GrowingByteRows:
    """Byte rows with room to grow."""

    def __init__(self) -> None:
        self._content, self._offsets = GrowingArray(np.uint8), GrowingArray(np.int64)
        self._offsets.append(0)

    def append(self, row: bytes) -> None:
        """Add a row at the end."""
        self._content.extend(np.frombuffer(row, dtype=np.uint8))
        self._offsets.append(len(self._content))

    def view(self) -> ByteRows:
        """The rows there are now."""
        return ByteRows(self._content.view(), self._offsets.view())
