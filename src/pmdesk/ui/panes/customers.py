"""The customers: their hierarchy in four views, the selected thing beside it, a key for all
that may be done with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message

from pmdesk.customers.browsing.twigs import VIEWS
from pmdesk.ui.key_names import key_of, with_keys
from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.customer_browser import CustomerBrowser
from pmdesk.ui.widgets.customer_tree import CustomerTree
from pmdesk.ui.widgets.filter_line import FilterLine

if TYPE_CHECKING:
    from pmdesk.copying import Copyable
    from pmdesk.ui.widgets.item_detail import ItemDetail

_BESIDE = 100
"""Columns from which the selected thing stands beside the tree."""
_BELOW = 14
"""Lines from which it stands below it; with less there is the one or the other."""
_OF_A_LAYER = ("note", "interview")
"""What is about one layer of an account, not the whole of it."""


class Customers(CustomerBrowser):
    HOLDS = ("ItemDetail",)
    BINDING_GROUP_TITLE = "Customers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="customers.add",
                tooltip="Something below this: only what may stand there is offered"),
        Binding("n", "note", "Note", id="customers.note",
                tooltip="What was heard: from whom, when, about what"),
        Binding("e", "edit", "Edit", id="customers.edit", tooltip="Edit this"),
        Binding("T", "trace", "Trace", id="customers.trace",
                tooltip="All it serves and all that serves it"),
        Binding("exclamation_mark", "gaps", "Gaps", id="customers.gaps",
                tooltip="What is missing, why it matters, and what fills it"),
        Binding("A", "outline", "Add a branch", id="customers.outline", show=False,
                tooltip="A whole branch, typed as an indented outline"),
        Binding("E", "edit_in_editor", "Edit in $EDITOR", id="customers.editor", show=False,
                tooltip="The statement, in your own editor"),
        Binding("M", "move", "Move", id="customers.move", show=False,
                tooltip="Hang it elsewhere; shows what gains or loses line of sight"),
        Binding("J", "reorder_down", "Further down", id="customers.down", show=False,
                tooltip="One place down among those beside it"),
        Binding("K", "reorder_up", "Further up", id="customers.up", show=False,
                tooltip="One place up among those beside it"),
        Binding("C", "close", "Close", id="customers.close", show=False,
                tooltip="Reached, dropped, shipped, lost, or active again"),
        Binding("D", "delete", "Delete", id="customers.delete", show=False,
                tooltip="With what can't be without it; undo brings it back"),
        Binding("R", "reading", "Reading", id="customers.reading", show=False,
                tooltip="What a measure shows now"),
        Binding("p", "requirement", "Requirement", id="customers.requirement", show=False,
                tooltip="What a product must do about this need"),
        Binding("S", "solution", "Solution", id="customers.solution", show=False,
                tooltip="Requirements of several products for one goal"),
        Binding("P", "priorities", "Priorities", id="customers.priorities", show=False,
                tooltip="Requirements by the customers they reach, laid open"),
        Binding("I", "interview", "Interview guide", id="customers.interview", show=False,
                tooltip="What to ask this account next"),
        Binding("V", "value", "Value statement", id="customers.value", show=False,
                tooltip="What the customer gains by this solution, without features"),
        Binding("escape", "back", "Back", id="customers.back", show=False,
                tooltip="To the tree; clears marks, then the filter"),
    ]  # fmt: skip

    class Asked(Message):
        """A dialog, a page or a change is wanted about some things; `what` is the name of the
        action (`ui.customer_changes`)."""

        def __init__(self, what: str, keys: tuple[str, ...]) -> None:
            super().__init__()
            self.what = what
            self.keys = keys

    # Moving about ---------------------------------------------------------------------------

    @property
    def landed(self) -> asyncio.Event:
        """Set while the cursor stands where it was sent, in the view that was chosen."""
        return self._places.landed

    def take_focus(self) -> None:
        self.tree_widget.focus()

    def on_resize(self, event: events.Resize) -> None:
        beside = event.size.width >= _BESIDE
        self.set_class(beside, "-beside")
        self.set_class(event.size.height < _BELOW and not beside, "-low")

    def show_view(self, place: int) -> None:
        if self.view != VIEWS[place]:
            self.view = VIEWS[place]
            self._head()
            self._places.landed.clear()
            self._now()

    @on(CustomerTree.Opened)
    def _opened(self, event: CustomerTree.Opened) -> None:
        event.stop()
        if self.tree_widget.has_focus:
            self._selected()
            self.item.focus()

    def on_item_detail_go_to(self, event: ItemDetail.GoTo) -> None:
        event.stop()
        self.go_to(event.key)
        self.take_focus()

    def action_back(self) -> None:
        if self.item.has_focus:
            self.take_focus()
        elif self.tree_widget.marked:
            self.tree_widget.unmark()
        elif not self.typed:
            self.post_message(Said("Nothing is marked or filtered here."))
        else:
            self.query_one(FilterLine).clear()
            self._filter_left()

    # Filter ---------------------------------------------------------------------------------

    def start_filter(self, last: str) -> None:
        self.query_one(FilterLine).open(last)

    @on(FilterLine.Changed)
    def _filter_changed(self) -> None:
        if self._search is not None and self._search.running():
            self.desk.interrupt()
        self._now()

    @on(FilterLine.Left)
    def _filter_left(self) -> None:
        """The next key is meant for what it leads to."""
        if self._shown != (self.view, self.typed):
            self._places.landed.clear()
        self.take_focus()

    # What keys are about --------------------------------------------------------------------

    @property
    def _about(self) -> tuple[tuple[str, str], ...]:
        """Key and kind of the marked things, else of the one under the cursor, in the item
        beside the tree too."""
        from pmdesk.customers.item import kind_of, layer_of

        tree = self.tree_widget
        if self.item.has_focus:
            line = self.item.line
            if line is not None and line.key:
                kind = "layer" if layer_of(line.key)[1] else kind_of(line.key) or ""
                return ((line.key, kind),)
        items = [] if self.item.has_focus else [*tree.marked.values()]
        if not items and tree.current_row is not None:
            items = [tree.current_row.item]
        return tuple(dict.fromkeys((item.key, item.kind) for item in items if item.key))

    @property
    def _line(self) -> str:
        """What the line is that no key is about (`acting.why_not`)."""
        if (row := self.tree_widget.current_row) is not None:
            return row.item.kind
        return "filtered" if self.typed else ""

    @on(CustomerTree.Marked)
    def _marked(self) -> None:
        count = len(self.tree_widget.marked)
        self.head.tell_aside(f"{count:,} marked" if count else "")
        unmarks = key_of("customers.back", self.app)
        said = f"{count:,} marked: move, close, delete, note are for all; {unmarks} unmarks."
        self.post_message(Said(said if count else ""))
        self.refresh_bindings()

    def acted_on(self, keys: tuple[str, ...]) -> None:
        """A change of these is made: where they were marked they are so no longer."""
        from pmdesk.customers.item import layer_of

        marked = self.tree_widget.marked if self._filled else ()
        if marked and {layer_of(key)[0] for key in marked} == {layer_of(key)[0] for key in keys}:
            self.tree_widget.unmark()

    def why_not(self, action: str) -> str:
        if action not in _ASKED or not self._filled:
            return super().why_not(action)
        from pmdesk.customers.acting import why_not

        what = action.removesuffix("_up").removesuffix("_down")
        return with_keys(why_not(what, [kind for _, kind in self._about], self._line), self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return super().check_action(action, parameters) if self.is_mounted else True

    @property
    def has_copyables(self) -> bool:
        return self._filled and self.hierarchy is not None and bool(self._about)

    async def copyables(self) -> tuple[Copyable, ...]:
        from pmdesk.customers.copying import of_thing

        if self.hierarchy is None or not self._about:
            return ()
        # a wide goal is a long text
        return await asyncio.to_thread(of_thing, self.hierarchy, self._about[0][0])

    # What is asked for ----------------------------------------------------------------------

    def _ask(self, what: str) -> None:
        from pmdesk.customers.item import layer_of

        keys = (key if what in _OF_A_LAYER else layer_of(key)[0] for key, _ in self._about)
        self.post_message(self.Asked(what, tuple(dict.fromkeys(keys))))

    def action_add(self) -> None:
        self._ask("add")

    def action_outline(self) -> None:
        self._ask("outline")

    def action_edit(self) -> None:
        self._ask("edit")

    def action_edit_in_editor(self) -> None:
        self._ask("edit_in_editor")

    def action_move(self) -> None:
        self._ask("move")

    def action_reorder_down(self) -> None:
        self._ask("reorder_down")

    def action_reorder_up(self) -> None:
        self._ask("reorder_up")

    def action_close(self) -> None:
        self._ask("close")

    def action_delete(self) -> None:
        self._ask("delete")

    def action_note(self) -> None:
        self._ask("note")

    def action_reading(self) -> None:
        self._ask("reading")

    def action_requirement(self) -> None:
        self._ask("requirement")

    def action_solution(self) -> None:
        self._ask("solution")

    def action_priorities(self) -> None:
        self._ask("priorities")

    def action_interview(self) -> None:
        self._ask("interview")

    def action_value(self) -> None:
        self._ask("value")

    def action_gaps(self) -> None:
        self._ask("gaps")

    def action_trace(self) -> None:
        self._ask("trace")


_ASKED = frozenset({
    "add", "outline", "edit", "edit_in_editor", "move", "reorder_down", "reorder_up", "close",
    "delete", "note", "reading", "requirement", "solution", "priorities", "interview", "value",
    "gaps", "trace",
})  # fmt: skip
