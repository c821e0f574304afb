"""The customers: their tree by market, and what the selected thing serves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.customers.queries import Branch, MarketTree, MarketTrees, market_trees
from pmdesk.customers.sight import band
from pmdesk.ui.empty_states import no_customers
from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.customer_tree import CustomerTree, Item
from pmdesk.ui.widgets.pane import Pane
from pmdesk.ui.widgets.pane_head import PaneHead
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.copying import Copyable
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Desk

_BESIDE = 100
"""Columns from which the selected thing stands beside the tree."""


class Customers(Pane):
    BINDING_GROUP_TITLE = "Customers"
    SHOWS = frozenset({"market", "account", "node", "requirement", "product"})

    class Asked(Message):
        """A dialog, a page or a change is wanted about some things; `what` is the name of the
        action (`ui.customer_changes`)."""

        def __init__(self, what: str, keys: tuple[str, ...]) -> None:
            super().__init__()
            self.what = what
            self.keys = keys

    _read: MarketTrees | None = None
    _wanted: str = ""
    _beside = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PaneHead("1", "Customers"), "customers")

    def body(self) -> Iterator[Widget]:
        yield Static(Content(""), id="customers-empty", classes="empty", markup=False)
        line = Static(Content(""), id="line", markup=False)
        yield Widget(CustomerTree(), line, id="customers-both")

    def on_mount(self) -> None:
        self.head.tell(note="by market")

    def tell(self, hierarchy: Hierarchy) -> None:
        """The whole hierarchy, read anew."""

    def on_resize(self, event: events.Resize) -> None:
        self._beside = event.size.width >= _BESIDE
        self.set_class(self._beside, "-beside")

    @property
    def tree_widget(self) -> CustomerTree:
        return self.query_one(CustomerTree)

    def take_focus(self) -> None:
        self.tree_widget.focus()

    def reload(self) -> None:
        begin(self, self._load, "customers.load")

    def go_to(self, key: str) -> None:
        """Puts the cursor on a node or requirement by its code, or on "market 3", as soon as
        it is listed."""
        self._wanted = key
        if self._read is not None:
            self._reach()

    def _reach(self) -> None:
        key, self._wanted = self._wanted, ""
        if not self.tree_widget.reveal(key):
            self.post_message(Said(f"{key} is not among what is listed here.", warning=True))

    async def _load(self) -> None:
        read = await self.ask(market_trees)
        if read != self._read:
            self.tree_widget.tell(read)
            self._read = read
            self._empty(read)
            self._selected()
        if self._wanted:
            self._reach()

    def _empty(self, read: MarketTrees) -> None:
        empty = not read.markets and not read.adrift
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#customers-empty", Static).update(Content(no_customers(self.app)))

    @property
    def has_copyables(self) -> bool:
        return self._read is not None and self.tree_widget.current_row is not None

    async def copyables(self) -> tuple[Copyable, ...]:
        from pmdesk.customers.copying import of_selected

        line = self.tree_widget.current_row
        if line is None or self._read is None:
            return ()
        return of_selected(self._read, line.item, self._above())

    def _above(self) -> list[Branch]:
        """What the selected thing hangs on, the goal first."""
        line = self.tree_widget.current_row
        above = [one.item for one in self.tree_widget.above(line)] if line else []
        return [item for item in reversed(above) if isinstance(item, Branch)]

    @on(CustomerTree.Highlighted)
    def _selected(self) -> None:
        self.refresh_bindings()
        line, selected = self.query_one("#line", Static), self.tree_widget.current_row
        width = max(12, line.content_size.width)
        words = _line(selected.item, self._above(), width) if selected else Content("")
        height = words.get_height({}, width)
        # another layout of the screen takes longer than all the rest
        moves = not self._beside and height != line.content_size.height
        line.update(Content.assemble(words), layout=moves)


def _line(item: Item, path: list[Branch], width: int) -> Content:
    """The selected thing, and by band what it hangs on, from the goal down."""
    if isinstance(item, MarketTree):
        return Content.styled(item.name, "bold $foreground")
    if not isinstance(item, Branch):
        return Content("What hangs under no goal: gaps, not errors.")
    detail = " · ".join(filter(None, (item.kind, item.detail, _status(item))))
    parts: list[tuple[str, str]] = [
        (f"{item.code}  ", "$accent"),
        (item.statement, "bold $foreground"),
        (f"  {detail}\n", "$muted"),
        _sight(item),
    ]
    said = ""
    for above in path:
        if band(above.kind) != said:
            said = band(above.kind)
            parts.append((f"\n{said}", "$muted"))
        parts.append((f"\n  {above.code:<3} ", "$accent"))
        parts.append((elide(above.statement, width - 6), "$foreground"))
    return Content.assemble(*parts)


def _status(item: Branch) -> str:
    return "" if item.status == "active" else item.status


def _sight(item: Branch) -> tuple[str, str]:
    if item.goal == item.code:
        return "▲ an active goal", "$sight"
    if item.goal:
        return f"▲ line of sight to {item.goal}", "$sight"
    return "△ no line of sight to an active goal", "$warning"
