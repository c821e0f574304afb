"""What the inbox reads: the ids of a view or a search, the rows that show, the selected one."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar, get_args

from textual import events, on
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from pmdesk.requests import queries
from pmdesk.requests.lifecycle import State, listed_state
from pmdesk.requests.queries import VIEWS, Counts, View
from pmdesk.ui import empty_states
from pmdesk.ui.saying import compact
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.filter_line import FilterLine
from pmdesk.ui.widgets.pane import Pane
from pmdesk.ui.widgets.pane_head import HeadTab, PaneHead
from pmdesk.ui.widgets.request_detail import RequestDetail
from pmdesk.ui.widgets.request_list import ColumnHeads, RequestList
from pmdesk.ui.widgets.virtual_list import VirtualList
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.desk import Desk
    from pmdesk.requests.searching import Hits

T = TypeVar("T")

_FIRST = 200
"""Rows of the first question: more than any screen shows."""
_CHUNK = 2_000
"""Ids that are read at a time, for 2 ms in which nothing else is read; their rows take 200
bytes each until then."""
_SETTLED = 0.06
"""Seconds the cursor rests before the request under it is read."""
_LONG = 50_000
"""Rows of a list whose ids are read again only once all is quiet."""
_QUIET = 1.0
"""Seconds without a change."""
_SEEN = 0.05
"""Seconds after which the head shows the new view, though its rows are not there yet."""
_STATES: dict[View, tuple[State, ...]] = {
    "new": ("new",),
    "waiting": ("delegated",),
    "kept": ("kept",),
    "parked": ("parked",),
    "closed": ("declined", "merged", "done"),
    "all": get_args(State),
}
"""The states a view lists."""


class RequestBrowser(Pane):
    """The reading half of the inbox."""

    SHOWS = frozenset({"request", "message", "handoff", "account", "node", "requirement", "owner"})

    class Counted(Message):
        """How many requests there are."""

        def __init__(self, counts: Counts) -> None:
            super().__init__()
            self.counts = counts

    class Ready(Message):
        """The first rows stand on the screen."""

    view: View = "new"
    counts: Counts | None = None
    _wanted: int | None = None
    _settle: Timer | None = None
    _shown: View | None = None
    _searched: str = ""
    _search: Future[Hits] | None = None
    _uncounted = True
    _decided: frozenset[int] = frozenset()
    """Requests that may have to leave the view, though they don't show."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PaneHead("2", "Inbox"), "inbox")
        self._filled = True
        # Waited for, 2 ms: later the reading thread would have to wrest each row from the
        # thread that builds the screen. So the first painting has its rows.
        self._first = desk.ask(queries.first_page, self.view, desk.clock.today(), _FIRST)

    def compose(self) -> Iterator[Widget]:
        yield from super().compose()
        with Widget(id="inbox-both"):
            with Widget(id="inbox-left"):
                yield FilterLine()
                yield ColumnHeads()
                yield RequestList("requests")
            yield RequestDetail("request")

    def on_mount(self) -> None:
        self._head()
        self._stale = False
        self._show_page(self._first)

    def complete(self) -> None:
        """After the first paint: the ids beyond the first page, the counts."""
        begin(self, partial(self._after_page, self._first), "inbox.load")

    @property
    def requests(self) -> RequestList:
        return self.query_one(RequestList)

    @property
    def typed(self) -> str:
        return self.query_one(FilterLine).typed

    def reload(self) -> None:
        begin(self, self._load, "inbox.load")

    async def _load(self) -> None:
        view, today = self.view, self.desk.clock.today()
        fresh = view != self._shown or self.typed != self._searched
        if self.typed.strip():
            from pmdesk.requests.searching import MOST_HITS, search

            self._search = self.desk.asking(search, view, today, self.typed)
            hits = await self._soon(asyncio.wrap_future(self._search))
            await self._show_again(hits.ids, fresh)
            whole = self.counts.by_view[view] if self.counts else 0
            said = f"the newest {MOST_HITS:,}" if hits.more else f"{len(hits.ids):,} of {whole:,}"
            self.query_one(FilterLine).tell_found(said)
        elif fresh:
            page = await self._soon(self.ask(queries.first_page, view, today, self._page))
            self._show_page(page)
            await self._rest(page.chunk, self.requests.extend_ids)
        else:
            if len(self.requests.ids) > _LONG:
                await self._refresh_shown(view, today)
                await self._count()
                await asyncio.sleep(_QUIET)
            else:
                self._decided = frozenset()
            chunk = await self.ask(queries.view_chunk, view, today, None, _CHUNK)
            ids = chunk.ids
            await self._rest(chunk, ids.extend)
            await self._show_again(ids, fresh)
        await self._count()

    @property
    def _page(self) -> int:
        """Rows that are read at once: of another view those that show, and a few; of the same
        one without its filter more, among which may be the one that was found."""
        return self.requests.size.height + 5 if self.view != self._shown else _FIRST

    async def _soon(self, asked: Awaitable[T]) -> T:
        """The answer. The head waits for it, so that one frame shows both, but not for long."""
        late = self.set_timer(_SEEN, self._head)
        try:
            return await asked
        finally:
            late.stop()

    async def _refresh_shown(self, view: View, today: date) -> None:
        """What shows of a long list changes at once, and what has left the view goes."""
        requests = self.requests
        decided, self._decided = self._decided, frozenset()
        asked = decided.union(requests.visible_ids)
        rows = await self.ask(queries.page, tuple(asked))
        requests.put(rows)
        states = _STATES[view]
        requests.drop(
            asked.difference(
                row.id for row in rows if listed_state(row.state, row.parked_until, today) in states
            )
        )

    def hear(self, kinds: frozenset[str]) -> None:
        self._uncounted = self._uncounted or bool(kinds & self.SHOWS)
        super().hear(kinds)

    async def _count(self) -> None:
        if not self._uncounted:
            return
        self._uncounted = False
        try:
            counts = await self.ask(queries.view_counts, self.desk.clock.today())
        except asyncio.CancelledError:  # by another view: it counts
            self._uncounted = True
            raise
        self._tell_counts(counts)

    def _show_page(self, page: queries.Page) -> None:
        """The first rows of a view; the ids of the rest follow."""
        self.requests.put(page.rows)
        self._show(page.chunk.ids, fresh=True)

    async def _after_page(self, page: queries.Page) -> None:
        await self._rest(page.chunk, self.requests.extend_ids)
        await self._count()

    async def _rest(self, chunk: queries.Chunk, take: Callable[[array[int]], None]) -> None:
        while chunk.after:
            chunk = await self.ask(
                queries.view_chunk, self.view, self.desk.clock.today(), chunk.after, _CHUNK
            )
            take(chunk.ids)

    async def _show_again(self, ids: array[int], fresh: bool) -> None:
        """Another snapshot of ids, and the rows that show read again."""
        self._show(ids, fresh)
        self.requests.put(await self.ask(queries.page, self.requests.visible_ids))

    def _show(self, ids: array[int], fresh: bool) -> None:
        requests = self.requests
        keep = requests.current
        if fresh and self.typed.strip():
            keep = None  # what is searched for is found on top
        keep = self._wanted if self._wanted is not None else keep
        first = self._shown is None
        self._shown, self._searched, self._wanted = self.view, self.typed, None
        requests.tell(self.view, self.desk.clock.today(), self.desk.clock.now())
        self._head()
        if fresh:
            requests.unmark()
        requests.show_ids(ids, keep, anew=fresh)
        self._empty(not ids)
        self.call_after_refresh(self._read_detail)  # reading must not hold up the drawing
        if first:
            self.post_message(self.Ready())

    def _empty(self, empty: bool) -> None:
        # without a request there is a word to say; only first steps need the whole pane
        self.set_class(empty and self.blank, "-empty")
        self.query_one(ColumnHeads).tell(self.view, empty)
        if empty:
            self.requests.say_empty(self._why_empty())

    def _why_empty(self) -> str:
        if typed := self.typed.strip():
            return empty_states.nothing_found(self.view, elide(typed, 60), self.app)
        if self.counts is None:
            return ""  # not yet known whether the others are empty too
        if self.blank:
            return empty_states.first_steps(self.desk.path, self.app)
        return empty_states.nothing_in(self.view, self.app)

    @property
    def blank(self) -> bool:
        """Whether the desk is known to hold no request at all."""
        return self.counts is not None and not self.counts.by_view["all"]

    def _tell_counts(self, counts: Counts) -> None:
        if counts == self.counts:
            return
        self.counts = counts
        self._head()
        if not self.requests.ids:
            self._empty(True)
            self.refresh_bindings()  # the example desk is offered while there is nothing
        self.post_message(self.Counted(counts))

    def _head(self) -> None:
        def note(view: View) -> str:
            return compact(self.counts.by_view[view]) if self.counts else ""

        tabs = tuple(HeadTab(view, note(view)) for view in VIEWS)
        self.head.tell(tabs, VIEWS.index(self.view))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.set_class(isinstance(event.widget, RequestDetail), "-reading")

    @on(VirtualList.Wanted)
    def _fetch(self, event: VirtualList.Wanted) -> None:
        async def fetch() -> None:
            self.requests.put(await self.ask(queries.page, event.ids))

        begin(self, fetch, "inbox.rows")

    @on(VirtualList.Highlighted)
    def _highlighted(self) -> None:
        if self._settle is not None:
            self._settle.stop()
        self._settle = self.set_timer(_SETTLED, self._read_detail)

    def _read_detail(self) -> None:
        async def read() -> None:
            from pmdesk.requests.detail import detail as read_detail

            request = self.requests.current
            detail = await self.ask(read_detail, request) if request is not None else None
            clock = self.desk.clock
            self.query_one(RequestDetail).tell(detail, clock.zone, clock.today())
            self.refresh_bindings()

        begin(self, read, "inbox.detail")
