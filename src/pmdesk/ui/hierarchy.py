"""The whole hierarchy, read anew after each change of it, for all that shows something of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.widget import Widget

from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Desk

Told = Callable[["Hierarchy"], None]
_COALESCED = 0.03
"""Seconds in which many changes make one reading."""


@runtime_checkable
class Follows(Protocol):
    """A screen that goes on with the hierarchy as it is now."""

    def tell(self, hierarchy: Hierarchy) -> None:
        """It has been read anew."""
        ...


class HeldHierarchy:
    """None before the first reading is done, which begins after the first paint."""

    def __init__(self, home: Widget, desk: Desk, told: Told) -> None:
        self._home = home
        self._desk = desk
        self._told = told
        self._waiting = False
        self._changes = 0
        self._known = asyncio.Event()
        self.hierarchy: Hierarchy | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether it knows all that was changed."""
        return self._known.is_set()

    async def fresh(self) -> None:
        """Returns when it does, or can't be read."""
        await self._known.wait()

    def hear(self, kinds: frozenset[str]) -> None:
        """Some rows of these tables have changed."""
        from pmdesk.customers.loading import TABLES

        if kinds & TABLES:
            self._changes += 1
            self._known.clear()
            if not self._waiting:
                self._waiting = True
                self._home.set_timer(_COALESCED, self.read)

    def read(self) -> None:
        self._waiting = False
        begin(self._home, self._read, "hierarchy")

    async def _read(self) -> None:
        changes = self._changes
        try:
            await self._read_it()
        finally:
            if changes == self._changes:
                self._known.set()

    async def _read_it(self) -> None:
        from pmdesk.customers.loading import whole

        read = await asyncio.wrap_future(self._desk.asking(whole))
        if read != self.hierarchy:
            await asyncio.to_thread(_index, read)
            self.hierarchy = read
            self._told(read)


def _index(hierarchy: Hierarchy) -> None:
    """Makes its indexes here, not under a key: those of 100,000 nodes take 0.2 s."""
    for name, part in vars(type(hierarchy)).items():
        if isinstance(part, cached_property):
            getattr(hierarchy, name)
