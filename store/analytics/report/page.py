"""The page of a report: its frame and style, and tables of numbers. Nothing in it is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from engine.explain import Locale
from store.analytics.note_texts import note_text
from store.analytics.report.labels import column_label, written
from store.analytics.report.markup import Markup, element, joined
from store.analytics.report.texts import localised
from store.analytics.tables import ColumnType, Table

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1rem; max-width: 46rem; color: #1d2328; background: #fff;
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 0.5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
section { border-top: 1px solid #c9d0d6; margin-top: 2rem; padding-top: 1.5rem; }
svg { display: block; width: 100%; max-width: 32rem; height: auto; font-family: inherit; }
dl { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 1rem 0; }
dt { font-size: 0.85rem; color: #4c565e; } dd { margin: 0; font-size: 1.4rem; font-weight: 600; }
.notes { font-size: 0.85rem; color: #4c565e; padding-left: 1.1rem; }
.about { font-size: 0.9rem; color: #4c565e; margin: 0.2rem 0; overflow-wrap: anywhere; }
details { margin: 0.25rem 0; } summary { cursor: pointer; padding: 0.4rem 0; color: #00598c; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.85rem; }
th, td { padding: 0.3rem 0.6rem; text-align: left; border-bottom: 1px solid #e2e7ea; white-space: nowrap; }
thead th { white-space: normal; min-width: 4.5rem; vertical-align: bottom; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
"""


def page(title: str, locale: Locale, parts: Sequence[Markup]) -> str:
    """A whole HTML document."""
    head = joined(
        [
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Markup('<meta name="robots" content="noindex">'),
            element("title", title),
            element("style", Markup(_STYLE)),
        ]
    )
    body = element("main", *parts)
    return f"<!doctype html>\n{element('html', element('head', head), element('body', body), lang=locale.value)}\n"


def figures(pairs: Sequence[tuple[str, str]]) -> Markup:
    """A few figures to begin with, each under its name."""
    return element("dl", *(element("div", element("dt", name), element("dd", value)) for name, value in pairs))


def plot_under(heading: str, plot: Markup) -> Markup:
    """A plot under its heading."""
    return joined([element("h3", heading), plot])


def numbers(table: Table, locale: Locale) -> Markup:
    """The table of an answer, folded up, and its notes."""
    columns = [column_label(column.name, locale) for column in table.columns]
    head = element("tr", *(element("th", name, scope="col") for name in columns))
    rows = [_row(table, place, locale) for place in range(len(table.rows))]
    grid = element("table", element("thead", head), element("tbody", *rows))
    label = localised("table", locale, name=localised(f"table_{table.question.value}", locale))
    unfolded = element("div", grid, class_="scroll", tabindex="0", role="region", aria_label=label)
    return element("details", element("summary", label), unfolded)


def notes(tables: Sequence[Table], locale: Locale) -> Markup:
    """What has to be said of some tables, once each, folded up."""
    texts = dict.fromkeys(note_text(note, locale) for table in tables for note in table.notes)
    items = element("ul", *(element("li", text) for text in texts), class_="notes")
    return element("details", element("summary", localised("notes", locale)), items)


def _row(table: Table, place: int, locale: Locale) -> Markup:
    cells = []
    for number, (column, value) in enumerate(zip(table.columns, table.rows[place], strict=True)):
        is_hidden = (place, number) in table.hidden
        words = localised("hidden", locale) if is_hidden else written(value, column, locale)
        if number == 0:
            cells.append(element("th", words, scope="row"))
        else:
            cells.append(element("td", words, class_="number" if column.type is not ColumnType.TEXT else None))
    return element("tr", *cells)
