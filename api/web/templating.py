"""Templates (Jinja2): each audience's folder, escaped always. A name that no page gave is an error; a document of the
API leaves out what is not known, so that a key which it lacks is nothing.

`web/page.html` is the frame that every page extends; `web/parts.html` has what several show.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
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


API = Path(__file__).parents[1]


@cache
def templates(language: Language) -> Environment:
    """The templates in a language."""
    folders = {folder.parent.name: FileSystemLoader(folder) for folder in sorted(API.glob("*/templates"))}
    environment = Environment(
        loader=PrefixLoader(folders),
        autoescape=True,
        undefined=_Missing,
        extensions=["jinja2.ext.i18n"],
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
