"""What is drawn for a frame, beside the whole screen drawn anew."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.widget import Widget

from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.painting import Painter, _runs, _without

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import Until

KEYS = (
    "j", "j", "k", "x", "X", "escape", "pagedown", "G", "g", "right_square_bracket",
    "left_square_bracket", "1", "h", "l", "j", "h", "G", "g", "z", "z", "3", "tab", "plus", "2",
    "slash", "l", "a", "b", "escape", "s", "escape", "colon", "escape", "u", "ctrl+r",
)  # fmt: skip


class Terminal:
    """The cells that a terminal would show after all frames."""

    def __init__(self, app: PmdeskApp) -> None:
        self.lines = self.whole(app)

    @staticmethod
    def whole(app: PmdeskApp) -> list[str]:
        return [strip.text for strip in app.workspace._compositor.render_strips()]

    def take(self, update: object) -> None:
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips):
                self.lines[y] = "".join(strip.text for strip in strips)
        if not isinstance(update, ChopsUpdate):
            return
        for y, x1, x2 in update.spans:
            for x, strip in update.chops[y].items():
                if strip is not None:
                    text = strip.text
                    assert len(text) == strip.cell_length, "no wide character is among the demo's"
                    begin, end = max(x, x1), min(x + len(text), x2)
                    if begin < end:
                        line = self.lines[y]
                        self.lines[y] = line[:begin] + text[begin - x : end - x] + line[end:]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_after_any_keys_the_terminal_shows_what_a_whole_screen_would(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    frames: list[object] = []
    draw = Painter.render_update

    def keep(painter: Painter, *args: Any, **named: Any) -> Any:
        frames.append(draw(painter, *args, **named))
        return frames[-1]

    async with PmdeskApp(demo).run_test(size=size) as pilot:
        user = await Session(pilot, until).ready()
        await pilot.pause()
        monkeypatch.setattr(Painter, "render_update", keep)
        terminal = Terminal(user.app)

        def shows_all() -> bool:
            while frames:
                terminal.take(frames.pop(0))
            return terminal.lines == Terminal.whole(user.app)

        for key in KEYS:
            over = user.app.screen is not user.workspace
            await user.press(key)
            await pilot.pause()
            if over or user.app.screen is not user.workspace:
                terminal = Terminal(user.app)  # under a dialog, whose screen draws all
                frames.clear()
                continue
            await until(pilot, shows_all)


async def test_a_step_asks_the_list_alone(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await pilot.pause()
        asked: list[tuple[Widget, int]] = []
        for widget in user.workspace._compositor.visible_widgets:
            drawn = widget.render_lines

            def ask(crop: Region, widget: Widget = widget, drawn=drawn):  # type: ignore[no-untyped-def]
                asked.append((widget, crop.height))
                return drawn(crop)

            monkeypatch.setattr(widget, "render_lines", ask)
        requests = user.inbox.requests
        requests.redraw_lines((0, 1))
        await until(pilot, lambda: asked)
        assert asked == [(requests, 2)]


regions = st.builds(
    Region, st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9)
)


def cells(region: Region) -> set[tuple[int, int]]:
    return {(x, y) for x in region.column_range for y in region.line_range}


@given(regions, regions)
def test_what_is_left_of_a_region_is_all_that_is_not_covered(one: Region, other: Region) -> None:
    left = [cells(rest) for rest in _without(one, other)]
    assert set().union(*left) == cells(one) - cells(other)
    assert sum(len(rest) for rest in left) == len(cells(one) - cells(other)), "none is twice"


@given(st.sets(st.integers(0, 30)))
def test_runs_hold_each_line_once(lines: set[int]) -> None:
    runs = [*_runs(sorted(lines))]
    assert [y for top, end in runs for y in range(top, end)] == sorted(lines)
    assert all(end < top for (_, end), (top, _) in pairwise(runs))
