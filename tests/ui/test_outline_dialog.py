"""A branch typed as an outline: what it comes to is seen while it is typed, and then added."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.ui.sitting import Session
from tests.ui.styled import Styled
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from pmdesk.customers.actions import AddNode, NodeDraft
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.loading import whole
from pmdesk.customers.outline_actions import AddBranch, NodePart
from pmdesk.customers.outlines.writing import outline
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.outline import OutlineDialog, dialog_for
from pmdesk.ui.widgets.outline_text import OutlineLines

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

TODAY = date(2025, 6, 13)


class Outlining(Styled):
    def __init__(self, hierarchy: Hierarchy, *keys: str) -> None:
        super().__init__()
        self.dialog = dialog_for(hierarchy, keys, TODAY)
        self.given: list[AddBranch | None] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.given.append)

    @property
    def lines(self) -> OutlineLines:
        return self.dialog.query_one(OutlineLines)


async def ready(pilot: Pilot[None], app: Outlining, until: Until) -> None:
    await until(pilot, lambda: app.screen is app.dialog and app.focused is app.lines)


async def test_typed_with_tabs_and_lines_that_go_on(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = Outlining(demo.ask(whole), "G4")
    async with app.run_test(size=(140, 30)) as pilot:
        await ready(pilot, app, until)
        await until(pilot, lambda: "How it is written" in screen_text(app))
        await pilot.press(*"a", "enter", "tab", *"Do", "enter")
        await until(pilot, lambda: "+ initiative Do" in screen_text(app))
        await pilot.press("tab", *"T: b", "enter", "shift+tab", *"N: c", "enter", "enter")
        assert app.lines.text == "a\n  Do\n    T: b\n  N: c\n"
        await until(pilot, lambda: "1 line to mend · Adds" in screen_text(app))
        assert "! line 4: Whose need is it?" in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "! Line 4: Whose need" in screen_text(app))
        assert app.lines.cursor_location[0] == 3
        await pilot.press("end", *" (u)", "ctrl+s")
        await until(pilot, lambda: app.given)
        (given,) = app.given
        assert given is not None
        assert given.words() == "Add 1 obstacle, 1 initiative, 1 tactic and 1 need below G4"
        assert [one.above for one in given.additions] == ["G4", "+0", "+1", "+0"]
        assert given.additions[3].part == NodePart("need", "c", "user")


async def test_a_selection_moves_as_one(demo: Desk, until: Until) -> None:
    app = Outlining(demo.ask(whole), "G4")
    async with app.run_test(size=(100, 24)) as pilot:
        await ready(pilot, app, until)
        app.post_message(events.Paste("O: a\n- I: b\n\tc"))
        await until(pilot, lambda: app.lines.text.endswith("c"))
        await pilot.press("shift+up", "shift+up", "tab")
        assert app.lines.text == "  O: a\n  - I: b\n  \tc"
        await pilot.press("shift+tab", "shift+tab")
        assert app.lines.text == "O: a\n- I: b\nc"
        await pilot.press("ctrl+z")
        assert app.lines.text == "O: a\n- I: b\n\tc"
        app.lines.move_cursor((1, 6))
        await pilot.press("enter", "x")
        assert app.lines.text == "O: a\n- I: b\n- x\n\tc"


@pytest.mark.parametrize("size", [(1, 1), (80, 24)])
async def test_any_size_and_any_text(demo: Desk, until: Until, size: tuple[int, int]) -> None:
    app = Outlining(demo.ask(whole))
    async with app.run_test(size=size) as pilot:
        await ready(pilot, app, until)
        await pilot.press("f1", "pagedown", "pageup", "f1", "ctrl+s")
        app.post_message(events.Paste("[@click=app.quit]x[/] \x1b]52;c;ZXZpbA==\x07‮gpj\n" * 60))
        app.post_message(events.Paste("G: " + "(" * 30_000))
        await until(pilot, lambda: app.dialog._plan and len(app.dialog._plan.problems) > 0)
        await pilot.press("f1", "pagedown", "ctrl+s")
        assert app.screen is app.dialog
        assert "\x1b" not in app.lines.text


async def test_what_is_there_already_adds_nothing(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    hierarchy = demo.ask(whole)
    app = Outlining(hierarchy)
    async with app.run_test(size=(160, 40)) as pilot:
        await ready(pilot, app, until)
        app.lines.put(outline(hierarchy))
        await until(pilot, lambda: "Adds nothing · 56 there already (=)" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "nothing is new" in screen_text(app))


async def test_a_branch_that_is_copied_below_another_goal_is_said_how_to_be_got_anew(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    hierarchy = demo.ask(whole)
    app = Outlining(hierarchy, "G4")
    async with app.run_test(size=(200, 40)) as pilot:
        await ready(pilot, app, until)
        text = outline(hierarchy, ["O1"])
        app.lines.put(text)
        await until(pilot, lambda: "already (=) · without their codes they" in screen_text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "in the desk already: without their codes" in screen_text(app))
        app.lines.put(re.sub(r"\*\*([OITNR])\d+\*\*", r"\1:", text))
        await until(pilot, lambda: "Adds 1 obstacle" in screen_text(app))
        assert "there already" not in screen_text(app)


@pytest.mark.parametrize(
    ("key", "below"),
    [("R1", "N1"), ("R9", ""), ("account 1", "market 1"), ("evidence 2", "N1"), ("", ""),
     ("reading 1", "measure 1"), ("product 2", "product 2"), ("portfolio", ""), ("S1", "S1")],
)  # fmt: skip
def test_below_what_a_branch_typed_on_a_thing_hangs(demo: Desk, key: str, below: str) -> None:
    assert dialog_for(demo.ask(whole), (key,), TODAY).below == below


async def test_in_the_workspace_the_whole_example_in_one_step(
    demo: Desk, desk: Desk, until: Until
) -> None:
    text = outline(demo.ask(whole))
    async with PmdeskApp(desk).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1")
        await until(pilot, lambda: user.workspace.held.hierarchy is not None)
        await user.press("A")
        await user.dialog(OutlineDialog)
        user.app.post_message(events.Paste(text))
        await user.press("ctrl+s")
        await user.says("Done: Add 2 markets, 4 accounts, 4 goals, 3 obstacles and 43 more")
        assert outline(desk.ask(whole)) == text
        await user.press("u")
        await user.says("Taken back: Add 2 markets")
        assert outline(desk.ask(whole)) == ""


async def test_what_is_added_elsewhere_meanwhile_is_not_added_twice(
    demo: Desk, until: Until
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1")
        await until(pilot, lambda: user.workspace.held.hierarchy is not None)
        await user.press("A")
        await user.dialog(OutlineDialog)
        user.app.post_message(events.Paste("Goal: Halve the waiting lists"))
        summed = user.app.screen.query_one("#outline-sum", Static)
        await until(pilot, lambda: "Adds 1 goal" in str(summed.content))
        demo.perform(AddNode(NodeDraft("goal", "Halve the waiting lists", market=1, weight=2)))
        await until(pilot, lambda: "there already" in str(summed.content))


async def test_what_was_left_is_there_again(demo: Desk, until: Until) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30), notifications=True) as pilot:
        user = await Session(pilot, until).ready()
        await until(pilot, lambda: user.workspace.held.hierarchy is not None)
        await user.press("1", "A")
        await user.dialog(OutlineDialog)
        await user.press(*"Poles", "escape", "escape")
        await until(pilot, lambda: not isinstance(user.app.screen, OutlineDialog))
        await user.press("A")
        await user.dialog(OutlineDialog)
        lines = user.app.screen.query_one(OutlineLines)
        await until(pilot, lambda: lines.text == "Poles")
