"""The parts of plots: the frame of an SVG image, scales, axes, and a legend. Sizes are in units of a 400 wide image.

The image takes the width of the page, so that it can be read on a telephone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.analytics.report.shapes import Plot, Shape, Tag, shape, written

WIDTH = 400.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 12.0, 10.0, 26.0
LINE_HEIGHT, TEXT_SIZE = 14.0, 11.0
# Told apart by people who do not see red and green apart (Okabe & Ito, "Color Universal Design"), darkened for white.
COLOURS = ("#00598c", "#b34a00", "#00705a", "#7a4070")
INK, FAINT = "#1d2328", "#c9d0d6"


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
    return Plot(name, title, written(WIDTH), f"{height:g}", written(TEXT_SIZE), INK, tuple(shapes))


def text(x: float, y: float, words: str, *, anchor: str = "start", weight: str | None = None) -> Shape:
    """Words at a place; `anchor`: start, middle or end of them stands there."""
    return shape(Tag.TEXT, words, x=x, y=y, text_anchor=anchor, font_weight=weight)


def rule(x1: float, y1: float, x2: float, y2: float, *, colour: str = FAINT, dashes: str | None = None) -> Shape:
    """A thin straight line."""
    return shape(Tag.LINE, x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=1.0, stroke_dasharray=dashes)


def ticks(most: float, wanted: int = 4) -> list[float]:
    """Round numbers from 0 to at least `most`, about so many steps of 1, 2 or 5 times a power of ten."""
    if most <= 0:
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
    for row, (name, colour) in enumerate(zip(names, COLOURS, strict=False)):
        place = y + row * LINE_HEIGHT
        parts.append(shape(Tag.RECT, x=LEFT, y=place - 9, width=10.0, height=10.0, fill=colour))
        parts.append(text(LEFT + 15, place, name))
    return parts
