"""HTML as the text that a page shows: tags removed, entities read, block elements on lines of their own.

Whatever the page, it is read once: a tag, a quoted value or a comment that nobody closes is looked for no second time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

# What HTML knows; in "<juan@correo.pe>" and "si a <b y c> d" nothing is a tag.
ELEMENTS = (
    "a|abbr|address|article|aside|b|bdi|bdo|big|blockquote|body|br|center|cite|code|dd|del|details|div|dl|dt|em|figure"
    "|font|footer|form|h[1-6]|head|header|hr|html|i|img|input|ins|label|li|link|main|mark|meta|nav|o:p|ol|p|picture"
    "|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|tfoot|th"
    "|thead|time|title|tr|tt|u|ul|var|wbr"
)
TAG = re.compile(rf"</?(?:\w{{1,9}}:)?(?:{ELEMENTS})(?:\s[^<>=]*+=[^<>]*+|\s*+/?)>|<!--", re.IGNORECASE)
ESCAPED_TAG = re.compile(
    rf"</(?:\w{{1,9}}:)?(?:{ELEMENTS})\s*+>|<(?:br|li|p)(?:\s[^<>]*+)?/?>"
    rf"|<(?:\w{{1,9}}:)?(?:{ELEMENTS})\s[^<>=]*+=[^<>]*+>|\A\s*+<(?:{ELEMENTS})\s*+>",
    re.IGNORECASE,
)
ESCAPED_ELEMENT = re.compile(rf"<({ELEMENTS})(?:\s[^<>]*+)?>(?=[^<>]*+</\1\s*+>)(?!\W*+<)", re.IGNORECASE)
CDATA = re.compile(r"<!\[CDATA\[|\]\]>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
MOST_ESCAPES = 5  # one on the other, by as many programs
BLOCK_TAG = re.compile(r"address|article|br|dd|div|dl|dt|h[1-6r]|li|ol|p|section|table|td|tr|ul")
_NAME = r"[a-zA-Z][^\s/>\0]*+"
_COMMENT = re.compile(r"<!--.*?--\s*+>", re.DOTALL)
_START = re.compile(rf"""<({_NAME})(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_ANY_TAG = re.compile(rf"<(?:({_NAME})|/\s*+({_NAME})|[!?/])[^>]*+>")
_SILENT_ENDS = {name: re.compile(rf"</\s*+{name}\s*+>", re.IGNORECASE) for name in ("script", "style")}
# Python refuses to read numbers of thousands of digits; no character has one of more than seven.
_ENDLESS_REFERENCE = re.compile(r"&#[0-9]{100,}+;?")


def without_markup(text: str) -> str:
    """`text` without HTML tags and entities; text that is no HTML stays as it is.

    Where a text has no tags but its entities are of tags, or of entities, it was escaped once too often; so was a whole
    element in one that has tags.
    """
    text = CDATA.sub("", text)
    shows_all = ESCAPED_TAG if _has_only_breaks(text) else ESCAPED_ELEMENT
    text = _once(text)
    for _ in range(MOST_ESCAPES):
        if shows_all.search(text):
            return CDATA.sub("", _once(text))
        if not ENTITY.search(text):
            break
        text = ENTITY.sub(lambda found: _unescaped(found[0]), text)
    return text


def running_text(texts: Iterable[str]) -> str:
    """The texts of several columns as one, each a paragraph."""
    return "\n".join(map(without_markup, texts))


def _once(text: str) -> str:
    return _unescaped("".join(_shown(text)) if TAG.search(text) else text)


def _has_only_breaks(text: str) -> bool:
    """Whether line breaks, which a program adds to what it escaped, are all its tags."""
    return all(found[0][1:3].lower() == "br" for found in TAG.finditer(text))


def _unescaped(text: str) -> str:
    return html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _shown(page: str) -> Iterator[str]:
    place = 0
    for start, end, shown in _markup(page):
        yield _unescaped(page[place:start])
        yield shown
        place = end
    yield _unescaped(page[place:])


def _markup(page: str) -> Iterator[tuple[int, int, str]]:
    """Where tags and comments stand, in order, and what is shown in place of each."""
    last_end, last_comment_end = page.rfind(">"), page.rfind("-->")
    at, are_values_closed = page.find("<"), True
    while 0 <= at < last_end:
        found = None
        if page.startswith("<!--", at):
            found = _COMMENT.match(page, at) if at + len("<!--") <= last_comment_end else None
        elif (found := _ANY_TAG.match(page, at)) is not None and found[1] and are_values_closed:
            whole = _START.match(page, at)  # with each > in a quoted value
            are_values_closed = whole is not None
            found = whole or found
        end = at + 1
        if found is not None:
            end, shown = _read(page, found)
            yield at, end, shown
        at = page.find("<", end)


def _read(page: str, found: re.Match[str]) -> tuple[int, str]:
    """Where a tag, with what it silences, ends, and what is shown in its place."""
    started = found[1].lower() if found.re is not _COMMENT and found[1] else None
    ended = found[2].lower() if found.re is _ANY_TAG and found[2] else None
    line_break = "\n" if BLOCK_TAG.fullmatch(started or ended or "") else ""
    end, is_whole = found.end(), found[0].endswith("/>")
    if started in _SILENT_ENDS and not is_whole:
        silent_end = _SILENT_ENDS[started].search(page, end)
        end = silent_end.end() if silent_end else len(page)
    shown = line_break + ("- " if started == "li" else "")
    return end, shown + (line_break if started and is_whole else "")
