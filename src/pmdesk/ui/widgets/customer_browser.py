"""What the customers' pane reads: the lines of a view, what a filter finds, what rules say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.timer import Timer
from textual.widget import Widget

from pmdesk.customers.browsing.twigs import VIEWS, WIDE
from pmdesk.ui import empty_states
from pmdesk.ui.messages import Said
from pmdesk.ui.saying import compact
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.customer_places import Places
from pmdesk.ui.widgets.customer_tree import CustomerTree, found_in
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.judged_pane import JudgedPane
from pmdesk.ui.widgets.pane_head import HeadTab, PaneHead
from pmdesk.ui.widgets.virtual_list import VirtualList
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.customers.browsing.twigs import Browsed, View
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Desk
    from pmdesk.ui.widgets.customer_places import Place
    from pmdesk.ui.widgets.item_detail import ItemDetail

_SETTLED = 0.06
"""Seconds the cursor rests before the item under it is told."""
_HOMES: dict[str, View] = {"account": "account", "evidence": "account", "product": "product"}
"""The view of a kind of thing, where it is not that by market."""


class CustomerBrowser(JudgedPane):
    """The reading half of the customers' pane."""

    SHOWS = frozenset({
        "desk", "market", "account", "node", "requirement", "product", "solution", "metric",
        "reading", "evidence", "gap_snooze",
    })  # fmt: skip
    can_filter = True

    view: View = "market"
    counts: Mapping[View, int] | None = None
    _wanted: str = ""
    _settle: Timer | None = None
    _search: Future[Browsed] | None = None
    _elsewhere: tuple[View, ...] = ()
    """Other views that hold what is in none of the lines here."""
    _shown: tuple[View, str] | None = None
    """The view and the filter whose lines show."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PaneHead("1", "Customers"), "customers")
        self._places = Places()

    def body(self) -> Iterator[Widget]:
        from pmdesk.ui.widgets.item_detail import ItemDetail

        filters = FilterLine("words of a statement, a name, a quote, or a code")
        left = Widget(filters, CustomerTree("customer-tree"), id="customers-left")
        yield Widget(left, ItemDetail("item"), id="customers-both")

    def on_mount(self) -> None:
        self._head()

    @property
    def tree_widget(self) -> CustomerTree:
        return self.query_one(CustomerTree)

    @property
    def _key(self) -> str:
        """Of the thing under the cursor."""
        row = self.tree_widget.current_row
        return row.key if row else ""

    @property
    def item(self) -> ItemDetail:
        return cast("ItemDetail", self.query_one("#item"))

    @property
    def typed(self) -> str:
        return self.query_one(FilterLine).typed.strip() if self._filled else ""

    @property
    def blank(self) -> bool:
        """Whether the desk is known to hold no hierarchy at all."""
        return self.counts is not None and not any(self.counts.values())

    # Reading --------------------------------------------------------------------------------

    def reload(self) -> None:
        begin(self, self._load, "customers.load")

    async def _load(self) -> None:
        tree = self.tree_widget
        tree.keep_folds()
        target = self._wanted
        if target and (there := await self._view_with(target)):
            self.view = there
        view, typed = self.view, self.typed
        place = self._places.of(view, typed)
        fresh = (view, typed) != self._shown
        stays = ""
        if fresh and not target and not typed:
            stays = await self._line_found(view)
            target = "" if stays else await self._followed(view) or place.key
        browsed = await self._read(view, typed, place)
        if fresh:
            if self._shown is not None:
                self._places.leave(*self._shown, self._key)
            tree.opened, tree.closed = place.opened, place.closed
        self._shown = (view, typed)
        tree.seek(typed)
        tree.grow(browsed.roots, anew=fresh)
        if stays:
            tree.reveal(stays)
        elif target and (line := tree.with_key(target)) is not None:
            tree.reveal(line.path)
        elif typed and fresh and (found := next(found_in(browsed.roots), None)):
            tree.reveal(found.path)
        if target == self._wanted:
            self._wanted = ""
        self._places.land(self._key)
        self.counts = dict(browsed.counts)
        self._head()
        self.tell_rules()
        self._say_empty(not browsed.roots)
        self._selected()

    async def _read(self, view: View, typed: str, place: Place) -> Browsed:
        today = self.desk.clock.today()
        if typed:
            from pmdesk.customers.browsing.filtering import find

            self._search = self.desk.asking(find, view, typed, today)
            browsed = await asyncio.wrap_future(self._search)
            found = len({twig.key for twig in found_in(browsed.roots)})
            is_cut = browsed.roots[-1:] and browsed.roots[-1].kind == "more"
            said = f"the newest {WIDE}" if is_cut else f"{found:,} found"
            self.query_one(FilterLine).tell_found(said if found else "")
            self._elsewhere = ()
            if not browsed.roots:
                from pmdesk.customers.browsing.filtering import elsewhere

                self._elsewhere = await self.ask(elsewhere, view, typed, today)
            return browsed
        from pmdesk.customers.browsing.views import browse

        folds = frozenset(place.opened), frozenset(place.closed)
        return await self.ask(browse, view, today, *folds, dict(place.wide))

    @on(CustomerTree.BelowWanted)
    def _unfold(self, event: CustomerTree.BelowWanted) -> None:
        shown, path = self._shown, event.path
        if shown is None:
            return
        place = self._places.of(*shown)

        async def read() -> None:
            from pmdesk.customers.browsing.views import below

            most = place.wide.get(path, WIDE) + (WIDE if event.further else 0)
            twigs = await self.ask(below, self.view, self.desk.clock.today(), path, most)
            if self._shown == shown:
                place.wide[path] = most
                self.tree_widget.put_below(path, twigs)
                self._selected()

        begin(self, read, "customers.below", exclusive=False)

    # Going there ----------------------------------------------------------------------------

    def go_to(self, key: str) -> asyncio.Event:
        """Puts the cursor on a thing, in this view if it stands there; set when it does."""
        self._wanted = key
        if self._filled:
            if self.typed:
                self.query_one(FilterLine).clear()
            self._places.landed.clear()
            self._now()
        return self._places.landed

    async def _view_with(self, key: str) -> View | None:
        """The view that shows, if the thing stands there, else that of its kind; what it hangs
        on will be open."""
        home = _HOMES.get(key.split()[0], "solution" if key[:1] == "S" else "market")
        for view in dict.fromkeys((self.view, home, *VIEWS)):
            if await self._opened_to(view, (key,)):
                return view
        self.post_message(Said(f"{key} is not in the hierarchy any more.", warning=True))
        return None

    async def _opened_to(self, view: View, keys: tuple[str, ...]) -> str:
        """The first of these that stands in the view; what it hangs on will be open."""
        from pmdesk.customers.browsing.paths import path_of

        found = await self.ask(path_of, view, keys, self.desk.clock.today())
        if found is None:
            return ""
        key, (path, wide) = found
        self._places.of(view, "").open_to(path, wide)
        return key

    async def _line_found(self, view: View) -> str:
        """The path of the line that a filter, gone now, has led to; it will be there."""
        line, shown = self.tree_widget.current_row, self._shown
        if line is None or not line.key or shown is None or shown[0] != view or not shown[1]:
            return ""
        from pmdesk.customers.browsing.paths import reached

        wide = await self.ask(reached, view, line.path, self.desk.clock.today())
        if wide is None:
            return ""
        self._places.of(view, "").open_to(line.path, wide)
        return line.path

    async def _followed(self, view: View) -> str:
        """What the cursor goes to in another view: where it stood there before, if it has only
        come through since; else what stands there for the thing it was on."""
        if self._shown is None or self._shown[0] == view or not self._key:
            return ""
        if before := self._places.came_from(view):
            return before
        from pmdesk.customers.browsing.following import related

        keys = related(self.hierarchy, view, self._key) if self.hierarchy else (self._key,)
        return await self._opened_to(view, keys)

    # What the rules say ---------------------------------------------------------------------

    def tell(self, hierarchy: Hierarchy) -> None:
        super().tell(hierarchy)
        if self._filled and (marked := self.tree_widget.marked):
            from pmdesk.customers.item import is_there

            self.tree_widget.unmark_keys([key for key in marked if not is_there(hierarchy, key)])
        self._selected()

    def tell_rules(self) -> None:
        if self._judged and self._filled:
            self.tree_widget.tell(self._judged.counts, self._judged.notes)
            self.item.tell_gaps(self._judged.of)

    # The item beside the tree ---------------------------------------------------------------

    @on(VirtualList.Highlighted)
    def _highlighted(self, event: VirtualList.Highlighted) -> None:
        event.stop()
        self._places.move(self._key)
        if self._settle is not None:
            self._settle.stop()
        self._settle = self.set_timer(_SETTLED, self._selected)

    def _selected(self) -> None:
        if not self._filled:
            return
        self.refresh_bindings()
        line = self.tree_widget.current_row
        words = line.item.words if line else ""
        self.item.tell_item(self.hierarchy, self._key, self.desk.clock.today(), words)

    # The head, and what stands in place of lines --------------------------------------------

    def _head(self) -> None:
        def note(view: View) -> str:
            return compact(self.counts[view]) if self.counts else ""

        self.head.tell(tuple(HeadTab(view, note(view)) for view in VIEWS), VIEWS.index(self.view))

    def _say_empty(self, empty: bool) -> None:
        self.set_class(empty and not self.typed, "-empty")
        if not empty:
            return
        if typed := self.typed:
            words = empty_states.no_customer_found(
                self.view, elide(typed, 60), self._elsewhere, self.app
            )
        elif self.blank:
            words = empty_states.no_customers(self.app)
        else:
            words = empty_states.no_customer_in(self.view, self.app)
        self.tree_widget.say_empty(words)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.set_class(event.widget.id == "item", "-reading")
        self.refresh_bindings()
