"""The first minutes: what an empty desk says is enough to decide on a first request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
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
        await until(pilot, lambda: "An empty desk, kept in ~/desk.db." in screen_text(app))
        text = screen_text(app)
        for words in ("c  writes", "pmdesk import FILE", "pmdesk demo", "?  lists all keys"):
            assert words in text
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
        await until(pilot, lambda: "An empty desk" in screen_text(app))
    assert "Nothing new" not in seen[0]
