"""What a plot is drawn with: shapes with their attributes, and the plot that writes them as SVG.

Colours are classes, which the style of the page has: no plot brings any style of its own along.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from html import escape


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

    def __html__(self) -> str:
        """The element as SVG; words are text in it, whatever they are."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.tag.value}{attributes}>{escape(self.words)}</{self.tag.value}>"


@dataclass(frozen=True, slots=True)
class Plot:
    """An image that a screen reader names by its title; `name` is unique on the page. Templates put it in as it is."""

    name: str
    title: str
    width: str
    height: str
    text_size: str
    shapes: tuple[Shape, ...]

    def __html__(self) -> str:
        """The image as SVG, which stands in a page of HTML."""
        name = escape(f"{self.name}-title")
        shapes = "\n".join(one.__html__() for one in self.shapes)
        return (
            f'<svg class="plot" role="img" aria-labelledby="{name}" viewBox="0 0 {self.width} {self.height}" '
            f'font-size="{self.text_size}">\n<title id="{name}">{escape(self.title)}</title>\n{shapes}\n</svg>'
        )


def shape(tag: Tag, words: str = "", look: str = "", **attributes: str | float | None) -> Shape:
    """A shape; `look` is its class, `stroke_width` is stroke-width, numbers are in hundredths, None is left out."""
    given = {"class": look} if look else {}
    given |= {name.replace("_", "-"): written(value) for name, value in attributes.items() if value is not None}
    return Shape(tag, given, words)


def written(value: str | float) -> str:
    """The value of an attribute."""
    return value if isinstance(value, str) else f"{round(value, 2):g}"
