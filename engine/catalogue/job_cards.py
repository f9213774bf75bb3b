"""What answers show of a job, worked out once when the job comes in: its card, and what its reasons are made of.

A request then only looks: it reads no description and writes no sentence about pay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from engine.availability import WorkingHours
from engine.comparable_pay import ComparablePay
from engine.documents.how_to_apply import how_to_apply
from engine.documents.jobs import job_document
from engine.documents.parts import apply_document
from engine.explain import (
    HoursWording,
    Locale,
    Reason,
    ReasonKind,
    experience_reasons,
    home_cost_reason,
    hours_wording,
    language_reasons,
    posting_reasons,
    working_days_reason,
)
from engine.jobs import Job, Modality
from engine.offer_signs import SignKind
from engine.reading.home_costs import read_home_costs
from engine.sign_texts import JobWarning, warnings
from engine.skills import job_words, spaced_words

SUMMARY_CHARACTERS = 280
AT_HOME = (Modality.REMOTE, Modality.HYBRID)
NOT_ON_A_CARD = ("description", "signs")
_END_OF_LINE = b"\n"  # never in JSON, never in words


class ReasonInputs(NamedTuple):
    """What a job's reasons are made of.

    `words` are those of title, skills and description, spaces around, in ASCII; `skills` its skills as written and as
    words.
    `wording` names the sentence about hours; `reasons` those that do not depend on the person; `languages` is that for
    who states no languages; `warnings` are of the signs found in it. `apply` is in JSON how one applies for it, empty
    where an older bundle does not tell.
    """

    job_id: str
    words: bytes
    skills: Sequence[tuple[str, str]]
    wording: HoursWording
    reasons: list[Reason]
    warnings: list[JobWarning]
    languages: list[Reason]
    apply: bytes


def card_bytes(job: Job, comparable: ComparablePay | None) -> bytes:
    """The card in JSON: the posting's document with a summary in place of its description, and its `comparable` pay."""
    document = job_document(job)
    card = {key: value for key, value in document.items() if key not in NOT_ON_A_CARD}
    if "description" in document:
        card["summary"] = summary(document["description"])
    if comparable is not None:
        card["comparable_pay"] = comparable_document(comparable)
    return orjson.dumps(card)


def comparable_document(comparable: ComparablePay) -> dict[str, Any]:
    """Soles an hour and a month as a card shows them, what they assume and what is left; unknown parts are left out."""
    ranges = {
        "per_hour": comparable.per_hour,
        "per_month": comparable.per_month,
        "left_per_month": comparable.left_per_month,
    }
    document: dict[str, Any] = {name: [soles.least, soles.most] for name, soles in ranges.items() if soles is not None}
    stated = ("hours_per_week", "hours_basis", "rate_date", "deduction")
    return document | {name: value for name in stated if (value := getattr(comparable, name)) is not None}


def reason_input_bytes(
    job: Job,
    working: WorkingHours,
    experience_years: float | None = None,
    comparable: ComparablePay | None = None,
) -> bytes:
    """What `read_reason_inputs` reads: a line of JSON, and the words, which are searched where they stand.

    `working` are the job's hours; `experience_years` are those that its words ask for; `comparable` is its pay.
    """
    costs = read_home_costs(job.description) if job.modality in AT_HOME else None
    days = working.days if job.schedule is None else ()
    reasons: dict[str, list[tuple[str, ...]]] = {}
    languages: dict[str, list[tuple[str, ...]]] = {}
    for locale in Locale:
        said = [*experience_reasons(experience_years, locale), *posting_reasons(job, comparable, locale)]
        if days:
            said.append(working_days_reason(days, locale))
        if costs is not None:
            said.append(home_cost_reason(costs.value, costs.sentence, locale))
        reasons[locale.value] = [*map(tuple, said)]
        languages[locale.value] = [*map(tuple, language_reasons(job, locale))]
    document = {
        "apply": [job.takes_applications, job.url],
        "id": job.job_id,
        "skills": [(skill, spaced_words(skill)) for skill in job.skills],
        "wordings": {locale.value: tuple(hours_wording(job, working.rule, locale, working)) for locale in Locale},
        "reasons": reasons,
    }
    if any(languages.values()):
        document["languages"] = languages
    if job.signs:
        document["warnings"] = {locale.value: [*map(tuple, warnings(job, locale))] for locale in Locale}
    return orjson.dumps(document) + _END_OF_LINE + job_words(job)


def reason_inputs_job_id(content: bytes) -> str:
    """The id of the job of `reason_input_bytes`."""
    return str(orjson.loads(content.partition(_END_OF_LINE)[0])["id"])


def read_reason_inputs(content: bytes, locale: Locale) -> ReasonInputs:
    """The job of `reason_input_bytes`, with reasons in one language."""
    line, _, words = content.partition(_END_OF_LINE)
    document: dict[str, Any] = orjson.loads(line)
    reasons = [Reason(_KINDS[kind], text) for kind, text in document["reasons"][locale.value]]
    name, hours, times, full_time = document["wordings"][locale.value]
    wording = HoursWording(name, hours, tuple(times), full_time)
    found = document["warnings"][locale.value] if "warnings" in document else ()
    told = [JobWarning(_SIGN_KINDS[kind], text, sentence) for kind, text, sentence in found]
    unasked = document["languages"][locale.value] if "languages" in document else ()
    languages = [Reason(_KINDS[kind], text) for kind, text in unasked]
    apply = _apply(document["apply"], locale) if "apply" in document else b""
    return ReasonInputs(document["id"], words, document["skills"], wording, reasons, told, languages, apply)


def shown_card(card: bytes, apply: bytes) -> bytes:
    """A card with how one applies, where that is known; neither is read."""
    return b'%b,"apply":%b}' % (card[:-1], apply) if apply else card


def summary(description: str) -> str:
    """The beginning of a description, cut after a word: at most 280 characters."""
    text = " ".join(description[: 8 * SUMMARY_CHARACTERS].split())
    if len(text) <= SUMMARY_CHARACTERS:
        return text
    start = text[: SUMMARY_CHARACTERS - 1]
    words, _, _ = start.rpartition(" ")
    return (words if len(words) > SUMMARY_CHARACTERS // 2 else start).rstrip(" .,;:") + "…"


def _apply(told: tuple[bool, str | None], locale: Locale) -> bytes:
    takes_applications, url = told
    return orjson.dumps(apply_document(how_to_apply(url, locale, takes_applications=takes_applications)))


_KINDS = {kind.value: kind for kind in ReasonKind}
_SIGN_KINDS = {kind.value: kind for kind in SignKind}
