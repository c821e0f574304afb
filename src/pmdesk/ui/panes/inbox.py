"""The inbox: the requests of a view, the selected one below or beside them, a verdict a key."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message

from pmdesk.requests.lifecycle import State, Verdict, listed_state, why_not
from pmdesk.requests.queries import VIEWS, RequestRow
from pmdesk.ui.key_names import key_of
from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.request_browser import RequestBrowser
from pmdesk.ui.widgets.request_detail import RequestDetail
from pmdesk.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from pmdesk.copying import Copyable

_BESIDE = 120
"""Columns from which the selected request stands beside the list."""
_BELOW = 10
"""Lines from which it stands below it; with less there is the one or the other."""

_VERDICTS: dict[str, tuple[Verdict, ...]] = {
    "do": ("keep", "finish"),
    "park": ("park",),
    "decline": ("decline",),
}


class Inbox(RequestBrowser):
    BINDING_GROUP_TITLE = "Inbox"
    can_filter = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "do", "Do", id="inbox.do",
                tooltip="Keep; again: answered. On a kept one: done"),
        Binding("s", "park", "Park", id="inbox.park", tooltip="Not now: back on a date"),
        Binding("r", "decline", "Decline", id="inbox.decline", tooltip="No, with a reason"),
        Binding("h", "example", "Example desk", id="inbox.example",
                tooltip="Harbourlight, to look around in"),
        Binding("escape", "back", "Back", id="inbox.back", show=False,
                tooltip="To the list; clears marks, then the filter"),
    ]  # fmt: skip

    class VerdictAsked(Message):
        """A verdict is wanted on these requests."""

        def __init__(self, requests: tuple[int, ...]) -> None:
            super().__init__()
            self.requests = requests

    class ExampleAsked(Message):
        """The example desk is wanted in place of this empty one."""

    class KeepAsked(VerdictAsked):
        """`d` on what is new or parked."""

    class FinishAsked(VerdictAsked):
        """`d` on what is kept."""

    class ParkAsked(VerdictAsked):
        """`s`."""

    class DeclineAsked(VerdictAsked):
        """`r`."""

    # Moving about ---------------------------------------------------------------------------

    def take_focus(self) -> None:
        self.requests.focus()

    def on_resize(self, event: events.Resize) -> None:
        beside = event.size.width >= _BESIDE
        self.set_class(beside, "-beside")
        self.set_class(event.size.height < _BELOW and not beside, "-low")

    def show_view(self, place: int) -> None:
        self.view = VIEWS[place]
        self._now()

    @on(VirtualList.Opened)
    def _opened(self) -> None:
        self.query_one(RequestDetail).focus()

    def action_back(self) -> None:
        if self.query_one(RequestDetail).has_focus:
            self.take_focus()
        elif self.requests.marks:
            self.requests.unmark()
        elif not self.typed:
            self.post_message(Said("Nothing is marked or filtered here."))
        else:
            self.query_one(FilterLine).clear()
            self.take_focus()

    def start_filter(self, last: str) -> None:
        """`/`: what is typed narrows the view; `last` is what narrowed it before."""
        self.query_one(FilterLine).open(last)

    @on(FilterLine.Changed)
    def _filter_changed(self) -> None:
        if self._search is not None and self._search.running():
            self.desk.interrupt()
        self._now()

    @on(FilterLine.Left)
    def _filter_left(self) -> None:
        self.take_focus()

    # Verdicts -----------------------------------------------------------------------------

    def advance(self, decided: tuple[int, ...]) -> None:
        """After a verdict: on to the next row that is not among those decided; where there is
        none and those decided are about to leave the view, back to the last before them."""
        requests = self.requests
        requests.unmark()
        gone = frozenset(decided)
        self._decided |= gone
        here, end = requests.cursor, len(requests.ids)
        before = () if self.view == "all" else range(here - 1, -1, -1)
        for place in chain(range(here, end), before):
            if requests.ids[place] not in gone:
                requests.move_to(place)
                return

    def put_back(self, undecided: tuple[int, ...], marks: frozenset[int]) -> None:
        """After a verdict that could not be: the cursor and the marks as they were."""
        if undecided:
            self.go_to(undecided[0])
            with self.requests.prevent(VirtualList.Marked):  # the refusal is what is said
                self.requests.mark(marks)

    @on(VirtualList.Marked)
    def _marked(self) -> None:
        count = len(self.requests.marks)
        unmarks = key_of("inbox.back", self.app)
        said = f"{count:,} marked: a verdict is for all of them, {unmarks} unmarks."
        self.post_message(Said(said if count else ""))

    def go_to(self, request: int) -> None:
        """Puts the cursor on a request as soon as it is listed."""
        self._wanted = request
        self.requests.move_to_id(request)

    def why_not(self, action: str) -> str:
        if action not in _VERDICTS:
            return super().why_not(action)
        if not self.requests.chosen:
            return "There is no request here to decide on."
        row = self.requests.current_row
        if self.requests.marks or row is None:
            return ""
        reasons = [why_not(verdict, self._state(row)) for verdict in _VERDICTS[action]]
        if None in reasons:
            return ""
        return f"#{row.number} can't: {reasons[-1]}."

    @property
    def has_copyables(self) -> bool:
        return bool(self.requests.chosen)

    async def copyables(self) -> tuple[Copyable, ...]:
        from pmdesk.requests import copying

        today = self.desk.clock.today()
        chosen = self.requests.chosen
        if len(chosen) > 1:
            rows = await self.ask(copying.rows, chosen)
            return copying.of_several(rows, today, len(chosen))
        detail = await self.ask(copying.whole, chosen[0]) if chosen else None
        return copying.of_request(detail, self.desk.clock.zone, today) if detail else ()

    def _state(self, row: RequestRow) -> State:
        return listed_state(row.state, row.parked_until, self.desk.clock.today())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "example":  # offered on a desk with nothing on it, and no longer
            return self.blank
        return super().check_action(action, parameters) if self.is_mounted else True

    def action_example(self) -> None:
        self.post_message(self.ExampleAsked())

    def action_do(self) -> None:
        row = self.requests.current_row
        kept = not self.requests.marks and row is not None and row.state == "kept"
        message = self.FinishAsked if kept else self.KeepAsked
        self.post_message(message(self.requests.chosen))

    def action_park(self) -> None:
        self.post_message(self.ParkAsked(self.requests.chosen))

    def action_decline(self) -> None:
        self.post_message(self.DeclineAsked(self.requests.chosen))
