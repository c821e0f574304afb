"""A figure over the weeks as lines of text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.charts.columns import Column, Columns, level
from pmdesk.charts.text import (
    EIGHTHS,
    Line,
    Role,
    Span,
    cells,
    cut,
    known,
    line,
    one_line,
    wrapped,
)

HEIGHT = 8
_DASHES = "_─¯"
"""A dash low, in the middle and high in a cell; signs that every font of a terminal has."""
_DOTS = ".·˙"
_MISSING = "×"
_BELOW = "▾"
"""Less than zero, which has no room."""
_WIDEST = 4
"""Cells from one column to the next at most: wider columns say no more."""
_ROOM_FOR_NAMES = 2


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands, in cells."""

    shown: tuple[Column, ...]
    left: int
    pitch: int
    """From one column to the next; the last cell of more than one stays free."""
    height: int
    named: bool
    """Whether the levels at the right have room for their names."""

    @property
    def body(self) -> int:
        """Cells that a column is wide."""
        return max(1, self.pitch - 1)

    @property
    def middle(self) -> int:
        """The cell of a column below which its tick stands."""
        return (self.body - 1) // 2

    @property
    def room(self) -> int:
        return len(self.shown) * self.pitch


def draw(chart: Columns, width: int, height: int = HEIGHT) -> list[Line]:
    """A title, `height` lines of columns, the axis, the labels, and what the signs mean."""
    plan = _plan(chart, width, max(2, height))
    if not plan.shown:
        return [line([(chart.title, "strong")], width), line([("nothing yet", "quiet")], width)]
    lines = [*_head(chart, plan, width)]
    top = f"{level(chart.top, chart.unit):>{plan.left - 1}}┌"  # the edge, as the base is one
    lines.append(line([(top, "quiet")], width))
    lines.extend(_row(chart, plan, row, width) for row in reversed(range(plan.height)))
    lines.extend(_axis(chart, plan, width))
    return [*lines, *_legend(chart, plan, width)]


def _plan(chart: Columns, width: int, height: int) -> _Plan:
    left = max(cells(level(chart.top, chart.unit)), cells(level(0, chart.unit))) + 1
    count = len(chart.columns)
    room = max(0, width - left)
    levels = _levels(chart, chart.columns, height)
    rows = {row: [one for one in levels if one[0] == row] for row, _, _, _ in levels}
    bare = max((cells(_said(row, chart.unit, False)) for row in rows.values()), default=-1) + 1
    full = max((cells(_said(row, chart.unit, True)) for row in rows.values()), default=-1) + 1
    wanted = min(count, 16)
    named = bool(full) and room - full >= _ROOM_FOR_NAMES * count
    gutter = full if named else bare if room - bare >= wanted else 0
    pitch = max(1, min(_WIDEST, (room - gutter) // max(1, count)))
    fit = max(0, (room - gutter) // pitch)
    shown = chart.columns[max(0, count - fit) :]
    return _Plan(shown, left, pitch, height, named)


def _head(chart: Columns, plan: _Plan, width: int) -> list[Line]:
    left_out = len(chart.columns) - len(plan.shown)
    count = len(chart.columns)
    shown = f"{count} {chart.named}" + "s" * (count != 1)
    if left_out:
        shown = f"latest {len(plan.shown)} of {shown}"
    return wrapped([((chart.title, "strong"),), ((shown, "quiet"),)], width, "  ")


_Level = tuple[int, float, Span, str]
"""The row it lies in, how high in that row (0 to 1), the figure, the name."""


def _levels(chart: Columns, shown: tuple[Column, ...], height: int) -> list[_Level]:
    """The levels that are labelled: the target of the last column, and the marks."""
    levels: list[_Level] = []
    if shown and (target := known(shown[-1].target)) is not None:
        said = level(target, "")
        levels.append((*_place(target, chart.top, height), (said, "accent"), "target"))
    for mark in chart.marks:
        if (value := known(mark.value)) is not None:
            said = level(value, "")
            levels.append((*_place(value, chart.top, height), (said, "quiet"), mark.name))
    return sorted(levels, key=lambda one: (-one[0], -one[1]))


def _place(value: float, top: float, height: int) -> tuple[int, float]:
    """The row, from the bottom, in which a value lies, and how high in it."""
    high = min(max(value, 0.0), top) / top * height
    row = min(height - 1, int(high))
    return row, high - row


def _said(levels: list[_Level], unit: str, named: bool) -> str:
    return "".join(text for text, _ in _labels(levels, unit, named))


def _labels(levels: list[_Level], unit: str, named: bool) -> Iterator[Span]:
    """ "60 % executives", or several that share the row: "51, 50 %"."""
    for number, (_, _, (said, role), name) in enumerate(levels):
        last = number == len(levels) - 1
        words = f"{said} {unit}".rstrip() if named or last else said
        words = f"{words} {one_line(name)}" if named and name else words
        yield (words if last else f"{words}, "), role


def _row(chart: Columns, plan: _Plan, row: int, width: int) -> Line:
    spans: list[Span] = [(" " * (plan.left - 1) + "│", "quiet")]
    levels = _levels(chart, plan.shown, plan.height)
    marks = [one for one in levels if one[2][1] == "quiet" and one[0] == row]
    for number, column in enumerate(plan.shown):
        spans.extend(_column(chart, plan, row, column, number, marks))
    here = [one for one in levels if one[0] == row]
    if here and width - plan.left - plan.room > 1:
        spans.append((" ", "plain"))
        spans.extend(_labels(here, chart.unit, plan.named))
    return line(spans, width)


def _column(
    chart: Columns, plan: _Plan, row: int, column: Column, number: int, marks: list[_Level]
) -> Iterator[Span]:
    """The cells of one column in one row: the column, then what shows beside and above it."""
    glyph, role = _filled(chart, plan, row, column)
    body = range(plan.body)
    if glyph == _MISSING:
        body = range(plan.middle, plan.middle + 1)
    for at in range(plan.pitch):
        behind = _behind(chart, plan, row, column, number * plan.pitch + at, marks)
        if plan.pitch == 1 and glyph == "█" and behind[1] == "accent":
            yield behind[0], "cut"  # columns without a gap would hide the target
        else:
            yield behind if at not in body or glyph == " " else (glyph, role)


def _filled(chart: Columns, plan: _Plan, row: int, column: Column) -> Span:
    value = known(column.value)
    if value is None:
        return (_MISSING, "quiet") if row == 0 else (" ", "plain")
    role: Role = "strategic"
    eighths = round(min(max(value, 0.0), chart.top) / chart.top * plan.height * 8)
    if row == 0 and eighths == 0:
        return ("▁" if value > 0 else "_" if value == 0 else _BELOW), role
    return EIGHTHS[min(8, max(0, eighths - row * 8))], role


def _behind(
    chart: Columns, plan: _Plan, row: int, column: Column, cell: int, marks: list[_Level]
) -> Span:
    """The target as dashes, the marks as dots, each at its own height in the cell."""
    target = known(column.target)
    at, rest = (-1, 0.0) if target is None else _place(target, chart.top, plan.height)
    dashed = _dashed(cell, plan.pitch)
    if at == row and dashed:
        return _DASHES[_third(rest)], "accent"
    if marks and (dashed or at == row):
        return _DOTS[_third(marks[0][1])], "quiet"
    return " ", "plain"


def _third(height: float) -> int:
    """The nearest of low, middle and high in a cell, for a height from 0 to 1."""
    return min(2, int(height * 2 + 0.5))


def _dashed(cell: int, pitch: int) -> bool:
    """Whether a dash stands here: always in the gap after a column, then every second cell."""
    return cell % 2 == 1 if pitch == 1 else (pitch - 1 - cell % pitch) % 2 == 0


def _axis(chart: Columns, plan: _Plan, width: int) -> Iterator[Line]:
    """The base line with a tick for each label, which begins (the last: ends) under its tick."""
    ticks, labels = _ticks(plan)
    base = "".join("┴" if cell in ticks else "─" for cell in range(plan.room))
    zero = f"{level(0, chart.unit):>{plan.left - 1}}"
    yield line([(f"{zero}└{base}", "quiet")], width)
    reached = [
        "✓" if (value := known(one.value)) is not None
        and (target := known(one.target)) is not None and value >= target else " "
        for one in plan.shown
    ]  # fmt: skip
    if any(sign == "✓" for sign in reached):
        signs = "".join(f"{sign:<{plan.pitch}}" for sign in reached)
        yield line([(" " * (plan.left + plan.middle) + signs.rstrip(), "good")], width)
    yield line([(" " * plan.left + labels, "quiet")], width)


def _ticks(plan: _Plan) -> tuple[set[int], str]:
    """Where ticks stand, and the labels below them: never two that touch."""
    names = [one_line(column.label) for column in plan.shown]
    last = (len(names) - 1) * plan.pitch + plan.middle
    ending = cut(names[-1], plan.room)
    start = max(0, last + 1 - cells(ending))
    ticks, said = {last}, ""
    every = max(1, math.ceil((max(map(cells, names)) + 2) / plan.pitch))
    for number in range(0, len(names) - 1, every):
        at = number * plan.pitch + plan.middle
        if at + cells(names[number]) + 2 <= start:
            said += " " * (at - cells(said)) + names[number]
            ticks.add(at)
    return ticks, said + " " * (start - cells(said)) + ending


def _legend(chart: Columns, plan: _Plan, width: int) -> list[Line]:
    parts: list[tuple[Span, ...]] = []
    targets = [known(column.target) for column in plan.shown]
    if any(target is not None for target in targets):
        parts.append((("─ ─ ", "accent"), ("target", "quiet")))
    if any(
        (value := known(one.value)) is not None and target is not None and value >= target
        for one, target in zip(plan.shown, targets, strict=True)
    ):
        parts.append((("✓ ", "good"), ("reached", "quiet")))
    if any(known(column.value) is None for column in plan.shown):
        parts.append(((f"{_MISSING} ", "quiet"), (one_line(chart.missing), "quiet")))
    if not plan.named:
        parts.extend(
            (
                ("· · ", "quiet"),
                (f"{level(mark.value, chart.unit)} ", "plain"),
                (one_line(mark.name), "quiet"),
            )
            for mark in chart.marks
            if known(mark.value) is not None
        )
    return wrapped(parts, width)
