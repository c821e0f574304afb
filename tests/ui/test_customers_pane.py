"""The customers' pane on the Harbourlight desk: views, folds, keys, filter, selection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.signal import Signal

from pmdesk.customers.actions import AddNode, Delete, NodeDraft
from pmdesk.customers.browsing.twigs import VIEWS, Twig
from pmdesk.customers.loading import whole
from pmdesk.desk import Desk
from pmdesk.ui import themes
from pmdesk.ui.messages import Said
from pmdesk.ui.panes.customers import _ASKED, Customers
from pmdesk.ui.widgets.customer_tree import CustomerTree
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.outline import Line
from pmdesk.ui.work import Faults

if TYPE_CHECKING:
    from tests.ui.conftest import ScreenText, Until

STYLES = Path(__file__).parents[2] / "styles"


class PaneApp(App[None]):
    """The pane alone, and what it asks for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            css_path=[STYLES / f"{one}.tcss" for one in ("base", "workspace", "customers", "inbox")]
        )
        self.register_theme(themes.DARK)
        self.theme = themes.DARK.name
        self.stylesheet.set_variables(self.get_css_variables())
        self.desk = desk
        self.changed: Signal[frozenset[str]] = Signal(self, "changed")
        self.faults = Faults(desk.path.parent)
        self.pane = Customers(desk)
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.said: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.own_variables(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self.pane

    @on(Customers.Asked)
    def _asked(self, event: Customers.Asked) -> None:
        self.asked.append((event.what, event.keys))

    @on(Said)
    def _said(self, event: Said) -> None:
        self.said.append(event.sentence)


class Visitor:
    """A person at the pane."""

    def __init__(self, pilot: Pilot[None], until: Until, app: PaneApp) -> None:
        self.pilot, self.app, self.pane = pilot, app, app.pane
        self._until = until

    @property
    def tree(self) -> CustomerTree:
        return self.pane.tree_widget

    @property
    def key(self) -> str:
        row = self.tree.current_row
        return row.key if row else ""

    @property
    def keys(self) -> list[str]:
        return [self.tree.line(id_).key for id_ in self.tree.ids]

    async def until(self, condition: object) -> None:
        assert callable(condition)
        await self._until(self.pilot, condition)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def at(self, key: str) -> None:
        """Goes there and is there."""
        self.pane.go_to(key)
        await self.until(lambda: self.key == key)

    async def in_view(self, view: str, *keys: str) -> None:
        await self.press(*keys)
        await self.until(lambda: self.pane._shown == (view, ""))

    def change(self, action: object) -> None:
        self.app.desk.perform(action)  # type: ignore[arg-type]
        self.app.changed.publish(frozenset({"node"}))


@asynccontextmanager
async def visiting(desk: Desk, until: Until, width: int = 80) -> AsyncIterator[Visitor]:
    app = PaneApp(desk)
    async with app.run_test(size=(width, 30)) as pilot:
        await app.pane.fill()
        await until(pilot, lambda: app.pane.counts is not None)
        app.pane.take_focus()
        app.pane.tell(desk.ask(whole))
        yield Visitor(pilot, until, app)


CODES = "G1 O1 I1 T1 N1 R1 R2 N2 R3 G2 O2 T2 N3 R4 G3 O3 I2 T3 N4 R5 R6 G4 N5 R7 R8 R9"


async def test_four_views_and_the_selection_follows(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with visiting(demo, until) as visitor:
        assert " ".join(key for key in visitor.keys if key[1:].isdecimal()) == CODES
        await visitor.until(
            lambda: "market 2  account 4  product 3  solution 2" in screen_text(visitor.app)
        )
        await visitor.at("N1")
        stops = [visitor.key]
        for view in ("account", "product", "solution", "market"):
            await visitor.in_view(view, "right_square_bracket")
            stops.append(visitor.key)
        assert stops == ["N1", "N1", "R1", "R1", "N1"]
        # whoever moves on in a view takes that along
        await visitor.in_view("solution", "left_square_bracket")
        await visitor.press("g")
        assert visitor.key == "S1"
        await visitor.in_view("market", "right_square_bracket")
        assert visitor.key == "G1"
        await visitor.at("account 3")  # where a thing of its kind stands
        assert visitor.pane.view == "account"


async def test_folds_stay_as_they_were_through_a_change_and_another_view(
    demo: Desk, until: Until
) -> None:
    async with visiting(demo, until) as visitor:
        await visitor.at("O1")
        await visitor.press("h", "k", "k")
        visitor.change(AddNode(NodeDraft("obstacle", "Nobody counts agency hours", parent=1)))
        await visitor.until(lambda: "O4" in visitor.keys)
        assert visitor.keys[visitor.keys.index("O1") + 1] == "O4"
        await visitor.in_view("account", "right_square_bracket")
        await visitor.in_view("market", "left_square_bracket")
        assert "I1" not in visitor.keys
        await visitor.at("N2")  # what is folded away is unfolded to be gone to
        assert {"I1", "N1"} < set(visitor.keys)
        visitor.change(Delete(("N2",)))
        await visitor.until(lambda: "N2" not in visitor.keys)
        assert visitor.key == "N1"


async def test_enter_opens_the_item_and_esc_comes_back(demo: Desk, until: Until) -> None:
    async with visiting(demo, until) as visitor:
        await visitor.at("N1")
        await visitor.press("enter")
        await visitor.until(lambda: visitor.pane.item.has_focus)
        await visitor.press("e")
        item = visitor.pane.item
        about = [place for place, id_ in enumerate(item.ids) if item._rows[id_].line.key == "T1"]
        item.move_to(about[0])
        await visitor.press("e", "escape", "x", "x")
        assert visitor.tree.has_focus
        assert visitor.app.asked == [("edit", ("N1",)), ("edit", ("T1",))]
        await visitor.press("M", "escape", "M", "escape")
        assert visitor.app.asked[2:] == [("move", ("N1", "R1")), ("move", ("R2",))]
        await visitor.until(lambda: visitor.app.said[-1] == "Nothing is marked or filtered here.")


async def test_a_filter_finds_in_the_view_and_esc_takes_it_away(
    demo: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with visiting(demo, until) as visitor:
        visitor.pane.start_filter("")
        await visitor.press(*"loads risk", "enter")
        await visitor.until(lambda: "N4" in visitor.keys and "N1" not in visitor.keys)
        assert "G3" in visitor.keys
        await visitor.until(lambda: visitor.tree.has_focus)
        await visitor.at("N4")
        await visitor.until(lambda: "N1" in visitor.keys and visitor.key == "N4")
        visitor.pane.start_filter("")
        await visitor.press(*"zebra", "enter")
        await visitor.until(lambda: "Nothing by market holds “zebra”." in screen_text(visitor.app))
        assert all(visitor.pane.check_action(what, ()) for what in ("add", "gaps"))
        await visitor.press("escape")
        await visitor.until(lambda: "N1" in visitor.keys)
        assert not visitor.pane.query_one(FilterLine).has_class("-open")


async def test_every_key_on_every_line_asks_or_says_why_not(demo: Desk, until: Until) -> None:
    async with visiting(demo, until) as visitor:
        kinds = set()
        for view, unread in zip(VIEWS, ("reading 1", "evidence 1", "R8", "S2"), strict=True):
            visitor.pane.show_view(VIEWS.index(view))
            await visitor.until(lambda view=view: visitor.pane._shown == (view, ""))
            await visitor.at(unread)
            for place in range(len(visitor.tree.ids)):
                visitor.tree.move_to(place)
                line = visitor.tree.current_row
                assert line
                if line.item.kind in kinds:
                    continue
                kinds.add(line.item.kind)
                for action in _ASKED:
                    why = visitor.pane.why_not(action)
                    assert (why == "") == (visitor.pane.check_action(action, ()) is True)
                    assert not why or (why[0].isupper() and why[-1] == "." and "{" not in why), why
                    if not why:
                        getattr(visitor.pane, f"action_{action}")()
        assert len(kinds) == 16
        await visitor.pilot.pause()
        asked = {what for what, _ in visitor.app.asked}
        assert asked == _ASKED
        assert ("note", ("account 1 executive",)) in visitor.app.asked
        assert ("edit", ("account 1",)) in visitor.app.asked


async def test_an_empty_desk_says_what_to_begin_with(
    desk: Desk, until: Until, screen_text: ScreenText
) -> None:
    async with visiting(desk, until) as visitor:
        await visitor.until(lambda: "a  add a first market" in screen_text(visitor.app))
        for words in ("A  type a whole branch", "i  bring in", "h opens an example"):
            assert words in screen_text(visitor.app)
        await visitor.press("a", "A", "right_square_bracket")
        assert visitor.app.asked == [("add", ()), ("outline", ())]


# Lines ----------------------------------------------------------------------------------------


def drawn(twig: Twig, width: int, gaps: int = 0, told: str = "") -> str:
    tree = CustomerTree()
    tree._gaps, tree._notes = {twig.key: gaps}, {twig.path: told}
    return "".join(text for text, _ in tree.label(Line(0, twig, "", None), width))


LONG = "Before the early shift begins, know which wards are over- and under-covered"


@pytest.mark.parametrize(
    ("twig", "width", "line"),
    [
        (Twig("N1", "N1", "need", LONG, "manager"), 34, "N1  Before the early shift… △   !2"),
        (Twig("N1", "N1", "need", LONG, "manager", "G1"), 60,
         "N1  Before the early shift begins, know whi…  manager     !2"),
        (Twig("N1", "N1", "need", "Short", "manager", "G1", "dropped"), 40,
         "N1  Short       manager · dropped     !2"),
        (Twig("R1", "R1", "requirement", LONG, "Rota · N1", "", "committed"), 40,
         "R1  Before the early…   committed △   !2"),
        (Twig("a", "account 1", "account", "Northmoor", "30 % of revenue · never heard", "", "",
              True), 36, "Northmoor         never heard     !2"),
        (Twig("G1", "G1", "goal", "Grow", "", "G1"), 24, "G1  Grow          ▲   !2"),
        (Twig("h", "", "heading", "Adrift"), 20, "Adrift              "),
    ],
)  # fmt: skip
def test_what_is_amiss_is_never_cut(twig: Twig, width: int, line: str) -> None:
    assert drawn(twig, width, 2 if twig.key else 0) == line


BANDS = "their strategy 5 · operations 5 · ours 4"
WAY = "30 % of the way · 2 products"
MEASURE = Twig("m", "measure 1", "measure", "agency % of payroll", f"30 % of the way · {5 * '.'}")


@pytest.mark.parametrize(
    ("twig", "width", "told", "line"),
    [
        (Twig("m", "market 1", "market", "Ports"), 60, BANDS, f"Ports{BANDS:>48}       "),
        (Twig("m", "market 1", "market", "Ports"), 30, BANDS, "Ports         5 · 5 · 4       "),
        (Twig("m", "market 1", "market", "Ports", "2 accounts"), 30, BANDS,
         "Ports        2 accounts       "),
        (Twig("G1", "G1", "goal", LONG, "weight 3", "G1"), 36, WAY,
         "G1  Before the early s…  30 % ▲     "),
        (Twig("G1", "G1", "goal", "Grow", "weight 3", "G1"), 60, WAY,
         f"G1  Grow      {WAY} · weight 3 ▲     "),
        (Twig("G1", "G1", "goal", LONG, "weight 3", "G1"), 55, WAY,
         "G1  Before the early shift beg…  30 % of the way ▲     "),
        (Twig("G1", "G1", "goal", LONG, "weight 3", "G1"), 36, "no requirement",
         "G1  Before the early shift b… ▲     "),
        (MEASURE, 40, "", "agency % of pay…  30 % of the way       "),
        (Twig("O1", "O1", "obstacle", LONG, "", "G1"), 30, "", "O1  Before the early shift b… "),
    ],
)  # fmt: skip
def test_what_the_rules_tell_is_told_however_narrow(
    twig: Twig, width: int, told: str, line: str
) -> None:
    assert drawn(twig, width, told=told) == line
