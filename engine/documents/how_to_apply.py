"""How one applies for a job: here, at the page its ad names, or as the ad's words say, where nothing else is known."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from engine.explain import Locale

# A name that says where one ends up: nothing before an @, no letters that look like others, short enough to be read.
_PLAIN_HOST = re.compile(r"[a-z0-9.-]{1,100}(?::[0-9]{1,5})?")


class ApplyWay(StrEnum):
    """Where one applies; `NOT_TOLD`: neither here nor at a page that the ad names."""

    HERE = "here"
    URL = "url"
    NOT_TOLD = "not_told"


class HowToApply(NamedTuple):
    """The way, its page where it is one, and what a person is told."""

    how: ApplyWay
    text: str
    url: str | None = None


def how_to_apply(url: str | None, locale: Locale, *, takes_applications: bool) -> HowToApply:
    """How one applies for an open job with this address, in words for a person."""
    texts = _TEXTS[locale]
    if takes_applications:
        return HowToApply(ApplyWay.HERE, texts.here)
    if url is None:
        return HowToApply(ApplyWay.NOT_TOLD, texts.not_told)
    host = _plain_host(url)
    return HowToApply(ApplyWay.URL, texts.page if host is None else texts.page_at.format(host=host), url)


def _plain_host(url: str) -> str | None:
    """Where an address leads; None where its name could be read as another's."""
    try:
        host = urlsplit(url).netloc.lower()
    except ValueError:
        return None
    return host if _PLAIN_HOST.fullmatch(host) else None


class _Texts(NamedTuple):
    here: str
    page_at: str
    page: str
    not_told: str


_TEXTS = {
    Locale.ES: _Texts(
        "Postula por Chamba",
        "Postula en la página del aviso: {host}",
        "Postula en la página del aviso",
        "No se postula por Chamba y el aviso no trae página: lee en él cómo postular, o pregúntalo a quien lo publicó",
    ),
    Locale.EN: _Texts(
        "Apply through Chamba",
        "Apply on the ad's page: {host}",
        "Apply on the ad's page",
        "Chamba takes no applications for it and the ad names no page: read in it how to apply, or ask who posted it",
    ),
}
