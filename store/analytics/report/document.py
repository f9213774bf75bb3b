"""The report: one HTML file that answers every question with plots and tables, for people; it fetches nothing.

write_report(current_snapshot(Path("data/analytics")), Path("report.html"))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.artifacts import write_atomically
from engine.explain import Locale
from store.analytics.questions.answers import answer
from store.analytics.report import section_plots, usage_plots
from store.analytics.report.labels import column_label, number_text, share_text
from store.analytics.report.page import Part, Section, notes, numbers
from store.analytics.report.templating import environment
from store.analytics.report.texts import localised
from store.analytics.rows import lima_day
from store.analytics.small_groups import LEAST_PEOPLE, in_fives, is_small
from store.analytics.snapshots import AnalyticsSnapshot
from store.analytics.tables import Filters, Question, Table

# A section's name → what is drawn in it, the question that is drawn, and all whose tables stand below.
SECTIONS: dict[str, tuple[Callable[[Table, Locale], list[Part]], Question, Sequence[Question]]] = {
    "funnel": (section_plots.funnel_plots, Question.FUNNEL, [Question.FUNNEL]),
    "matching": (section_plots.matching_plots, Question.MATCH_SUCCESS, [Question.MATCH_SUCCESS]),
    "time": (
        section_plots.time_plots,
        Question.TIME_TO_PLACEMENT_CURVE,
        [Question.TIME_TO_PLACEMENT, Question.TIME_TO_PLACEMENT_CURVE],
    ),
    "exposure": (
        section_plots.exposure_plots,
        Question.EXPOSURE_CURVE,
        [Question.EXPOSURE, Question.EXPOSURE_CURVE],
    ),
    "skills": (section_plots.skill_plots, Question.SKILLS, [Question.SKILLS]),
    "hours": (section_plots.hours_plots, Question.HOURS, [Question.HOURS]),
    "usage": (usage_plots.usage_plots, Question.USAGE, [Question.USAGE]),
    "freed_hours": (section_plots.freed_hours_plots, Question.FREED_HOURS, [Question.FREED_HOURS]),
}

_TEMPLATES = environment()


def write_report(
    snapshot: AnalyticsSnapshot, path: Path, *, locale: Locale = Locale.ES, filters: Filters | None = None
) -> None:
    """Write the report of a snapshot to `path`, whole or not at all."""
    write_atomically(path, report_html(snapshot, locale=locale, filters=filters).encode())


def report_html(snapshot: AnalyticsSnapshot, *, locale: Locale = Locale.ES, filters: Filters | None = None) -> str:
    """The report as an HTML document in `locale`; `filters`: the weeks of what happened, None for all."""
    chosen = filters or Filters()
    tables = {question: answer(snapshot, question, chosen) for question in Question}
    return _TEMPLATES.get_template("report.html").render(
        locale=locale.value,
        title=localised("title", locale),
        lead=localised("lead", locale),
        about=_about(snapshot, locale, chosen),
        figures=_figures(tables, locale),
        sections=[_section(name, tables, locale) for name in SECTIONS],
        notes_label=localised("notes", locale),
    )


def _section(name: str, tables: dict[Question, Table], locale: Locale) -> Section:
    draw, of_plots, questions = SECTIONS[name]
    below = [tables[question] for question in questions]
    grids = [numbers(table, locale) for table in below]
    return Section(localised(name, locale), draw(tables[of_plots], locale), grids, notes(below, locale))


def _about(snapshot: AnalyticsSnapshot, locale: Locale, filters: Filters) -> list[str]:
    """Of what day and weeks the data are, how many there are, and their version."""
    people, jobs = snapshot.counts["people"], snapshot.counts["jobs"]
    people_text = f"1–{LEAST_PEOPLE - 1}" if is_small(people) else number_text(in_fives(people))
    lines = [
        localised("taken", locale, day=snapshot.taken_on.isoformat()),
        localised("period", locale, period=_period(filters, locale)),
        localised("counts", locale, people=people_text, jobs=number_text(jobs)),
        localised("snapshot", locale, version=snapshot.version),
    ]
    if snapshot.rewritten_at is not None:
        lines.append(localised("rewritten", locale, day=lima_day(snapshot.rewritten_at).isoformat()))
    return lines


def _period(filters: Filters, locale: Locale) -> str:
    since, until = filters.first_day.isoformat(), filters.last_day.isoformat()
    if filters.since is None and filters.until is None:
        return localised("all_weeks", locale)
    if filters.since is None:
        return localised("until", locale, until=until)
    return (
        localised("since", locale, since=since)
        if filters.until is None
        else localised("from_to", locale, since=since, until=until)
    )


def _figures(tables: dict[Question, Table], locale: Locale) -> list[tuple[str, str]]:
    """What a reader wants to know first: how many came how far."""
    rows = section_plots.records(tables[Question.FUNNEL])[:1]
    cells = [
        (column_label(name, locale), number_text(row[name]))
        for row in rows
        for name in ("shown", "applied", "hired")
        if row[name] is not None
    ]
    rates = [row["applied_to_hired_rate"] for row in section_plots.records(tables[Question.MATCH_SUCCESS])[:1]]
    cells += [
        (column_label("applied_to_hired_rate", locale), share_text(rate, locale)) for rate in rates if rate is not None
    ]
    return cells
