"""What the reranker knows of a person and each candidate job: a row of numbers, the same in training and serving.

Poverty class, income, age and sex are not among them and never will be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import Catalogue, Columns
from engine.facts import facts
from engine.jobs import LanguageLevel, LanguageNeed
from engine.judged_hours import JudgedHours
from engine.pay import WEEKS_PER_MONTH, PayPeriod, soles_per_hour, soles_per_month
from engine.relevance import Calibration
from engine.seekers import Seeker
from engine.skills import SeekerWords

LARGEST_PAY_RATIO, LARGEST_LANGUAGE_MARGIN, LARGEST_LOG_ODDS = 4.0, 3, 12.0
SECONDS_PER_DAY = 86400

Floats = NDArray[np.floating[Any]]
Languages = tuple[tuple[str, LanguageLevel], ...]
Rows = NDArray[np.int64]


class Part(StrEnum):
    """What features are about, as people are told."""

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
    part: Part
    direction: int


FEATURES = (
    Feature("relevance_log_odds", Part.RELEVANCE, 1),
    Feature("hours_share", Part.HOURS, 1),  # 1 where nothing is stated: the flag below tells it apart
    Feature("times_unstated", Part.HOURS, -1),
    Feature("hours_unstated", Part.HOURS, -1),
    Feature("pay_log_ratio", Part.PAY, 1),  # beside the person's floor, or the minimum wage
    Feature("pay_unknown", Part.PAY, 0),
    Feature("language_margin", Part.LANGUAGES, 1),  # levels above the tightest need
    Feature("languages_unstated", Part.LANGUAGES, 0),
    Feature("skills_covered", Part.SKILLS, 1),
    Feature("skills_unstated", Part.SKILLS, 0),
    Feature("log_days_posted", Part.RECENCY, -1),
    Feature("posting_undated", Part.RECENCY, 0),
)
FEATURE_NAMES = tuple(feature.name for feature in FEATURES)


@dataclass(frozen=True, slots=True)
class Asked:
    """C candidates of one person at one moment: catalogue `rows` and their `cosines`, `[C]` each."""

    seeker: Seeker
    rows: Rows
    cosines: NDArray[np.float32]
    hours: JudgedHours
    now: datetime
    words: SeekerWords


def candidate_features(catalogue: Catalogue, calibration: Calibration, asked: Asked) -> NDArray[np.float32]:
    """The features of every candidate, `[C, features]`, all finite."""
    columns, rows = catalogue.columns, asked.rows
    features = np.empty((len(FEATURES), len(rows)), dtype=np.float32)
    features[0] = np.clip(calibration.log_odds(asked.cosines), -LARGEST_LOG_ODDS, LARGEST_LOG_ODDS)
    features[1:4] = asked.hours.features[:, columns.schedule_number[rows]]
    _with_flag(_pay_log_ratio(columns, rows, asked.seeker), features[4:6])
    _with_flag(_language_margins(catalogue, asked.seeker.languages)[columns.language_number[rows]], features[6:8])
    _with_flag(catalogue.skills.covered(rows, _skills_held(catalogue, asked.words)), features[8:10])
    _with_flag(_log_days(columns.posted_at[rows], asked.now), features[10:12])
    return features.T


def _with_flag(values: Floats, into: Floats) -> None:
    """Write values `[C]` with 0 for NaN, and 1 where they were NaN, into `[2, C]`."""
    unknown = np.isnan(values)
    into[0] = values
    into[0, unknown] = 0.0
    into[1] = unknown


def _pay_log_ratio(columns: Columns, rows: Rows, seeker: Seeker) -> Floats:
    """Log of the pay over the person's floor, or over the minimum wage without one, `[C]`; NaN: not known."""
    hourly, monthly = columns.soles_per_hour[rows], columns.soles_per_month[rows]
    floor = seeker.min_pay
    hours = seeker.availability.hours_per_week if seeker.availability else None
    by_hour = floor is not None and floor.period in (PayPeriod.HOUR, PayPeriod.DAY)
    least = floor and (soles_per_hour(floor, hours) if by_hour else soles_per_month(floor, hours))
    if least:
        ratio = (hourly if by_hour else monthly) / least
    else:
        wage_per_month, wage_per_hour = _minimum_wage()
        ratio = np.where(np.isnan(hourly), monthly / wage_per_month, hourly / wage_per_hour)
    log_ratio: Floats = np.log(np.clip(ratio, 1 / LARGEST_PAY_RATIO, LARGEST_PAY_RATIO)).astype(np.float64)
    return log_ratio


@cache
def _minimum_wage() -> tuple[float, float]:
    """Soles a month, and soles an hour of the longest legal week."""
    month = float(facts("peru")["minimum_wage"]["soles_per_month"])
    return month, month / (float(facts("peru")["working_time"]["max_hours_per_week"]) * WEEKS_PER_MONTH)


def _language_margins(catalogue: Catalogue, languages: Languages) -> Floats:
    """Levels above the tightest need, at most 3, of every distinct set of needs; NaN: one side states no level."""
    levels = dict(languages)

    def margin(needs: tuple[LanguageNeed, ...]) -> float:
        margins = [levels.get(need.code, 0) - need.level for need in needs if need.level is not None]
        return min(*margins, LARGEST_LANGUAGE_MARGIN) if margins and levels else np.nan

    def every_margin() -> Floats:
        return np.array([margin(needs) for needs in catalogue.distinct.languages], dtype=np.float64)

    return catalogue.memo(("language margins", languages), every_margin)


def _skills_held(catalogue: Catalogue, words: SeekerWords) -> NDArray[np.bool_]:
    """Which of the catalogue's skills the person has, `[skills]`."""
    return catalogue.memo(("skills", words.words), lambda: catalogue.skills.names.held(words.words))


def _log_days(posted_at: NDArray[np.int64], now: datetime) -> Floats:
    """Log of 1 + days since the posting, `[C]`; NaN: it has no date."""
    days = np.maximum(now.timestamp() - posted_at, 0) / SECONDS_PER_DAY
    log_days: Floats = np.where(posted_at == 0, np.nan, np.log1p(days))
    return log_days
