"""Mappings: which column of a source feeds which field of a job, and how it is read (`store/sources/*.toml`).

A partner's own mapping file has the same shape; `computrabajo-pe.toml` explains it line by line.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.documents.jobs import JOB_KEYS, job_from_document
from engine.errors import InvalidInputError
from engine.jobs import Job
from store.importers.postings.readers import READERS

SOURCES = files("store") / "sources"
FIELDS = frozenset(JOB_KEYS) - {"source", "is_open", "device", "connection", "readings", "signs"} | {"place"}
MOST_DAYS_OPEN = 3_650
RULE_KEYS = frozenset({"reader", "columns", "joined", "parts", "label", "headings", "unknown", "optional", "otherwise"})


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is read.

    `columns`: the first that says something; `joined`: all of them, each under its one of `headings`, if any.
    `label` takes the part of a text after "Label:"; values in `unknown` count as not stated; an `optional` rule's
    columns need not be in the file. Where the rule finds nothing, `otherwise` is read. `parts` name the columns of a
    value that is told in several.
    """

    reader: str
    columns: tuple[str, ...]
    is_joined: bool
    label: str | None
    headings: tuple[str, ...]
    unknown: frozenset[str]
    optional: bool
    options: Mapping[str, Any]
    otherwise: FieldRule | None = None
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IdRule:
    """Where a posting's own id stands: `columns`, the part that `pattern` captures; else a hash of `hashed`.

    An id is one posting's only among those of the same `scoped_by` fields of the job; where one of these is not told,
    among those of the same columns `else_scoped_by`.
    """

    columns: tuple[str, ...]
    pattern: re.Pattern[str] | None
    hashed: tuple[str, ...]
    scoped_by: tuple[str, ...]
    else_scoped_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockRule:
    """Whose clock hours are told by, where the job's own place does not tell it: columns that name countries, the first
    that names one, and columns of regions for countries of several zones."""

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """A source: its name, what is true of all its postings (`facts`), and a rule for each field it states.

    `expiry` is how long after its day a posting that states no end is taken as open (None: as long as it is there).
    """

    name: str
    facts: Job
    id_rule: IdRule
    rules: Mapping[str, FieldRule]
    delimiter: str
    shared_columns: frozenset[str]
    expiry: timedelta | None = None
    clock: ClockRule = ClockRule()

    def needed_columns(self) -> list[tuple[str, ...]]:
        """Groups of columns of which a file must have one each."""
        groups = [rule.columns for rule in self.rules.values() if not rule.optional]
        return [group for group in [self.id_rule.columns, *groups] if group]

    def states(self, rule: FieldRule) -> bool:
        """Whether what stands in the rule's columns is for its field alone: text that tells of several states none."""
        return bool(rule.label or rule.parts) or not self.shared_columns & set(rule.columns)


def source_names() -> list[str]:
    """The sources that Chamba comes with."""
    return sorted(file.name.removesuffix(".toml") for file in SOURCES.iterdir() if file.name.endswith(".toml"))


def load_mapping(source: str) -> SourceMapping:
    """The mapping of a source's name, or of the path of a mapping file; raises InvalidInputError."""
    names, path = source_names(), Path(source)
    if source in names:
        text = (SOURCES / f"{source}.toml").read_text(encoding="utf-8")
    elif path.suffix == ".toml" and path.is_file():
        text = path.read_text(encoding="utf-8", errors="replace")
    else:
        raise InvalidInputError(
            "unknown source", expected=f"{', '.join(names)}, or a mapping file (.toml)", got=source, field="source"
        )
    name = path.stem if path.suffix == ".toml" else source
    try:
        return parse_mapping(name, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, InvalidInputError) as cause:
        raise InvalidInputError(f"the mapping {source} cannot be used", got=str(cause), field="source") from cause


def parse_mapping(name: str, table: Mapping[str, Any]) -> SourceMapping:
    """The mapping that a TOML table writes; raises InvalidInputError."""
    _only_known("the mapping", table, {"facts", "id", "fields", "delimiter", "expiry", "clock"})
    fields = table.get("fields", {})
    _only_known("fields", fields, FIELDS)
    if "title" not in fields:
        raise InvalidInputError("the mapping has no title", expected="[fields] with a title")
    rules = {field: _field_rule(field, rule) for field, rule in fields.items()}
    facts = job_from_document({"title": "-", **table.get("facts", {}), "source": name})
    id_rule, delimiter = _id_rule(table.get("id", {})), table.get("delimiter", ",")
    shared, expiry, clock = _shared_columns(rules), _expiry(table.get("expiry")), _clock(table.get("clock", {}))
    return SourceMapping(name, facts, id_rule, rules, delimiter, shared, expiry, clock)


def _clock(table: Mapping[str, Any]) -> ClockRule:
    _only_known("clock", table, {"countries", "regions"})
    return ClockRule(tuple(table.get("countries", ())), tuple(table.get("regions", ())))


def _expiry(table: Mapping[str, Any] | None) -> timedelta | None:
    """How long postings last: `days`, decided on `since`, for the reason `because`."""
    if table is None:
        return None
    _only_known("expiry", table, {"days", "since", "because"})
    days = table.get("days")
    if not isinstance(days, int) or not 1 <= days <= MOST_DAYS_OPEN or not isinstance(table.get("since"), date):
        expected = f"days from 1 to {MOST_DAYS_OPEN}, and since, a date such as 2026-11-29"
        raise InvalidInputError("expiry cannot be used", expected=expected, got=str(dict(table))[:80])
    return timedelta(days=days)


def _shared_columns(rules: Mapping[str, FieldRule]) -> frozenset[str]:
    """The columns that more than one field is read from."""
    read_by = Counter(column for rule in rules.values() for column in {*_columns(rule)})
    return frozenset(column for column, count in read_by.items() if count > 1)


def _columns(rule: FieldRule) -> Iterator[str]:
    yield from rule.columns
    if rule.otherwise is not None:
        yield from _columns(rule.otherwise)


def _id_rule(table: Mapping[str, Any]) -> IdRule:
    _only_known("id", table, {"columns", "pattern", "hash", "scoped_by", "else_scoped_by"})
    scoped_by = tuple(table.get("scoped_by", ()))
    _only_known("id.scoped_by", dict.fromkeys(scoped_by), FIELDS - {"place"})
    try:
        pattern = re.compile(table["pattern"]) if "pattern" in table else None
    except re.error as cause:
        raise InvalidInputError("id.pattern is no regular expression", got=str(cause)) from cause
    columns, hashed, otherwise = (tuple(table.get(key, ())) for key in ("columns", "hash", "else_scoped_by"))
    return IdRule(columns, pattern, hashed, scoped_by, otherwise)


def _field_rule(field: str, table: Mapping[str, Any]) -> FieldRule:
    name = table.get("reader", "text")
    if name not in READERS:
        raise InvalidInputError(f"{field} has an unknown reader", expected=", ".join(sorted(READERS)), got=str(name))
    options = {key: value for key, value in table.items() if key not in RULE_KEYS}
    _only_known(field, options, READERS[name].options)
    ways = {"parts"} if READERS[name].parts else {"columns", "joined"}
    if len(ways & table.keys()) != 1:
        raise InvalidInputError(f"{field} names no columns", expected=f"either {' or '.join(sorted(ways))}")
    parts = table.get("parts", {})
    _only_known(f"{field}.parts", parts, READERS[name].parts)
    return FieldRule(
        reader=name,
        columns=tuple(table.get("columns", table.get("joined", ()))),
        is_joined="joined" in table,
        label=table.get("label"),
        headings=tuple(table.get("headings", ())),
        unknown=frozenset(value.casefold() for value in table.get("unknown", ())),
        optional=table.get("optional", False),
        options=options,
        otherwise=_field_rule(field, table["otherwise"]) if "otherwise" in table else None,
        parts={part: tuple(columns) for part, columns in parts.items()},
    )


def _only_known(where: str, table: Mapping[str, Any], known: Iterable[str]) -> None:
    if extra := sorted(set(table) - set(known)):
        raise InvalidInputError(f"{where} has an unknown key", expected=", ".join(sorted(known)), got=", ".join(extra))
