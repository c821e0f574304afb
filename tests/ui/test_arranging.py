"""How a person arranges the workspace: widths, zoom, views, any size, another day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.requests.actions import Park
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.views import ViewsDialog
from pmdesk.ui.remembered import Remembered
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


def pane_widths(workspace: Workspace) -> list[int]:
    return [pane.outer_size.width if pane.display else 0 for pane in workspace.row.panes]


async def test_a_pane_is_made_wider_and_stays_so(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(200, 40)) as pilot:
        user = await Session(pilot, until).ready()
        before = pane_widths(user.workspace)
        assert sum(before) == 200
        await user.press("3", "+", "+")
        await until(pilot, lambda: pane_widths(user.workspace)[2] == before[2] + 8)
        after = pane_widths(user.workspace)
        assert sum(after) == 200
        await user.press("2", "-")
        await until(pilot, lambda: pane_widths(user.workspace)[1] == after[1] - 4)
        arranged = pane_widths(user.workspace)
    async with PmdeskApp(demo).run_test(size=(200, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await until(pilot, lambda: pane_widths(user.workspace) == arranged)
        await user.press("=")
        await until(pilot, lambda: pane_widths(user.workspace) == before)


async def test_where_there_is_no_room_for_it_a_key_says_so(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("+")
        assert "1, 2 and 3 choose which" in user.workspace.status.sentence
        await user.press("z")
        assert "1, 2 and 3 choose which" in user.workspace.status.sentence
        await pilot.resize_terminal(120, 24)
        await until(pilot, lambda: user.workspace.size.width == 120)
        for _ in range(12):
            await user.press("+")
        assert user.workspace.status.sentence == "The other panes are as narrow as can be read."
        await user.press("z", "+")
        assert "z shows all" in user.workspace.status.sentence


async def test_zoom_keeps_focus_and_scroll(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(110, 16)) as pilot:
        user = await Session(pilot, until).ready()
        requests = user.inbox.requests
        await user.press("[")
        await until(pilot, lambda: len(requests.ids) == 25)
        await user.press("G", "k")
        await until(pilot, lambda: requests.scroll_offset.y > 10)
        before = (requests.scroll_offset.y, requests.cursor)
        for _ in range(2):
            await user.press("z")
            await until(pilot, lambda: requests.has_focus)
            assert (requests.scroll_offset.y, requests.cursor) == before


async def test_a_view_is_chosen_by_its_letter(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("v")
        await user.dialog(ViewsDialog)
        lines = [line.split() for line in screen_text(user.app).splitlines()]
        assert ["w", "waiting", "6"] in lines, "with what it holds"
        await user.press("w")
        await until(pilot, lambda: user.inbox.view == "waiting")
        await user.press("v")
        await user.dialog(ViewsDialog)
        await user.press("escape")
        await user.press("3", "v")
        await until(pilot, lambda: "has one view" in user.workspace.status.sentence)


SIZES = [(1, 1), (40, 10), (2, 60), (160, 3), (80, 24)]
LARGEST = (500, 200)
PLACES = [
    "",
    "1",
    "3",
    "2 enter",
    "slash a",
    "z",
    "d",
    "s",
    "r",
    "c a",
    "?",
    "ctrl+p",
    "v",
    "y",
    "i",
]


@pytest.mark.parametrize("places", [PLACES[::2], PLACES[1::2]])
async def test_any_size_at_any_time(
    demo: Desk, until: Until, screen_text: ScreenText, places: list[str]
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        for place in places:
            await user.press(*place.split())
            for width, height in [*SIZES, *([LARGEST] if place == places[0] else [])]:
                await pilot.resize_terminal(width, height)
                lines = partial(lambda: screen_text(user.app).splitlines())
                await until(pilot, partial(lambda high, lines: len(lines()) <= high, height, lines))
            await user.press("escape", "escape", "escape")
            assert user.app._exception is None
            assert "fault" not in user.workspace.status.sentence


async def test_after_midnight_it_is_another_day(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    newest = demo.ask(lambda db: db.execute("SELECT max(id) FROM request").fetchone()[0])
    demo.perform(Park((newest,), date(2025, 6, 16)))
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.lists(24)
        assert "W24" in screen_text(user.app)
        assert demo.clock.fixed is not None
        demo.clock.fixed += timedelta(days=3)
        await user.lists(25, 24)
        await until(pilot, lambda: "W25 my strategic" in screen_text(user.app))
        await user.press("3")
        await until(pilot, lambda: "W25 · 16 – 22 Jun" in screen_text(user.app))


async def test_the_arrangement_is_no_part_of_the_desk(demo: Desk, until: Until) -> None:
    before = demo.dump()
    async with PmdeskApp(demo).run_test(size=(200, 40)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("+")
    assert demo.dump() == before
    assert Remembered().shares[1] > 1.7


async def test_the_last_filter_is_had_again_also_after_a_restart(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("slash", *"board pack")
        await user.lists(25)
        await user.press("escape")
        await user.lists(25, 24)
        await user.press("q")
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        unfinished = user.workspace.changes.unfinished
        await until(pilot, lambda: unfinished.last_filter("inbox"))
        await user.press("slash")
        await until(pilot, lambda: "↑ “board pack” again" in screen_text(user.app))
        await user.press("up")
        await user.lists(25)
