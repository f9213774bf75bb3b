"""The plots of usage: people and searches by week and by day, and what comes of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.explain import Locale
from store.analytics.questions.usage import DAY, WEEK
from store.analytics.report.labels import column_label, number_text
from store.analytics.report.page import Part, drawn
from store.analytics.report.plots import Line, column_plot, line_plot
from store.analytics.report.section_plots import nothing, percent_text, records
from store.analytics.report.texts import localised
from store.analytics.tables import Table

DAYS_SHOWN, WEEKS_SHOWN = 35, 53
ACTS = ("first_clicks", "applications", "hires")


def usage_plots(table: Table, locale: Locale) -> list[Part]:
    """Columns of people active and of searches, by week and of the last days; lines of what came of them by week."""
    rows = records(table)
    weeks = [row for row in rows if row["every"] == WEEK][-WEEKS_SHOWN:]
    days = [row for row in rows if row["every"] == DAY][-DAYS_SHOWN:]
    if not weeks:
        return nothing(locale)
    by_day = localised("every_day", locale, days=str(len(days)))
    parts = [
        _columns("active", "people_active", weeks, localised("every_week", locale), locale),
        *([_columns("active", "people_active", days, by_day, locale)] if days else []),
        _columns("searches", "searches", weeks, localised("every_week", locale), locale),
    ]
    if len(weeks) > 1:
        parts += [_shares(weeks, locale), _acts(weeks, locale)]
    return parts


def _columns(name: str, column: str, rows: list[dict[str, Any]], every: str, locale: Locale) -> Part:
    title = localised(f"{name}_plot", locale, every=every)
    values = [(row["begins_on"], row[column]) for row in rows]
    plot = column_plot(
        f"{name}-{rows[0]['every']}",
        title,
        values,
        value_text=number_text,
        unit=column_label(column, locale),
        hidden=localised("hidden_mark", locale),
    )
    return drawn(plot)


def _shares(weeks: list[dict[str, Any]], locale: Locale) -> Part:
    line, title = _line("without_result_share", weeks, locale), localised("empty_plot", locale)
    if all(share is None for _, share in line.points):
        return Part(title, words=localised("nothing", locale))
    plot = line_plot(
        "empty",
        title,
        [line],
        marks=_marks(weeks),
        value_text=percent_text,
        most=1.0,
        units=("", column_label("week", locale)),
    )
    return drawn(plot)


def _acts(weeks: list[dict[str, Any]], locale: Locale) -> Part:
    lines = [_line(name, weeks, locale) for name in ACTS]
    title, units = localised("acts_plot", locale), ("", column_label("week", locale))
    return drawn(line_plot("acts", title, lines, marks=_marks(weeks), value_text=number_text, units=units))


def _line(column: str, weeks: list[dict[str, Any]], locale: Locale) -> Line:
    return Line(column_label(column, locale), tuple((_day(row), row[column]) for row in weeks))


def _marks(weeks: list[dict[str, Any]]) -> list[tuple[float, str]]:
    return [(_day(row), row["begins_on"]) for row in (weeks[0], weeks[-1])]


def _day(row: dict[str, Any]) -> float:
    return float(date.fromisoformat(row["begins_on"]).toordinal())
