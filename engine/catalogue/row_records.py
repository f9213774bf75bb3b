"""What reranking reads of a job, side by side: one place in memory a candidate, where columns would be fifteen."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from engine.catalogue.columns import Columns, called_hours
from engine.catalogue.skill_table import SkillTable
from engine.catalogue.thin_ads import thinness_log_odds
from engine.facts import facts
from engine.pay import WEEKS_PER_MONTH

# `log_*` are NaN where the pay is not known; `log_pay_beside_wage` is that of the pay over the minimum wage, by the
# hour where that is known.
RECORD = np.dtype(
    [
        ("posted_at", "<i8"),
        ("duplicate_group", "<i8"),
        ("owner", "<i8"),
        ("text_signature", "<u8"),
        ("title_words", "<u8"),
        ("title_words_again", "<u8"),
        ("skills_start", "<i8"),
        ("skill_count", "<i4"),
        ("schedule_number", "<i4"),
        ("language_number", "<i4"),
        ("log_soles_per_hour", "<f4"),
        ("log_soles_per_month", "<f4"),
        ("log_pay_beside_wage", "<f4"),
        ("thinness_log_odds", "<f4"),
        ("foreign_languages", "<u4"),
        ("title_level", "|u1"),
        ("hours_type", "|u1"),
        ("modality", "|u1"),
    ]
)

_COPIED = (
    "posted_at",
    "duplicate_group",
    "owner",
    "text_signature",
    "title_words",
    "title_words_again",
    "title_level",
    "foreign_languages",
    "modality",
    "schedule_number",
    "language_number",
)

RowRecords = np.ndarray[Any, np.dtype[np.void]]


def row_records(columns: Columns, skills: SkillTable) -> RowRecords:
    """A record of `RECORD` for each of N jobs, `[N]`."""
    records = np.empty(len(columns.posted_at), dtype=RECORD)
    for name in _COPIED:
        records[name] = getattr(columns, name)
    records["skills_start"] = skills.offsets[:-1]
    records["skill_count"] = np.diff(skills.offsets)
    records["hours_type"] = called_hours(columns.hours_type)
    records["thinness_log_odds"] = thinness_log_odds(columns.told_words)
    wage_per_month, wage_per_hour = _minimum_wage()
    with np.errstate(divide="ignore"):  # unpaid: the logarithm is minus infinity
        hourly, monthly = np.log(columns.soles_per_hour), np.log(columns.soles_per_month)
    records["log_soles_per_hour"], records["log_soles_per_month"] = hourly, monthly
    records["log_pay_beside_wage"] = np.where(
        np.isnan(hourly), monthly - np.log(wage_per_month), hourly - np.log(wage_per_hour)
    )
    return records


@cache
def _minimum_wage() -> tuple[float, float]:
    """Soles a month, and soles an hour of the longest legal week."""
    month = float(facts("peru")["minimum_wage"]["soles_per_month"])
    return month, month / (float(facts("peru")["working_time"]["max_hours_per_week"]) * WEEKS_PER_MONTH)
