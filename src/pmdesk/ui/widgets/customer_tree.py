"""The lines of the customers' four views: codes, statements, what is amiss with each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.outline import Line, Outline
from pmdesk.ui.widgets.virtual_lines import Piece

if TYPE_CHECKING:
    from pmdesk.customers.twigs import Twig

CODE_STYLES = {
    "goal": "customers--theirs", "obstacle": "customers--theirs", "initiative": "customers--theirs",
    "tactic": "customers--operations", "need": "customers--operations",
    "requirement": "customers--ours", "solution": "customers--ours",
}  # fmt: skip
"""What has a code, and the look of its band: their strategy, their operations, our products."""
_BOLD = ("market", "account", "product")
_OVER = ("reached", "dropped", "lost")
"""What is over stands back."""
_ROOM_FOR_NOTES = 48
"""Cells of a line from which a note may take some of those of a long statement."""
_GAPS = 4
"""Cells of the number of gaps, at the right edge."""


class CustomerTree(Outline["Twig"]):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "customers--theirs", "customers--operations", "customers--ours", "customers--warns",
        "customers--sight", "customers--name",
    }  # fmt: skip

    _gaps: Mapping[str, int] = {}
    _notes: Mapping[str, str] = {}

    def tell(self, gaps: Mapping[str, int], notes: Mapping[str, str]) -> None:
        """What the rules say, by key: how many gaps, and further words of note."""
        if (gaps, notes) != (self._gaps, self._notes):
            self._gaps, self._notes = gaps, notes
            self.refresh()

    def below(self, item: Twig) -> Sequence[Twig] | None:
        return item.below

    def is_more(self, line: Line[Twig]) -> bool:
        return line.item.kind == "more"

    def opens(self, line: Line[Twig]) -> bool:
        return bool(line.key)

    def why_not(self, action: str) -> str:
        line = self.current_row
        if action == "mark" and line is not None and not line.key:
            return "There is nothing to mark on this line."
        return super().why_not(action)

    # Drawing --------------------------------------------------------------------------------

    def label(self, line: Line[Twig], width: int) -> Iterator[Piece]:
        """Where there is little room the statement is cut, and the note before it; never the
        code, nor what is amiss."""
        item = line.item
        room = width
        if item.kind in CODE_STYLES:
            code = f"{item.key:<3} "
            room -= cell_len(code)
            yield code, CODE_STYLES[item.kind]
        state, state_style = self._state(item)
        gaps = self._gaps.get(item.key, 0)
        room -= _GAPS + (cell_len(state) + 1 if state else 0)
        words, note = _shared(item.words, self._note(item), max(1, room), item.warns)
        yield words, self._style_of(item)
        yield " " * (room - cell_len(words) - cell_len(note)), ""
        yield note, "customers--warns" if item.warns else "list--muted"
        if state:
            yield f" {state}", state_style
        yield f"{_gaps_said(gaps):>{_GAPS}}", "customers--warns"

    def _note(self, item: Twig) -> str:
        return " · ".join(filter(None, (item.note, self._notes.get(item.key, ""))))

    def _style_of(self, item: Twig) -> str:
        if item.status in _OVER or item.kind in ("heading", "more"):
            return "list--muted"
        return "customers--name" if item.kind in _BOLD else ""

    def _state(self, item: Twig) -> Piece:
        """What became of it; else the sign of no line of sight, or of one where that is not
        plain from what the line hangs on."""
        if item.status:
            seen = "" if item.goal or item.kind not in CODE_STYLES or _over(item) else " △"
            return item.status + seen, "customers--warns" if seen else "list--muted"
        if item.kind not in CODE_STYLES:
            return "", ""
        if not item.goal:
            return "△", "customers--warns"
        return ("▲", "customers--sight") if item.kind == "goal" else ("", "")


def _over(item: Twig) -> bool:
    return item.status in _OVER


def _gaps_said(gaps: int) -> str:
    if not gaps:
        return ""
    return f" !{gaps}" if gaps < 100 else " !…"


def _shared(words: str, note: str, room: int, warns: bool) -> tuple[str, str]:
    """The room of a line between its words and a note with two blanks before it."""
    if not note:
        return elide(words, room), ""
    wanted, said = cell_len(words), cell_len(note) + 2
    if wanted + said <= room:
        return words, f"  {note}"
    if warns:  # that is what the line is for
        note = elide(note, max(1, room - 2 - min(wanted, room // 3)))
        return elide(words, max(1, room - 2 - cell_len(note))), f"  {note}"
    least = room // 3 if room >= _ROOM_FOR_NOTES else 0
    left = max(least, room - wanted) - 2
    if left < 6:
        return elide(words, room), ""
    note = elide(note, left)
    return elide(words, room - 2 - cell_len(note)), f"  {note}"
