"""Keys one at a time: what is typed ahead waits until what the key before it began stands.

Textual hands a key to whatever has the focus when the key arrives. `d p` typed quickly
would give both to the list, since the dialog of `d` opens a few messages later; and a key
that is lost among verdicts makes the next one mean something else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.events import Callback, Event
from textual.message_pump import MessagePump

_PATIENCE = 1.0
"""Seconds after which the next key is heard whatever became of the one before."""


class TypeAhead:
    """Holds back keys and pastes while an earlier one is being worked through."""

    def __init__(
        self,
        app: App[Any],
        deliver: Callable[[Event], Awaitable[None]],
        shown: Callable[[], Awaitable[bool]],
    ) -> None:
        """`shown` returns when what a key has begun stands on the screen; whether it waited."""
        self._app = app
        self._deliver = deliver
        self._shown = shown
        self._waiting: deque[Event] = deque()
        self._going_on: asyncio.Task[None] | None = None

    async def hear(self, event: Event) -> None:
        """Delivers the event now, or after those before it."""
        if self._going_on is not None and not self._going_on.done():
            self._waiting.append(event)
            return
        places = self._places()
        await self._deliver(event)
        self._going_on = asyncio.create_task(self._go_on(places))

    def stop(self) -> None:
        """The app ends; what waits is not heard."""
        if self._going_on is not None:
            self._going_on.cancel()

    def _places(self) -> list[MessagePump]:
        """What a key goes through, and the messages it gives rise to: up from the focus."""
        return [*(self._app.focused or self._app.screen).ancestors_with_self]

    async def _go_on(self, places: list[MessagePump]) -> None:
        await self._settled(places)
        while self._waiting and self._app.is_running:
            places = self._places()
            try:
                await self._deliver(self._waiting.popleft())
            except Exception as error:
                self._app._handle_exception(error)  # as the app's own loop would
            await self._settled(places)

    async def _settled(self, places: Iterable[MessagePump]) -> None:
        """Returns when each place has worked through what it had, and the screen that is now
        on top what it was given."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                for place in places:
                    await _worked_through(place)
                await self._on_top()
                while await self._shown():
                    await self._on_top()

    async def _on_top(self) -> None:
        await _worked_through(self._app)  # what was chosen may be done there
        screen = self._app.screen  # a dialog may have come or gone
        await _worked_through(screen)
        if screen.focused is not None:
            await _worked_through(screen.focused)


async def _worked_through(place: MessagePump) -> None:
    done = asyncio.Event()
    if place.post_message(Callback(callback=done.set)):  # not if it is being taken down
        await done.wait()
