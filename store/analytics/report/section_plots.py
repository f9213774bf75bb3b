"""The plots of the report, each drawn from the table that answers a question."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.explain import Locale
from store.analytics.columns import Step
from store.analytics.questions.freed_hours import AS_NOW, WeekWindow
from store.analytics.questions.funnel import RATES
from store.analytics.questions.matching import DIMENSIONS
from store.analytics.questions.step_counts import ALL
from store.analytics.report.labels import column_label, number_text, share_text, value_label
from store.analytics.report.page import Part, drawn
from store.analytics.report.plots import Bars, Interval, Line, bar_plot, interval_plot, line_plot, week_map
from store.analytics.report.texts import localised
from store.analytics.small_groups import OTHER, UNKNOWN
from store.analytics.tables import Table

Records = list[dict[str, Any]]
SKILLS_SHOWN, LEAST_JOBS = 12, 5
WEEKLY_RATES = ("click_rate", "apply_rate", "interview_rate", "hire_rate")
RATE = "applied_to_hired_rate"


def records(table: Table) -> Records:
    """The rows by column."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def funnel_plots(table: Table, locale: Locale) -> list[Part]:
    """The steps as bars, and how much goes on from step to step week by week."""
    rows = records(table)
    overall = [row for row in rows if row["week"] == ALL]
    if not overall:
        return nothing(locale)
    bars = [_step_bar(step, overall[0], locale) for step in Step]
    title = localised("funnel_plot", locale)
    parts = [drawn(bar_plot("funnel", title, bars))]
    weeks = [row for row in rows if row["week"] not in (ALL, OTHER)]
    if len(weeks) > 1:
        title = localised("weeks_plot", locale)
        lines = [
            Line(column_label(rate, locale), tuple((_day(row["week"]), row[rate]) for row in weeks))
            for rate in WEEKLY_RATES
        ]
        marks = [(_day(row["week"]), row["week"]) for row in (weeks[0], weeks[-1])]
        units = ("", column_label("week", locale))
        parts.append(
            drawn(line_plot("weeks", title, lines, marks=marks, value_text=percent_text, most=1.0, units=units))
        )
    return parts


def matching_plots(table: Table, locale: Locale) -> list[Part]:
    """Hires of applications, with their intervals, by the groups of each dimension."""
    rows = records(table)
    overall = next((row[RATE] for row in rows if row["dimension"] == ALL), None)
    parts = [Part(words=localised("matching_lead", locale))]
    for dimension in (name for name in DIMENSIONS if name != "week"):
        groups = [row for row in rows if row["dimension"] == dimension]
        groups.sort(key=lambda row: row["group"] in (OTHER, UNKNOWN))
        title = localised("matching_plot", locale, dimension=value_label(dimension, locale).lower())
        if [row["group"] for row in groups] == [OTHER]:
            parts.append(Part(title, words=localised("too_small", locale)))
            continue
        intervals = [_interval(row, locale) for row in groups]
        parts.append(drawn(interval_plot(f"by-{dimension}", title, intervals, percent_text, overall)))
    return parts if rows else nothing(locale)


def time_plots(table: Table, locale: Locale) -> list[Part]:
    """The share who still look, by days, from each origin."""
    rows = records(table)
    lines = []
    for origin in dict.fromkeys(row["origin"] for row in rows):
        points = [row for row in rows if row["origin"] == origin]
        name = localised("from_origin", locale, origin=value_label(origin, locale))
        shares = ((0, 1.0), *((row["day"], row["share_looking"]) for row in points))
        band = ((1.0, 1.0), *((row["share_looking_low"], row["share_looking_high"]) for row in points))
        lines.append(Line(name, shares, band))
    if not lines:
        return nothing(locale)
    last = max(row["day"] for row in rows)
    marks = [
        (0.0, "0"),
        (last / 2, number_text(last // 2)),
        (float(last), localised("days", locale, count=number_text(last))),
    ]
    title = localised("time_plot", locale)
    units = (column_label("share_looking", locale), "")
    return [drawn(line_plot("time", title, lines, marks=marks, value_text=percent_text, most=1.0, units=units))]


def exposure_plots(table: Table, locale: Locale) -> list[Part]:
    """The Lorenz curves of jobs and of employers."""
    rows = records(table)
    lines = [
        Line(
            value_label(subject, locale),
            tuple((row["share_of_subjects"], row["share_of_impressions"]) for row in rows if row["subject"] == subject),
        )
        for subject in dict.fromkeys(row["subject"] for row in rows)
    ]
    if not lines:
        return nothing(locale)
    title = localised("exposure_plot", locale)
    marks = [(share / 4, percent_text(share / 4)) for share in range(5)]
    units = (column_label("share_of_impressions", locale), column_label("share_of_subjects", locale))
    plot = line_plot(
        "exposure", title, lines, marks=marks, value_text=percent_text, most=1.0, is_square=True, units=units
    )
    return [drawn(plot)]


def skill_plots(table: Table, locale: Locale) -> list[Part]:
    """The skills that are asked for most, and those that fewest people have for each job that asks."""
    in_demand = [row for row in records(table) if row["jobs"] >= LEAST_JOBS]
    # One that is hidden stands with those that nobody has: most such skills few people have, and it tells no more.
    scarce = sorted(in_demand, key=lambda row: (row["people_per_job"] or 0.0, -row["jobs"]))
    series = (localised("people", locale), localised("jobs", locale))
    parts = []
    for name, rows in (("skills", in_demand), ("scarce", scarce)):
        title = localised(f"{name}_plot", locale)
        bars = [_skill_bars(row, locale) for row in rows[:SKILLS_SHOWN]]
        parts.append(drawn(bar_plot(name, title, bars, series)))
    return parts if in_demand else nothing(locale)


def hours_plots(table: Table, locale: Locale) -> list[Part]:
    """The week as a map of hours: of people who are free, and of jobs."""
    days = [value_label(day, locale) for day in dict.fromkeys(table.column("day")) if isinstance(day, str)]
    parts = []
    for name, column in (("free", "people_free"), ("fixed", "jobs_fixed")):
        values = [value if isinstance(value, int) else None for value in table.column(column)]
        most = max((value for value in values if value is not None), default=0)
        title = localised(f"{name}_plot", locale)
        mark = localised("hidden_mark", locale)
        parts.append(drawn(week_map(name, title, days, values, ("0", number_text(most)), mark)))
    return parts


def freed_hours_plots(table: Table, locale: Locale) -> list[Part]:
    """The pairs that each change would open, window by window."""
    rows = records(table)
    changes = [change for change in dict.fromkeys(row["change"] for row in rows) if change != AS_NOW]
    groups = []
    for window in WeekWindow:
        opened = {row["change"]: row["pairs_opened"] for row in rows if row["window"] == window}
        values = tuple(opened[change] for change in changes)
        groups.append(
            Bars(value_label(window.value, locale), values, tuple(_count_text(value, locale) for value in values))
        )
    title = localised("freed_hours_plot", locale)
    series = [value_label(change, locale) for change in changes]
    return [drawn(bar_plot("freed-hours", title, groups, series))]


def nothing(locale: Locale) -> list[Part]:
    """What stands where there is nothing to draw."""
    return [Part(words=localised("nothing", locale))]


def _step_bar(step: Step, row: dict[str, Any], locale: Locale) -> Bars:
    name = step.name.lower()
    count = row[name]
    words = _count_text(count, locale)
    rate = next((rate for rate, (of, _) in RATES.items() if of is step), None)
    if count is not None and rate is not None and row[rate] is not None:
        words = localised("of_previous", locale, count=words, share=share_text(row[rate], locale))
    return Bars(column_label(name, locale), (count,), (words,))


def _interval(row: dict[str, Any], locale: Locale) -> Interval:
    value = row[RATE]
    words = localised("hidden", locale) if value is None else share_text(value, locale)
    return Interval(value_label(row["group"], locale), value, row[f"{RATE}_low"], row[f"{RATE}_high"], words)


def _skill_bars(row: dict[str, Any], locale: Locale) -> Bars:
    people = localised("few", locale) if row["people"] is None else number_text(row["people"])
    return Bars(row["skill"], (row["people"], row["jobs"]), (people, number_text(row["jobs"])))


def _count_text(count: int | None, locale: Locale) -> str:
    return localised("hidden", locale) if count is None else number_text(count)


def _day(week: str) -> float:
    return float(date.fromisoformat(week).toordinal())


def percent_text(share: float) -> str:
    """A round share along an axis."""
    return f"{share * 100:.3g}%"
