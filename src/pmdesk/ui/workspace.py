"""The workspace: three panes side by side, and what their messages come to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from pmdesk.ui.changes import Changes
from pmdesk.ui.finding import Command, Finding
from pmdesk.ui.long_work import LongWork
from pmdesk.ui.messages import Said
from pmdesk.ui.panes.balance import Balance
from pmdesk.ui.panes.customers import Customers
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.remembered import Remembered
from pmdesk.ui.room import TWO_PANES, USUAL, Shares, panes_shown, widened, widths
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.key_bar import KeyBar
from pmdesk.ui.widgets.pane import Pane, listening
from pmdesk.ui.widgets.status_line import StatusLine
from pmdesk.ui.widgets.top_line import TopLine
from pmdesk.ui.work import begin, living_on

if TYPE_CHECKING:
    from pmdesk.desk import Desk


class Workspace(Screen[None]):
    BINDING_GROUP_TITLE = "Everywhere"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="filter", tooltip="Full text of this view"),
        Binding("c", "capture", "Capture", id="capture", tooltip="Write down a request"),
        Binding("y", "copy", "Copy", id="copy", show=False,
                tooltip="Copy something of what is selected"),
        Binding("i", "import", "Import", id="import", show=False,
                tooltip="Mail or GitHub issues from a file"),
        Binding("ctrl+x", "stop_work", "Stop", id="work.stop", show=False,
                tooltip="Stop the import that is running"),
        Binding("u", "undo", "Undo", id="undo", tooltip="Take back the newest step"),
        Binding("ctrl+r", "redo", "Redo", id="redo", show=False, tooltip="Do it again"),
        Binding("1", "pane(1)", "Customers", id="pane.customers", show=False,
                tooltip="To the customers"),
        Binding("2", "pane(2)", "Inbox", id="pane.inbox", show=False,
                tooltip="To the inbox"),
        Binding("3", "pane(3)", "Balance", id="pane.balance", show=False,
                tooltip="To the balance"),
        Binding("tab", "next_pane(1)", "Next pane", id="pane.next", show=False),
        Binding("shift+tab", "next_pane(-1)", "Previous pane", id="pane.previous", show=False),
        Binding("z", "zoom", "Zoom", id="zoom", show=False, tooltip="This pane alone, or all"),
        Binding("plus", "widen(1)", "Wider", id="pane.wider", show=False,
                tooltip="Gives this pane more of the width"),
        Binding("minus", "widen(-1)", "Narrower", id="pane.narrower", show=False,
                tooltip="Gives the other panes more of the width"),
        Binding("equals_sign", "usual_widths", "Usual widths", id="pane.usual", show=False,
                tooltip="All panes as wide as at the beginning"),
        Binding("colon", "palette", "Palette", id="palette", show=False,
                tooltip="Finds what to do, requests, nodes, accounts"),
        Binding("ctrl+p", "palette", "Palette", id="palette.anywhere", show=False, priority=True,
                tooltip="Finds what to do, requests, nodes, accounts"),
        Binding("question_mark", "keys", "Keys", id="keys"),
        Binding("q", "app.quit", "Quit", id="quit"),
    ]  # fmt: skip
    AUTO_FOCUS = "RequestList"

    def __init__(self, desk: Desk, remembered: Remembered, review_day: str) -> None:
        super().__init__()
        self.desk = desk
        self.remembered = remembered
        self.top_line = TopLine(desk, review_day)
        self.current = 2
        self.beside = 1
        self.zoomed = False
        self.panes = (Customers(desk), Inbox(desk), Balance(desk))
        self.changes = Changes(self)
        self.work = LongWork(self)
        self.finding = Finding(self)
        self._awake = False
        self._day = desk.clock.today()

    def compose(self) -> Iterator[Widget]:
        self._lay_out(self.app.size.width)  # before they are mounted, which costs nothing
        yield self.top_line
        yield Horizontal(*self.panes, id="panes")
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        listening(self.app).changed.subscribe(self, self.hear)

    @property
    def inbox(self) -> Inbox:
        return self.panes[1]

    @property
    def status(self) -> StatusLine:
        return self.query_one(StatusLine)

    # Panes ------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size.width)

    def wake(self) -> None:
        """After the first paint: what it did without."""
        self._awake = True
        self.inbox.complete()
        self._lay_out(self.size.width)
        self.top_line.read()
        self.read_hint()

    def _lay_out(self, width: int) -> None:
        shown = self._shown(width)
        cells = dict(zip(shown, widths(width, shown, self.remembered.shares), strict=True))
        for number, pane in enumerate(self.panes, start=1):
            pane.display = number in shown
            if pane.display:
                pane.styles.width = cells[number]
            pane.set_class(number == shown[0], "-first")
            pane.head.mark_current(number == self.current)
            if self._awake and pane.display:
                self.call_next(pane.fill)

    def _shown(self, width: int) -> tuple[int, ...]:
        return panes_shown(width, self.current, self.beside, self.zoomed)

    def _make_current(self, number: int) -> None:
        if number != self.current:
            if self.current != 2 or number == 2:
                self.beside = self.current
            self.beside = 2 if number != 2 else self.beside
            self.current = number
            self._lay_out(self.size.width)
            self.status.tell("")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        for number, pane in enumerate(self.panes, start=1):
            if pane in event.widget.ancestors:
                self._make_current(number)

    async def action_pane(self, number: int) -> None:
        before = self.focused
        self._make_current(number)
        await self.panes[number - 1].fill()
        self.panes[number - 1].take_focus()
        if self.focused is before:
            self.status.tell(f"The keys are for the {self.panes[number - 1].head.title} already.")

    async def action_next_pane(self, by: int) -> None:
        await self.action_pane((self.current - 1 + by) % 3 + 1)

    def action_zoom(self) -> None:
        self.zoomed = not self.zoomed
        self._lay_out(self.size.width)
        self.status.tell("This pane alone; z shows the others again." if self.zoomed else "")

    def action_widen(self, by: int) -> None:
        width = self.size.width
        shares = widened(width, self._shown(width), self.remembered.shares, self.current, by)
        if shares is not None:
            self._share_out(shares)
        else:
            there = "no room to give it more" if by > 0 else "as narrow as can be read"
            self.status.tell(f"This pane: {there}.", warning=True)

    def action_usual_widths(self) -> None:
        self._share_out(USUAL)

    def _share_out(self, shares: Shares) -> None:
        self.remembered.keep(shares=shares)
        self._lay_out(self.size.width)

    @on(Pane.ViewsAsked)
    def _views_asked(self, event: Pane.ViewsAsked) -> None:
        from pmdesk.ui.dialogs.views import ViewsDialog

        def show(place: int | None) -> None:
            if place is not None:
                event.pane.show_view(place)

        head = event.pane.head
        self.app.push_screen(ViewsDialog(head.title, head.tabs, head.chosen), show)

    # The lines above and below --------------------------------------------------------------

    @on(Said)
    def _said(self, event: Said) -> None:
        self.status.tell(event.sentence, event.warning)

    @on(Inbox.Counted)
    def _counted(self, event: Inbox.Counted) -> None:
        self.top_line.tell_counts(event.counts)

    def hear(self, kinds: frozenset[str]) -> None:
        """Some rows of these tables have changed."""
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
            for pane in self.panes:
                pane.new_day()

    def read_hint(self) -> None:
        """What `u` would take back, into the status line."""

        async def read() -> None:
            words = await asyncio.wrap_future(self.desk.undoable())
            self.status.tell_hint(f"u takes back: {words}" if words else "")

        begin(self, read, "hint")

    async def on_key(self, event: events.Key) -> None:
        """A key that no binding took: if it is one that can't act now or here, says why."""
        if sentence := self.finding.why_dead(event.key):
            event.stop()
            self.status.tell(sentence, warning=True)

    # Verdicts and other changes -----------------------------------------------------------

    @on(Inbox.VerdictAsked)
    async def _verdict_asked(self, event: Inbox.VerdictAsked) -> None:
        event.stop()
        with living_on(self):
            await self.changes.verdict(event)

    def action_undo(self) -> None:
        self.changes.turn(back=True)

    def action_redo(self) -> None:
        self.changes.turn(back=False)

    async def action_copy(self) -> None:
        from pmdesk.ui.dialogs.copying import copy_of

        await copy_of(self.panes[self.current - 1], self)

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

    async def go_to_request(self, request: int) -> None:
        await self.finding.go_to_request(request)

    async def go_to_node(self, code: str) -> None:
        """To a node or a requirement."""
        await self.finding.go_to_customers(code)

    async def go_to_account(self, market: int) -> None:
        """To the market that the account is in."""
        await self.finding.go_to_customers(f"market {market}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter":  # while one is typed, its key is a letter like any other
            return not isinstance(self.focused, Input)
        return None if self.is_mounted and self.why_not(action) else True

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, in one sentence; empty if it can."""
        if action == "copy" and not self.panes[self.current - 1].has_copyables:
            return "Nothing is selected here to copy."
        if action == "stop_work":
            return self.work.why_not_stop()
        if action == "zoom" and self.size.width < TWO_PANES:
            return "There is room for one pane: 1, 2 and 3 choose which."
        if action in ("widen", "usual_widths") and len(self._shown(self.size.width)) < 2:
            alone = self.size.width < TWO_PANES
            return "There is one pane: " + ("1, 2 and 3 choose which." if alone else "z shows all.")
        return ""

    def action_filter(self) -> None:
        self._make_current(2)
        self.inbox.start_filter(self.changes.unfinished.last_filter("inbox"))

    @on(FilterLine.Changed)
    def _filtered(self) -> None:
        self.changes.unfinished.filtered("inbox", self.inbox.typed)
