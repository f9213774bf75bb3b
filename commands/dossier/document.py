"""The impact record as a document: sections of paragraphs, lists and tables, as Markdown and as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.explain import Locale
from store.analytics.report.templating import environment

_TEMPLATES = environment(__package__)
# What Markdown would take for markup in the middle of a line.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#])")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    bullets: tuple[str, ...]


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
    return _TEMPLATES.get_template("record.html").render(locale=Locale.ES.value, title=title, sections=sections)


def _markdown(block: Block) -> str:
    match block:
        case Paragraph():
            return _escaped(block.text)
        case Bullets():
            return "\n".join(f"- {_escaped(item)}" for item in block.bullets)
        case Grid():
            head, *rows = ([_escaped(cell) for cell in line] for line in (block.head, *block.rows))
            lines = (head, ["---"] * len(head), *rows)
            return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
