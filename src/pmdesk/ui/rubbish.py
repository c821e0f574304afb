"""When Python looks for what is no longer used: while no key is awaited."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_RESTS = 3.0
"""Seconds without a key after which the next one is unlikely to come in the next 60 ms."""
_SELDOM = 1_000
"""Lesser collections after which the whole one, which takes those 60 ms, comes amid keys: after
minutes of them without a rest. Python's own 10 make it once in two seconds."""
_WORTH = 10
"""Lesser collections after which there is something to look for."""


class Rubbish:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._key = now()

    def begin(self) -> None:
        """What is there now stays, and is not looked at again."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
        gc.enable()

    def key_came(self) -> None:
        self._key = self._now()

    def beat(self) -> None:
        """Once a second."""
        if self._now() - self._key > _RESTS and gc.get_count()[2] >= _WORTH:
            gc.collect()
