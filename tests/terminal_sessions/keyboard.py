"""A person at a terminal: keys in, and what then stands on the screen."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from ..terminal import workspace
from ..terminal_screen import TerminalScreen

ENTER, TAB, BACK_TAB = "\r", "\t", "\x1b[Z"
SIZE = 100, 30


def ctrl(letter: str) -> str:
    return chr(ord(letter) - ord("a") + 1)


class Keyboard:
    """Of the workspace of a desk."""

    def __init__(self, desk: Path) -> None:
        self._terminal = workspace(desk, size=SIZE)
        self._screen = TerminalScreen(SIZE)
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._terminal.__exit__()

    def type(self, keys: str) -> None:
        """As fast as the terminal takes them."""
        self._terminal.type(keys)

    def paste(self, text: str) -> None:
        """As terminals do it (bracketed)."""
        self._terminal.type(f"\x1b[200~{text}\x1b[201~")

    @property
    def screen(self) -> str:
        return self._screen.text

    def until(self, shows: str | Callable[[str], object], seconds: float = 20) -> None:
        """Waits until words stand on the screen, or it is as it should be."""
        end = time.monotonic() + seconds
        while not (shows in self.screen if isinstance(shows, str) else shows(self.screen)):
            assert time.monotonic() < end, f"{shows} never came to be:\n{self.screen}"
            self._terminal.read(0.2)
            new, self._terminal.shown = self._terminal.shown, b""
            self._screen.draw(self._decoder.decode(new))
