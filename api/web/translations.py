"""The words of pages in a language. They are written in Spanish; catalogues (gettext) have the other languages.

Each audience has a catalogue of its own, `locale/LANGUAGE/AUDIENCE.po`, which `make catalogues` keeps with Babel. Words
without a translation are told in Spanish.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import polib
from fastapi import Request

from api.language.reader import asked_locale
from api.web.cookies import Cookie, shown_cookie
from engine.explain import Locale

FOLDER = Path(__file__).parent / "locale"


class Language(StrEnum):
    """What pages are written in."""

    ES = "es"
    EN = "en"
    QU = "qu"

    @property
    def locale(self) -> Locale:
        """The language of what the engine says: it speaks no Quechua."""
        return Locale.EN if self is Language.EN else Locale.ES


LANGUAGE = "chamba.language"
NAMES = {Language.ES: "Español", Language.EN: "English", Language.QU: "Runasimi"}


class Catalogue(NullTranslations):
    """The translations of one language."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        files = sorted((FOLDER / language).glob("*.po"))
        entries = [entry for file in files for entry in polib.pofile(str(file)).translated_entries()]
        self._words: dict[str, str] = {entry.msgid: entry.msgstr for entry in entries if not entry.msgid_plural}
        self._plurals = {entry.msgid: entry.msgstr_plural for entry in entries if entry.msgid_plural}

    def gettext(self, message: str) -> str:
        """The words in this language."""
        return self._words.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The words for one, or for another number."""
        forms: dict[int, str] | None = self._plurals.get(msgid1)
        if forms is None:
            return msgid1 if n == 1 else msgid2
        return forms[min(0 if n == 1 else 1, len(forms) - 1)]

    def knows(self, message: str) -> bool:
        """Whether these are words of a page."""
        return message in self._words


def marked(words: str) -> str:
    """The words themselves: those of Python that a page says are found in the code by this name."""
    return words


@cache
def catalogue(language: Language) -> Catalogue:
    """The translations of a language, read once."""
    return Catalogue(language)


def words_in(language: Language) -> Callable[[str], str]:
    """What translates words of pages."""
    return catalogue(language).gettext


def page_language(request: Request) -> Language:
    """What whoever asks reads, all through a request: as they chose, else as their browser says, else Spanish."""
    known: Language | None = request.scope.get(LANGUAGE)
    if known is None:
        known = request.scope[LANGUAGE] = _asked_language(request)
    return known


def _asked_language(request: Request) -> Language:
    chosen = shown_cookie(request, Cookie.LANGUAGE)
    if chosen in tuple(Language):
        return Language(chosen)
    accepted = request.headers.get("accept-language", "")[:2].lower()
    if accepted == Language.QU:
        return Language.QU
    return Language.EN if asked_locale(request.scope) is Locale.EN else Language.ES
