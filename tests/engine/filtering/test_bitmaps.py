"""Row bitmaps against plain masks."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.filtering.bitmaps import RowBitmap


@given(st.lists(st.booleans(), max_size=300))
def test_a_bitmap_holds_the_rows_of_its_mask(values: list[bool]) -> None:
    mask = np.array(values, dtype=np.bool_)
    bitmap = RowBitmap.of_mask(mask)
    assert bitmap.rows().tolist() == np.flatnonzero(mask).tolist()
    assert bitmap.mask().tolist() == values
    assert bitmap.has(np.arange(len(values))).tolist() == values
    assert (bitmap.count, bitmap.size) == (sum(values), len(values))
    assert bitmap.is_everything == all(values)


@given(st.sets(st.integers(0, 5000), max_size=400), st.integers(0, 70))
def test_few_rows_among_many_are_found_word_by_word(rows: set[int], more: int) -> None:
    mask = np.zeros(5001 + more, dtype=np.bool_)
    mask[list(rows)] = True
    with patch("engine.filtering.bitmaps.MOST_LOOKED_THROUGH", 0), patch("engine.filtering.bitmaps.DENSE", 1):
        assert RowBitmap.of_mask(mask).rows().tolist() == sorted(rows)
