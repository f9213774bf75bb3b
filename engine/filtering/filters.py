"""Hard constraints: which jobs a person can take at all. What a posting does not state never rules it out.

| constraint | a job is left out when |
|---|---|
| closed | it has closed at `now` |
| hours | windows that are all worked (of one shift at least) are not all free, or too few of its hours are shared |
| days | days are told to be all worked, at hours that are not told, and on one of them no time at all is free |
| languages | it needs a language, or a level, that a person who states their languages does not have |
| place | applicants must live elsewhere; or it is in another country and not said to be remote |
| device, connection | it needs more than the person has |
| pay | its stated pay is below the person's floor |
| modality, contract, hours type | it is stated and not among those asked for |
| experience | it asks for more years than are asked for |
| place | it is neither there nor remote |
| languages not wanted | it names one of them |
| hours a week | they are known and fewer than are asked for |
| currency | its pay is stated in another |
| words not wanted | its title, employer or skills have all words of one |
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.arrays import BoolArray
from engine.availability import (
    LEAST_HOURS_WITHIN,
    HoursRule,
    HoursShared,
    ScheduleTable,
    WorkingHours,
    hours_shared,
)
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.columns import NOT_STATED, Place, currency_code, enum_code, hours_type_code
from engine.catalogue.inverted_index import rows_headed
from engine.jobs import ContractType, HoursType, LanguageLevel, LanguageNeed, Modality
from engine.pay import Pay, PayPeriod, soles_per_hour, soles_per_month
from engine.seekers import Availability, Seeker
from engine.skills import normalised_words, spaced_words
from engine.slots import seeker_slots, week_start
from engine.stopwords import without_stopwords
from engine.working_hours import hours_of

DEFAULT_MIN_HOURS_COVERAGE = 0.8
# Words of a title, a skill or an employer by which an internship is one, whatever its hours are called.
INTERNSHIP_WORDS = (
    "practicante",
    "practicantes",
    "practicas",
    "pasante",
    "pasantia",
    "intern",
    "internship",
    "trainee",
)
# Types of hours that their number tells, and which of them it then is not.
BY_NUMBER = {HoursType.FULL_TIME: HoursType.PART_TIME, HoursType.PART_TIME: HoursType.FULL_TIME}
# Sums in float32: a coverage of exactly the minimum must pass.
COVERAGE_TOLERANCE = 1e-4

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class JobFilter:
    """What a request asks for beyond the person's own limits: declarative, so that any engine can compile it.

    `modalities`, `contracts`, `hours_types`: allowed terms, None for any. `allow_unstated`: whether jobs that do
    not state a filtered term may pass. `min_hours_coverage`: least share of a job's hours, 0 to 1.
    `max_experience_years`: no more may be asked for. `place`: a city or region, where jobs are that are not remote.
    `without_languages`: ISO 639-1 codes that a job may not even wish for. `without_words`: no heading of a job may have
    all words of one. `min_hours_per_week`: a job has so many at least. `currencies`: pay is in one of them (ISO 4217).
    """

    modalities: frozenset[Modality] | None = frozenset({Modality.REMOTE, Modality.HYBRID})
    contracts: frozenset[ContractType] | None = None
    hours_types: frozenset[HoursType] | None = None
    allow_unstated: bool = True
    min_hours_coverage: float = DEFAULT_MIN_HOURS_COVERAGE
    max_experience_years: float | None = None
    place: str | None = None
    without_languages: frozenset[str] = frozenset()
    without_words: frozenset[str] = frozenset()
    min_hours_per_week: float | None = None
    currencies: frozenset[str] | None = None


def shared_hours(catalogue: Catalogue, availability: Availability | None, now: datetime) -> HoursShared | None:
    """Hours shared with each distinct schedule in the week of `now`; None when the person states no hours."""
    if availability is None:
        return None
    week = week_start(now)
    free = seeker_slots(availability, week)
    return hours_shared(catalogue.schedule_table(week), free, availability.hours_per_week)


def eligible_jobs(
    catalogue: Catalogue, seeker: Seeker, wanted: JobFilter, shared: HoursShared | None, now: datetime
) -> BoolArray:
    """Which jobs meet every hard constraint, `[N]`; `shared` comes from `shared_hours`.

    Judges every job for one request: the plain form of `engine.filtering.filter_bitmaps`.
    """
    eligible: BoolArray = catalogue.columns.closes_at > int(now.timestamp())
    if shared is not None:
        table = catalogue.schedule_table(week_start(now))
        has_hours = schedules_with_hours(table, shared, wanted.min_hours_coverage, wanted.allow_unstated)
        eligible &= has_hours[catalogue.columns.schedule_number]
    for constraint in constraints(seeker, wanted):
        eligible &= constraint.passing(catalogue)
    return eligible


class Constraint(NamedTuple):
    """One hard limit that does not depend on the moment: equal ones let the same jobs of a catalogue pass.

    `judge` is a function of this module, which gets nothing of the request but `limits`: whatever decides stands in
    what is compared.
    """

    judge: Callable[..., BoolArray]
    limits: tuple[Hashable, ...]

    def passing(self, catalogue: Catalogue) -> BoolArray:
        """Which jobs pass, `[N]`."""
        return self.judge(catalogue, *self.limits)


def constraints(seeker: Seeker, wanted: JobFilter) -> tuple[Constraint, ...]:
    """Every limit of a request but hours and closing; requests with equal ones have the same jobs left."""
    found = [Constraint(_with_place, (seeker.country,))]
    if seeker.languages:
        found.append(Constraint(_with_languages, (seeker.languages,)))
    if seeker.device is not None:
        found.append(Constraint(_with_at_most, ("device", seeker.device)))
    if seeker.connection is not None:
        found.append(Constraint(_with_at_most, ("connection", seeker.connection)))
    if seeker.min_pay is not None:
        hours = seeker.availability.hours_per_week if seeker.availability else None
        found.append(Constraint(_with_pay, _pay_floor(seeker.min_pay, hours)))
    return (*found, *_wanted_constraints(wanted))


def _wanted_constraints(wanted: JobFilter) -> list[Constraint]:
    terms = {"modality": wanted.modalities, "contract": wanted.contracts}
    found = [
        Constraint(_with_terms, (column, allowed, wanted.allow_unstated))
        for column, allowed in terms.items()
        if allowed is not None
    ]
    if wanted.hours_types is not None:
        found.append(Constraint(with_hours_types, (wanted.hours_types, wanted.allow_unstated)))
    if wanted.max_experience_years is not None:
        found.append(Constraint(_with_experience, (wanted.max_experience_years, wanted.allow_unstated)))
    if wanted.place is not None:
        found.append(Constraint(_in_place, (spaced_words(wanted.place), wanted.allow_unstated)))
    if wanted.without_languages:
        found.append(Constraint(_without_languages, (wanted.without_languages,)))
    if wanted.min_hours_per_week is not None:
        found.append(Constraint(_with_least_hours, (wanted.min_hours_per_week, wanted.allow_unstated)))
    if wanted.currencies is not None:
        found.append(Constraint(_with_currencies, (wanted.currencies, wanted.allow_unstated)))
    if wanted.without_words:
        found.append(Constraint(_without_words, (wanted.without_words,)))
    return found


def schedules_with_hours(
    table: ScheduleTable, shared: HoursShared, min_hours_coverage: float, allow_unstated: bool
) -> BoolArray:
    """Which schedules the person has the hours for, `[S]`: enough of them, and some time on each day that is told."""
    enough = schedules_with_enough_hours(table, shared, min_hours_coverage, allow_unstated)
    enough &= shared.days_without_time == 0
    return enough


def schedules_with_enough_hours(
    table: ScheduleTable, shared: HoursShared, min_hours_coverage: float, allow_unstated: bool
) -> BoolArray:
    """Which schedules the person has enough hours for, whatever days are told, `[S]`."""
    least = np.where(table.needs_every_window, 1.0, min_hours_coverage)
    unstated = np.isnan(shared.needed)
    enough: BoolArray = np.where(unstated, allow_unstated, shared.coverage >= least - COVERAGE_TOLERANCE)
    too_few_within = (table.rules == HoursRule.WITHIN) & (shared.shared < LEAST_HOURS_WITHIN)
    enough &= ~(unstated & too_few_within)
    return enough


def _with_languages(catalogue: Catalogue, languages: tuple[tuple[str, LanguageLevel], ...]) -> BoolArray:
    levels = dict(languages)
    verdicts = _verdicts(catalogue.distinct.languages, lambda needs: _speaks(levels, needs))
    return verdicts[catalogue.columns.language_number]


def _with_place(catalogue: Catalogue, country: str) -> BoolArray:
    verdicts = _verdicts(catalogue.distinct.places, lambda place: _may_work_from(country, place))
    return verdicts[catalogue.columns.place_number]


def _with_at_most(catalogue: Catalogue, column: str, owned: int) -> BoolArray:
    needed: NDArray[np.uint8] = getattr(catalogue.columns, column)
    return needed <= owned


def _with_terms(catalogue: Catalogue, column: str, terms: frozenset[StrEnum], allow_unstated: bool) -> BoolArray:
    codes: NDArray[np.uint8] = getattr(catalogue.columns, column)
    return _allowed_codes(terms, allow_unstated)[codes]


def _allowed_codes(terms: frozenset[StrEnum], allow_unstated: bool) -> BoolArray:
    """Which codes of a column are among some terms, `[256]`."""
    allowed = np.zeros(256, dtype=np.bool_)
    allowed[[enum_code(term) for term in terms]] = True
    allowed[NOT_STATED] = allow_unstated
    return allowed


def _with_experience(catalogue: Catalogue, most: float, allow_unstated: bool) -> BoolArray:
    years = catalogue.columns.experience_years
    enough: BoolArray = np.where(np.isnan(years), allow_unstated, years <= np.float32(most))
    return enough


def _with_currencies(catalogue: Catalogue, codes: frozenset[str], allow_unstated: bool) -> BoolArray:
    allowed = [currency_code(code) for code in codes] + ([NOT_STATED] if allow_unstated else [])
    return np.isin(catalogue.columns.pay_currency, allowed)


def _in_place(catalogue: Catalogue, name: str, allow_unstated: bool) -> BoolArray:
    verdicts = _verdicts(catalogue.distinct.places, lambda place: is_in_place(place, name, allow_unstated))
    return verdicts[catalogue.columns.place_number]


def in_place(catalogue: Catalogue, name: str) -> BoolArray:
    """Jobs that are in a city or region of a `name`, remote or not, `[N]`."""
    words = spaced_words(name)
    verdicts = _verdicts(catalogue.distinct.places, lambda place: _is_there(place, words))
    return verdicts[catalogue.columns.place_number]


def is_in_place(place: Place, name: str, allow_unstated: bool) -> bool:
    """Whether work may be done in a city or region of a `name` (words, spaces around): it is there, or remote."""
    if place.modality is Modality.REMOTE or _is_there(place, name):
        return True
    return allow_unstated and place.region is None and place.city is None


def _is_there(place: Place, name: str) -> bool:
    return any(part.startswith(name) for part in (place.region, place.city) if part is not None)


def _without_languages(catalogue: Catalogue, codes: frozenset[str]) -> BoolArray:
    verdicts = _verdicts(catalogue.distinct.languages, lambda needs: not any(need.code in codes for need in needs))
    return verdicts[catalogue.columns.language_number]


def _with_least_hours(catalogue: Catalogue, least: float, allow_unstated: bool) -> BoolArray:
    def has_them(working: WorkingHours) -> bool:
        hours = hours_of(working)
        return allow_unstated if hours is None else hours >= least

    return _verdicts(catalogue.distinct.schedules, has_them)[catalogue.columns.schedule_number]


def _without_words(catalogue: Catalogue, unwanted: frozenset[str]) -> BoolArray:
    allowed = np.ones(len(catalogue), dtype=np.bool_)
    for words in unwanted:
        allowed[rows_headed(catalogue.inverted_index, without_stopwords(normalised_words(words)))] = False
    return allowed


def with_hours_types(catalogue: Catalogue, types: frozenset[HoursType], allow_unstated: bool) -> BoolArray:
    """Jobs of some types of hours, `[N]`. What is called none is one by its hours a week, and not the other; an
    internship is known by its contract or its title too."""
    allowed, called_otherwise = _allowed_codes(types, allow_unstated), bool(types - BY_NUMBER.keys())
    for likely, other in BY_NUMBER.items():
        may_be = allow_unstated and (called_otherwise or other not in types)
        allowed[hours_type_code(None, likely)] = likely in types or may_be
    found: BoolArray = allowed[catalogue.columns.hours_type]
    if HoursType.INTERNSHIP in types:
        found |= catalogue.columns.contract == enum_code(ContractType.APPRENTICESHIP)
        for word in INTERNSHIP_WORDS:
            found[catalogue.inverted_index.rows_with(word)[0]] = True
    return found


def _verdicts(values: Sequence[Value], judge: Callable[[Value], bool]) -> BoolArray:
    """The verdict on each distinct value."""
    return np.array([judge(value) for value in values], dtype=np.bool_)


def _speaks(levels: Mapping[str, int], needs: tuple[LanguageNeed, ...]) -> bool:
    """A language without a level is a wish: who says "Idiomas: inglés" may mean a few words."""
    return all(levels.get(need.code, 0) >= (need.level or 0) for need in needs)


def _may_work_from(country: str, place: Place) -> bool:
    if place.applicant_countries and country not in place.applicant_countries:
        return False
    return place.modality is Modality.REMOTE or place.country in (None, country)


@lru_cache(maxsize=4096)
def _pay_floor(floor: Pay, hours: float | None) -> tuple[bool, float]:
    """Whether a floor is held against pay by the hour, and how many soles it is; `hours` are the person's a week."""
    by_hour = floor.period in (PayPeriod.HOUR, PayPeriod.DAY)
    return by_hour, (soles_per_hour(floor, hours) if by_hour else soles_per_month(floor, hours)) or 0.0


def _with_pay(catalogue: Catalogue, by_hour: bool, least: float) -> BoolArray:
    """Jobs whose stated pay is not below the floor, `[N]`; an unknown pay is NaN and passes."""
    columns = catalogue.columns
    enough: BoolArray = ~((columns.soles_per_hour if by_hour else columns.soles_per_month) < np.float32(least))
    return enough
