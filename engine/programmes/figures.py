"""The figures that rules are held against: INEI's poverty lines, each with its year and source."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from engine.documents.fields import Document
from engine.errors import InvalidInputError, Message
from engine.facts import facts


class Line(StrEnum):
    """What income per head may be held against."""

    POVERTY = "poverty_line"
    EXTREME_POVERTY = "extreme_poverty_line"
    AMOUNT = "amount"  # one that the programme states itself, with its source


_COLUMNS = {Line.POVERTY: "poverty", Line.EXTREME_POVERTY: "extreme"}


class Figure(Document):
    """Soles a month for one person; `year` is that which it was measured in, None for a programme's own amount."""

    line: Line
    soles_per_month: float
    year: int | None
    source: str


def known_years() -> list[int]:
    """The years whose lines are known, the first first."""
    return sorted(line["year"] for line in facts("poverty_lines")["lines"])


def line_of(line: Line, day: date, year: int | None = None) -> Figure:
    """The line of a year, or the newest known one of a year before that of `day`, whose lines INEI cannot know yet.

    Raises:
        InvalidInputError: no line is known of that year, or of any year before the day.
    """
    years = [one for one in known_years() if (one < day.year if year is None else one == year)]
    if not years:
        raise InvalidInputError(
            "no poverty line is known of that year",
            expected=", ".join(map(str, known_years())),
            got=str(year) if year is not None else Message("a year before {year}", year=day.year),
            fix="add it to engine/facts/poverty_lines.toml, with its source",
            field="year",
        )
    found = next(one for one in facts("poverty_lines")["lines"] if one["year"] == years[-1])
    return Figure(line=line, soles_per_month=found[_COLUMNS[line]], year=found["year"], source=found["source"])
