"""A figure over the weeks as a vector picture."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pmdesk.charts.columns import Columns, level
from pmdesk.charts.drawing import Drawing
from pmdesk.charts.text import UNKNOWN, Role, cells, figure, known

_LEFT, _TOP, _HIGH = 56.0, 48.0, 180.0
_NAMES = 30
"""Letters of the names at the right, at most."""
_APART = 16.0
"""Between two labels at the right, so that they can be read."""


def svg(chart: Columns, dark: bool = False, width: int = 720) -> str:
    """The columns with their levels; every figure is in the description too."""
    drawing = Drawing(width, 300, chart.title, "; ".join(_words(chart)), dark)
    base = _TOP + _HIGH
    longest = max((min(_NAMES, cells(mark.name) + 5) for mark in chart.marks), default=11)
    right = width - 26 - 7.2 * max(11, longest)
    step = (right - _LEFT) / max(1, len(chart.columns))
    drawing.text(_LEFT - 8, _TOP + 5, level(chart.top, chart.unit), "quiet", "end")
    drawing.text(_LEFT - 8, base + 4, level(0, chart.unit), "quiet", "end")
    for number, column in enumerate(chart.columns):
        x, value = _LEFT + number * step, known(column.value)
        if value is None:
            drawing.text(x + step / 2, base - 5, UNKNOWN, "quiet", "middle")
        else:
            high = max(1.5, base - _level(chart, value))
            drawing.rect(x + step * 0.15, base - high, step * 0.7, high, "strategic")
    _levels(drawing, chart, right)
    _targets(drawing, chart, step)
    drawing.line(_LEFT, base, right, base, "quiet")
    _labels(drawing, chart, step, base + 18)
    if any(known(column.value) is None for column in chart.columns):
        drawing.text(_LEFT, base + 46, f"{UNKNOWN} {chart.missing}", "quiet", room=60)
    return drawing.close()


def _level(chart: Columns, value: float) -> float:
    return _TOP + _HIGH - min(max(value, 0.0), chart.top) / chart.top * _HIGH


def _levels(drawing: Drawing, chart: Columns, right: float) -> None:
    """The marks as dotted lines, and the names of them and of the target, none over another."""
    named: list[tuple[float, str, bool]] = []
    for mark in chart.marks:
        if (value := known(mark.value)) is not None:
            at = _level(chart, value)
            drawing.line(_LEFT, at, right, at, "quiet", dash="1 3")
            named.append((at, f"{level(value, chart.unit)} {mark.name}", False))
    targets = [known(column.target) for column in chart.columns]
    if targets and targets[-1] is not None:
        said = f"{level(targets[-1], chart.unit)} target"
        named.append((_level(chart, targets[-1]), said, True))
    lowest = -math.inf
    for at, said, is_target in sorted(named):
        lowest = max(at, lowest + _APART)
        role: Role = "accent" if is_target else "quiet"
        drawing.line(right, at, right + 12, lowest, role)
        drawing.text(right + 16, lowest + 4, said, role, room=_NAMES)


def _targets(drawing: Drawing, chart: Columns, step: float) -> None:
    """The target of each column, as one dashed line where neighbours have the same."""
    start = 0
    columns = chart.columns
    for number in range(1, len(columns) + 1):
        if number < len(columns) and columns[number].target == columns[start].target:
            continue
        if (target := known(columns[start].target)) is not None:
            at = _level(chart, target)
            ends = _LEFT + start * step, _LEFT + number * step
            drawing.line(ends[0], at, ends[1], at, "accent", dash="6 4", wide=2)
        start = number


def _labels(drawing: Drawing, chart: Columns, step: float, y: float) -> None:
    """As many labels below as have room, the last always."""
    columns = chart.columns
    if not columns:
        return
    longest = max(cells(column.label) for column in columns)
    every = max(1, math.ceil(min(longest, 12) * 14 / step))
    for number in reversed(range(len(columns) - 1, -1, -every)):
        middle = _LEFT + (number + 0.5) * step
        drawing.text(middle, y, columns[number].label, "quiet", "middle", room=12)


def _words(chart: Columns) -> Iterator[str]:
    for column in chart.columns:
        value = known(column.value)
        said = chart.missing if value is None else figure(value, chart.decimals, chart.unit)
        target = known(column.target)
        aim = "" if target is None else f" (target {level(target, chart.unit)})"
        yield f"{column.label}: {said}{aim}"
    for mark in chart.marks:
        yield f"mark {figure(mark.value, 1, chart.unit)}: {mark.name}"
