"""The workspace: three panes side by side, and what their messages come to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from pmdesk.ui.changes import Changes
from pmdesk.ui.customer_changes import CustomerChanges
from pmdesk.ui.finding import Command, Finding
from pmdesk.ui.hierarchy import HeldHierarchy
from pmdesk.ui.key_names import key_of
from pmdesk.ui.long_work import LongWork
from pmdesk.ui.messages import Said
from pmdesk.ui.painting import Painter
from pmdesk.ui.panes.balance import Balance
from pmdesk.ui.panes.customers import Customers
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.remembered import Remembered
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.key_bar import KeyBar
from pmdesk.ui.widgets.pane import Pane, listening
from pmdesk.ui.widgets.pane_row import PANE_KEYS, PaneRow
from pmdesk.ui.widgets.status_line import StatusLine
from pmdesk.ui.widgets.top_line import TopLine
from pmdesk.ui.work import begin, living_on

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Desk
    from pmdesk.ui.widgets.item_detail import ItemDetail


class Workspace(Screen[None]):
    BINDING_GROUP_TITLE = "Everywhere"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="filter", tooltip="Full text of this view"),
        Binding("c", "capture", "Capture", id="capture", tooltip="Write down a request"),
        Binding("y", "copy", "Copy", id="copy", show=False,
                tooltip="Copy something of what is selected"),
        Binding("u", "undo", "Undo", id="undo", tooltip="Take back the newest step"),
        Binding("ctrl+r", "redo", "Redo", id="redo", show=False, tooltip="Do it again"),
        Binding("i", "import", "Import", id="import",
                tooltip="Mail or GitHub issues from a file"),
        Binding("ctrl+x", "stop_work", "Stop", id="work.stop", show=False,
                tooltip="Stop the import that is running"),
        *PANE_KEYS,
        Binding("colon", "palette", "Palette", id="palette", show=False,
                tooltip="Finds what to do, requests, nodes, accounts"),
        Binding("ctrl+p", "palette", "Palette", id="palette.anywhere", show=False, priority=True,
                tooltip="Finds what to do, requests, nodes, accounts"),
        Binding("question_mark", "keys", "Keys", id="keys", tooltip="Every key, to be searched"),
        Binding("q", "app.quit", "Quit", id="quit", tooltip="Everything is kept"),
    ]  # fmt: skip
    AUTO_FOCUS = "RequestList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (62, "-wide")]  # noqa: RUF012 (Screen's own type)

    def __init__(self, desk: Desk, remembered: Remembered, review_day: str) -> None:
        super().__init__()
        self._compositor = Painter()
        self.desk = desk
        self.top_line = TopLine(desk, review_day)
        self.inbox = Inbox(desk)
        self.customers = Customers(desk)
        self.row = PaneRow((self.customers, self.inbox, Balance(desk)), 2, remembered)
        self.changes = Changes(self)
        self.customer_changes = CustomerChanges(self)
        self.held = HeldHierarchy(self, desk, self._hierarchy_read)
        self.work = LongWork(self)
        self.finding = Finding(self)
        self._day = desk.clock.today()

    def compose(self) -> Iterator[Widget]:
        self.row.lay_out(self.app.size.width)  # before it is mounted, which costs nothing
        yield self.top_line
        yield self.row
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        listening(self.app).changed.subscribe(self, self.hear)

    @property
    def status(self) -> StatusLine:
        return self.query_one(StatusLine)

    def wake(self) -> None:
        """After the first paint: what it did without."""
        self.inbox.complete()
        self.row.wake()
        self.held.read()
        self.top_line.read()
        self.read_hint()

    @on(Pane.ViewsAsked)
    def _views_asked(self, event: Pane.ViewsAsked) -> None:
        from pmdesk.ui.dialogs.views import ViewsDialog

        def show(place: int | None) -> None:
            if place is not None:
                event.pane.show_view(place)

        head = event.pane.head
        self.app.push_screen(ViewsDialog(head.title, head.tabs, head.chosen), show)

    async def action_pane(self, number: int) -> None:
        await self.row.choose_pane(number)

    async def action_next_pane(self, by: int) -> None:
        await self.row.to_next_pane(by)

    def action_zoom(self) -> None:
        self.row.zoom()

    def action_widen(self, by: int) -> None:
        self.row.widen(by)

    def action_usual_widths(self) -> None:
        self.row.usual_widths()

    # The lines above and below --------------------------------------------------------------

    @on(Said)
    def _said(self, event: Said) -> None:
        self.status.tell(event.sentence, event.warning)

    @on(Inbox.Counted)
    def _counted(self, event: Inbox.Counted) -> None:
        self.top_line.tell_counts(event.counts)

    def hear(self, kinds: frozenset[str]) -> None:
        """Some rows of these tables have changed."""
        self.held.hear(kinds)
        if kinds & TopLine.SHOWS:
            self.top_line.read()
        if "request" in kinds:  # another process may have made the newest step
            self.read_hint()

    def beat(self) -> None:
        """Once a second: whether it has become another day."""
        today = self.desk.clock.today()
        if today != self._day:
            self._day = today
            self.top_line.read()
            for pane in self.row.panes:
                pane.new_day()

    def read_hint(self) -> None:
        """What `u` would take back, into the status line."""

        async def read() -> None:
            words = await asyncio.wrap_future(self.desk.undoable())
            undo = key_of("undo", self.app)
            self.status.tell_hint(f"{undo} takes back: {words}" if words else "")

        begin(self, read, "hint")

    async def on_key(self, event: events.Key) -> None:
        """A key that no binding took: if it is one that can't act now or here, says why."""
        if sentence := self.finding.why_dead(event):
            event.stop()
            self.status.tell(sentence, warning=True)

    # Verdicts and other changes -----------------------------------------------------------

    @on(Inbox.VerdictAsked)
    async def _verdict_asked(self, event: Inbox.VerdictAsked) -> None:
        event.stop()
        with living_on(self):
            await self.changes.verdict(event)

    @on(Customers.Asked)
    def _customers_asked(self, event: Customers.Asked) -> None:
        event.stop()
        self.customer_changes.answer(event.what, event.keys)

    def on_item_detail_fill_asked(self, event: ItemDetail.FillAsked) -> None:
        event.stop()
        self.customer_changes.answer("fill", (event.upper, event.kind, event.lower))

    def on_item_detail_act_asked(self, event: ItemDetail.ActAsked) -> None:
        event.stop()
        self.customer_changes.answer(event.what, (event.key,))

    @on(Customers.GapsCounted)
    def _gaps_counted(self, event: Customers.GapsCounted) -> None:
        hierarchy = self.held.hierarchy
        begun = hierarchy is not None and (hierarchy.markets or hierarchy.nodes)
        self.top_line.tell_gaps(len(event.gaps) if begun else 0)

    def _hierarchy_read(self, hierarchy: Hierarchy) -> None:
        self.customers.tell(hierarchy)
        self.customer_changes.tell(hierarchy)

    def action_undo(self) -> None:
        self.changes.turn(back=True)

    def action_redo(self) -> None:
        self.changes.turn(back=False)

    async def action_copy(self) -> None:
        from pmdesk.ui.dialogs.copying import copy_of

        await copy_of(self.row.pane, self)

    def action_import(self) -> None:
        self.work.importing.ask()

    def action_stop_work(self) -> None:
        self.work.stop()

    def action_capture(self) -> None:
        self.changes.capture()

    # Keys ---------------------------------------------------------------------------------

    def action_keys(self) -> None:
        self.finding.keys()

    def action_palette(self) -> None:
        self.finding.palette()

    def commands(self) -> Iterable[Command]:
        """What the palette does beside what keys do."""
        return self.finding.commands()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter" and isinstance(self.focused, Input):
            return False  # its key is a letter like any other
        return None if self.is_mounted and self.why_not(action) else True

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, in one sentence; empty if it can."""
        if action == "copy" and not self.row.pane.has_copyables:
            return "Nothing is selected here to copy."
        if action == "stop_work":
            return self.work.why_not_stop()
        if action == "filter" and not self.row.pane.can_filter:
            there, key = (key_of(id_, self.app) for id_ in ("pane.inbox", "filter"))
            return f"The inbox and the customers are what {key} filters: press {there}, then {key}."
        return self.row.why_not(action)

    def action_filter(self) -> None:
        pane = self.row.pane
        pane.start_filter(self.changes.unfinished.last_filter(pane.id or ""))

    @on(FilterLine.Changed)
    def _filtered(self) -> None:
        for pane in self.row.panes:
            self.changes.unfinished.filtered(pane.id or "", pane.typed)
