"""Hours by whom they serve (theirs, across) and what they are (mine, down)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmdesk.charts.drawing import Drawing
from pmdesk.charts.text import Line, Role, Span, cells, figure, known, line, pad, percent

HELP = "Steer and Serve are the job. Drift needs a customer. Drain needs a home."
_THEIRS = ("▲ line of sight", "△ no line of sight")
_THEIRS_SHORT = ("▲ sight", "△ no sight")
_MINE = ("my strategic", "my tactical")
_SHADES = " ░▒▓█"
_SIDE = max(map(len, _MINE)) + 2
"""Cells for the names at the left, where there is room for them."""
_FULL = 60
"""Cells from which on names stand at the left, not above."""


@dataclass(frozen=True, slots=True)
class Square:
    """Hours of four kinds; None where nothing is known."""

    title: str
    steer: float | None
    drift: float | None
    serve: float | None
    drain: float | None
    unit: str = "h"
    decimals: int = 1

    @property
    def rows(self) -> tuple[tuple[tuple[str, float | None], ...], ...]:
        """By mine, down; in each by theirs, across."""
        return (
            (("STEER", self.steer), ("DRIFT", self.drift)),
            (("SERVE", self.serve), ("DRAIN", self.drain)),
        )

    def share(self, hours: float | None) -> float | None:
        """The share of all four; None without any hours."""
        values = [known(value) for row in self.rows for _, value in row]
        whole = sum(max(0.0, value) for value in values if value is not None)
        part = known(hours)
        return None if part is None or not whole else max(0.0, part) / whole


def draw(chart: Square, width: int) -> list[Line]:
    """The square; shading is a band in each cell, the denser the larger its share."""
    side = _SIDE if width >= _FULL else 0
    half = max(1, min(36, (width - side - 3) // 2))
    lead: Span = (" " * side, "plain")
    lines = [line([(chart.title, "strong")], width)] if chart.title else []
    lines.append(line([lead, (pad("theirs →", half * 2 + 3), "quiet")], width))
    theirs = _THEIRS if half >= max(map(len, _THEIRS)) else _THEIRS_SHORT
    heads: list[Span] = [(" " + pad(theirs[0], half), "good"), (" ", "plain")]
    lines.append(line([lead, *heads, (pad(theirs[1], half), "warning")], width))
    roles: tuple[Role, Role] = ("strategic", "tactical")
    for number, (row, role) in enumerate(zip(chart.rows, roles, strict=True)):
        above = "" if side else f" mine ↓ {_MINE[number]} "
        lines.append(_border("├┼┤" if number else "┌┬┐", half, lead, width, above))
        lines.extend(_row(chart, number, row, role, half, width))
    return [*lines, _border("└┴┘", half, lead, width)]


def _border(corners: str, half: int, lead: Span, width: int, words: str = "") -> Line:
    drawn = corners[0] + "─" * half + corners[1] + "─" * half + corners[2]
    if len(words) + 3 >= len(drawn):
        words = words.replace(" mine ↓", "")
    if words and len(words) + 3 < len(drawn):
        drawn = drawn[:2] + words + drawn[2 + len(words) :]
    return line([lead, (drawn, "quiet")], width)


def _row(
    chart: Square, number: int, row: tuple[tuple[str, float | None], ...], role: Role, half: int,
    width: int,
) -> Iterator[Line]:  # fmt: skip
    """The name, the hours, the band of both cells of a row."""
    sides = (_MINE[number], "mine ↓" if not number else "", "")
    cells_of = [list(_cell(chart, name, hours, role, half)) for name, hours in row]
    for at, side in enumerate(sides):
        spans: list[Span] = []
        if width >= _FULL:
            spans.append((pad(side, _SIDE), "quiet" if at else "plain"))
        for cell in cells_of:
            spans.extend((("│", "quiet"), cell[at]))
        yield line([*spans, ("│", "quiet")], width)


def _cell(chart: Square, name: str, hours: float | None, role: Role, half: int) -> Iterator[Span]:
    share = chart.share(hours)
    said = figure(hours, chart.decimals, chart.unit)
    part = f"  {percent(share)}" if share is not None else ""
    yield pad(f" {name}", half), "strong"
    yield pad(f" {said}{part}" if cells(said + part) < half else f" {said}", half), "plain"
    yield shade(share) * half, role


def shade(share: float | None) -> str:
    """A sign for a share: blank for nothing, full from three quarters on."""
    if not share:
        return " "
    return _SHADES[min(4, 1 + int(share * 4))]


def svg(chart: Square, dark: bool = False, width: int = 560) -> str:
    """The same as a picture."""
    left, top, high = 120.0, 84.0, 96.0
    wide = (width - left - 16) / 2
    words = "; ".join(
        f"{name.title()} ({mine}, {theirs[2:]}): {figure(hours, chart.decimals, chart.unit)}"
        for mine, row in zip(_MINE, chart.rows, strict=True)
        for theirs, (name, hours) in zip(_THEIRS, row, strict=True)
    )
    drawing = Drawing(width, top + 2 * high + 44, chart.title, f"{words}. {HELP}", dark)
    drawing.text(left, 52, "theirs →", "quiet")
    drawing.text(16, top + 22, "mine ↓", "quiet")
    roles: tuple[Role, Role] = ("strategic", "tactical")
    for down, (row, role) in enumerate(zip(chart.rows, roles, strict=True)):
        y = top + down * high
        drawing.text(16, y + 44, _MINE[down], "plain")
        for across, (name, hours) in enumerate(row):
            x = left + across * wide
            share = chart.share(hours)
            drawing.shade(x, y, wide, high, role, share or 0.0)
            drawing.text(x + 14, y + 30, name, "strong")
            drawing.text(x + 14, y + 54, figure(hours, chart.decimals, chart.unit), "plain")
            drawing.text(x + 14, y + 76, percent(share), "plain")
    drawing.text(left, 72, _THEIRS[0], "good")
    drawing.text(left + wide, 72, _THEIRS[1], "warning")
    drawing.text(16, top + 2 * high + 28, HELP, "quiet", room=80)
    return drawing.close()
