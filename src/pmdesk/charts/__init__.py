"""Small charts drawn from plain numbers: as lines of text with roles, and as vector pictures.

Imports the standard library only, so that the screen, the command line and reports can use it.
"""

from __future__ import annotations

from pmdesk.charts import bars, columns_svg, columns_text, progress, sparkline, square
from pmdesk.charts.bars import Bars
from pmdesk.charts.columns import Columns
from pmdesk.charts.progress import Progress
from pmdesk.charts.sparkline import Sparkline
from pmdesk.charts.square import Square
from pmdesk.charts.text import Line

Chart = Bars | Columns | Square | Sparkline | Progress


def draw(chart: Chart, width: int, height: int | None = None) -> list[Line]:
    """The chart in lines of at most `width` cells; `height` is that of the columns alone."""
    match chart:
        case Bars():
            return bars.draw(chart, width)
        case Columns():
            return columns_text.draw(chart, width, height or columns_text.HEIGHT)
        case Square():
            return square.draw(chart, width)
        case Sparkline():
            return sparkline.draw(chart, width)
        case Progress():
            return progress.draw(chart, width)


def svg(chart: Chart, dark: bool = False) -> str:
    """The chart as an SVG file: it stands alone, and can be read in black and white."""
    match chart:
        case Bars():
            return bars.svg(chart, dark)
        case Columns():
            return columns_svg.svg(chart, dark)
        case Square():
            return square.svg(chart, dark)
        case Sparkline():
            return sparkline.svg(chart, dark)
        case Progress():
            return progress.svg(chart, dark)
