"""What is said of a job in answers, worked out once when the job comes in: its card, and what its reasons are made of.

A request then only looks: it reads no description and writes no sentence about pay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from engine.availability import HoursRule
from engine.documents import job_document
from engine.explain import Locale, Reason, ReasonKind, hours_wording, posting_reasons
from engine.hours import working_hours
from engine.jobs import Job
from engine.skills import spaced_words

SUMMARY_CHARACTERS = 280
NOT_ON_A_CARD = ("description",)


class ToldJob(NamedTuple):
    """What a job's reasons are made of.

    `words` are those of title, skills and description, spaces around; `skills` its skills as written and as words.
    `wording` names the sentence about hours; `reasons` those that do not depend on the person.
    """

    job_id: str
    words: str
    skills: Sequence[tuple[str, str]]
    wording: str
    reasons: list[Reason]


def card_bytes(job: Job) -> bytes:
    """The card in JSON: the posting's document with a summary in place of its description."""
    document = job_document(job)
    card = {key: value for key, value in document.items() if key not in NOT_ON_A_CARD}
    if "description" in document:
        card["summary"] = summary(document["description"])
    return orjson.dumps(card)


def told_bytes(job: Job) -> bytes:
    """What `told_job` reads."""
    document = {
        "id": job.job_id,
        "words": spaced_words(" . ".join((job.title, *job.skills, job.description))),
        "skills": [(skill, spaced_words(skill)) for skill in job.skills],
        "wording": hours_wording(job, HoursRule(working_hours(job).rule)),
        "reasons": {
            locale.value: [(reason.kind.value, reason.text) for reason in posting_reasons(job, locale)]
            for locale in Locale
        },
    }
    return orjson.dumps(document)


def told_job(content: bytes, locale: Locale) -> ToldJob:
    """The job of `told_bytes`, with reasons in one language."""
    document: dict[str, Any] = orjson.loads(content)
    reasons = [Reason(_KINDS[kind], text) for kind, text in document["reasons"][locale.value]]
    return ToldJob(document["id"], document["words"], document["skills"], document["wording"], reasons)


def summary(description: str) -> str:
    """The beginning of a description, cut after a word: at most 280 characters."""
    text = " ".join(description[: 8 * SUMMARY_CHARACTERS].split())
    if len(text) <= SUMMARY_CHARACTERS:
        return text
    start = text[: SUMMARY_CHARACTERS - 1]
    words, _, _ = start.rpartition(" ")
    return (words if len(words) > SUMMARY_CHARACTERS // 2 else start).rstrip(" .,;:") + "…"


_KINDS = {kind.value: kind for kind in ReasonKind}
