"""A chart on the screen: as wide as it may be, in the theme's colours, or in none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest
from rich.color import Color
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.theme import Theme

from pmdesk.charts import Chart, drawing
from pmdesk.charts.bars import Bar, Bars, Kind
from pmdesk.charts.columns import Column, Columns
from pmdesk.charts.progress import Progress
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.themes import DARK, LIGHT
from pmdesk.ui.widgets.charts import ChartView

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

BARS = Bars(
    "Hours",
    (Kind("my strategic", "strategic"), Kind("[b]my[/b] tactical", "tactical")),
    (Bar("Mon", (2.0, 6.0)), Bar("[red]Tue", (4.0, 4.0))),
)
WEEKS = Columns("Share", tuple(Column(f"W{at}", at, 20) for at in range(1, 41)))


class Showing(App[None]):
    def __init__(self, *charts: Chart) -> None:
        super().__init__()
        self._charts = charts

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for chart in self._charts:
                view = ChartView()
                view.show(chart)
                yield view

    def on_mount(self) -> None:
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def colours(self, glyph: str) -> Iterator[Color | None]:
        """The foreground of every segment that holds the glyph."""
        for strip in self.screen._compositor.render_strips():
            for line_filter in self.get_line_filters():
                strip = strip.apply_filter(line_filter, self.screen.background_colors[1])
            for segment in strip:
                if glyph in segment.text:
                    yield segment.style.color if segment.style else None


async def test_it_is_drawn_anew_for_each_width(until: Until, screen_text: ScreenText) -> None:
    app = Showing(BARS, WEEKS)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Share  40 weeks" in screen_text(app))
        assert "[red]Tue" in screen_text(app), "labels are no markup"
        assert "██ my strategic 6.0   ▓▓ [b]my[/b] tactical 10.0" in screen_text(app)
        high = app.query(ChartView).first().size.height
        for width in (24, 30, 60, 200, 1, 80):
            await pilot.resize_terminal(width, 40)
            await pilot.pause()
            for view in app.query(ChartView):
                assert view.size.height == len(view._lines(view.size.width))
            assert all(len(line) <= width for line in screen_text(app).splitlines())
        await pilot.resize_terminal(30, 40)
        await until(pilot, lambda: "latest 20 of 40 weeks" in screen_text(app))
        assert app.query(ChartView).first().size.height > high, "the legend takes more lines"


async def test_its_height_follows_the_chart_it_is_given(
    until: Until, screen_text: ScreenText
) -> None:
    app = Showing(BARS)
    async with app.run_test(size=(60, 40)) as pilot:
        view = app.query_one(ChartView)
        await until(pilot, lambda: view.size.height == 6)
        view.show(Progress("Done", 12, 20))
        await until(pilot, lambda: view.size.height == 1)
        assert "12 of 20 (60 %)" in screen_text(app)
        view.show(None)
        await until(pilot, lambda: view.size.height == 0)


async def test_its_colours_are_those_of_the_theme(until: Until) -> None:
    app = Showing(BARS)
    async with app.run_test(size=(60, 20)) as pilot:
        for theme in (DARK, LIGHT):
            app.theme = theme.name
            for glyph, name in (("█", "strategic"), ("▓", "tactical")):
                wanted = Color.parse(theme.variables[name])
                shown = partial(lambda glyph, wanted: set(app.colours(glyph)) == {wanted}, glyph)
                await until(pilot, partial(shown, wanted))


@pytest.mark.parametrize(("theme", "colours"), [(DARK, drawing.DARK), (LIGHT, drawing.LIGHT)])
def test_pictures_have_the_colours_of_the_themes(theme: Theme, colours: dict[str, str]) -> None:
    for role in ("strategic", "tactical", "overhead", "line"):
        assert colours[role] == theme.variables[role]
    named = (theme.accent, theme.success, theme.warning, theme.foreground)
    assert tuple(colours[role] for role in ("accent", "good", "warning", "plain")) == named


async def test_without_colours_glyphs_tell_the_kinds_apart(
    monkeypatch: pytest.MonkeyPatch, until: Until, screen_text: ScreenText
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Showing(BARS)
    async with app.run_test(size=(60, 20)) as pilot:
        await until(pilot, lambda: "█" in screen_text(app))
        for glyph in "█▓":
            for colour in app.colours(glyph):
                assert colour is None or len(set(colour.get_truecolor())) == 1, "a grey"
        line = screen_text(app).splitlines()[0]
        assert line.index("█") < line.index("▓")
        assert line.count("█") * 3 == pytest.approx(line.count("▓"), abs=3)


async def test_the_balance_shows_the_weeks_below_the_week(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(80, 48)) as pilot:
        await pilot.press("3")
        await until(pilot, lambda: "My strategic share by week  26 weeks" in screen_text(app))
        text = screen_text(app)
        assert "│ target 35 % of the day" in text
        for level in ("60 %", "51 %", "35 %", "27 %"):
            assert any(line.rstrip().endswith(f" {level}") for line in text.splitlines())
        assert "60 % wished by executives" in text
        await pilot.press("<", "<")
        await until(pilot, lambda: "No hours in this week." in screen_text(app))
        assert "by week" not in screen_text(app), "26 weeks without hours are no picture"
        await pilot.press("full_stop")
        await until(pilot, lambda: "13.0 of 34.0 h (38.2 %)" in screen_text(app))
        assert "No hours" not in screen_text(app)


async def test_a_balance_without_any_hours_says_what_belongs_there(
    desk: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await until(pilot, lambda: "No hours yet." in screen_text(app))
        assert "can't be added in the workspace yet" in screen_text(app)
