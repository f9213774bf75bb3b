"""The JSON-LD of a web page: what its scripts hold, but for scripts that are commented out or only quoted.

The page is gone through once, whatever it is. A parser that builds the page's tree is no help here: of pages made to
hold it up, lexbor's takes time that grows by their square (10,000 open `<font>` and `<p>`: 27 seconds).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

LONGEST_ATTRIBUTES = 4_000
SILENT_START = re.compile(r"<!--|<(script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])", re.IGNORECASE)
ATTRIBUTES = re.compile(r"""[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>""")
COMMENT_END = re.compile(r"--!?>")
ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
LINKED_DATA = re.compile(r"""(?:^|[\s"'/])type\s{0,9}=\s{0,9}["']?\s{0,9}application/ld\+json""", re.IGNORECASE)


def linked_scripts(page: str) -> Iterator[tuple[int, int]]:
    """Where the JSON-LD of a page stands."""
    place = 0
    while (started := SILENT_START.search(page, place)) is not None:
        name = started[1] and started[1].lower()
        if name is None:
            ended = COMMENT_END.search(page, started.end() - 2)  # "<!-->" is a whole one
            if ended is None:
                return
            place = ended.end()
            continue
        place = _tag_end(page, started.end())
        ended = ENDS[name].search(page, place)
        if name == "script" and LINKED_DATA.search(html.unescape(page[started.end() : place])):
            yield place, ended.start() if ended else len(page)
        if ended is None:
            return
        place = ended.end()


def _tag_end(page: str, place: int) -> int:
    """The end of a tag: the first > that is in no quotes; where quotes do not close, the first."""
    found = ATTRIBUTES.match(page, place, place + LONGEST_ATTRIBUTES)
    end = found.end() if found else page.find(">", place, place + LONGEST_ATTRIBUTES) + 1
    return end or place
