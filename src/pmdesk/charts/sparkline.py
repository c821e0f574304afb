"""A run of values in one line."""

from __future__ import annotations

from dataclasses import dataclass

from pmdesk.charts.drawing import Drawing
from pmdesk.charts.text import UNKNOWN, Line, Role, Span, cells, figure, known, line, one_line

_BLOCKS = "▁▂▃▄▅▆▇█"
_MISSING = "·"


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Values from the oldest to the newest; None where nothing is known."""

    label: str
    values: tuple[float | None, ...]
    unit: str = ""
    decimals: int = 1
    role: Role = "strategic"

    @property
    def ends(self) -> tuple[float, float]:
        """The lower and the upper end: zero is always between them."""
        values = [value for one in self.values if (value := known(one)) is not None]
        return min(0.0, *values, 0.0), max(0.0, *values, 0.0)

    @property
    def newest(self) -> float | None:
        return known(self.values[-1]) if self.values else None


def draw(chart: Sparkline, width: int) -> list[Line]:
    """One line: the label, the run, the newest value. Shows the latest that fit, after a “…”."""
    said = figure(chart.newest, chart.decimals, chart.unit)
    label = f"{one_line(chart.label)} " if chart.label else ""
    if not chart.values:
        return [line([(label, "plain"), (UNKNOWN, "quiet")], width)]
    room = width - cells(label) - cells(said) - 1
    if room < min(4, len(chart.values)):  # the figure says more than a stump of a run
        return [line([(label, "plain"), (said, "plain")], width)]
    values = chart.values
    run: list[Span] = [(label, "plain")]
    if len(values) > room:
        values = values[len(values) - room + 1 :]
        run.append(("…", "quiet"))
    run.extend(_sign(chart, value) for value in values)
    return [line([*run, (f" {said}", "plain")], width)]


def _sign(chart: Sparkline, given: float | None) -> Span:
    value = known(given)
    if value is None:
        return _MISSING, "quiet"
    low, high = chart.ends
    if value == low == 0:
        return "_", chart.role
    return _BLOCKS[min(7, int((value - low) / (high - low) * 8))], chart.role


def svg(chart: Sparkline, dark: bool = False, width: int = 240) -> str:
    """The same as a picture: a line with a gap where nothing is known, and the newest value."""
    high, room = 40.0, width - 90.0
    said = ", ".join(figure(value, chart.decimals, chart.unit) for value in chart.values)
    drawing = Drawing(width, high + 24, chart.label, said or UNKNOWN, dark, headed=False)
    drawing.text(4, 14, chart.label, "quiet", room=max(1, width // 8))
    low, top = chart.ends
    step = room / max(1, len(chart.values) - 1)
    before: tuple[float, float] | None = None
    for number, given in enumerate(chart.values):
        value = known(given)
        if value is None:
            before = None
            continue
        at = 4 + number * step, high + 18 - (value - low) / ((top - low) or 1) * (high - 4)
        if before:
            drawing.line(*before, *at, chart.role, wide=2)
        drawing.rect(at[0] - 1, at[1] - 1, 2, 2, chart.role)
        before = at
    drawing.text(room + 12, high + 14, figure(chart.newest, chart.decimals, chart.unit), "plain")
    return drawing.close()
