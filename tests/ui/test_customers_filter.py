"""Filter and marks of the customers' pane: what is found is gone on from, what is marked stays."""

from __future__ import annotations

import pytest

from pmdesk.customers.actions import Delete
from pmdesk.customers.browsing.twigs import Twig
from pmdesk.customers.loading import whole
from pmdesk.customers.things import Node
from pmdesk.desk import Desk
from pmdesk.ui.app import PmdeskApp
from pmdesk.ui.dialogs.closing import CloseDialog
from pmdesk.ui.dialogs.node import NodeForm
from pmdesk.ui.widgets.customer_tree import CustomerTree
from pmdesk.ui.widgets.found_letters import lit, sought
from pmdesk.ui.widgets.outline_lines import Line

from .conftest import ScreenText, Until
from .sitting import Session
from .test_customers_pane import Visitor, visiting


async def filtered(visitor: Visitor, words: str) -> None:
    visitor.pane.start_filter("")
    await visitor.press(*words, "enter")
    await visitor.until(lambda: visitor.pane._shown == (visitor.pane.view, words))
    await visitor.until(lambda: visitor.tree.has_focus)


async def test_what_was_found_is_gone_on_from(demo: Desk, until: Until) -> None:
    async with visiting(demo, until) as visitor:
        await visitor.at("G3")
        await visitor.press("h")  # what is found is below it
        await visitor.at("G1")
        await filtered(visitor, "N4")
        assert visitor.key == "N4"
        await visitor.press("escape")
        await visitor.until(lambda: "N1" in visitor.keys)
        assert visitor.key == "N4"
        await visitor.press("e")
        assert visitor.app.asked == [("edit", ("N4",))]
        # by clearing what was typed, and where a thing stands on several lines
        await visitor.in_view("product", "right_square_bracket", "right_square_bracket")
        await filtered(visitor, "spare drop")
        await visitor.press("G", "k")
        found = visitor.tree.current_row
        assert found
        assert found.path == "product 3/R6/N4"
        visitor.pane.start_filter("")
        await visitor.press(*["backspace"] * len("spare drop"))
        await visitor.until(lambda: visitor.pane._shown == ("product", ""))
        line = visitor.tree.current_row
        assert line
        assert line.path == found.path


async def test_nothing_found_leads_back_and_to_the_view_that_has_it(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with visiting(demo, until) as visitor:
        await visitor.at("N2")
        await filtered(visitor, "S1")
        await visitor.until(lambda: "“S1” is in the solution view" in screen_text(visitor.app))
        assert "enter and then [ shows it" in screen_text(visitor.app)
        await visitor.press("left_square_bracket")
        await visitor.until(lambda: visitor.key == "S1")
        await visitor.press("right_square_bracket", "escape")
        await visitor.until(lambda: visitor.pane._shown == ("market", ""))
        assert visitor.key == "N2"


async def test_all_that_holds_the_words_is_counted_and_lit(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with visiting(demo, until) as visitor:
        await filtered(visitor, "agency")
        await visitor.until(lambda: "3 found" in screen_text(visitor.app))
        assert visitor.key == "G1"  # not what only leads there, nor what hangs lowest
        assert "in a quote" in next(
            line for line in screen_text(visitor.app).splitlines() if "N1" in line
        )
        await visitor.press("j", "k", "k")
        assert visitor.key == "market 1"


async def test_marks_stay_through_filters_folds_and_views(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with visiting(demo, until) as visitor:
        await visitor.at("N1")
        await visitor.press("x")
        await filtered(visitor, "loads risk")
        await visitor.at("N4")  # takes the filter away
        await filtered(visitor, "N4")
        await visitor.press("x", "escape")
        assert not visitor.tree.marked  # the marks go first
        await visitor.press("x", "n")
        assert visitor.app.asked == [("note", ("N4",))]
        await visitor.until(lambda: "1 marked" in screen_text(visitor.app).splitlines()[0])
        visitor.pane.start_filter("")
        await visitor.press(*["backspace"] * 2, "enter")
        await visitor.until(lambda: visitor.pane._shown == ("market", ""))
        await visitor.at("N1")
        await visitor.press("x")
        await visitor.at("G1")
        await visitor.press("h", "n")
        assert [keys for _, keys in visitor.app.asked[1:]] == [("N4", "N1")]
        await visitor.until(lambda: "2 marked" in screen_text(visitor.app).splitlines()[0])
        await visitor.in_view("account", "right_square_bracket")
        assert visitor.tree.marked.keys() == {"N4", "N1"}
        assert {visitor.tree.line(id_).key for id_ in visitor.tree.marks} == {"N4", "N1"}
        visitor.change(Delete(("N4",)))
        visitor.pane.tell(demo.ask(whole))
        await visitor.until(lambda: "1 marked" in screen_text(visitor.app).splitlines()[0])
        await visitor.press("escape")
        await visitor.until(lambda: "marked" not in screen_text(visitor.app))


async def test_typed_ahead_and_marks_go_when_what_they_were_for_is_done(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    app = PmdeskApp(demo)
    async with app.run_test(size=(100, 30)) as pilot:
        user = await Session(pilot, until).ready()
        pane = user.workspace.customers
        await user.press("1")
        await until(pilot, lambda: pane.hierarchy and pane.counts)
        user.blurt("slash", "G", "4", "enter", "escape", "j", "k", "e")
        await user.dialog(NodeForm)
        assert "G4" in screen_text(app)
        await user.press("escape")
        for key in ("N1", "N2"):
            pane.go_to(key)
            await until(pilot, pane.landed.is_set)
            assert pane._key == key
            await user.press("x")
        await user.press("n", "escape")
        assert pane.tree_widget.marked.keys() == {"N1", "N2"}
        await user.press("C")
        await user.dialog(CloseDialog)
        await user.press("d")
        await until(pilot, lambda: not pane.tree_widget.marked and not pane.head.aside)
        statuses = [demo.ask(whole).thing(key) for key in ("N1", "N2")]
        assert [isinstance(one, Node) and one.status for one in statuses] == ["dropped", "dropped"]


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("ward mov", "Wards are moved", "[Ward]s are [mov]ed"),
        ("prive", "PRIVÉ deprived", "[PRIVÉ] deprived"),
        ("(", "a (b)", "a (b)"),
    ],
)
def test_words_that_were_found(typed: str, text: str, found: str) -> None:
    words = sought(typed)
    pieces = lit([(text, "")], words, "found") if words else [(text, "")]
    assert "".join(f"[{part}]" if look else part for part, look in pieces) == found


def test_where_the_words_are_is_told_before_the_rest() -> None:
    tree = CustomerTree()
    tree.seek("agency")
    twig = Twig("N1", "N1", "need", "Know which wards are over-covered", "manager", "G1")
    for one, look in ((twig, "list--muted"), (Twig(*_FOUND), "")):
        pieces = [*tree.label(Line(0, one, "", None), 32)]
        assert pieces[1][1] == look
    assert "in a quote" in "".join(text for text, _ in pieces)


_FOUND = ("N1", "N1", "need", "Know which wards are over-covered", "manager", "G1", "", False,
          False, None, "in a quote")  # fmt: skip
