"""Golden screens: the example desk as text at three sizes, to be read in a diff.

`PMDESK_SCREENS=write pytest -n0 tests/ui/test_screens.py` writes them anew; look at the diff.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from pmdesk.config import Clock
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.keys import all_keys

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText

FOLDER = Path(__file__).parents[2] / "fixtures" / "screens"
SIZES = [(80, 24), (120, 30), (200, 60)]
WRITES = os.environ.get("PMDESK_SCREENS") == "write"


class StoppedClock(Clock):
    """Friday 13 June 2025, 14:05 in London, for ever."""

    def now(self) -> datetime:
        return datetime(2025, 6, 13, 13, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Shot:
    """A screen and the keys that lead to it from the one before."""

    name: str
    keys: str
    shows: str


DEMO = (
    Shot("inbox", "", "board pack"),
    Shot("marked", "x x", "2 marked"),
    Shot("inbox-waiting", "escape ]", "follow up"),
    Shot("views", "v", "a letter"),
    Shot("inbox-all", "a g", "state"),
    Shot("request", "j j j enter", "#"),
    Shot("filter", "escape / l a b e l", "abel"),
    Shot("do", "escape [ [ [ [ [ d", "too small"),
    Shot("park", "escape s", "another date"),
    Shot("decline", "escape r", "one account"),
    Shot("capture", "escape c", "@account"),
    Shot("copy", "escape y", "number and title"),
    Shot("keys", "escape ?", "Everywhere"),
    Shot("balance", "escape 3", "38.2"),
    Shot("balance-before", "<", "17.6"),
)
CUSTOMERS = (
    Shot("customers", "1 j", "their strategy 9"),
    Shot("item", "enter", "MEASURED BY"),
    Shot("trace", "escape T", "Trace of G1"),
    Shot("gaps", "escape !", "Nobody measures it"),
    Shot("priorities", "escape P", "0.80"),
    Shot("form", "escape e", "with or without us"),
    Shot("outline", "escape A", "How it is written"),
    Shot("note", "escape n", "what they said"),
    Shot("close", "escape C", "lose their line of sight"),
    Shot("customers-account", "escape ]", "never heard"),
    Shot("customers-product", "]", "reaches no goal"),
    Shot("customers-solution", "]", "Chilled loads"),
    Shot("customers-alone", "z [ [ [", "their strategy 9"),
)
EMPTY = (
    Shot("empty-inbox", "", "ready, and empty"),
    Shot("empty-customers", "1", "No customers yet"),
    Shot("empty-balance", "3", "No hours"),
)


@pytest.fixture
def at_five_past_two(demo: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(demo, "clock", StoppedClock(ZoneInfo("Europe/London"), date(2025, 6, 13)))
    return demo


@pytest.mark.parametrize("shots", [DEMO, CUSTOMERS], ids=["inbox", "customers"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_example_desk_looks_as_it_did(
    at_five_past_two: Desk,
    screen_text: ScreenText,
    size: tuple[int, int],
    shots: tuple[Shot, ...],
) -> None:
    all_keys()  # loads every part: the help lists the keys of all that is loaded
    await walk(PmdeskApp(at_five_past_two), shots, size, screen_text)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_empty_desk_looks_as_it_did(
    desk: Desk, screen_text: ScreenText, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("HOME", str(desk.path.parent))
    await walk(PmdeskApp(desk), EMPTY, size, screen_text)


async def walk(
    app: PmdeskApp, shots: tuple[Shot, ...], size: tuple[int, int], screen_text: ScreenText
) -> None:
    """Goes from screen to screen and compares each, as far as the first that differs."""
    folder = FOLDER / f"{size[0]}x{size[1]}"
    async with app.run_test(size=size) as pilot:
        for shot in shots:
            await pilot.press(*shot.keys.split())
            golden = folder / f"{shot.name}.txt"
            if WRITES:
                text = await at_rest(pilot, lambda: screen_text(app), shot.shows)
                folder.mkdir(parents=True, exist_ok=True)
                golden.write_text(text + "\n", "utf-8")
            elif not await comes_to(
                pilot, lambda: screen_text(app), wanted := golden.read_text("utf-8"), shot.shows
            ):
                assert screen_text(app) + "\n" == wanted, f"{size} {shot.name}"


async def comes_to(pilot: Pilot[None], text: Callable[[], str], golden: str, shows: str) -> bool:
    """Whether the screen becomes the golden one; not, if it has long been another."""
    end, before, since = time.monotonic() + 8, "", time.monotonic()
    while (now := text()) + "\n" != golden:
        if now != before:
            before, since = now, time.monotonic()
        if time.monotonic() > (since + 1.5 if shows in now else end):
            return False
        await pilot.pause()
    return True


async def at_rest(pilot: Pilot[None], text: Callable[[], str], shows: str) -> str:
    """The screen once it shows the words and has not changed for a while."""
    end, before, since = time.monotonic() + 10, "", time.monotonic()
    while time.monotonic() - since < 0.7 or shows not in before:
        assert time.monotonic() < end, f"{shows} never came to stand on the screen:\n{before}"
        await pilot.pause()
        if (now := text()) != before:
            before, since = now, time.monotonic()
    return before
