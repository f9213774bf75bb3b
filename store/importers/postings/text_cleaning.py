"""Texts as people read them: markup removed, entities and spaces set right, nothing else changed."""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
BLOCK_TAG = re.compile(r"address|article|br|dd|div|dl|dt|h[1-6r]|li|ol|p|section|table|td|tr|ul")
SILENT_TAGS = frozenset({"script", "style"})
MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!&~|<>$])")
# Space at the beginning of a line that is no rule is taken, and given back, at once: not looked through again from each
# of its own lines.
MARKDOWN_MARKS = re.compile(r"\*\*|__|^#{1,6}\s++|^\s*+[-=*]{3,}+(?:\s*+\Z|\s*(?=\n))|(?P<space>^\s++)", re.MULTILINE)
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff\ud800-\udfff]")
ACCENTS = re.compile("[\u0300-\u036f]")  # as characters of their own, after decomposition
SPACES = re.compile(r"[^\S\n]+")
SPACES_AT_BREAK = re.compile(r" ?\n ?")
BREAKS = re.compile(r"\n{3,}")


class _Text(HTMLParser):
    """Collects a page's text; block elements begin and end a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.silent += tag in SILENT_TAGS
        self._break(tag)
        if tag == "li":
            self.pieces.append("- ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT_TAGS and self.silent > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)

    def _break(self, tag: str) -> None:
        if BLOCK_TAG.fullmatch(tag):
            self.pieces.append("\n")


def without_markup(text: str) -> str:
    """`text` without HTML tags and entities; text that is no HTML stays as it is."""
    if TAG.search(text):
        # Of a comment that nobody closes, HTMLParser would look for the end at each of its beginnings again.
        closed = text.rfind("-->") + 1
        parser = _Text()
        parser.feed(text[:closed] + text[closed:].replace("<!--", "&lt;!--"))
        parser.close()
        text = "".join(parser.pieces)
    return html.unescape(text)


def without_markdown(text: str) -> str:
    """`text` without Markdown's emphasis, headings and backslashes."""
    return MARKDOWN_ESCAPE.sub(r"\1", MARKDOWN_MARKS.sub(lambda found: found["space"] or "", text))


def tidy(text: str) -> str:
    """One spelling for each character (NFC), single spaces, at most one empty line, no unseen characters."""
    text = UNSEEN.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    return BREAKS.sub("\n\n", SPACES_AT_BREAK.sub("\n", SPACES.sub(" ", text))).strip()


def tidy_line(text: str) -> str:
    """`tidy` on one line."""
    return " ".join(tidy(text).split())


def plain(text: str) -> str:
    """Lower case without accents, for comparing words; `ñ` becomes `n`."""
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower()))
