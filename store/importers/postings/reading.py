"""One row of a source becomes one `Job`, as its mapping says.

Signs of fraud are looked for before age limits are left out of every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from dataclasses import field as dataclass_field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from engine.documents.jobs import job_document, job_from_document
from engine.documents.terms import utc
from engine.errors import InvalidInputError, Message
from engine.jobs import Job, Modality, Reading
from engine.moderation.fraud.signs import with_signs
from engine.reading.age_limits import without_age_limits
from engine.reading.conditions.modality import read_modality
from engine.reading.found import Found
from engine.reading.place_limits import read_place_limit
from engine.reading.text_cleaning import tidy, tidy_line
from engine.reading.time_zones import time_zone_of
from store.importers.postings.columns import JsonFlag, column_texts
from store.importers.postings.ids import PostingIds, posting_ids
from store.importers.postings.mapping import FieldRule, SourceMapping
from store.importers.postings.readers import READERS, Reader

APPLICANTS = "applicant_countries"
PLACE_FIELDS = ("place", "country", "region", "city")
LONGEST_SENTENCE = 300
CONTRADICTS = 0.85  # the confidence from which words are believed over a form
LONGEST_SAID, MOST_SAID = 80, 4  # of what could not be read, as a report tells it
_NO_VALUE = {one.name: one.default for one in fields(Job) if one.default is not MISSING}


@dataclass(frozen=True, slots=True)
class FieldFault:
    """A field that a posting states and that could not be read, or not whole."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class PostingRead:
    """The job a row describes, its ids, the fields that its columns state, and what of those could not be read."""

    job: Job
    ids: PostingIds
    stated: frozenset[str]
    faults: tuple[FieldFault, ...]


@dataclass(slots=True)
class _Row:
    """A row on its way to a job: `now` is when its page was read."""

    row: Mapping[str, Any]
    mapping: SourceMapping
    now: datetime
    stated: dict[str, Any] = dataclass_field(default_factory=dict)
    faults: dict[str, str] = dataclass_field(default_factory=dict)


def read_posting(row: Mapping[str, Any], mapping: SourceMapping, now: datetime | None = None) -> Job:
    """The job a row describes; raises InvalidInputError when it cannot be one. `now` is when its page was read."""
    return read_whole_posting(row, mapping, now).job


def read_whole_posting(row: Mapping[str, Any], mapping: SourceMapping, now: datetime | None = None) -> PostingRead:
    """`read_posting`, with what could not be read: a field that is wrong is lost, and not the posting."""
    read = _Row(row, mapping, now or datetime.now(UTC))
    job = _checked(_with_an_end(_job(read), read), read)
    ids = posting_ids(row, mapping.id_rule, job).of(mapping.name)
    faults = tuple(FieldFault(*one) for one in read.faults.items())
    return PostingRead(replace(job, job_id=ids.job_id), ids, frozenset(read.stated), faults)


def _job(read: _Row) -> Job:
    mapping, facts = read.mapping, read.mapping.facts
    place = {field: _read(field, read, None, None) for field in PLACE_FIELDS if field in mapping.rules}
    values: dict[str, Any] = {**(place.pop("place", None) or {}), **place}
    country = values.get("country") or facts.country
    if APPLICANTS in mapping.rules:
        values[APPLICANTS] = _read(APPLICANTS, read, None, country)
    zone = time_zone_of(country, values.get("region") or facts.region) or _zone_told(read, country, values)
    values |= {
        field: _read(field, read, zone, country) for field in mapping.rules if field not in (*PLACE_FIELDS, APPLICANTS)
    }
    values = _with_modality_of_words(values)
    values |= _unfolded(values)
    stated = {field: value for field, value in values.items() if value not in (None, (), "")}
    return _without_ages(with_signs(replace(facts, **{"title": "", **stated})))


def _zone_told(read: _Row, country: str | None, values: Mapping[str, Any]) -> str | None:
    """The zone where the job's place does not settle it: of the columns for it, the first that names one country of one
    zone; else that of all applicants. None where they are of another country than the job."""
    region = next((text for one in read.mapping.clock.regions for text in column_texts(read.row, one)), None)
    named = (column_texts(read.row, column) for column in read.mapping.clock.countries)
    told = [{code for text in texts for code in read_place_limit(text).countries} for texts in named]
    applicants = values.get(APPLICANTS)
    told.append(set(applicants.value) if isinstance(applicants, Found) else set())
    for codes in told:
        if codes:
            code = codes.pop() if len(codes) == 1 else None
            return time_zone_of(code, region) if country in (None, code) else None
    return None


def _with_an_end(job: Job, read: _Row) -> Job:
    """The job without an end that is not after its beginning: many boards' forms write one where none is told."""
    if job.closes_at is None or job.posted_at is None or utc(job.closes_at) > utc(job.posted_at):
        return job
    read.faults["closes_at"] = Message("no end, as it is not after the day of posting")
    return replace(job, closes_at=None)


def _checked(job: Job, read: _Row) -> Job:
    """The job without what the public API would refuse of it; raises InvalidInputError for one that has no title."""
    while True:
        try:
            return job_from_document(job_document(job), job.job_id)
        except InvalidInputError as error:
            field = error.field.partition(".")[0]
            if field not in _NO_VALUE or getattr(job, field) == _NO_VALUE[field]:
                raise
            read.faults[field] = error.told
            job = replace(job, **{field: _NO_VALUE[field]})


def _with_modality_of_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the modality that the ad's words state where a form's is a freer one.

    Forms are filled in with "presencial y remoto" for shops: who writes "presencial" means it. A form that says remote
    and words that say on site leave it open.
    """
    told = values.get("modality")
    if told not in (Modality.HYBRID, Modality.REMOTE):
        return dict(values)
    read = (read_modality(str(values.get(field) or "")) for field in ("title", "description"))
    found = next((one for one in read if one is not None and one.confidence >= CONTRADICTS), None)
    if found is None or found.value is not Modality.ON_SITE:
        return dict(values)
    return {**values, "modality": found if told is Modality.HYBRID else None}


def _unfolded(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of what was found in sentences, what else those say, and the sentences as `readings`."""
    found = {field: value for field, value in values.items() if isinstance(value, Found)}
    unfolded: dict[str, Any] = {}
    for field, one in found.items():  # what a sentence says besides gives way to what another says of just that
        stated = {name for name, value in values.items() if value is not None}
        unfolded |= {field: one.value} | {name: value for name, value in one.more.items() if name not in stated}
    sentences = {field: tidy_line(without_age_limits(one.sentence))[:LONGEST_SENTENCE] for field, one in found.items()}
    readings = [Reading(field, sentences[field], one.confidence) for field, one in found.items() if sentences[field]]
    return unfolded | {"readings": tuple(readings)}


def _without_ages(job: Job) -> Job:
    skills = tuple(skill for skill in job.skills if without_age_limits(skill) == skill)
    title, description = without_age_limits(job.title), tidy(without_age_limits(job.description))
    return replace(job, title=title, description=description, skills=skills)


def _read(field: str, read: _Row, zone: str | None, country: str | None) -> Any:
    rule: FieldRule | None = read.mapping.rules[field]
    value = None
    while rule is not None and value is None:
        value, rule = _read_rule(field, read, rule, zone, country), rule.otherwise
    _note(field, value, read)
    return value


def _note(field: str, value: Any, read: _Row) -> None:
    """Tell a field that is stated and was not read."""
    unread_place = isinstance(value, Found) and value.more.get("unread_place_limit")
    if isinstance(value, Found) and value.value is None:
        got = _shortly([tidy_line(value.sentence)])
        read.faults[field] = Message("told, and not by whose clock; got {got}", got=got)
    elif unread_place:
        read.faults[field] = _not_understood(repr(unread_place))
    elif value not in (None, (), "", {}):
        read.faults.pop(field, None)
    elif field in read.stated and not READERS[read.mapping.rules[field].reader].may_be_nothing:
        read.faults.setdefault(field, _not_understood(_shortly(read.stated[field])))


def _not_understood(got: str) -> Message:
    return Message("not understood; got {got}", got=got)


def _shortly(said: Any) -> str:
    """What columns say, in a line."""
    texts = said.values() if isinstance(said, Mapping) else said
    return repr(" · ".join(str(text)[:LONGEST_SAID] for text in islice(texts, MOST_SAID)))[:LONGEST_SAID]


def _read_rule(field: str, read: _Row, rule: FieldRule, zone: str | None, country: str | None) -> Any:
    reader = READERS[rule.reader]
    said = _said(read.row, rule, reader)
    if not said:
        return None
    if read.mapping.states(rule):
        read.stated[field] = said
    options = {**rule.options, "country": country} | ({"now": read.now} if reader.is_dated else {})
    try:
        return reader.read(said, options, zone)
    except InvalidInputError as error:
        read.faults[field] = error.told
        return None


def _said(row: Mapping[str, Any], rule: FieldRule, reader: Reader) -> Any:
    """What a rule's columns say, as its reader takes it; nothing where they say nothing."""
    if reader.parts:
        parts = {part: _first_text(row, columns) for part, columns in rule.parts.items()}
        return {part: text for part, text in parts.items() if text is not None}
    return _rule_values(row, rule) if reader.takes_values else _rule_texts(row, rule, reader)


def _first_text(row: Mapping[str, Any], columns: Iterable[str]) -> str | None:
    return next((text for column in columns for text in column_texts(row, column)), None)


def _rule_values(row: Mapping[str, Any], rule: FieldRule) -> list[Any]:
    """What the rule's columns hold, as it is: objects, lists and numbers of JSON too."""
    return [row[column] for column in rule.columns if row.get(column) is not None]


def _rule_texts(row: Mapping[str, Any], rule: FieldRule, reader: Reader) -> list[str]:
    """What the rule's columns say: of the first that says something, or of all that do."""
    found: list[str] = []
    for position, column in enumerate(rule.columns):
        texts = [text for text in column_texts(row, column) if not isinstance(text, JsonFlag) or reader.takes_flags]
        if rule.label is not None:
            texts = [part for text in texts if (part := _labelled(text, rule.label))]
        texts = [text for text in texts if text.strip() and text.strip().casefold() not in rule.unknown]
        texts = [text for text in texts if not reader.states_nothing(text)]
        if rule.headings:
            texts = [f"{rule.headings[position]}: {text}" for text in texts]
        found += texts
        if found and not rule.is_joined:
            return found
    return found


def _labelled(text: str, label: str) -> str | None:
    """What follows "Label:" in "Idiomas: Inglés, Conocimientos: Excel, Word", up to the next label."""
    match = re.search(rf"\b{re.escape(label)}:\s*+(.*?)(?=,\s*+[A-ZÁÉÍÓÚÑ][^,:]{{2,40}}:|\Z)", text, re.DOTALL)
    return match[1].rstrip() if match else None
