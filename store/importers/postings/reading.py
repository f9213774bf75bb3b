"""One row of a source becomes one `Job`, as its mapping says.

Signs of fraud are looked for before age limits are left out of every text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.documents.jobs import job_document, job_from_document
from engine.errors import InvalidInputError
from engine.jobs import Job, Reading
from engine.moderation.fraud.signs import with_signs
from engine.reading.age_limits import without_age_limits
from engine.reading.found import Found
from engine.reading.text_cleaning import plain, tidy_line
from engine.reading.time_zones import time_zone_of
from store.importers.postings.mapping import FieldRule, IdRule, SourceMapping
from store.importers.postings.readers import READERS

PLACE_FIELDS = ("place", "country", "region", "city")
PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
HASH_DIGITS = 20
LIKE_A_HASH = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}")
LONGEST_SENTENCE = 300
DEEPEST_LIST = 8  # lists inside lists; nobody means anything by more


def read_posting(row: Mapping[str, Any], mapping: SourceMapping) -> Job:
    """The job a row describes; raises InvalidInputError when it cannot be one."""
    facts = mapping.facts
    place = {field: _read(field, row, mapping, None) for field in PLACE_FIELDS if field in mapping.rules}
    values: dict[str, Any] = {**(place.pop("place", None) or {}), **place}
    country = values.get("country") or facts.country
    zone = time_zone_of(country, values.get("region") or facts.region)
    values |= {field: _read(field, row, mapping, zone, country) for field in mapping.rules if field not in PLACE_FIELDS}
    values |= _unfolded(values)
    stated = {field: value for field, value in values.items() if value not in (None, (), "")}
    job = replace(facts, **{"title": "", **stated})
    job = _without_ages(with_signs(job))
    job = replace(job, job_id=f"{mapping.name}:{_native_id(row, mapping.id_rule, job)}")
    return job_from_document(job_document(job), job.job_id)  # what the public API would refuse is refused here too


def _unfolded(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of what was found in sentences, what else those say, and the sentences as `readings`."""
    found = {field: value for field, value in values.items() if isinstance(value, Found)}
    unfolded: dict[str, Any] = {field: one.value for field, one in found.items()}
    for one in found.values():
        unfolded |= one.more
    sentences = {field: tidy_line(without_age_limits(one.sentence))[:LONGEST_SENTENCE] for field, one in found.items()}
    readings = [Reading(field, sentences[field], one.confidence) for field, one in found.items() if sentences[field]]
    return unfolded | {"readings": tuple(readings)}


def _without_ages(job: Job) -> Job:
    skills = tuple(skill for skill in job.skills if without_age_limits(skill) == skill)
    title, description = without_age_limits(job.title), without_age_limits(job.description)
    return replace(job, title=title, description=description, skills=skills)


def _read(
    field: str, row: Mapping[str, Any], mapping: SourceMapping, zone: str | None, country: str | None = None
) -> Any:
    rule: FieldRule | None = mapping.rules[field]
    value = None
    while rule is not None and value is None:
        value, rule = _read_rule(field, row, rule, zone, country), rule.otherwise
    return value


def _read_rule(field: str, row: Mapping[str, Any], rule: FieldRule, zone: str | None, country: str | None) -> Any:
    reader = READERS[rule.reader]
    values = _rule_values(row, rule) if reader.takes_values else _rule_texts(row, rule)
    if not values:
        return None
    try:
        return reader.read(values, {**rule.options, "country": country}, zone)
    except InvalidInputError as error:
        error.field = field
        raise


def _rule_texts(row: Mapping[str, Any], rule: FieldRule) -> list[str]:
    """What the rule's columns say: of the first that says something, or of all that do."""
    found: list[str] = []
    for position, column in enumerate(rule.columns):
        texts = column_texts(row, column)
        if rule.label is not None:
            texts = [part for text in texts if (part := _labelled(text, rule.label))]
        texts = [text for text in texts if text.strip() and text.strip().casefold() not in rule.unknown]
        if rule.headings:
            texts = [f"{rule.headings[position]}: {text}" for text in texts]
        found += texts
        if found and not rule.is_joined:
            return found
    return found


def _rule_values(row: Mapping[str, Any], rule: FieldRule) -> list[Any]:
    """What the rule's columns hold, as it is: objects, lists and numbers of JSON too."""
    return [row[column] for column in rule.columns if row.get(column) is not None]


def column_texts(row: Mapping[str, Any], column: str) -> list[str]:
    """The texts at `column`; a dotted name such as `hiringOrganization.name` walks into JSON, lists included."""
    if column in row:
        return _texts(row[column])
    values: list[Any] = [row]
    for key in column.split("."):
        values = [value[key] for value in values if isinstance(value, Mapping) and key in value]
        values = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return [text for value in values for text in _texts(value)]


def _texts(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item, depth + 1)] if depth < DEEPEST_LIST else []
    if isinstance(value, bool) or not isinstance(value, int | float):
        return []
    return [f"{value:.2f}" if isinstance(value, float) and not value.is_integer() else f"{int(value)}"]


def _labelled(text: str, label: str) -> str | None:
    """What follows "Label:" in "Idiomas: Inglés, Conocimientos: Excel, Word", up to the next label."""
    match = re.search(rf"\b{re.escape(label)}:\s*+(.*?)(?=,\s*+[A-ZÁÉÍÓÚÑ][^,:]{{2,40}}:|\Z)", text, re.DOTALL)
    return match[1].rstrip() if match else None


def _native_id(row: Mapping[str, Any], rule: IdRule, job: Job) -> str:
    """The source's own id; else a hash of what tells its postings apart, which is the same at every import.

    Ids and addresses are exact: another's letters in other capitals or without accents are another's. An id that looks
    like a hash is hashed, so that nobody names the posting of an address. Only words are compared as words.
    """
    for column in rule.columns:
        for text in column_texts(row, column):
            match = rule.pattern.search(text) if rule.pattern else None
            found = text.strip() if rule.pattern is None else match and match[1]
            if found:
                return found if PLAIN_ID.fullmatch(found) and not LIKE_A_HASH.fullmatch(found) else _hashed(found)
    texts = [" ".join(column_texts(row, column)) for column in rule.hashed]
    place = (job.country, job.region, job.city)
    if job.url and not texts:
        return _hashed(job.url)
    words: list[str | None] = [*texts] or [job.title, job.employer, *place]
    return _hashed("\0".join(plain(tidy_line(part or "")) for part in words))


def _hashed(written: str) -> str:
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_DIGITS]
