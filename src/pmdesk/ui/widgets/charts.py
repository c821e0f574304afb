"""A chart on the screen, drawn for whatever width it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

if TYPE_CHECKING:
    from pmdesk.charts import Chart
    from pmdesk.charts.text import Line, Role

_STYLES: dict[Role, str] = {
    "plain": "$foreground",
    "strong": "bold $foreground",
    "quiet": "$muted",
    "accent": "$accent",
    "good": "$success",
    "warning": "$warning",
    "strategic": "$strategic",
    "tactical": "$tactical",
    "overhead": "$overhead",
    "cut": "$background on $strategic",
}


class ChartView(Widget):
    """As high as its chart needs; nothing until it is given one."""

    DEFAULT_CSS = "ChartView { height: auto; width: 1fr; background: transparent; }"

    def __init__(self, *, id: str | None = None, columns_high: int | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._chart: Chart | None = None
        self._columns_high = columns_high
        self._drawn: tuple[int, list[Line]] | None = None

    @property
    def chart(self) -> Chart | None:
        return self._chart

    def show(self, chart: Chart | None) -> None:
        """Draws this chart instead; None leaves the place empty."""
        if chart != self._chart:
            self._chart = chart
            self._drawn = None
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[Line]:
        """Drawn once for a width, though Textual asks for the height and the content apart."""
        from pmdesk.charts import draw

        if self._chart is None or width < 1:
            return []
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = width, draw(self._chart, width, self._columns_high)
        return self._drawn[1]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        parts: list[tuple[str, str]] = []
        for number, spans in enumerate(self._lines(self.content_size.width)):
            if number:
                parts.append(("\n", ""))
            parts.extend((text, _STYLES[role]) for text, role in spans)
        return Content.assemble(*parts)
