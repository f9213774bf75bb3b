"""What a plot is drawn with: shapes with their attributes, which a template writes as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Tag(Enum):
    """The SVG elements that plots are drawn with."""

    RECT = "rect"
    TEXT = "text"
    LINE = "line"
    CIRCLE = "circle"
    POLYLINE = "polyline"
    POLYGON = "polygon"


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of a plot, its attributes by name as they are written, and the words in it."""

    tag: Tag
    attributes: dict[str, str]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """An image that a screen reader names by its title; `name` is unique on the page."""

    name: str
    title: str
    width: str
    height: str
    text_size: str
    ink: str
    shapes: tuple[Shape, ...]


def shape(tag: Tag, words: str = "", **attributes: str | float | None) -> Shape:
    """A shape: `stroke_width` is stroke-width, numbers are rounded to hundredths, None is left out."""
    given = {name: value for name, value in attributes.items() if value is not None}
    return Shape(tag, {name.replace("_", "-"): written(value) for name, value in given.items()}, words)


def written(value: str | float) -> str:
    """The value of an attribute."""
    return value if isinstance(value, str) else f"{round(value, 2):g}"
