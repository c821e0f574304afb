"""What comes after something was added, in another view than it stands in, or before another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmdesk.customers.actions import AddMarket, AddNode, NodeDraft
from pmdesk.customers.loading import whole
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.gaps import GapsPage
from pmdesk.ui.dialogs.keys import KeysDialog
from pmdesk.ui.workspace import Workspace

from .sitting import Session

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until


async def test_an_account_added_in_the_tree_by_market_leaves_the_view(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        user.blurt("1", "g", "a", "a", *"Bay", "ctrl+s")
        await until(pilot, lambda: "] shows it by account" in user.toast)
        customers = user.workspace.customers
        assert (customers.view, customers._key) == ("market", "market 1")
        user.blurt("T")
        await until(pilot, lambda: "no line of sight to trace" in screen_text(pilot.app))


async def test_the_first_product_goes_on_to_the_requirement(desk: Desk, until: Until) -> None:
    desk.perform(AddMarket("Care"))
    desk.perform(AddNode(NodeDraft("goal", "Cut waiting", market=1)))
    desk.perform(AddNode(NodeDraft("need", "See who waits", parent=1, layer="user")))
    async with PmdeskApp(desk).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1")
        await until(pilot, lambda: user.workspace.customers.hierarchy)
        await user.workspace.customers.go_to("N1").wait()
        user.blurt("p", *"Rota", "ctrl+s", *"Board", "ctrl+s")
        await until(pilot, lambda: desk.ask(whole).requirements)
    (one,) = desk.ask(whole).requirements
    assert (one.statement, one.need_id, one.product_id) == ("Board", 2, 1)


async def test_a_page_tells_its_keys_and_is_left_as_it_was_come_to(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with PmdeskApp(demo).run_test(size=(120, 30)) as pilot:
        user = await Session(pilot, until).ready()
        await user.press("1", "exclamation_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, GapsPage))
        page = pilot.app.screen
        assert isinstance(page, GapsPage)
        await until(pilot, lambda: page.gap is not None)
        await user.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeysDialog))
        assert "Put off or not" in screen_text(pilot.app)
        await user.press("escape", "v")
        await until(pilot, lambda: page.away)
        await user.press("escape")
        await until(pilot, lambda: not page.away)
        await user.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, Workspace))
