"""A QR code (ISO/IEC 18004) as the path of a drawing, so that no page needs a picture or a script for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

BORDER = 4


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """`size`: of its square, in modules; `path`: the dark ones, as SVG's paths are written."""

    size: int
    path: str


def qr_drawing(text: str) -> QrDrawing:
    """The code of a text, with the border that readers need."""
    import segno  # here, not above: it is seldom asked

    rows = segno.make(text, error="m", micro=False).matrix_iter(border=BORDER)
    size, parts = 0, []
    for y, row in enumerate(rows):
        x, size = 0, y + 1
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrDrawing(size, "".join(parts))
