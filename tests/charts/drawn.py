"""Charts for the tests: given ones, and any that hypothesis can think of."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from pmdesk.charts import Chart, draw
from pmdesk.charts.bars import Bar, Bars, Kind
from pmdesk.charts.columns import Column, Columns, Mark
from pmdesk.charts.progress import Progress
from pmdesk.charts.sparkline import Sparkline
from pmdesk.charts.square import Square
from pmdesk.charts.text import plain

KINDS = (
    Kind("my strategic", "strategic"),
    Kind("my tactical", "tactical"),
    Kind("overhead", "overhead"),
)

HOSTILE = (
    "</text><script>alert(1)</script>",
    "]]><!--",
    '" onload="x',
    "&lt;&#0;",
    "[bold]$foreground[/bold]",
    "\x1b[31m\x07\x00\r\n\t",
    "\ud800\ufffe\u202e\u2028",
    "日本語 🚀 é́ ⚠️ 👩‍👩‍👧",
    "x" * 500,
    "",
)


def text(chart: Chart, width: int, height: int | None = None) -> str:
    """The chart as a terminal without colours shows it."""
    return plain(draw(chart, width, height))


labels = st.sampled_from(HOSTILE) | st.text(max_size=12)
numbers = st.one_of(
    st.none(),
    st.just(math.nan),
    st.just(math.inf),
    st.sampled_from((0.0, -0.0, -1.0, 1e300, -1e300, 5e-324, 1e15, 100.0, 50.0)),
    st.floats(0, 60),
    st.floats(),
)

bars = st.builds(
    Bars,
    title=labels,
    kinds=st.just(KINDS),
    bars=st.lists(
        st.builds(
            Bar,
            label=labels,
            parts=st.lists(numbers, max_size=4).map(tuple),
            target=numbers,
            strong=st.booleans(),
        ),
        max_size=5,
    ).map(tuple),
    full=st.floats(allow_nan=True),
    target_name=labels,
)
columns = st.builds(
    Columns,
    title=labels,
    columns=st.lists(
        st.builds(Column, label=labels, value=numbers, target=numbers), max_size=40
    ).map(tuple),
    marks=st.lists(st.builds(Mark, value=st.floats(), name=labels), max_size=4).map(tuple),
    unit=st.sampled_from(("%", "h", "")),
)
squares = st.builds(
    Square, title=labels, steer=numbers, drift=numbers, serve=numbers, drain=numbers
)
sparklines = st.builds(
    Sparkline, label=labels, values=st.lists(numbers, max_size=40).map(tuple), unit=st.just("%")
)
progresses = st.builds(
    Progress, label=labels, done=numbers, whole=numbers, target=numbers, cases=st.booleans()
)
charts: st.SearchStrategy[Chart] = st.one_of(bars, columns, squares, sparklines, progresses)
