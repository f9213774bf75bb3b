"""The pages that people read, cut into their code blocks, each of a stated kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LANGUAGES = frozenset({"sh", "json", "python", "typescript", "toml", "text"})
NOTES = ("answer", "status: ", "delivery")
_FENCE = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*) -->\n+)?^```(?P<language>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_INLINE = re.compile(r"(?<!`)`([^`]+)`(?!`)")


@dataclass(frozen=True)
class Block:
    """A code block: where it begins, its language, and the note above it (`answer`: what the last request was told)."""

    page: str
    line: int
    language: str
    note: str
    text: str

    @property
    def where(self) -> str:
        """For whoever mends it."""
        return f"{self.page}:{self.line}"


def pages() -> list[Path]:
    """The README, how to contribute, what is in `docs/`, and what stands beside the things that it is about."""
    beside = [folder / "README.md" for folder in (ROOT / "grafana", ROOT / "benchmarks", ROOT / "deploy" / "prefect")]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")), *beside]


def name_of(page: Path) -> str:
    """Its path from the root."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """The code blocks of a page, in order; raises ValueError for one of a kind that no test knows how to try."""
    text = page.read_text("utf-8")
    for found in _FENCE.finditer(text):
        language, note = found["language"], found["note"] or ""
        block = Block(name_of(page), text.count("\n", 0, found.start()) + 1, language, note, found["text"])
        if language not in LANGUAGES or (note and not note.startswith(NOTES)):
            raise ValueError(f"{block.where}: no test knows how to try a block of kind {language!r} {note!r}")
        yield block


def inline_code(page: Path) -> list[str]:
    """What stands between single backticks."""
    found = _INLINE.findall(_FENCE.sub("", page.read_text("utf-8")))
    return [" ".join(code.split()) for code in found]
