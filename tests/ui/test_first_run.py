"""The first minutes: what an empty desk says is enough to decide on a first request."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.settings import Settings
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.capture import CaptureDialog
from pmdesk.ui.dialogs.decline import DeclineDialog

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


async def test_an_empty_desk_says_where_it_is_and_what_to_do(
    desk: Desk, until: Until, screen_text: ScreenText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(desk.path.parent))
    app = PmdeskApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Your desk is ready, and empty." in screen_text(app))
        text = screen_text(app)
        for words in ("~/desk.db", "c  write down", "i  bring in", "h  look", "?  lists all keys"):
            assert words in text
        footer = "h Example desk   / Filter   c Capture   u Undo   i Import   ? Keys   q Quit"
        await until(pilot, lambda: screen_text(app).splitlines()[-1].strip() == footer)
        user = Session(pilot, until)
        await user.press("c")
        await user.dialog(CaptureDialog)
        await user.press(*"Label", "enter")
        await user.lists(1)
        await user.press("r")
        await user.dialog(DeclineDialog)
        await user.press("c", "ctrl+s")
        await until(pilot, lambda: "Nothing new: every request has its" in screen_text(app))


async def test_an_empty_desk_never_claims_that_all_is_decided(
    desk: Desk, until: Until, screen_text: ScreenText
) -> None:
    seen: list[str] = []

    class Watched(PmdeskApp):
        def _settle(self) -> None:
            seen.append(screen_text(self))
            super()._settle()

    app = Watched(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Your desk is ready" in screen_text(app))
    assert "Nothing new" not in seen[0]


async def test_the_example_desk_is_offered_while_there_is_nothing_else(
    desk: Desk, demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "look around in Harbourlight" in screen_text(app))
        await pilot.press("h")
        await until(pilot, lambda: not app.is_running)
    assert app.wants_example, "and whoever opened the workspace opens it"

    full = PmdeskApp(demo)
    async with full.run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("h", "j")
        await until(pilot, lambda: user.number == 24)
    assert not full.wants_example


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 60)])
async def test_every_pane_of_an_empty_desk_says_what_belongs_there(
    desk: Desk, until: Until, screen_text: ScreenText, size: tuple[int, int]
) -> None:
    app = PmdeskApp(desk)
    async with app.run_test(size=size) as pilot:
        for key, words in (
            ("1", "No customers yet."),
            ("2", "ready, and empty"),
            ("3", "No hours"),
        ):
            await pilot.press(key)
            await until(pilot, partial(lambda words: words in screen_text(app), words))


async def test_the_keys_that_are_named_are_the_keys_in_effect(
    desk: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(desk, Settings(keymap={"capture": "%", "import": "f6"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "%  write down a first request" in screen_text(app))
        assert "f6  bring in mail" in screen_text(app)
