"""The lines of the customers' four views: codes, statements, what is amiss with each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len

from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.outline import Line, Outline
from pmdesk.ui.widgets.virtual_lines import Piece

if TYPE_CHECKING:
    from pmdesk.customers.browsing.twigs import Twig

CODE_STYLES = {
    "goal": "customers--theirs", "obstacle": "customers--theirs", "initiative": "customers--theirs",
    "tactic": "customers--operations", "need": "customers--operations",
    "requirement": "customers--ours", "solution": "customers--ours",
}  # fmt: skip
"""What has a code, and the look of its band: their strategy, their operations, our products."""
_BOLD = ("market", "account", "product", "portfolio")
_OVER = ("reached", "dropped", "lost")
"""What is over stands back."""
_ROOM_FOR_NOTES = 40
"""Cells of a line from which a note may take some of those of a long statement."""
_FEWEST = 14
"""Cells of a statement that a status may not take."""
_WIDEST = 100
"""Cells beyond which a line would be torn apart."""
_SIGHT, _GAPS = 3, 4
"""Cells of the sign of sight and of the number of gaps, at the right edge."""
_DOT = " · "


class CustomerTree(Outline["Twig"]):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "customers--theirs", "customers--operations", "customers--ours", "customers--warns",
        "customers--sight", "customers--name",
    }  # fmt: skip

    _gaps: Mapping[str, int] = {}
    _notes: Mapping[str, str] = {}

    def tell(self, gaps: Mapping[str, int], notes: Mapping[str, str]) -> None:
        """What the rules say: how many gaps, by key, and further words of note, by path."""
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
        room = min(width, _WIDEST - len(line.guides)) - _SIGHT - _GAPS
        if item.kind in CODE_STYLES:
            code = f"{item.key:<3} "
            room -= cell_len(code)
            yield code, CODE_STYLES[item.kind]
        notes = (item.note, self._notes.get(item.path, ""))
        words, note = _shared(item, " · ".join(filter(None, notes)), max(1, room))
        yield words, self._style_of(item)
        yield " " * (room - cell_len(words) - cell_len(note)), ""
        yield note, "customers--warns" if item.warns else "list--muted"
        yield self._sight(item)
        yield f"{_gaps_said(self._gaps.get(item.key, 0)):>{_GAPS}}", "customers--warns"

    def _style_of(self, item: Twig) -> str:
        if item.status in _OVER or item.kind in ("heading", "more"):
            return "list--muted"
        return "customers--name" if item.kind in _BOLD else ""

    def _sight(self, item: Twig) -> Piece:
        """The sign of a goal that can be seen, and of what has no line of sight to one."""
        if item.kind not in CODE_STYLES or item.status in _OVER:
            return "   ", ""
        if not item.goal:
            return " △ ", "customers--warns"
        return (" ▲ " if item.kind == "goal" else "   "), "customers--sight"


def _gaps_said(gaps: int) -> str:
    if not gaps:
        return ""
    return f"!{gaps}" if gaps < 1_000 else f"!{min(99, gaps // 1_000)}k"


def _first_to_go(item: Twig) -> int:
    """Of the parts of a note: what calls for something stands last, but for our vision."""
    if item.warns:
        return -1 if item.kind == "portfolio" else 0
    return -2 if item.status else -1


def _shared(item: Twig, note: str, room: int) -> tuple[str, str]:
    """The room of a line between its words and a note with two blanks before it, of which the
    status is kept the longest; a note that calls for something goes before the words."""
    parts = [part for part in (*note.split(_DOT), item.status) if part]
    wanted = cell_len(item.words)
    least = room - 2 - min(wanted, room // 3) if item.warns else room // 3
    left = max(room - 2 - wanted, least if item.warns or room >= _ROOM_FOR_NOTES else 0)
    while len(parts) > 1 and cell_len(_DOT.join(parts)) > left:
        del parts[_first_to_go(item)]
    said = _DOT.join(parts)
    if cell_len(said) > left:
        said = elide(said, max(1, left)) if item.warns else item.status
    if not said or (not item.warns and room - 2 - cell_len(said) < min(wanted, _FEWEST)):
        return elide(item.words, room), ""
    return elide(item.words, max(1, room - 2 - cell_len(said))), f"  {said}"


def ends(roots: tuple[Twig, ...]) -> Iterator[Twig]:
    """What hangs lowest, so what was looked for."""
    for twig in roots:
        if twig.below:
            yield from ends(twig.below)
        elif twig.kind != "more":
            yield twig
