"""The status line and the key bar."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from pmdesk.desk import Desk
from pmdesk.settings import Settings
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.keys import KeysDialog
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

LONG = (
    "This desk is damaged: nothing was written to it; " * 2 + "“pmdesk doctor” says what is wrong."
)


@pytest.mark.parametrize("width", [60, 80, 200])
async def test_a_sentence_is_shown_to_its_end_and_is_over_with_the_next_key(
    demo: Desk, until: Until, screen_text: ScreenText, width: int
) -> None:
    async with PmdeskApp(demo).run_test(size=(width, 24)) as pilot:
        user = await Session(pilot, until).ready()
        user.workspace.status.tell(LONG, warning=True)
        shown = partial(lambda: " ".join(screen_text(user.app).split()))
        await until(pilot, lambda: LONG in shown())
        await user.press("j")
        await until(pilot, lambda: "damaged" not in shown())
        assert user.workspace.status.size.height == 1


@pytest.mark.parametrize("width", [32, 40, 60, 80, 120])
@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_the_ways_to_help_and_out_are_always_on_the_screen(
    demo: Desk, until: Until, screen_text: ScreenText, width: int, pane: str
) -> None:
    async with PmdeskApp(demo).run_test(size=(width, 12)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press(pane)
        await until(pilot, lambda: user.workspace.row.current == int(pane))
        await until(pilot, lambda: screen_text(user.app).endswith("? Keys   q Quit"))


@pytest.mark.parametrize(("width", "cut"), [(80, True), (200, False)])
async def test_what_undo_takes_back_is_cut_rather_than_left_out(
    demo: Desk, until: Until, screen_text: ScreenText, width: int, cut: bool
) -> None:
    hint = "u takes back: Import a-list-of-july-2020.mbox: 38 requests created, 70 updated now"
    async with PmdeskApp(demo).run_test(size=(width, 24)) as pilot:
        user = await Session(pilot, until).ready()
        user.workspace.status.tell_hint(hint)
        await until(pilot, lambda: hint[:40] in screen_text(user.app))
        assert (hint in screen_text(user.app)) is not cut


async def test_marks_are_counted(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("x", "x")
        await until(pilot, lambda: user.workspace.status.sentence.startswith("2 marked: "))
        await user.press("escape")
        await until(pilot, lambda: user.workspace.status.sentence == "")


async def test_zoom_says_how_to_come_back(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("z")
        assert "z shows the others again" in user.workspace.status.sentence
        await user.press("z")
        assert user.workspace.status.sentence == ""
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: user.workspace.size.width == 80)
        await user.press("z")
        assert user.workspace.status.sentence.startswith("Room for one pane")


async def test_the_key_of_help_closes_it_too(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("question_mark")
        await user.dialog(KeysDialog)
        await user.press("question_mark")
        assert isinstance(user.app.screen, Workspace)


@pytest.mark.parametrize("key", ["1", "3", "tab", "shift+tab"])
async def test_going_to_another_pane_says_nothing(demo: Desk, until: Until, key: str) -> None:
    async with PmdeskApp(demo).run_test(size=(200, 30)) as pilot:
        user = await Session(pilot, until).ready()
        row = user.workspace.row
        said: list[str] = []
        tell = user.workspace.status.tell

        def hear(sentence: str, warning: bool = False) -> None:
            said.append(sentence)
            tell(sentence, warning)

        user.workspace.status.tell = hear  # type: ignore[method-assign]
        await user.press(key)
        await until(pilot, lambda: row.current != 2 and row.pane.has_focus_within)
        await user.press("2")
        await until(pilot, lambda: user.inbox.requests.has_focus)
        assert set(said) <= {""}
        await user.press("2")
        await until(pilot, lambda: said[-1:] == ["The keys are for the Inbox already."])


@pytest.mark.parametrize("key", ["@", "é"])
async def test_a_key_that_means_nothing_says_so(demo: Desk, until: Until, key: str) -> None:
    async with PmdeskApp(demo, Settings(keymap={"keys": "f5"})).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("x", key)
        says = f"{key} is no key here; f5 lists them."
        await until(pilot, lambda: user.workspace.status.sentence == says)
        await user.press("slash", key)  # there it is a letter
        await until(pilot, lambda: key in user.inbox.typed)
        assert user.workspace.status.sentence == ""


async def test_what_filters_and_what_is_left_is_said_where_there_is_neither(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(200, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("3")
        await until(pilot, lambda: user.workspace.row.pane.has_focus_within)
        await user.press("slash")
        says = "The inbox and the customers are what / filters: press 2, then /."
        await until(pilot, lambda: user.workspace.status.sentence == says)
        assert user.workspace.row.current == 3
        await user.press("escape")
        await until(pilot, lambda: user.workspace.status.sentence == "Nothing to leave here.")
        await user.press("2", "left_square_bracket", "slash", *"label")
        await user.lists(14, 3)


async def test_what_can_be_done_now_comes_first(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(80, 24)) as pilot:
        user = await Session(pilot, until).ready()
        await until(pilot, lambda: footer(screen_text(user.app)) == "dsr/c?q")
        await user.press("1")
        await until(pilot, lambda: footer(screen_text(user.app)) == "ane!/?q")
        await user.press("2")
        await until(pilot, lambda: footer(screen_text(user.app)) == "dsr/c?q")


def footer(text: str) -> str:
    """The keys of the last line."""
    return "".join(part.split()[0] for part in text.splitlines()[-1].split("   "))
