"""Days as rules count them: months of the calendar, and years of age."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from engine.documents.faults import refused

MONTHS_PER_YEAR = 12
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it is shorter (Código Civil, art. 183)."""
    total = day.year * MONTHS_PER_YEAR + day.month - 1 + months
    year, month = total // MONTHS_PER_YEAR, total % MONTHS_PER_YEAR + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def age_on(birth_date: date, day: date) -> int:
    """Whole years; who was born on 29 February is a year older on 1 March where there is none."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _read_day(value: Any) -> date:
    """TOML has days, JSON texts; a number would be seconds since 1970."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refused("not a day", "a day of the calendar, such as 2027-01-31")


Day = Annotated[date, BeforeValidator(_read_day), Field(examples=["2027-01-31"])]
