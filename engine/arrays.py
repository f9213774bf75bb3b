"""The arrays that modules hand to each other, by name; the shape stands in brackets where one is used."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Places of rows: of a catalogue's jobs, or of another table.
Rows = NDArray[np.int64]
NO_ROWS: Rows = np.empty(0, dtype=np.int64)
# Whether each row is meant.
BoolArray = NDArray[np.bool_]

# Embeddings of people or jobs, of unit length: one `[dimension]`, or many `[N, dimension]`; and their cosines.
Vectors = NDArray[np.float32]
# Embeddings as they are stored: of 32 bits, or of 16 where there are too many.
AnyVectors = NDArray[np.floating[Any]]

# Numbers of 32 bits, of 64, or of either.
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
AnyFloats = NDArray[np.floating[Any]]
