"""Templates (Jinja2): each audience's folder, escaped always. A name that no page gave is an error; a document of the
API leaves out what is not known, so that a key which it lacks is nothing.

`web/page.html` is the frame that every page extends; `web/parts.html` has what several show.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.utils import missing

from api.web.formats import FILTERS
from api.web.static_files import static_url
from api.web.translations import NAMES, Language, catalogue


class _Missing(StrictUndefined):
    """An error, but for a key of a document."""

    def __new__(cls, hint: str | None = None, obj: Any = missing, *args: Any, **options: Any) -> Any:
        """Nothing, for a key that a document lacks."""
        if isinstance(obj, dict):
            return ChainableUndefined(hint, obj, *args, **options)
        return super().__new__(cls)


class _TranslatedOnce(Extension):
    """Words in `_("…")` become those of the language as a template is read, and not whenever a page is made.

    Those that name variables, `_("… %(name)s", name=…)`, wait for them.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, with a string in place of each such call."""
        translated = catalogue(self.environment.globals["language"]).gettext
        held: deque[Token] = deque()
        for token in stream:
            held.append(token)
            if len(held) == len(_CALL):
                if _is_call(held):
                    words = held[2]
                    held = deque([Token(words.lineno, "string", translated(words.value))])
                else:
                    yield held.popleft()
        yield from held


_CALL = ("name", "lparen", "string", "rparen")
API = Path(__file__).parents[1]


def _is_call(tokens: deque[Token]) -> bool:
    return tuple(token.type for token in tokens) == _CALL and tokens[0].value == "_" and "%" not in tokens[2].value


@cache
def templates(language: Language) -> Environment:
    """The templates in a language."""
    folders = {folder.parent.name: FileSystemLoader(folder) for folder in sorted(API.glob("*/templates"))}
    environment = Environment(
        loader=PrefixLoader(folders),
        autoescape=True,
        undefined=_Missing,
        extensions=["jinja2.ext.i18n", _TranslatedOnce],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    words = catalogue(language)
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(language=language, languages=NAMES, static_url=static_url)
    environment.filters.update(FILTERS)
    return environment


def read_templates(language: Language = Language.ES) -> None:
    """Read every template of a language, so that nobody waits for it: some ten milliseconds a template."""
    environment = templates(language)
    for name in environment.list_templates():
        environment.get_template(name)
