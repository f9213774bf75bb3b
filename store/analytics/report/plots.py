"""Plots as inline SVG: bars, columns, lines with bands, dots with intervals, and a map of the week's hours.

A value of None is a cell that is hidden or has no value: it is stated in words or left blank, never drawn as nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.analytics.report.plot_parts import (
    BOTTOM,
    CHARACTER_WIDTH,
    INK,
    LEFT,
    LINE_HEIGHT,
    RIGHT,
    SERIES,
    TOP,
    WIDTH,
    Scale,
    bottom_axis,
    clipped,
    image,
    left_axis,
    legend,
    rule,
    text,
    ticks,
)
from store.analytics.report.shapes import Plot, Shape, Tag, shape

BAR_HEIGHT, GROUP_GAP = 12.0, 8.0
PLOT_HEIGHT = 180.0
DAY_WIDTH, CELL_HEIGHT = 28.0, 20.0
INTERVAL_HEIGHT = 34.0
HOURS, DAYS = 24, 7
PALEST = 0.06

ValueText = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under one label: a value for each series, None where it is hidden, and what stands at its end."""

    label: str
    values: tuple[float | None, ...]
    value_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Points (x, y) from left to right, y None where the line breaks; `band`: (low, high) of each point, or none."""

    name: str
    points: tuple[tuple[float, float | None], ...]
    band: tuple[tuple[float | None, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its interval, under a label; None where it is hidden."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    value_label: str


def bar_plot(name: str, title: str, groups: Sequence[Bars], series: Sequence[str] = ()) -> Plot:
    """Horizontal bars, each group under its label; several series get a legend."""
    most = max((value for group in groups for value in group.values if value is not None), default=0.0)
    longest = max((len(label) for group in groups for label in group.value_labels), default=0)
    scale = Scale(0, most, 0, max(WIDTH - longest * CHARACTER_WIDTH - 10, WIDTH / 4))
    parts: list[Shape] = []
    y = TOP
    for group in groups:
        parts.append(text(0, y + 9, group.label, weight="600"))
        y += LINE_HEIGHT
        for place, (value, label) in enumerate(zip(group.values, group.value_labels, strict=True)):
            width = scale(value) if value else 0.0
            parts.append(shape(Tag.RECT, look=SERIES[place], x=0.0, y=y, width=width, height=BAR_HEIGHT))
            parts.append(text(width + 5, y + 10, clipped(label, WIDTH - width - 5)))
            y += BAR_HEIGHT + 2
        y += GROUP_GAP
    if len(series) > 1:
        parts += legend(series, y + 6)
        y += len(series) * LINE_HEIGHT
    return image(name, title, y + 4, parts)


def column_plot(
    name: str,
    title: str,
    columns: Sequence[tuple[str, float | None]],
    *,
    value_text: ValueText,
    unit: str = "",
    hidden: str = "",
) -> Plot:
    """Columns side by side, in order of time: what stands below the first, the middle and the last is their label.

    Args:
        columns: label and value of each, None where it is hidden, which a mark at the bottom says.
        value_text: how a value is written at the left; `unit`: of what, above it.
        hidden: what the mark is called below the plot, where there is one.
    """
    steps = ticks(max((value for _, value in columns if value is not None), default=0.0))
    top = TOP + (LINE_HEIGHT if unit else 0)
    bottom = top + PLOT_HEIGHT
    up, across = Scale(0, steps[-1], bottom, top), Scale(0, max(len(columns), 1), LEFT, WIDTH - RIGHT)
    parts = [*_unit(unit), *left_axis(up, steps, value_text)]
    for place, (_, value) in enumerate(columns):
        x, width = across(place), (across(place + 1) - across(place)) * 0.8
        if value is None:
            parts.append(rule(x, bottom - 6, x + width, bottom, look=INK))
        else:
            parts.append(shape(Tag.RECT, look=SERIES[0], x=x, y=up(value), width=width, height=bottom - up(value)))
    parts += bottom_axis(across, _marks([label for label, _ in columns]), bottom + 16)
    y = bottom + BOTTOM
    mark, height = _hidden_mark(hidden, [value for _, value in columns], y)
    return image(name, title, y + height + 4, parts + mark)


def line_plot(
    name: str,
    title: str,
    lines: Sequence[Line],
    *,
    marks: Sequence[tuple[float, str]],
    value_text: ValueText,
    most: float | None = None,
    is_square: bool = False,
    units: tuple[str, str] = ("", ""),
) -> Plot:
    """Lines over a common x, with bands where they have some.

    Args:
        marks: what stands below, by x, the first and the last at the ends.
        value_text: how a y is written at the left.
        most: the largest y; None: that of the lines. `is_square`: with the line of equal shares.
        units: what y is, above it, and what x is, below it; empty where marks and title say so.
    """
    highest = max((y for line in lines for _, y in line.points if y is not None), default=0.0)
    steps = ticks(highest if most is None else most)
    top = TOP + (LINE_HEIGHT if units[0] else 0)
    bottom = top + PLOT_HEIGHT
    across = Scale(marks[0][0], marks[-1][0], LEFT, WIDTH - RIGHT)
    up = Scale(0, steps[-1], bottom, top)
    parts = [*_unit(units[0]), *left_axis(up, steps, value_text), *bottom_axis(across, marks, bottom + 16)]
    if is_square:
        parts.append(rule(across(0), up(0), across(1), up(1), look=INK, dashes="4 3"))
    for line, look in zip(lines, SERIES, strict=False):
        parts += _band(line, across, up, look)
        parts += _strokes(line, across, up, look)
    y = bottom + BOTTOM + 10
    if units[1]:
        parts.append(text(WIDTH - RIGHT, y - 4, units[1], anchor="end"))
        y += LINE_HEIGHT + 4
    parts += legend([line.name for line in lines], y)
    return image(name, title, y + len(lines) * LINE_HEIGHT, parts)


def interval_plot(
    name: str, title: str, rows: Sequence[Interval], value_text: ValueText, overall: float | None
) -> Plot:
    """A dot with its interval below each label, beside a dashed line at what it is overall."""
    steps = ticks(max((row.high for row in rows if row.high is not None), default=0.0))
    across = Scale(0, steps[-1], 12, WIDTH - 60)
    bottom = TOP + len(rows) * INTERVAL_HEIGHT
    parts = [rule(across(step), TOP, across(step), bottom) for step in steps]
    parts += [text(across(step), bottom + 14, value_text(step), anchor="middle") for step in steps]
    if overall is not None:
        parts.append(rule(across(overall), TOP, across(overall), bottom, look=SERIES[1], dashes="4 3"))
    for place, row in enumerate(rows):
        y = TOP + place * INTERVAL_HEIGHT
        parts.append(text(0, y + 11, row.label, weight="600"))
        y += INTERVAL_HEIGHT - 11
        if row.value is None or row.low is None or row.high is None:
            parts.append(text(0, y + 4, row.value_label))
            continue
        parts.append(rule(across(row.low), y, across(row.high), y, look=SERIES[0]))
        parts.append(shape(Tag.CIRCLE, look=SERIES[0], cx=across(row.value), cy=y, r=4.0))
        parts.append(text(WIDTH, y + 4, row.value_label, anchor="end"))
    return image(name, title, bottom + 22, parts)


def week_map(
    name: str,
    title: str,
    days: Sequence[str],
    values: Sequence[float | None],
    ends: tuple[str, str],
    hidden: str = "",
) -> Plot:
    """A row a day, a cell an hour, the darker the more; `values` `[168]`, Monday 00:00 first; hidden ones are crossed.

    `ends`: the texts of the palest and of the darkest; `hidden`: what the cross is called, where there is one.
    """
    most = max((value for value in values if value is not None), default=0.0)
    across = Scale(0, HOURS, DAY_WIDTH, WIDTH)
    parts = []
    for place, value in enumerate(values):
        day, hour = divmod(place, HOURS)
        x, y = across(hour), TOP + day * CELL_HEIGHT
        shade = 0.0 if value is None or not most else value / most
        width = across(1) - across(0) - 1
        parts.append(_shade(x, y, width, CELL_HEIGHT - 1, shade))
        if value is None:
            parts.append(rule(x, y + CELL_HEIGHT - 1, x + width, y, look=INK))
    bottom = TOP + DAYS * CELL_HEIGHT
    parts += [text(0, TOP + (place + 0.7) * CELL_HEIGHT, day) for place, day in enumerate(days)]
    parts += [text(across(hour), bottom + 12, f"{hour}", anchor="middle") for hour in range(0, HOURS, 3)]
    parts += _shades(ends, bottom + 22)
    mark, height = _hidden_mark(hidden, values, bottom + 40)
    return image(name, title, bottom + 40 + height, parts + mark)


def _hidden_mark(hidden: str, values: Sequence[float | None], y: float) -> tuple[list[Shape], float]:
    """What the mark of hidden values is called, where there are some, and how high that is."""
    if not hidden or all(value is not None for value in values):
        return [], 0.0
    return [rule(0, y + 7, 10, y + 13, look=INK), text(15, y + LINE_HEIGHT, hidden)], LINE_HEIGHT + 4


def _shades(ends: tuple[str, str], y: float) -> list[Shape]:
    """What the palest and the darkest cell stand for."""
    steps, width = 6, 16.0
    start = WIDTH - 2 * 40 - steps * width
    cells = [_shade(start + place * width, y, width, 10.0, place / (steps - 1)) for place in range(steps)]
    return [text(start - 5, y + 9, ends[0], anchor="end"), *cells, text(start + steps * width + 5, y + 9, ends[1])]


def _shade(x: float, y: float, width: float, height: float, share: float) -> Shape:
    """A cell that is the darker the larger its share, from 0 to 1."""
    opacity = PALEST + (1 - PALEST) * share
    return shape(Tag.RECT, look=SERIES[0], x=x, y=y, width=width, height=height, fill_opacity=opacity)


def _marks(labels: Sequence[str]) -> list[tuple[float, str]]:
    """The labels of the first column at its left end, of the middle one, and of the last at its right end."""
    last = len(labels) - 1
    places = {0: 0.0, len(labels) // 2: len(labels) // 2 + 0.4} | ({last: last + 0.8} if last else {})
    return [(place, labels[number]) for number, place in sorted(places.items())] if labels else []


def _unit(words: str) -> list[Shape]:
    """What the values at the left are."""
    return [text(0, TOP + 2, words)] if words else []


def _strokes(line: Line, across: Scale, up: Scale, look: str) -> list[Shape]:
    """The line in as many pieces as it has; a point that stands alone is a dot."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y in line.points:
        if y is None:
            pieces.append([])
        else:
            pieces[-1].append((across(x), up(y)))
    drawn = []
    for piece in filter(None, pieces):
        if len(piece) == 1:
            drawn.append(shape(Tag.CIRCLE, look=look, cx=piece[0][0], cy=piece[0][1], r=2.5))
        else:
            drawn.append(shape(Tag.POLYLINE, look=look, points=_points(piece), stroke_width=2.0))
    return drawn


def _band(line: Line, across: Scale, up: Scale, look: str) -> list[Shape]:
    """The band of a line that does not break."""
    edges = [
        (across(x), up(low), up(high))
        for (x, _), (low, high) in zip(line.points, line.band, strict=False)
        if low is not None and high is not None
    ]
    outline = [(x, high) for x, _, high in edges] + [(x, low) for x, low, _ in reversed(edges)]
    return [shape(Tag.POLYGON, look=look, points=_points(outline), fill_opacity=0.15)] if edges else []


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
