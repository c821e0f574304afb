"""How much of a whole is done, with a mark for what is aimed at."""

from __future__ import annotations

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
    percent,
    wrapped,
)

_PARTS = " ▏▎▍▌▋▊▉"
_TRACK = "─"
_MARK = "│"
_FEW = 5
"""A share over fewer cases is said in figures alone (DOMAIN §5)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `whole`. `target` is a share of the whole, 0 to 1."""

    label: str
    done: float | None
    whole: float | None
    target: float | None = None
    unit: str = ""
    decimals: int = 0
    cases: bool = True
    """Whether it counts cases; hours are a census, so their share needs no five of them."""
    role: Role = "strategic"

    @property
    def share(self) -> float | None:
        """None where there is no whole."""
        done, whole = known(self.done), known(self.whole)
        return None if done is None or whole is None or whole <= 0 else done / whole

    @property
    def said(self) -> str:
        """ "12 of 20 (60 %)", "13.0 of 34.0 h (38.2 %)", "2 of 3"."""
        whole = known(self.whole)
        if known(self.done) is None or whole is None:
            return figure(None)
        words = f"{figure(self.done, self.decimals)} of {figure(whole, self.decimals, self.unit)}"
        few = self.cases and whole < _FEW
        return words if self.share is None or few else f"{words} ({percent(self.share)})"


def draw(chart: Progress, width: int) -> list[Line]:
    """One line, or two where label, bar and figures don't fit beside one another."""
    label, said = one_line(chart.label), chart.said
    beside = width - cells(label) - cells(said) - 4
    if beside >= 20:
        lead: list[Span] = [(f"{label}  ", "plain")] if label else []
        drawn = bar(chart, min(beside, 60))
        return [line([*lead, *drawn, (f"  {said}", "strong")], width)]
    parts: list[tuple[Span, ...]] = [((label, "quiet"),)] if label else []
    return [*wrapped([*parts, ((said, "strong"),)], width, "  "), line(bar(chart, width), width)]


def bar(chart: Progress, room: int) -> list[Span]:
    """The bar in exactly `room` cells, to an eighth of a cell."""
    eighths = round(min(1.0, max(0.0, chart.share or 0.0)) * room * 8)
    full, rest = divmod(eighths, 8)
    signs: list[Span] = [("█", chart.role)] * full
    if rest:
        signs.append((_PARTS[rest], chart.role))
    signs.extend([(_TRACK, "quiet")] * (room - len(signs)))
    target = known(chart.target)
    if target is not None and room:
        signs[min(room - 1, max(0, int(target * room)))] = (_MARK, "accent")
    return signs


def svg(chart: Progress, dark: bool = False, width: int = 480) -> str:
    """The same as a picture."""
    aim = "" if known(chart.target) is None else f"; target {percent(chart.target)}"
    drawing = Drawing(width, 64, chart.label, f"{chart.said}{aim}", dark, headed=False)
    room = width - 32.0
    drawing.text(16, 20, chart.label, "quiet", room=max(1, width // 16))
    drawing.text(width - 16, 20, chart.said, "strong", "end")
    drawing.shade(16, 32, room, 16, "quiet", 0.15)
    drawing.rect(16, 32, room * min(1.0, max(0.0, chart.share or 0.0)), 16, chart.role)
    target = known(chart.target)
    if target is not None:
        at = 16 + room * min(1.0, max(0.0, target))
        drawing.mark(at, 26, 54)
    return drawing.close()
