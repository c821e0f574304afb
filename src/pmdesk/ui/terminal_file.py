"""The terminal as a file that may be closed at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO


class TerminalFile:
    """Writing to a terminal that is gone is no error: it is told once, and nothing more is
    written. Textual's writing thread would end by it, and then the program wait for it."""

    def __init__(self, file: TextIO, gone: Callable[[], None]) -> None:
        """`gone` is called on the thread that writes."""
        self._file = file
        self._gone = gone
        self._lost = False

    def write(self, text: str) -> int:
        if not self._lost:
            try:
                return self._file.write(text)
            except OSError:
                self._lose()
        return len(text)

    def flush(self) -> None:
        if not self._lost:
            try:
                self._file.flush()
            except OSError:
                self._lose()

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()

    def _lose(self) -> None:
        self._lost = True
        self._gone()
