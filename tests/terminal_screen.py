"""What stands on a terminal's screen, from the bytes that a program wrote."""

from __future__ import annotations

import re

from rich.cells import cell_len

_PIECES = re.compile(
    r"\x1b\[([0-?]*)[ -/]*([@-~])"  # a control sequence
    r"|\x1b[\]P^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b."
    r"|([\r\n])|([^\x1b\r\n]+)",
    re.DOTALL,
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]P^_][^\x07\x1b]*\x1b?)?\Z")
"""A sequence whose end is still to come."""


class TerminalScreen:
    """As much of a terminal as pmdesk asks for: it puts every line where it belongs, and never
    scrolls. Colours are left out."""

    def __init__(self, size: tuple[int, int]) -> None:
        """`size` in columns and lines."""
        self._columns, height = size
        self._cells = [[" "] * self._columns for _ in range(height)]
        self._line = self._column = 0
        self._held = ""

    @property
    def text(self) -> str:
        return "\n".join("".join(line).rstrip() for line in self._cells)

    def draw(self, written: str) -> None:
        """Draws what a program wrote next."""
        written = self._held + written
        begun = _BEGUN.search(written)
        self._held = begun.group() if begun else ""
        for piece in _PIECES.finditer(written[: len(written) - len(self._held)]):
            numbers, command, moves, words = piece.groups()
            if words:
                self._put(words)
            elif moves:
                self._column, self._line = 0, self._line + (moves == "\n")
            elif command == "H":
                line, _, column = numbers.partition(";")
                self._line, self._column = int(line or 1) - 1, int(column or 1) - 1
            elif command == "J":
                self._cells = [[" "] * self._columns for _ in self._cells]

    def _put(self, words: str) -> None:
        end = self._column + len(words)
        if words.isascii() and end <= self._columns and self._line < len(self._cells):
            self._cells[self._line][self._column : end] = words
            self._column = end
            return
        for sign in words:
            width = cell_len(sign)
            if self._line < len(self._cells) and self._column + width <= self._columns:
                row = self._cells[self._line]
                if width:
                    row[self._column : self._column + width] = [sign, *[""] * (width - 1)]
                else:
                    row[self._column - 1] += sign
            self._column += width
