"""The words of every kind of notice, from `words/*.toml`: subject, paragraphs and a short form, in Spanish and English.

A paragraph that names a value which is not there is left out. `way` is where in Chamba its reader goes next.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from engine.explain import Locale

FRAME, WAYS = "frame", "ways"


class NoticeGroup(StrEnum):
    """What notices are about, as people choose which they get; those of `service` nobody can switch off."""

    SERVICE = "service"
    APPLICATIONS = "applications"
    MESSAGES = "messages"
    NEW_APPLICATIONS = "new_applications"
    JOBS = "jobs"
    ALERTS = "alerts"


class ByPhone(StrEnum):
    """When a notice goes to somebody who has a number and no address: at once, or not at night."""

    NOW = "now"
    BY_DAY = "by_day"


OPTIONAL_GROUPS = tuple(group for group in NoticeGroup if group is not NoticeGroup.SERVICE)


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice in one language, with `{value}` where values go; `short` is for a text message.

    `link`: what stands above the link, None for the usual words.
    """

    subject: str
    body: tuple[str, ...]
    short: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A kind of notice; `way` names where its reader goes, None where there is nowhere to go.

    `by_phone`: None where whoever has no address reads of it at Chamba alone.
    """

    group: NoticeGroup
    way: str | None
    words: Mapping[Locale, NoticeWords]
    by_phone: ByPhone | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A place in Chamba: its path on the site, with `{id}` where ids go.

    `names`: what it is called within an account; None for one that is reached without logging in.
    """

    path: str
    names: Mapping[Locale, str] | None


@cache
def notice_texts() -> Mapping[str, NoticeText]:
    """Every kind of notice by its name."""
    found: dict[str, NoticeText] = {}
    for file in sorted(_documents()):
        if file not in (FRAME, WAYS):
            found |= {kind: _notice_text(document) for kind, document in _documents()[file].items()}
    return found


@cache
def frame() -> Mapping[Locale, Mapping[str, str]]:
    """What stands around every notice: greeting, link, what may be switched off."""
    return {locale: _documents()[FRAME][locale] for locale in Locale}


@cache
def ways() -> Mapping[str, Way]:
    """Every place that a notice leads to, by its name."""
    return {
        name: Way(document["path"], {locale: document[locale] for locale in Locale} if Locale.ES in document else None)
        for name, document in _documents()[WAYS].items()
    }


@cache
def values_in(template: str) -> frozenset[str]:
    """The values that a text names."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


@cache
def _documents() -> Mapping[str, Any]:
    folder = files("store") / "notices" / "words"
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    }


def _notice_text(document: Mapping[str, Any]) -> NoticeText:
    words = {locale: _words(document[locale]) for locale in Locale}
    by_phone = document.get("by_phone")
    return NoticeText(NoticeGroup(document["group"]), document.get("way"), words, by_phone and ByPhone(by_phone))


def _words(document: Mapping[str, Any]) -> NoticeWords:
    return NoticeWords(document["subject"], tuple(document["body"]), document["short"], document.get("link"))
