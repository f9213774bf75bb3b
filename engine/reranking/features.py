"""What the reranker knows of a person and each candidate job: a row of numbers, the same in training and serving.

Poverty class, income, age and sex are not among them and never will be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.arrays import AnyFloats, Rows
from engine.catalogue.catalogue import Catalogue
from engine.catalogue.row_records import RowRecords
from engine.catalogue.skill_table import shares_held
from engine.filtering.schedule_fit import ScheduleFit
from engine.jobs import LanguageLevel, LanguageNeed
from engine.pay import PayPeriod, soles_per_hour, soles_per_month
from engine.relevance import Calibration
from engine.retrieval.searcher import Found
from engine.seekers import Seeker
from engine.skills import SeekerWords

LARGEST_PAY_RATIO, LARGEST_LANGUAGE_MARGIN, LARGEST_LOG_ODDS = 4.0, 3, 12.0
LARGEST_LOG_PAY_RATIO = np.float32(np.log(LARGEST_PAY_RATIO))
SECONDS_PER_DAY = 86400

Languages = tuple[tuple[str, LanguageLevel], ...]
Value = TypeVar("Value", bound=np.generic)


class FeatureGroup(StrEnum):
    """What features are about, as answers show it."""

    RELEVANCE = "relevance"
    HOURS = "hours"
    PAY = "pay"
    LANGUAGES = "languages"
    SKILLS = "skills"
    RECENCY = "recency"


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature. `direction`: +1 when more of it may never lower a score, −1 never raise it, 0 either."""

    name: str
    group: FeatureGroup
    direction: int


# What is not known, of the person or of the job, has a flag, which may not raise a score.
FEATURES = (
    Feature("relevance_log_odds", FeatureGroup.RELEVANCE, 1),
    Feature("hours_share", FeatureGroup.HOURS, 1),  # 1 where nothing is stated: the flag below sets it apart
    Feature("times_unstated", FeatureGroup.HOURS, -1),
    Feature("hours_unstated", FeatureGroup.HOURS, -1),
    Feature("pay_log_ratio", FeatureGroup.PAY, 1),  # beside the person's floor, or the minimum wage
    Feature("pay_unknown", FeatureGroup.PAY, -1),
    Feature("language_margin", FeatureGroup.LANGUAGES, 1),  # levels above the tightest need
    Feature("languages_unstated", FeatureGroup.LANGUAGES, -1),
    Feature("skills_covered", FeatureGroup.SKILLS, 1),
    Feature("skills_unstated", FeatureGroup.SKILLS, -1),
    Feature("log_days_posted", FeatureGroup.RECENCY, -1),
    Feature("posting_undated", FeatureGroup.RECENCY, -1),
)
# The features that a candidate has of whom nothing is known.
NOTHING_KNOWN = {
    "hours_share": 1.0,
    "hours_unstated": 1.0,
    "pay_unknown": 1.0,
    "languages_unstated": 1.0,
    "skills_unstated": 1.0,
    "posting_undated": 1.0,
}
FEATURE_NAMES = tuple(feature.name for feature in FEATURES)


@dataclass(frozen=True, slots=True)
class RerankRequest:
    """C candidates of P people at one moment: catalogue `rows` and their `cosines`, `[C]` each.

    `person` `[C]` says whose candidate each is; None where there is one person.
    """

    seekers: Sequence[Seeker]
    rows: Rows
    cosines: NDArray[np.float32]
    hours: Sequence[ScheduleFit]
    now: datetime
    words: Sequence[SeekerWords]
    person: Rows | None = None

    def of_each(self, tables: Sequence[NDArray[Value]], places: NDArray[np.integer[Any]]) -> NDArray[Value]:
        """For every candidate the value at its place, `[..., C]`, of the table `[..., width]` of its person."""
        if self.person is None:
            table = tables[0]
        else:
            table, places = np.concatenate(tables, axis=-1), self.person * tables[0].shape[-1] + places
        values: NDArray[Value] = table.take(places, axis=-1)
        return values


def request_of_one(
    seeker: Seeker, found: Found, hours: ScheduleFit, now: datetime, words: SeekerWords
) -> RerankRequest:
    """What was found for one person."""
    return RerankRequest((seeker,), found.rows, found.cosines, (hours,), now, (words,))


def candidate_features(
    catalogue: Catalogue, records: RowRecords, calibration: Calibration, request: RerankRequest
) -> NDArray[np.float32]:
    """The features of every candidate, `[C, features]`, all finite; `records` `[C]` are those of their rows."""
    features = np.empty((len(FEATURES), len(records)), dtype=np.float32)
    features[0] = np.clip(calibration.log_odds(request.cosines), -LARGEST_LOG_ODDS, LARGEST_LOG_ODDS)
    features[1:4] = request.of_each([hours.features for hours in request.hours], records["schedule_number"])
    _with_flag(_pay_log_ratio(records, request), features[4:6])
    margins = [_language_margins(catalogue, seeker.languages) for seeker in request.seekers]
    _with_flag(request.of_each(margins, records["language_number"]), features[6:8])
    _with_flag(_skills_covered(catalogue, records, request), features[8:10])
    _with_flag(_log_days(records["posted_at"], request.now), features[10:12])
    return features.T


def _with_flag(values: AnyFloats, into: AnyFloats) -> None:
    """Write values `[C]` with 0 for NaN, and 1 where they were NaN, into `[2, C]`."""
    unknown = np.isnan(values)
    into[0] = values
    np.copyto(into[0], 0.0, where=unknown)
    into[1] = unknown


def _pay_log_ratio(records: RowRecords, request: RerankRequest) -> AnyFloats:
    """Log of the pay over the person's floor, or over the minimum wage without one, `[C]`; NaN: not known."""
    floors = [_floor(seeker) for seeker in request.seekers]
    if request.person is None:
        column, log_least = floors[0]
        log_ratio = records[column] - log_least
    else:
        columns = np.array([records[name] for name in _FLOOR_COLUMNS])
        chosen = np.array([_FLOOR_COLUMNS.index(column) for column, _ in floors])[request.person]
        least = np.array([log_least for _, log_least in floors], dtype=np.float32)[request.person]
        log_ratio = columns[chosen, np.arange(len(records))] - least
    clipped: AnyFloats = np.clip(log_ratio, -LARGEST_LOG_PAY_RATIO, LARGEST_LOG_PAY_RATIO)
    return clipped


_FLOOR_COLUMNS = ("log_pay_beside_wage", "log_soles_per_hour", "log_soles_per_month")


def _floor(seeker: Seeker) -> tuple[str, np.float32]:
    """Which pay of a record the least pay is held against, and its logarithm."""
    floor = seeker.min_pay
    hours = seeker.availability.hours_per_week if seeker.availability else None
    by_hour = floor is not None and floor.period in (PayPeriod.HOUR, PayPeriod.DAY)
    least = floor and (soles_per_hour(floor, hours) if by_hour else soles_per_month(floor, hours))
    if not least:
        return "log_pay_beside_wage", np.float32(0)
    return "log_soles_per_hour" if by_hour else "log_soles_per_month", np.float32(np.log(least))


def _language_margins(catalogue: Catalogue, languages: Languages) -> AnyFloats:
    """Levels above the tightest need, at most 3, of every distinct set of needs; NaN: one side states no level."""
    levels = dict(languages)

    def margin(needs: tuple[LanguageNeed, ...]) -> float:
        margins = [levels.get(need.code, 0) - need.level for need in needs if need.level is not None]
        return min(*margins, LARGEST_LANGUAGE_MARGIN) if margins and levels else np.nan

    def every_margin() -> AnyFloats:
        return np.array([margin(needs) for needs in catalogue.distinct.languages], dtype=np.float64)

    return catalogue.memo(("language margins", languages), every_margin)


def _skills_covered(catalogue: Catalogue, records: RowRecords, request: RerankRequest) -> AnyFloats:
    """The share of each job's skills that the person has, `[C]`; NaN where it names none."""
    table = catalogue.skills
    held = [catalogue.memo(("skills", words.words), partial(table.held, words.words)) for words in request.words]
    counts = records["skill_count"]
    numbers = table.between(records["skills_start"], counts)
    person = None if request.person is None else np.repeat(request.person, counts)
    return shares_held(replace(request, person=person).of_each(held, numbers), counts)


def _log_days(posted_at: NDArray[np.int64], now: datetime) -> AnyFloats:
    """Log of 1 + days since the posting, `[C]`; NaN: it has no date."""
    log_days: AnyFloats = np.log1p(np.maximum(now.timestamp() - posted_at, 0) / SECONDS_PER_DAY)
    np.copyto(log_days, np.nan, where=posted_at == 0)
    return log_days
