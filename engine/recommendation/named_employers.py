"""An employer that a search names and whose jobs limits rule out: how many there are, and which limit it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np

from engine.arrays import NO_ROWS, Rows
from engine.filtering.filters import JobFilter
from engine.recommendation.query import Query
from engine.recommendation.recommend import Recommender
from engine.retrieval.segments import Segment
from engine.seekers import Seeker
from engine.skills import normalised_words, spaced_words
from engine.stopwords import without_stopwords

ANYBODY = JobFilter(modalities=None)
SAMPLED_ROWS = 200  # are read to tell whether words name an employer


class RulingLimit(StrEnum):
    """The limit that rules an employer's jobs out: looser, it alone would let the most of them pass."""

    HOURS = "hours"
    PAY = "pay"
    LANGUAGES = "languages"
    DEVICE = "device"
    FILTERS = "filters"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class RuledOut:
    """How many open jobs of an `employer` are ruled out, by which limit, and how many pass."""

    employer: str
    count: int
    by: RulingLimit
    passing: int


def ruled_out_employer(recommender: Recommender, query: Query, now: datetime) -> RuledOut | None:
    """The employer that the words of a search name, where limits rule jobs of theirs out; None where none is named."""
    named = [_named(segment, query.seeker.text) for segment in recommender.segments]
    employer = next((name for name, _ in named if name is not None), None)
    if employer is None:
        return None
    rows = [found for _, found in named]
    theirs = _count(recommender, query, replace(query, seeker=_nobody(query), wanted=ANYBODY), rows, now)
    passing = _count(recommender, query, query, rows, now)
    if passing == theirs:
        return None
    opened = {
        limit: _count(recommender, query, looser, rows, now) - passing for limit, looser in _looser(query).items()
    }
    best = max(opened, key=lambda limit: opened[limit], default=RulingLimit.SEVERAL)
    if not opened or opened[best] == 0:
        return RuledOut(employer, theirs - passing, RulingLimit.SEVERAL, passing)
    return RuledOut(employer, opened[best], best, passing)


def _nobody(query: Query) -> Seeker:
    """Somebody with no limits but where they live."""
    seeker = query.seeker
    return replace(seeker, availability=None, min_pay=None, languages=(), device=None, connection=None)


def _looser(query: Query) -> dict[RulingLimit, Query]:
    """The query without each of the limits that it has."""
    seeker = query.seeker
    found: dict[RulingLimit, Query] = {}
    without: dict[RulingLimit, tuple[str, Any, bool]] = {
        RulingLimit.HOURS: ("availability", None, seeker.availability is not None),
        RulingLimit.PAY: ("min_pay", None, seeker.min_pay is not None),
        RulingLimit.LANGUAGES: ("languages", (), bool(seeker.languages)),
        RulingLimit.DEVICE: ("device", None, seeker.device is not None),
    }
    for limit, (name, value, is_stated) in without.items():
        if is_stated:
            found[limit] = replace(query, seeker=replace(seeker, **{name: value}))
    found[RulingLimit.FILTERS] = replace(query, wanted=ANYBODY)
    return found


def _count(recommender: Recommender, asked: Query, query: Query, rows: Sequence[Rows], now: datetime) -> int:
    """How many of some rows of each segment pass a query's limits."""
    total = 0
    for segment, found in zip(recommender.segments, rows, strict=True):
        if len(found):
            eligible = segment.eligibility(query.seeker, query.wanted, now, asked.excluded).eligible
            total += int(eligible.mask()[found].sum())
    return total


def _named(segment: Segment, text: str) -> tuple[str | None, Rows]:
    """The employer whose name has all words of a text, and the rows of their jobs; of several the one with the most.

    Words that mostly stand in titles and skills name nobody.
    """
    words = without_stopwords(normalised_words(text))
    rows = _rows_with(segment, words)
    few = rows[:: max(1, len(rows) // SAMPLED_ROWS)]
    if not len(rows) or 2 * len(_of_employers(segment, few, words)) < len(few):
        return None, NO_ROWS
    by_name: dict[str, list[int]] = {}
    spoken: dict[str, str] = {}
    for row, employer in _of_employers(segment, rows, words).items():
        by_name.setdefault(spaced_words(employer), []).append(row)
        spoken.setdefault(spaced_words(employer), employer)
    most = max(by_name, key=lambda name: len(by_name[name]))
    return spoken[most], np.array(by_name[most], dtype=np.int64)


def _rows_with(segment: Segment, words: Sequence[str]) -> Rows:
    """The rows that have all words in their headings."""
    rows: Rows = NO_ROWS
    for place, word in enumerate(words):
        of_word = segment.catalogue.inverted_index.rows_with(word)[0].astype(np.int64)
        rows = of_word if place == 0 else np.intersect1d(rows, of_word, assume_unique=True)
    return rows


def _of_employers(segment: Segment, rows: Rows, words: Sequence[str]) -> dict[int, str]:
    """The employers of those rows whose employer's name has all words."""
    employers = {row: segment.catalogue.card(row).get("employer") or "" for row in rows.tolist()}
    return {
        row: employer
        for row, employer in employers.items()
        if all(f" {word} " in spaced_words(employer) for word in words)
    }
