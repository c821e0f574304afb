"""The balance, and the mouse in the panes, on the Harbourlight desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.panes.customers import Customers
from pmdesk.ui.widgets.customer_tree import CustomerTree

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


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
        await pilot.click(tree, offset=(16, 3))
        await until(pilot, lambda: tree.cursor == 3 and tree.has_focus)
        assert len(tree.ids) == lines
        await pilot.click(tree, offset=(5, 3))
        await until(pilot, lambda: len(tree.ids) < lines)
        await pilot.press("l")
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
