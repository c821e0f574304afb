"""What the three panes have in common: a head line, questions to the desk, the reload."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, Protocol, TypeVar, cast

from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.signal import Signal
from textual.timer import Timer
from textual.widget import Widget

from pmdesk.ui.widgets.pane_head import PaneHead

if TYPE_CHECKING:
    from pmdesk.copying import Copyable
    from pmdesk.desk import Desk, Query

P = ParamSpec("P")
T = TypeVar("T")


class Listening(Protocol):
    """An app that tells of changes to the desk."""

    changed: Signal[frozenset[str]]


def listening(app: App[Any]) -> Listening:
    return cast("Listening", app)


_COALESCED = 0.03
"""Seconds in which many changes make one reload."""


class Pane(Vertical):
    """One of the three: a head, and a body that is made when it is first shown, so that the
    first paint waits for the inbox alone. While hidden it reads nothing; what it missed it
    reads when it is shown."""

    BINDING_GROUP_TITLE = "Panes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "view(-1)", "Previous view", id="view.previous", show=False,
                tooltip="The view before this one"),
        Binding("right_square_bracket", "view(1)", "Next view", id="view.next", show=False,
                tooltip="The view after this one"),
        Binding("v", "views", "Views", id="view.choose", show=False,
                tooltip="Choose one of the pane's views"),
    ]  # fmt: skip

    class ViewsAsked(Message):
        """One of its views is to be chosen."""

        def __init__(self, pane: Pane) -> None:
            super().__init__()
            self.pane = pane

    SHOWS: ClassVar[frozenset[str]] = frozenset()
    """The tables whose changes it must hear of."""
    HOLDS: ClassVar[tuple[str, ...]] = ()
    """The names of widgets in it whose modules are imported after the first paint."""

    def __init__(self, desk: Desk, head: PaneHead, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.desk = desk
        self.head = head
        self._filled = False
        self._filling = asyncio.Lock()
        self._stale = True
        self._reload: Timer | None = None

    def compose(self) -> Iterator[Widget]:
        yield self.head

    def on_mount(self) -> None:
        listening(self.app).changed.subscribe(self, self.hear)

    def body(self) -> Iterator[Widget]:
        """The widgets below the head."""
        yield from ()

    def reload(self) -> None:
        """Reads again what it shows; a subclass says what."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Gives the keys to its list, tree or picture."""
        raise NotImplementedError

    # Filter ---------------------------------------------------------------------------------

    can_filter = False
    """Whether `/` narrows what it shows: then it has a FilterLine."""

    @property
    def typed(self) -> str:
        """What it is filtered by."""
        return ""

    def start_filter(self, last: str) -> None:
        """`/`: what is typed narrows the view; `last` is what narrowed it before."""

    # Views ----------------------------------------------------------------------------------

    def show_view(self, place: int) -> None:
        """Shows another of the views that stand in its head."""

    def action_view(self, by: int) -> None:
        self.show_view((self.head.chosen + by) % len(self.head.tabs))

    def action_views(self) -> None:
        self.post_message(self.ViewsAsked(self))

    @on(PaneHead.Chosen)
    def _view_clicked(self, event: PaneHead.Chosen) -> None:
        self.show_view(event.place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """None: it can't be done now, and `why_not` says why."""
        return None if self.why_not(action) else True

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, in one sentence; empty if it can."""
        if action in ("view", "views") and len(self.head.tabs) < 2:
            return f"{self.head.title} has one view."
        return ""

    # Copying --------------------------------------------------------------------------------

    @property
    def has_copyables(self) -> bool:
        """Whether anything is selected that could be copied."""
        return False

    async def copyables(self) -> tuple[Copyable, ...]:
        """What can be copied of the thing selected, the likeliest first."""
        return ()

    # Reading --------------------------------------------------------------------------------

    @on(PaneHead.Clicked)
    def _head_clicked(self) -> None:
        self.take_focus()

    async def fill(self) -> None:
        """Makes the body, if there is none yet, and reads what it missed."""
        async with self._filling:
            if not self.is_attached:
                return  # the workspace is being left
            if not self._filled:
                await self.mount(*self.body())
                self._filled = True
        if self._stale:
            self._now()

    def hear(self, kinds: frozenset[str]) -> None:
        """Some rows of these tables have changed."""
        if kinds & self.SHOWS:
            self._stale = True
            if self.display and self._filled and self._reload is None:
                self._reload = self.set_timer(_COALESCED, self._now)

    def new_day(self) -> None:
        """It is another day than when it last read: dates have passed, ages have grown."""
        self._stale = True
        if self.display and self._filled:
            self._now()

    def _now(self) -> None:
        self._reload = None
        self._stale = False
        self.reload()

    async def ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of the desk's reading thread."""
        return await asyncio.wrap_future(self.desk.asking(query, *args, **kwargs))
