"""Stacked bars: how much of each kind of work a day or a week had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.charts.drawing import Drawing
from pmdesk.charts.text import (
    Line,
    Role,
    Span,
    cells,
    figure,
    known,
    line,
    one_line,
    pad,
    wrapped,
)

GLYPHS = "█▓░▒"
_MARK = "│"
_WIDEST = 120
"""Cells: beyond it, a figure would stand too far from its label."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is stacked; its place gives it its glyph."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    parts: tuple[float | None, ...]
    """One for each kind; None where nothing is known."""
    target: float | None = None
    """Where the first kind should reach."""
    strong: bool = False
    """Today, or the week that is shown."""

    @property
    def total(self) -> float | None:
        """The sum of what is known; None where nothing is."""
        amounts = [amount for part in self.parts if (amount := known(part)) is not None]
        return known(sum(amounts)) if amounts else None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars over one scale, with a legend that adds up each kind."""

    title: str
    kinds: tuple[Kind, ...]
    bars: tuple[Bar, ...]
    unit: str = "h"
    full: float = 0.0
    """The least that a bar of full length stands for, so that little is not blown up."""
    target_name: str = ""
    """What the marks are: "target 35 % of the day"."""
    sum_name: str = "logged"
    decimals: int = 1

    @property
    def scale(self) -> float:
        """What a bar of full length stands for."""
        ends = [known(self.full) or 0.0]
        for bar in self.bars:
            ends.extend((sum(_lengths(bar, self)), known(bar.target) or 0.0))
        return max(ends) or 1.0

    def sum_of(self, kind: int) -> float | None:
        """All of one kind."""
        parts = [bar.parts[kind] for bar in self.bars if kind < len(bar.parts)]
        return Bar("", tuple(parts)).total

    @property
    def total(self) -> float | None:
        return Bar("", tuple(bar.total for bar in self.bars)).total


def _lengths(bar: Bar, chart: Bars) -> list[float]:
    """How long each part is drawn: what is unknown or below nothing has no length."""
    return [max(0.0, known(part) or 0.0) for part in bar.parts[: len(chart.kinds)]]


def draw(chart: Bars, width: int) -> list[Line]:
    """A line for each bar, a blank one, and the legend."""
    if not chart.bars:
        return [line([("nothing to show", "quiet")], width)]
    width = min(width, _WIDEST)
    labels = min(max(cells(one_line(bar.label)) for bar in chart.bars), max(4, width // 3))
    figures = max(len(figure(bar.total, chart.decimals)) for bar in chart.bars)
    room = width - labels - figures - 2
    lines = []
    for bar in chart.bars:
        said = figure(bar.total, chart.decimals)
        spans: list[Span] = [(pad(bar.label, labels) + " ", "strong" if bar.strong else "quiet")]
        spans.extend(_cells(bar, chart, max(0, room)))
        spans.append((f" {said:>{figures}}", "quiet" if bar.total is None else "plain"))
        lines.append(line(spans, width))
    return [*lines, (), *_legend(chart, width, figures)]


def _cells(bar: Bar, chart: Bars, room: int) -> Iterator[Span]:
    """The bar in exactly `room` cells, the mark in the cell in which its level lies."""
    scale = chart.scale
    signs: list[Span] = []
    reached = 0.0
    for place, length in enumerate(_lengths(bar, chart)):
        reached += length
        ends = round(reached / scale * room)  # the running sum, so that it is rounded once
        glyph = GLYPHS[place % len(GLYPHS)]
        signs.extend([(glyph, chart.kinds[place].role)] * (ends - len(signs)))
    signs.extend([(" ", "plain")] * (room - len(signs)))
    target = known(bar.target)
    if target is not None and target > 0 and room:
        signs[min(room - 1, int(target / scale * room))] = (_MARK, "accent")
    yield from signs


def _legend(chart: Bars, width: int, figures: int) -> list[Line]:
    sums = [figure(chart.sum_of(place), chart.decimals) for place in range(len(chart.kinds))]
    total = figure(chart.total, chart.decimals)
    unit = f" {chart.unit}" if chart.unit else ""
    rows: list[tuple[Span, str, str]] = [
        ((GLYPHS[place % len(GLYPHS)] * 2 + " ", kind.role), one_line(kind.name), sums[place])
        for place, kind in enumerate(chart.kinds)
    ]
    beside: list[tuple[Span, ...]] = [
        (sign, (f"{name} {said}", "plain")) for sign, name, said in rows
    ]
    beside.append(((f"{chart.sum_name} {total}{unit}", "quiet"),))
    target: list[Span] = (
        [(_MARK + " ", "accent"), (chart.target_name, "quiet")] if chart.target_name else []
    )
    if sum(cells(text) for part in beside for text, _ in part) + 3 * len(beside) - 3 <= width:
        return wrapped([*beside, *([tuple(target)] if target else [])], width)
    lines = []
    figures = max(figures, *map(len, (*sums, total)))
    for sign, name, said in rows:
        lines.append(_row(sign, name, f"{said:>{figures}}", "plain", width))
    lines.append(_row(("   ", "plain"), chart.sum_name, f"{total:>{figures}}", "quiet", width))
    return [*lines, line([(" ", "plain"), *target], width)] if target else lines


def _row(sign: Span, name: str, said: str, role: Role, width: int) -> Line:
    room = max(0, width - cells(sign[0]) - len(said) - 1)
    return line([sign, (pad(name, room) + " ", role), (said, role)], width)


def svg(chart: Bars, dark: bool = False, width: int = 640) -> str:
    """The same as a picture."""
    top, high, left, right = 44, 24, 120, 70
    lines = len(chart.kinds) + 1 + bool(chart.target_name)
    drawing = Drawing(
        width,
        top + high * (len(chart.bars) + lines) + 24,
        chart.title,
        "; ".join(_words(chart)),
        dark,
    )
    scale, room = chart.scale, width - left - right
    y = float(top)
    for bar in chart.bars:
        drawing.text(left - 10, y + 16, bar.label, "strong" if bar.strong else "quiet", "end", 14)
        x = float(left)
        for place, length in enumerate(_lengths(bar, chart)):
            long = length / scale * room
            drawing.rect(x, y + 3, long, high - 6, chart.kinds[place].role, place)
            x += long
        target = known(bar.target)
        if target is not None and target > 0:
            at = left + target / scale * room
            drawing.mark(at, y, y + high)
        drawing.text(x + 8, y + 16, figure(bar.total, chart.decimals), "plain")
        y += high
    _svg_legend(drawing, chart, left, y + 12)
    return drawing.close()


def _svg_legend(drawing: Drawing, chart: Bars, left: float, y: float) -> None:
    for place, kind in enumerate(chart.kinds):
        said = figure(chart.sum_of(place), chart.decimals, chart.unit)
        drawing.rect(left, y + 4, 28, 14, kind.role, place)
        drawing.text(left + 38, y + 16, f"{kind.name}: {said}", "plain", room=60)
        y += 24
    said = figure(chart.total, chart.decimals, chart.unit)
    drawing.text(left + 38, y + 16, f"{chart.sum_name}: {said}", "quiet", room=60)
    if chart.target_name:
        y += 24
        drawing.mark(left + 14, y + 2, y + 20)
        drawing.text(left + 38, y + 16, chart.target_name, "quiet", room=60)


def _words(chart: Bars) -> Iterator[str]:
    """Every figure in words, for who can't see the picture."""
    for bar in chart.bars:
        parts = ", ".join(
            f"{figure(part, chart.decimals, chart.unit)} {kind.name}"
            for kind, part in zip(chart.kinds, bar.parts, strict=False)
        )
        yield f"{bar.label}: {parts}"
    yield f"{chart.sum_name}: {figure(chart.total, chart.decimals, chart.unit)}"
    if chart.target_name:
        yield chart.target_name
