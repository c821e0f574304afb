"""The workspace: three panes side by side, and what their messages come to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from pmdesk.customers.queries import desk_name
from pmdesk.dates import week_of
from pmdesk.hours.queries import week_hours
from pmdesk.requests import queries
from pmdesk.ui.messages import Said
from pmdesk.ui.panes.balance import Balance
from pmdesk.ui.panes.customers import Customers
from pmdesk.ui.panes.inbox import Inbox
from pmdesk.ui.widgets.bars import StatusLine, TopLine
from pmdesk.ui.widgets.key_bar import KeyBar
from pmdesk.ui.widgets.pane import listening
from pmdesk.ui.work import Work, begin

if TYPE_CHECKING:
    from pmdesk.desk import Action, Desk
    from pmdesk.requests.queries import RequestRow
    from pmdesk.store.writing import Done

TWO_PANES = 100
THREE_PANES = 160
_PATIENCE = 0.4
"""Seconds after which a change that is not yet on the disk says so."""


def panes_shown(width: int, current: int, beside: int, zoomed: bool) -> tuple[int, ...]:
    """Which of the panes 1 to 3 there is room for; the current one always shows."""
    if zoomed or width < TWO_PANES:
        return (current,)
    return (1, 2, 3) if width >= THREE_PANES else tuple(sorted({current, beside}))


class Workspace(Screen[None]):
    BINDING_GROUP_TITLE = "Everywhere"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="filter", tooltip="Full text of this view"),
        Binding("c", "capture", "Capture", id="capture", tooltip="Write down a request"),
        Binding("u", "undo", "Undo", id="undo", tooltip="Take back the newest step"),
        Binding("ctrl+r", "redo", "Redo", id="redo", show=False, tooltip="Do it again"),
        Binding("1", "pane(1)", "Customers", id="pane.customers", show=False),
        Binding("2", "pane(2)", "Inbox", id="pane.inbox", show=False),
        Binding("3", "pane(3)", "Balance", id="pane.balance", show=False),
        Binding("tab", "next_pane(1)", "Next pane", id="pane.next", show=False),
        Binding("shift+tab", "next_pane(-1)", "Previous pane", id="pane.previous", show=False),
        Binding("z", "zoom", "Zoom", id="zoom", show=False, tooltip="This pane alone, or all"),
        Binding("colon", "app.command_palette", "Palette", id="palette", show=False),
        Binding("question_mark", "keys", "Keys", id="keys"),
        Binding("q", "app.quit", "Quit", id="quit"),
    ]  # fmt: skip
    AUTO_FOCUS = "RequestList"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.current = 2
        self.beside = 1
        self.zoomed = False
        self.panes = (Customers(desk), Inbox(desk), Balance(desk))
        self._awake = False

    def compose(self) -> Iterator[Widget]:
        self._lay_out(self.app.size.width)  # before they are mounted, which costs nothing
        yield TopLine()
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
        self._read_top()
        self._read_hint()

    def _lay_out(self, width: int) -> None:
        shown = panes_shown(width, self.current, self.beside, self.zoomed)
        for number, pane in enumerate(self.panes, start=1):
            pane.display = number in shown
            pane.set_class(number == shown[0], "-first")
            pane.head.mark_current(number == self.current)
            if self._awake and pane.display:
                self.call_next(pane.fill)

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
        self._make_current(number)
        await self.panes[number - 1].fill()
        self.panes[number - 1].take_focus()

    async def action_next_pane(self, by: int) -> None:
        await self.action_pane((self.current - 1 + by) % 3 + 1)

    def action_zoom(self) -> None:
        self.zoomed = not self.zoomed
        self._lay_out(self.size.width)

    # The lines above and below --------------------------------------------------------------

    @on(Said)
    def _said(self, event: Said) -> None:
        self.status.tell(event.sentence, event.warning)

    @on(Inbox.Counted)
    def _counted(self, event: Inbox.Counted) -> None:
        top = self.query_one(TopLine)
        top.counts = event.counts
        top.refresh()

    def hear(self, kinds: frozenset[str]) -> None:
        """Some rows of these tables have changed."""
        if kinds & {"desk", "entry", "category", "target"}:
            self._read_top()
        if "request" in kinds:  # another process may have made the newest step
            self._read_hint()

    def _read_top(self) -> None:
        async def read() -> None:
            top = self.query_one(TopLine)
            week = week_of(self.desk.clock.today())
            top.week = await asyncio.wrap_future(self.desk.asking(week_hours, week))
            top.desk = await asyncio.wrap_future(self.desk.asking(desk_name))
            top.refresh()

        begin(self, read, "top")

    def _read_hint(self) -> None:
        async def read() -> None:
            words = await asyncio.wrap_future(self.desk.undoable())
            self.status.tell_hint(f"u takes back: {words}" if words else "")

        begin(self, read, "hint")

    async def on_key(self, event: events.Key) -> None:
        """A key that no binding took: if it is one that can't act now, says why."""
        active = self.active_bindings.get(event.key)
        if active is None or active.enabled:
            return
        why = getattr(active.node, "why_not", None)
        action = active.binding.action.partition("(")[0]
        if sentence := why(action) if why else "":
            event.stop()
            self.status.tell(sentence, warning=True)

    # Verdicts -----------------------------------------------------------------------------

    @on(Inbox.VerdictAsked)
    async def _verdict_asked(self, event: Inbox.VerdictAsked) -> None:
        event.stop()
        requests = event.requests
        # what the first paint does without is imported where it is used
        from pmdesk.requests.actions import Finish
        from pmdesk.ui.verdicts import dialog_for

        if isinstance(event, Inbox.FinishAsked):
            self.perform(Finish(requests))
            return
        dialog = dialog_for(event, await self._row(requests), self.desk.clock.today())
        self.app.push_screen(dialog, self.perform)

    async def _row(self, requests: tuple[int, ...]) -> RequestRow | None:
        """The request, if it is one."""
        if len(requests) != 1:
            return None
        rows = await asyncio.wrap_future(self.desk.asking(queries.page, requests))
        return rows[0] if rows else None

    def perform(self, action: Action | None) -> None:
        """Does what a dialog gave; None is a dialog that was left."""
        if action is not None:
            self._write(partial(self._perform, action))

    def _write(self, work: Work) -> None:
        """Never exclusive: what has been asked of the desk is waited for."""

        async def patiently() -> None:
            # the first change of a day waits for the backup of a large desk
            saving = self.set_timer(_PATIENCE, lambda: self.status.tell("Saving …"))
            try:
                await work()
            finally:
                saving.stop()

        begin(self, patiently, "writing", exclusive=False)

    async def _perform(self, action: Action) -> None:
        from pmdesk.requests.actions import Capture
        from pmdesk.ui.verdicts import named, what_was_done

        requests: tuple[int, ...] = getattr(action, "requests", ())
        row = await self._row(requests)
        done = await asyncio.wrap_future(self.desk.performing(action))
        if isinstance(action, Capture):
            self._go_to(done)
        else:
            self.inbox.advance(requests)
        self._toast(f"{what_was_done(action, named(row) if row else None)}\nu takes it back")
        self.status.tell("")
        self._read_hint()

    def action_undo(self) -> None:
        self._write(partial(self._turn, self.desk.undoing(), back=True))

    def action_redo(self) -> None:
        self._write(partial(self._turn, self.desk.redoing(), back=False))

    async def _turn(self, turning: Future[Done], back: bool) -> None:
        done = await asyncio.wrap_future(turning)
        self._go_to(done)
        said = f"Taken back: {done.words}\nctrl+r does it again"
        self._toast(said if back else f"Done again: {done.words}\nu takes it back")
        self.status.tell("")
        self._read_hint()

    def _go_to(self, done: Done) -> None:
        if done.requests:
            self.inbox.go_to(done.requests[0])

    def _toast(self, words: str) -> None:
        self.app.clear_notifications()  # one step, one toast: the newest
        self.notify(words, markup=False, timeout=4)

    # Dialogs ------------------------------------------------------------------------------

    def action_capture(self) -> None:
        from pmdesk.ui.dialogs.capture import CaptureDialog

        clock = self.desk.clock
        dialog = CaptureDialog(clock.today(), clock.now(), clock.zone.key)
        self.app.push_screen(dialog, self.perform)

    def action_keys(self) -> None:
        from pmdesk.ui.dialogs.keys import KeysDialog

        self.app.push_screen(KeysDialog(self.active_bindings))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # while a filter is typed, its key is a letter like any other
        return not (action == "filter" and isinstance(self.focused, Input))

    def action_filter(self) -> None:
        self._make_current(2)
        self.inbox.start_filter()
