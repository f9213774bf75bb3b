"""Texts as people read them: Markdown removed, spaces set right, nothing else changed."""

from __future__ import annotations

import re

from engine.normal_forms import nfc, nfkd

BULLETS = " \t-–—•*·▪►✓✔"  # what lists begin their lines with
MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!&~|<>$])")
# Space at the beginning of a line that is no rule is taken, and given back, at once: not looked through again from each
# of its own lines.
MARKDOWN_MARKS = re.compile(r"\*\*|__|^#{1,6}\s++|^\s*+[-=*]{3,}+(?:\s*+\Z|\s*(?=\n))|(?P<space>^\s++)", re.MULTILINE)
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]")
ACCENTS = re.compile("[\u0300-\u036f]")  # as characters of their own, after decomposition
SPACES = re.compile(r"[^\S\n]+")
SPACES_AT_BREAK = re.compile(r" ?\n ?")
BREAKS = re.compile(r"\n{3,}")


def without_markdown(text: str) -> str:
    """`text` without Markdown's emphasis, headings and backslashes."""
    return MARKDOWN_ESCAPE.sub(r"\1", MARKDOWN_MARKS.sub(lambda found: found["space"] or "", text))


def tidy(text: str) -> str:
    """One spelling for each character (NFC), single spaces, at most one empty line, no unseen characters."""
    text = UNSEEN.sub("", LINE_ENDS.sub("\n", nfc(text)))
    return BREAKS.sub("\n\n", SPACES_AT_BREAK.sub("\n", SPACES.sub(" ", text))).strip()


def tidy_line(text: str) -> str:
    """`tidy` on one line."""
    return " ".join(tidy(text).split())


def plain(text: str) -> str:
    """Lower case without accents, for comparing words; `ñ` becomes `n`."""
    return ACCENTS.sub("", nfkd(text.lower()))


def aligned_plain(text: str) -> str:
    """`plain`, a character for each: where a word stands in it, there it stands in `text`."""
    return "".join((nfkd(character.lower()) or character)[0] for character in text)
