"""What the three panes have in common: a head line, questions to the desk, the reload."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, Protocol, TypeVar, cast

from textual import on
from textual.app import App
from textual.containers import Vertical
from textual.signal import Signal
from textual.timer import Timer
from textual.widget import Widget

from pmdesk.ui.widgets.pane_head import PaneHead

if TYPE_CHECKING:
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

    SHOWS: ClassVar[frozenset[str]] = frozenset()
    """The tables whose changes it must hear of."""

    def __init__(self, desk: Desk, head: PaneHead, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.desk = desk
        self.head = head
        self._filled = False
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

    @on(PaneHead.Clicked)
    def _head_clicked(self) -> None:
        self.take_focus()

    async def fill(self) -> None:
        """Makes the body, if there is none yet, and reads what it missed."""
        if not self._filled:
            self._filled = True
            await self.mount(*self.body())
        if self._stale:
            self._now()

    def hear(self, kinds: frozenset[str]) -> None:
        """Some rows of these tables have changed."""
        if kinds & self.SHOWS:
            self._stale = True
            if self.display and self._filled and self._reload is None:
                self._reload = self.set_timer(_COALESCED, self._now)

    def _now(self) -> None:
        self._reload = None
        self._stale = False
        self.reload()

    async def ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of the desk's reading thread."""
        return await asyncio.wrap_future(self.desk.asking(query, *args, **kwargs))
