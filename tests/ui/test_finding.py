"""The filter and the selected request, with the keys of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from pmdesk.desk import Desk
from pmdesk.requests.actions import Capture, RequestDraft
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.widgets.request_detail import RequestDetail

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


async def test_the_cursor_stands_on_the_first_that_is_found(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("left_square_bracket")
        await until(pilot, lambda: len(user.rows) == 25)
        await user.press("G", "slash", *"label")
        await user.lists(14, 3)
        await until(pilot, lambda: user.number == 14)
        await until(pilot, lambda: "2 of 25" in screen_text(user.app))
        await user.press("down", "j")
        await until(pilot, lambda: user.number == 3)
        await user.press("slash", "ctrl+u", *"#12", "enter")
        await until(pilot, lambda: user.number == 12)


@pytest.mark.parametrize("typed", ["(", '"', "NEAR(", "label AND", "*", "[/nope]", "word " * 400])
async def test_odd_input_is_only_text_and_esc_brings_all_back(
    demo: Desk, until: Until, screen_text: ScreenText, typed: str
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("slash")
        user.app.post_message(events.Paste(typed))
        await until(pilot, lambda: "Nothing in new holds" in screen_text(user.app))
        assert len([line for line in screen_text(user.app).splitlines() if "word" in line]) <= 3
        await user.press("escape")
        await user.lists(25, 24)


async def test_a_long_request_is_read_with_the_keys_of_a_list(desk: Desk, until: Until) -> None:
    body = "\n".join(f"line {number}" for number in range(200))
    desk.perform(Capture(RequestDraft("mail", "1", "Long", body)))
    async with PmdeskApp(desk).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        shown = user.inbox.query_one(RequestDetail)
        await until(pilot, lambda: shown.max_scroll_y > 100)
        height = shown.size.height
        await user.press("enter")
        await until(pilot, lambda: shown.has_focus and shown.size.height > height)
        await user.press("j", "j")
        await until(pilot, lambda: shown.scroll_y == 2)
        await user.press("G")
        await until(pilot, lambda: shown.scroll_y == shown.max_scroll_y)
        await user.press("g")
        await until(pilot, lambda: shown.scroll_y == 0)
        await user.press("escape")
        await until(pilot, lambda: shown.size.height == height)
