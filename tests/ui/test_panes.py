"""The customers and the balance, on the Harbourlight desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.panes.customers import Customers
from pmdesk.ui.widgets.customer_tree import CustomerTree

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


async def test_the_tree_shows_markets_down_to_requirements(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "Polar label format  △" in screen_text(app))
        lines = [line[:50].rstrip() for line in screen_text(app).splitlines()]
        assert lines[2].strip() == "▾ Regional hospitals  2 accounts"
        shown = [word for line in lines[2:31] for word in line.split() if word[0] in "GOITNR"]
        codes = [word for word in shown if word[1:].isdigit()]
        expected = "G1 O1 I1 T1 N1 R1 R2 N2 R3 G2 O2 T2 N3 R4 G3 O3 I2 T3 N4 R5 R6 G4 N5 R7 R8 R9"
        assert " ".join(codes) == expected
        assert "Adrift: under no goal" in screen_text(app)


async def test_the_selected_thing_tells_its_line_of_sight_by_band(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: "an active goal" in screen_text(app))
        await pilot.press(*["j"] * 5)
        await until(pilot, lambda: "▲ line of sight to G1" in screen_text(app))
        text = screen_text(app)
        order = [
            "R1  Coverage board", "▲ line of sight to G1", "THEIR STRATEGY", "  G1  Cut agency",
            "  O1 ", "THEIR OPERATIONS", "  T1 ", "  N1 ",
        ]  # fmt: skip
        places = [text.rindex(words) for words in order]
        assert places == sorted(places)
        await pilot.press("G")
        await until(pilot, lambda: "no line of sight to an active goal" in screen_text(app))


async def test_h_and_l_fold_and_unfold_and_a_reload_keeps_it(demo: Desk, until: Until) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: app.workspace.customers.query(CustomerTree))
        tree = app.workspace.customers.tree_widget
        await until(pilot, lambda: tree.current_row and tree.current_row.has_below)
        goal = tree.current_row
        assert goal is not None
        assert goal.open
        await pilot.press("h")
        await until(pilot, lambda: tree.current_row and not tree.current_row.open)
        folded, lines = tree.current_row, len(tree.ids)
        app.workspace.customers._read = None  # as if something had changed
        app.workspace.customers.reload()
        await until(pilot, lambda: tree.current_row is not folded and len(tree.ids) == lines)
        assert tree.current_row == folded
        await pilot.press("l")
        await until(pilot, lambda: tree.current_row and tree.current_row.open)
        await pilot.press("l", "h", "h", "h")
        await until(pilot, lambda: len(tree.ids) == lines)


async def test_the_balance_of_this_week_and_the_one_before(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3")
        await until(pilot, lambda: "13.0 of 34.0 h (38.2 %)" in screen_text(app))
        assert "W24 · 9 – 15 Jun 2025" in screen_text(app)
        assert "Target 35 %  reached, 1.1 h above" in screen_text(app)
        await pilot.press("<")
        await until(pilot, lambda: "6.0 of 34.0 h (17.6 %)" in screen_text(app))
        assert "Target 35 %  5.9 h short of it" in screen_text(app)
        await pilot.press("<")
        await until(pilot, lambda: "No hours in this week." in screen_text(app))
        await pilot.press(".")
        await until(pilot, lambda: "W24 ·" in screen_text(app))


async def test_a_click_reads_a_statement_and_the_sign_before_it_folds(
    demo: Desk, until: Until
) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.workspace.customers.query(CustomerTree))
        tree = app.workspace.customers.tree_widget
        await until(pilot, lambda: len(tree.ids) > 10)
        lines = len(tree.ids)
        await pilot.click(tree, offset=(16, 2))
        await until(pilot, lambda: tree.cursor == 2 and tree.has_focus)
        assert len(tree.ids) == lines
        await pilot.click(tree, offset=(5, 2))
        await until(pilot, lambda: len(tree.ids) < lines)
        await pilot.press("enter")
        await until(pilot, lambda: len(tree.ids) == lines)


async def test_a_click_on_a_head_gives_its_pane_the_keys(demo: Desk, until: Until) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(200, 40)) as pilot:
        await until(pilot, lambda: app.workspace.inbox.counts)
        for number in (3, 1, 2):
            pane = app.workspace.row.panes[number - 1]
            await until(pilot, partial(lambda pane: pane.query("*"), pane))
            await pilot.click(pane.head, offset=(3, 0))
            await until(pilot, partial(lambda pane: pane.has_focus_within, pane))
            assert app.workspace.row.current == number
        await pilot.click(app.workspace.inbox.head, offset=(20, 0))
        await until(pilot, lambda: app.workspace.inbox.view == "waiting")


async def test_a_pane_that_is_taken_down_is_not_filled_any_more(demo: Desk) -> None:
    await Customers(demo).fill()  # no error: the workspace was left before its turn came
