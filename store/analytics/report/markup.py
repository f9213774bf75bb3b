"""HTML and SVG put together from elements, every text in them escaped."""

from __future__ import annotations

from html import escape


class Markup(str):
    """Text that is markup already, so that it is not escaped again."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """An element with its closing tag.

    Args:
        name: of the element.
        children: markup as it stands, other text escaped.
        attributes: `class_` is class, `stroke_width` is stroke-width; numbers are rounded to hundredths, None: absent.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    return Markup(f"<{name}{written}>{joined(children)}</{name}>")


def joined(parts: list[Markup] | tuple[str, ...]) -> Markup:
    """Markup one after the other; other text among it is escaped."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts))


def _attribute(key: str, value: str | float) -> str:
    name = key.removesuffix("_").replace("_", "-") if key != "viewBox" else key
    text = value if isinstance(value, str) else f"{round(value, 2):g}"
    return f' {name}="{escape(text, quote=True)}"'
