"""Row bitmaps against plain masks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.bitmaps import RowBitmap


@given(st.lists(st.booleans(), max_size=300))
def test_a_bitmap_holds_the_rows_of_its_mask(values: list[bool]) -> None:
    mask = np.array(values, dtype=np.bool_)
    bitmap = RowBitmap.of_mask(mask)
    assert bitmap.rows().tolist() == np.flatnonzero(mask).tolist()
    assert bitmap.mask().tolist() == values
    assert bitmap.has(np.arange(len(values))).tolist() == values
    assert (bitmap.count, bitmap.size) == (sum(values), len(values))
    assert bitmap.is_everything == all(values)
