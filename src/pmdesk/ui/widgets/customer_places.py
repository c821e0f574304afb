"""Where the person is in each of the customers' views, so that they find it as they left it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmdesk.customers.browsing.twigs import View


class Place:
    """In one view: what is folded, how much of wide levels was read."""

    def __init__(self) -> None:
        self.opened: set[str] = set()
        self.closed: set[str] = set()
        self.wide: dict[str, int] = {}
        self.key = ""
        """Where the cursor stood."""

    def open_to(self, path: str, wide: Mapping[str, int]) -> None:
        """What a line hangs on will be open, and read so far that it is there."""
        steps = path.split("/")
        above = {"/".join(steps[:end]) for end in range(1, len(steps))}
        self.opened |= above
        self.closed -= above
        for level, most in wide.items():
            self.wide[level] = max(most, self.wide.get(level, 0))


class Places:
    """Of all views; what a filter finds has folds of its own."""

    def __init__(self) -> None:
        self._places: dict[tuple[View, str], Place] = {}
        self._trail: dict[View, str] = {}
        self._landed = ""
        self.landed = asyncio.Event()
        """Set when the cursor stands where it was sent last."""
        self.landed.set()

    def of(self, view: View, typed: str) -> Place:
        return self._places.setdefault((view, typed), Place())

    def leave(self, view: View, typed: str, key: str) -> None:
        """The cursor stands there, and another view or filter comes."""
        self.of(view, typed).key = key
        if not typed:
            self._trail[view] = key

    def land(self, key: str) -> None:
        """The cursor was put there when the lines were read."""
        self._landed = key
        self.landed.set()

    def move(self, key: str) -> None:
        """The cursor stands there now; if the person took it there, it is followed from there."""
        if key != self._landed:
            self._trail.clear()

    def came_from(self, view: View) -> str:
        """Where the cursor stood in a view, if it has only come through others since."""
        return self._trail.get(view, "")
