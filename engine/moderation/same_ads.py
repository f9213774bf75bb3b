"""Whether an ad says again what another said: posted under another id, with some words changed, added or left out.

Words are told apart by how they begin, so that "paga" and "pagas" are one, and disguises are undone before
(`plain_words`). It is for what has a person look, so it finds rather too much.
"""

from __future__ import annotations

from functools import lru_cache

from engine.jobs import Job
from engine.moderation.plain_words import PlainWords
from engine.stopwords import STOPWORDS

MOST_CHARACTERS, MOST_CACHED = 12_000, 1024
_SHORTEST_WORD, _STEM = 3, 5
# Of all their words so many are in both; or of one's words nearly all are in the other, where they are not few.
_SHARED_OF_BOTH, _SHARED_OF_ONE, _FEWEST_OF_ONE = 0.6, 0.8, 8


def says_the_same(one: Job, other: Job) -> bool:
    """Whether two ads are one in other words."""
    words, others = ad_words(one.title, one.description), ad_words(other.title, other.description)
    shared, fewest = len(words & others), min(len(words), len(others))
    is_within = fewest >= _FEWEST_OF_ONE and shared >= _SHARED_OF_ONE * fewest
    return fewest > 0 and (is_within or shared >= _SHARED_OF_BOTH * len(words | others))


@lru_cache(maxsize=MOST_CACHED)
def ad_words(title: str, description: str) -> frozenset[str]:
    """How the words of an ad that say something begin."""
    words = (one.word for one in PlainWords(f"{title}\n{description}"[:MOST_CHARACTERS]).words)
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD and word not in STOPWORDS)
