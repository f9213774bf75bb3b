"""Hard constraints: which jobs a person can take at all. What a posting does not state never rules it out.

| constraint | a job is left out when |
|---|---|
| closed | it has closed at `now` |
| hours | fixed windows are not all free, or less than `min_hours_coverage` of its hours are shared |
| languages | it needs a language, or a level, that a person who states their languages does not have |
| place | applicants must live elsewhere; or it is in another country and not said to be remote |
| device, connection | it needs more than the person has |
| pay | its stated pay is below the person's floor |
| modality, contract, hours type | it is stated and not among those asked for |
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray
from engine.availability import HoursRule, HoursShared, ScheduleTable, hours_shared, seeker_slots, week_start
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.columns import NOT_STATED, Place, enum_code
from engine.jobs import ContractType, HoursType, LanguageLevel, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod, soles_per_hour, soles_per_month
from engine.seekers import Seeker

DEFAULT_MIN_HOURS_COVERAGE = 0.8
# Sums in float32: a coverage of exactly the minimum must pass.
COVERAGE_TOLERANCE = 1e-4

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class JobFilter:
    """What a request asks for beyond the person's own limits: declarative, so that any engine can compile it.

    `modalities`, `contracts`, `hours_types`: allowed terms, None for any. `allow_unstated`: whether jobs that do
    not state a filtered term may pass. `min_hours_coverage`: least share of a job's hours, 0 to 1.
    """

    modalities: frozenset[Modality] | None = frozenset({Modality.REMOTE, Modality.HYBRID})
    contracts: frozenset[ContractType] | None = None
    hours_types: frozenset[HoursType] | None = None
    allow_unstated: bool = True
    min_hours_coverage: float = DEFAULT_MIN_HOURS_COVERAGE


def shared_hours(catalogue: Catalogue, seeker: Seeker, now: datetime) -> HoursShared | None:
    """Hours shared with each distinct schedule in the week of `now`; None when the person states no hours."""
    if seeker.availability is None:
        return None
    week = week_start(now)
    free = seeker_slots(seeker.availability, week)
    return hours_shared(catalogue.schedule_table(week), free, seeker.availability.hours_per_week)


def eligible_jobs(
    catalogue: Catalogue, seeker: Seeker, wanted: JobFilter, shared: HoursShared | None, now: datetime
) -> BoolArray:
    """Which jobs meet every hard constraint, `[N]`; `shared` comes from `shared_hours`.

    Judges every job for one request: the plain form of `engine.filtering.filter_bitmaps`.
    """
    eligible: BoolArray = catalogue.columns.closes_at > int(now.timestamp())
    if shared is not None:
        has_hours = schedules_with_hours(catalogue.schedule_table(week_start(now)), shared, wanted)
        eligible &= has_hours[catalogue.columns.schedule_number]
    for constraint in constraints(seeker, wanted):
        eligible &= constraint.passing(catalogue)
    return eligible


@dataclass(frozen=True, slots=True)
class Constraint:
    """One hard limit that does not depend on the moment; constraints of equal `key` let the same jobs pass."""

    key: Hashable
    passing: Callable[[Catalogue], BoolArray]


def limits_key(seeker: Seeker, wanted: JobFilter) -> Hashable:
    """What `constraints` depend on: requests of equal key have the same ones."""
    hours = seeker.availability.hours_per_week if seeker.min_pay and seeker.availability else None
    terms = (wanted.modalities, wanted.contracts, wanted.hours_types, wanted.allow_unstated)
    return (seeker.languages, seeker.country, seeker.device, seeker.connection, seeker.min_pay, hours, *terms)


def constraints(seeker: Seeker, wanted: JobFilter) -> Iterator[Constraint]:
    """Every limit of a request but hours and closing; each judges the jobs of a catalogue, `[N]`."""
    if seeker.languages:
        yield Constraint(("languages", seeker.languages), partial(_with_languages, seeker.languages))
    yield Constraint(("place", seeker.country), partial(_with_place, seeker.country))
    for column, owned in (("device", seeker.device), ("connection", seeker.connection)):
        if owned is not None:
            yield Constraint((column, owned), partial(_with_at_most, column, owned))
    if seeker.min_pay is not None:
        by_hour, least = _pay_floor(seeker.min_pay, seeker)
        yield Constraint(("pay", by_hour, least), partial(_with_pay, by_hour, least))
    for column in ("modality", "contract", "hours_type"):
        terms = {"modality": wanted.modalities, "contract": wanted.contracts, "hours_type": wanted.hours_types}[column]
        if terms is not None:
            allowed = partial(_with_terms, column, _allowed(terms, wanted.allow_unstated))
            yield Constraint((column, terms, wanted.allow_unstated), allowed)


def schedules_with_hours(table: ScheduleTable, shared: HoursShared, wanted: JobFilter) -> BoolArray:
    """Which schedules the person has the hours for, `[S]`."""
    least = np.where(table.rules == HoursRule.FIXED, 1.0, wanted.min_hours_coverage)
    unstated = np.isnan(shared.needed)
    enough: BoolArray = np.where(unstated, wanted.allow_unstated, shared.coverage >= least - COVERAGE_TOLERANCE)
    return enough


def _with_languages(languages: tuple[tuple[str, LanguageLevel], ...], catalogue: Catalogue) -> BoolArray:
    levels = dict(languages)
    verdicts = _verdicts(catalogue.distinct.languages, lambda needs: _speaks(levels, needs))
    return verdicts[catalogue.columns.language_number]


def _with_place(country: str, catalogue: Catalogue) -> BoolArray:
    verdicts = _verdicts(catalogue.distinct.places, lambda place: _may_work_from(country, place))
    return verdicts[catalogue.columns.place_number]


def _with_at_most(column: str, owned: int, catalogue: Catalogue) -> BoolArray:
    needed: NDArray[np.uint8] = getattr(catalogue.columns, column)
    return needed <= owned


def _with_terms(column: str, allowed: BoolArray, catalogue: Catalogue) -> BoolArray:
    codes: NDArray[np.uint8] = getattr(catalogue.columns, column)
    return allowed[codes]


def _verdicts(values: Sequence[Value], judge: Callable[[Value], bool]) -> BoolArray:
    """The verdict on each distinct value."""
    return np.array([judge(value) for value in values], dtype=np.bool_)


def _speaks(levels: Mapping[str, int], needs: tuple[LanguageNeed, ...]) -> bool:
    return all(levels.get(need.code, 0) >= (need.level or 1) for need in needs)


def _may_work_from(country: str, place: Place) -> bool:
    if place.applicant_countries and country not in place.applicant_countries:
        return False
    return place.modality is Modality.REMOTE or place.country in (None, country)


def _pay_floor(floor: Pay, seeker: Seeker) -> tuple[bool, float]:
    """Whether a floor is held against pay by the hour, and how many soles it is."""
    hours = seeker.availability.hours_per_week if seeker.availability else None
    by_hour = floor.period in (PayPeriod.HOUR, PayPeriod.DAY)
    return by_hour, (soles_per_hour(floor, hours) if by_hour else soles_per_month(floor, hours)) or 0.0


def _with_pay(by_hour: bool, least: float, catalogue: Catalogue) -> BoolArray:
    """Jobs whose stated pay is not below the floor, `[N]`; an unknown pay is NaN and passes."""
    columns = catalogue.columns
    enough: BoolArray = ~((columns.soles_per_hour if by_hour else columns.soles_per_month) < np.float32(least))
    return enough


def _allowed(terms: frozenset[StrEnum], allow_unstated: bool) -> BoolArray:
    """A table from a column's code to whether it may pass, `[256]`."""
    table = np.zeros(256, dtype=np.bool_)
    table[[enum_code(term) for term in terms]] = True
    table[NOT_STATED] = allow_unstated
    return table
