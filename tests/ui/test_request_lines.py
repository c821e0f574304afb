"""The inbox's list in the workspace: in little room, and where it is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.widgets import request_browser
from pmdesk.ui.widgets.request_detail import RequestDetail

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


async def test_with_few_lines_there_is_the_list_or_the_request(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 9)) as pilot:
        user = await Session(pilot, until).ready()
        detail = user.inbox.query_one(RequestDetail)
        await until(pilot, lambda: "▸" in screen_text(user.app))
        assert detail.size.height == 0
        await user.press("enter")
        await until(pilot, lambda: detail.size.height >= 5 and detail.has_focus)
        await until(pilot, lambda: "#25" in screen_text(user.app))
        await user.press("escape", "j")
        await until(pilot, lambda: user.inbox.requests.has_focus and user.number == 24)
        await until(pilot, lambda: "▸" in screen_text(user.app))
        await user.press("enter")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: user.inbox.requests.size.height > 1)
        assert detail.has_focus


@pytest.mark.parametrize("size", [(1, 1), (1, 30), (30, 1), (7, 4), (500, 200)])
async def test_it_lives_at_any_size(demo: Desk, until: Until, size: tuple[int, int]) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await pilot.resize_terminal(*size)
        await user.press("j", "enter", "G", "escape", "x", "X", "right_square_bracket")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: user.inbox.requests.ids and user.inbox.view == "waiting")
        assert user.inbox.requests.current is not None


async def test_in_a_long_list_what_is_decided_leaves_before_its_ids_are_read_again(
    demo: Desk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_browser, "_LONG", 1)
    monkeypatch.setattr(request_browser, "_QUIET", 60)
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        assert user.rows == [25, 24]
        await user.press("right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: user.inbox.view == "kept" and len(user.rows) > 2)
        kept = user.rows
        await user.press("d")
        await user.lists(*kept[1:])
        assert user.number == kept[1]
        await until(pilot, lambda: user.request(kept[0]).row.state == "done")
