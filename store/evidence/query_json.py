"""What was asked for with an answer, as JSON and back: all that the engine takes beside the person and the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from engine.explain import Locale
from engine.filtering.filters import JobFilter
from engine.jobs import ContractType, HoursType, Modality
from engine.recommendation.sorting import JobSort

CACHED_QUERIES = 1024
_PLAIN = ("allow_unstated", "min_hours_coverage", "max_experience_years", "place", "min_hours_per_week")
_WITHOUT = ("without_languages", "without_words")
_TERMS = {"modalities": Modality, "contracts": ContractType, "hours_types": HoursType}


@dataclass(frozen=True, slots=True)
class LoggedQuery:
    """How many jobs, what they must be like, the language of reasons, the ids of jobs that were `excluded`.

    `by_words`: the person's text is what they looked for; `is_for_me`: among what they can take; `sort`: what the jobs
    were put in order by. `software` are the versions of what answered.
    `least_relevance`: what was less relevant stood apart; None: of old, when nothing did.
    `stated_first`: jobs that state to meet a limit came first.
    """

    limit: int
    wanted: JobFilter
    locale: Locale
    excluded: frozenset[str]
    software: dict[str, str]
    by_words: bool = False
    is_for_me: bool = True
    sort: JobSort = JobSort.BEST
    least_relevance: float | None = None
    stated_first: bool = False


def query_json(
    limit: int,
    wanted: JobFilter,
    locale: Locale,
    excluded: frozenset[str],
    software: tuple[tuple[str, str], ...],
    *,
    by_words: bool = False,
    is_for_me: bool = True,
    sort: JobSort = JobSort.BEST,
    least_relevance: float | None = None,
    stated_first: bool = False,
) -> bytes:
    """The JSON of what was asked for; `software`: names and versions."""
    shared = _shared_json(limit, wanted, locale, software, by_words, is_for_me, sort, least_relevance, stated_first)
    return b'{"excluded":%s,%s' % (orjson.dumps(sorted(excluded)), shared[1:]) if excluded else shared


def query_from_document(document: Mapping[str, Any]) -> LoggedQuery:
    """What a document of `query_json` says."""
    filters = dict(document["filters"])
    for name, terms in _TERMS.items():
        if filters[name] is not None:
            filters[name] = frozenset(terms(term) for term in filters[name])
    for name in _WITHOUT:
        filters[name] = frozenset(filters.get(name, ()))
    if filters.get("currencies") is not None:
        filters["currencies"] = frozenset(filters["currencies"])
    return LoggedQuery(
        document["limit"],
        JobFilter(**filters),
        Locale(document["locale"]),
        frozenset(document.get("excluded", ())),
        document["software"],
        document.get("by_words", False),
        document.get("is_for_me", True),
        JobSort(document.get("sort", JobSort.BEST)),
        document.get("least_relevance"),
        document.get("stated_first", False),
    )


@lru_cache(maxsize=CACHED_QUERIES)
def _shared_json(
    limit: int,
    wanted: JobFilter,
    locale: Locale,
    software: tuple[tuple[str, str], ...],
    by_words: bool,
    is_for_me: bool,
    sort: JobSort,
    least_relevance: float | None,
    stated_first: bool,
) -> bytes:
    """What most people ask for alike, kept."""
    filters: dict[str, Any] = {name: _sorted_terms(getattr(wanted, name)) for name in _TERMS}
    filters |= {name: getattr(wanted, name) for name in _PLAIN}
    filters |= {name: _sorted_terms(getattr(wanted, name)) for name in _WITHOUT}
    if wanted.currencies is not None:
        filters["currencies"] = sorted(wanted.currencies)
    document = {"limit": limit, "filters": filters, "locale": locale, "by_words": by_words, "software": dict(software)}
    if not is_for_me:
        document["is_for_me"] = False
    if sort is not JobSort.BEST:
        document["sort"] = sort
    if least_relevance is not None:
        document["least_relevance"] = least_relevance
    if stated_first:
        document["stated_first"] = True
    return orjson.dumps(document)


def _sorted_terms(terms: frozenset[str] | None) -> list[str] | None:
    return None if terms is None else sorted(terms)
