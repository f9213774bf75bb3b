"""The labelled ads of `development.toml` and `test.toml`: each sentence in a frame of its language, as a job."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import cycle
from typing import Any

from engine.documents.jobs import job_from_document
from engine.jobs import Job
from engine.offer_signs import SignKind

LANGUAGES = ("es", "en", "pt")
DEVELOPMENT, TEST = "development", "test"


@dataclass(frozen=True, slots=True)
class LabelledAd:
    """An ad, the signs it has, and those that count neither way."""

    job: Job
    family: str
    language: str
    kinds: frozenset[SignKind]
    also: frozenset[SignKind]


def labelled_ads(half: str) -> list[LabelledAd]:
    """The ads of one half, in the order of its file."""
    document = tomllib.loads((files("benchmarks.signs") / f"{half}.toml").read_text(encoding="utf-8"))
    frames = {
        language: cycle([frame for frame in document["frame"] if frame["language"] == language])
        for language in LANGUAGES
    }
    ads: list[LabelledAd] = []
    for family in document["family"]:
        kinds, also = (frozenset(map(SignKind, family.get(key, ()))) for key in ("kinds", "also"))
        for language, sentence, facts in _sentences(family):
            job = _framed(next(frames[language]), sentence, facts, f"{half}-{len(ads)}")
            ads.append(LabelledAd(job, family["name"], language, kinds, also))
    return ads


def _sentences(family: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for language in LANGUAGES:
        for sentence in family.get(language, ()):
            yield language, sentence, {}
    for ad in family.get("ads", ()):
        language = next(language for language in LANGUAGES if language in ad)
        yield language, ad[language], {key: value for key, value in ad.items() if key not in LANGUAGES}


def _framed(frame: Mapping[str, str], sentence: str, facts: Mapping[str, Any], job_id: str) -> Job:
    own = {"country": "PE"} if frame["language"] == "es" else {}
    document = own | {
        "title": frame["title"],
        "employer": frame["employer"],
        "description": frame["text"].replace("{}", sentence),
    }
    return job_from_document(document | dict(facts), job_id)
