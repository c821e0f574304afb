"""What the tests of the screen share: a desk with the demo in it, and waiting for a condition."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when textual is imported

from textual.app import App
from textual.pilot import Pilot

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp

from .clipboard import FakeClipboard

Until = Callable[[Pilot[None], Callable[[], object]], Awaitable[None]]
ScreenText = Callable[[App[None]], str]


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The Harbourlight desk on its Friday: 25 requests, two of them new (#25 on top, #24)."""
    path = tmp_path / "harbourlight.db"
    shutil.copy(demo_file, path)
    path.chmod(0o600)
    desk = Desk.open(path, clock)
    yield desk
    desk.close()


@pytest.fixture(autouse=True)
def clipboard(monkeypatch: pytest.MonkeyPatch) -> FakeClipboard:
    """The system's clipboard of the workspace; that of the person at this machine is left alone."""
    clipboard = FakeClipboard()
    monkeypatch.setattr(PmdeskApp, "system_clipboard", clipboard)
    return clipboard


@pytest.fixture
def until() -> Until:
    """Waits until a condition holds; the test fails after ten seconds."""

    async def wait(pilot: Pilot[None], condition: Callable[[], object]) -> None:
        end = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < end, "the condition never came to hold"
            await pilot.pause()

    return wait


@pytest.fixture
def screen_text() -> ScreenText:
    """The screen as lines of text, as they go to the terminal."""

    def text(app: App[None]) -> str:
        lines = []
        for strip in app.screen._compositor.render_strips():
            for line_filter in app.get_line_filters():
                strip = strip.apply_filter(line_filter, app.screen.background_colors[1])
            lines.append(strip.text.rstrip())
        return "\n".join(lines)

    return text
