"""Plots of whatever numbers: nothing leaves the picture, more is never drawn as less, what is hidden is no nought."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analytics.report.plot_parts import SERIES, Scale, ticks
from store.analytics.report.plots import Bars, Interval, Line, bar_plot, column_plot, interval_plot, line_plot, week_map
from store.analytics.report.shapes import Plot, Tag

COUNTS = st.integers(0, 10**9)
MAYBE = st.one_of(st.none(), COUNTS)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=90)
ROOT = Path(__file__).parents[4]


def places(plot: Plot) -> list[tuple[float, float]]:
    """The corners of everything that is drawn but words."""
    found: list[tuple[float, float]] = []
    for one in plot.shapes:
        at = {name: float(value) for name, value in one.attributes.items() if re.fullmatch(r"-?[\d.]+(e-?\d+)?", value)}
        if one.tag is Tag.RECT:
            found += [(at["x"], at["y"]), (at["x"] + at["width"], at["y"] + at["height"])]
        elif one.tag is Tag.LINE:
            found += [(at["x1"], at["y1"]), (at["x2"], at["y2"])]
        elif one.tag is Tag.CIRCLE:
            found.append((at["cx"], at["cy"]))
        elif one.tag in (Tag.POLYLINE, Tag.POLYGON):
            found += [(float(x), float(y)) for x, y in (pair.split(",") for pair in one.attributes["points"].split())]
    return found


def require_whole(plot: Plot) -> None:
    """It is well formed, and nothing of it lies outside."""
    ElementTree.fromstring(plot.__html__())  # noqa: S314
    width, height = float(plot.width), float(plot.height)
    assert all(-0.1 <= x <= width + 0.1 and -0.1 <= y <= height + 0.1 for x, y in places(plot))
    for one in plot.shapes:
        if one.tag is Tag.TEXT:
            assert 0 <= float(one.attributes["y"]) <= height
            starts_at = float(one.attributes["x"]) if one.attributes["text-anchor"] == "start" else 0
            assert starts_at + len(one.words) * 6.6 <= width


@given(st.lists(st.tuples(WORDS, st.tuples(MAYBE, MAYBE), st.tuples(WORDS, WORDS)), max_size=8))
def test_bars_keep_within_the_picture_and_longer_is_more(
    rows: list[tuple[str, tuple[int, int], tuple[str, str]]],
) -> None:
    plot = bar_plot("bars", "Barras", [Bars(*row) for row in rows], ("a", "b"))
    require_whole(plot)
    drawn = [float(one.attributes["width"]) for one in plot.shapes if one.attributes.get("height") == "12"]
    values = [value or 0 for _, pair, _ in rows for value in pair]
    assert len(drawn) == len(values)
    in_order = [width for _, width in sorted(zip(values, drawn, strict=True))]
    assert in_order == sorted(in_order)


@given(st.lists(MAYBE, max_size=60), WORDS)
def test_columns_keep_within_the_picture_and_higher_is_more(values: list[int | None], unit: str) -> None:
    plot = column_plot(
        "days", "Por día", [(f"{n}", one) for n, one in enumerate(values)], value_text=str, unit=unit, hidden="oculto"
    )
    require_whole(plot)
    heights = [float(one.attributes["height"]) for one in plot.shapes if one.tag is Tag.RECT]
    told = [one for one in values if one is not None]
    assert len(heights) == len(told)
    in_order = [height for _, height in sorted(zip(told, heights, strict=True))]
    assert in_order == sorted(in_order)
    says_hidden = any(one.words == "oculto" for one in plot.shapes)
    assert says_hidden == (None in values)


@pytest.mark.parametrize("count", range(1, 60))
def test_days_below_columns_do_not_run_into_each_other(count: int) -> None:
    plot = column_plot("c", "C", [(f"2026-10-{n:02}", 1) for n in range(count)], value_text=str)
    shares = {"start": (0.0, 1.0), "middle": (0.5, 0.5), "end": (1.0, 0.0)}
    ends = []
    for one in plot.shapes:
        if one.words.startswith("2026"):
            before, after = shares[one.attributes["text-anchor"]]
            x, width = float(one.attributes["x"]), 10 * 6.6
            ends.append((x - before * width, x + after * width))
    assert len(ends) == min(count, 3)
    assert all(one[1] <= other[0] for one, other in pairwise(ends))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 0.5)), max_size=20))
def test_lines_and_their_bands_keep_within_the_picture(shares: list[tuple[float, float, float]]) -> None:
    points = tuple((float(x), share) for x, (share, _, _) in enumerate(shares))
    band = tuple((max(0.0, share - low), min(1.0, share + high)) for share, low, high in shares)
    marks = [(0.0, "0"), (float(max(len(shares) - 1, 1)), "fin")]
    plot = line_plot("l", "L", [Line("a", points, band)], marks=marks, value_text=str, most=1.0, units=("y", "x"))
    require_whole(plot)


@given(st.lists(st.one_of(st.none(), st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))), max_size=12))
def test_intervals_keep_within_the_picture(found: list[tuple[float, float, float] | None]) -> None:
    rows = [Interval("g", None, None, None, "oculto") for one in found if one is None]
    for low, value, high in (sorted(one) for one in found if one is not None):
        rows.append(Interval("g", value, low, high, "x"))
    middle = next((row.value for row in rows if row.value is not None), None)
    require_whole(interval_plot("i", "I", rows, str, middle))


@given(st.lists(MAYBE, min_size=168, max_size=168))
def test_a_week_is_the_darker_the_more(values: list[int | None]) -> None:
    plot = week_map("w", "W", ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"], values, ("0", "9"))
    require_whole(plot)
    cells = [float(one.attributes["fill-opacity"]) for one in plot.shapes if one.tag is Tag.RECT][:168]
    told = sorted((value, shade) for value, shade in zip(values, cells, strict=True) if value is not None)
    assert all(one[1] <= other[1] for one, other in pairwise(told))


@given(st.floats(1e-6, 1e12), st.floats(0, 1), st.floats(0, 1))
def test_a_scale_keeps_the_order_and_its_ends(most: float, one: float, other: float) -> None:
    scale = Scale(0, ticks(most)[-1], 40, 300)
    low, high = sorted((one * most, other * most))
    assert 40 <= scale(low) <= scale(high) <= 300 + 1e-6


def test_nothing_and_a_single_number_are_drawn_too() -> None:
    require_whole(bar_plot("b", "B", []))
    require_whole(bar_plot("b", "B", [Bars("uno", (7,), ("7",))]))
    require_whole(column_plot("c", "C", [], value_text=str))
    require_whole(column_plot("c", "C", [("hoy", 7)], value_text=str))
    require_whole(line_plot("l", "L", [Line("a", ((3.0, 0.5),))], marks=[(3.0, "3")], value_text=str))
    require_whole(interval_plot("i", "I", [], str, None))


def test_words_are_text_whatever_they_are() -> None:
    hostile = '"><script>alert(1)</script>'
    drawn = bar_plot(hostile, hostile, [Bars(hostile, (1,), (hostile,))]).__html__()
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn)[0].text == hostile  # noqa: S314


@pytest.mark.parametrize("style", ["store/analytics/report/templates/page.css", "api/web/static/chamba.css"])
def test_every_style_has_the_colours_of_plots(style: str) -> None:
    written = (ROOT / style).read_text("utf-8")
    assert [look for look in SERIES if f".plot .{look} " not in written] == []
    assert ".plot line.ink" in written
