"""The parts of plots: the frame of an SVG image, scales, axes, and a legend. Sizes are in units of a 340 wide image.

The image takes the width of the page: on a small telephone a unit is about a pixel.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.analytics.report.shapes import Plot, Shape, Tag, shape, written

WIDTH = 340.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 10.0, 10.0, 26.0
LINE_HEIGHT, TEXT_SIZE = 15.0, 12.0
LEAST_MOST = 1e-9  # nothing that is counted or shared out is less
CHARACTER_WIDTH = 6.6  # about, of the text
# Classes: the style has their colours, which people tell apart who do not see red and green apart.
SERIES = ("series-1", "series-2", "series-3", "series-4")
INK, FAINT = "ink", "faint"


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `least` to `most` on places from `start` to `end`."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        span = self.most - self.least or 1.0
        return self.start + (value - self.least) / span * (self.end - self.start)


def image(name: str, title: str, height: float, shapes: Sequence[Shape]) -> Plot:
    """A plot as wide as all others."""
    return Plot(name, title, written(WIDTH), f"{height:g}", written(TEXT_SIZE), tuple(shapes))


def text(x: float, y: float, words: str, *, anchor: str = "start", weight: str | None = None) -> Shape:
    """Words at a place, as many as the image is wide; `anchor`: start, middle or end of them stands there."""
    return shape(Tag.TEXT, clipped(words), x=x, y=y, text_anchor=anchor, font_weight=weight)


def clipped(words: str, width: float = WIDTH) -> str:
    """Words, with an ellipsis where there are too many for a width."""
    most = int(width / CHARACTER_WIDTH)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def rule(x1: float, y1: float, x2: float, y2: float, *, look: str = FAINT, dashes: str | None = None) -> Shape:
    """A thin straight line."""
    return shape(Tag.LINE, look=look, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=1.0, stroke_dasharray=dashes)


def ticks(most: float, wanted: int = 4) -> list[float]:
    """Round numbers from 0 to at least `most`, about so many steps of 1, 2 or 5 times a power of ten."""
    if most < LEAST_MOST:
        return [0.0, 1.0]
    rough = most / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough - 1e-12)
    return [round(step * place, 10) for place in range(math.ceil(most / step - 1e-9) + 1)]


def left_axis(scale: Scale, values: Sequence[float], value_text: Callable[[float], str]) -> list[Shape]:
    """A line across the image for each value, with its text at the left."""
    parts = []
    for value in values:
        parts.append(rule(LEFT, scale(value), WIDTH - RIGHT, scale(value)))
        parts.append(text(LEFT - 4, scale(value) + 4, value_text(value), anchor="end"))
    return parts


def bottom_axis(scale: Scale, marks: Sequence[tuple[float, str]], y: float) -> list[Shape]:
    """What stands below the plot, at places of the scale; the first and the last keep within the image."""
    last = len(marks) - 1
    anchors = ["start" if place == 0 else "end" if place == last else "middle" for place in range(len(marks))]
    return [text(scale(value), y, label, anchor=anchor) for (value, label), anchor in zip(marks, anchors, strict=True)]


def legend(names: Sequence[str], y: float) -> list[Shape]:
    """A colour for each name, one below the other."""
    parts = []
    for row, (name, look) in enumerate(zip(names, SERIES, strict=False)):
        place = y + row * LINE_HEIGHT
        parts.append(shape(Tag.RECT, look=look, x=0.0, y=place - 9, width=10.0, height=10.0))
        parts.append(text(15, place, clipped(name, WIDTH - 15)))
    return parts
