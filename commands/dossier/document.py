"""The impact record as a document: sections of paragraphs, lists and tables, as Markdown and as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.explain import Locale
from store.analytics.report.markup import Markup, element
from store.analytics.report.page import page

# What Markdown would take for markup in the middle of a line.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head and rows of as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the record under its heading."""

    title: str
    blocks: tuple[Block, ...]


def grid(head: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> Block:
    """A table of values as text, or the sentence `empty` where there is no row."""
    if not rows:
        return Paragraph(empty)
    return Grid(tuple(head), tuple(tuple(map(str, row)) for row in rows))


def as_markdown(title: str, sections: Sequence[Section]) -> str:
    """The record in Markdown; no text in it is taken for markup."""
    parts = [f"# {_escaped(title)}"]
    for number, section in enumerate(sections, 1):
        parts.append(f"## {number}. {_escaped(section.title)}")
        parts += [_markdown(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def as_html(title: str, sections: Sequence[Section]) -> str:
    """The record as one HTML file that fetches nothing."""
    parts = [element("h1", title)]
    for number, section in enumerate(sections, 1):
        heading = element("h2", f"{number}. {section.title}")
        parts.append(element("section", heading, *(_html(block) for block in section.blocks)))
    return page(title, Locale.ES, parts)


def _markdown(block: Block) -> str:
    match block:
        case Paragraph():
            return _escaped(block.text)
        case Bullets():
            return "\n".join(f"- {_escaped(item)}" for item in block.items)
        case Grid():
            head, *rows = ([_escaped(cell) for cell in line] for line in (block.head, *block.rows))
            lines = (head, ["---"] * len(head), *rows)
            return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _html(block: Block) -> Markup:
    match block:
        case Paragraph():
            return element("p", block.text)
        case Bullets():
            return element("ul", *(element("li", item) for item in block.items))
        case Grid():
            head = element("tr", *(element("th", cell, scope="col") for cell in block.head))
            rows = (element("tr", *(element("td", cell) for cell in row)) for row in block.rows)
            table = element("table", element("thead", head), element("tbody", *rows))
            return element("div", table, class_="scroll")


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
