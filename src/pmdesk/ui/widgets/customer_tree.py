"""The lines of the customers' four views: codes, statements, what is amiss with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from pmdesk.customers.browsing.twigs import HERE, OF_THE_WAY
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.found_letters import lit, sought
from pmdesk.ui.widgets.marking import MarkingOutline
from pmdesk.ui.widgets.outline_lines import Line
from pmdesk.ui.widgets.virtual_lines import Piece

if TYPE_CHECKING:
    from re import Pattern

    from pmdesk.customers.browsing.twigs import Twig

CODE_STYLES = {
    "goal": "customers--theirs", "obstacle": "customers--theirs", "initiative": "customers--theirs",
    "tactic": "customers--operations", "need": "customers--operations",
    "requirement": "customers--ours", "solution": "customers--ours",
}  # fmt: skip
"""What has a code, and the look of its band: their strategy, their operations, our products."""
_BOLD = ("market", "account", "product", "portfolio")
_QUIET = ("heading", "more", "measure", "reading")
_OVER = ("reached", "dropped", "lost")
"""What is over stands back."""
_ROOM_FOR_NOTES = 40
"""Cells of a line from which a note may take some of those of a long statement."""
_FEWEST = 14
"""Cells of a statement that a status may not take."""
_SHARE, _WAY = 5, 16
"""Cells of a share, which a goal tells however narrow, and of its words."""
_WIDEST = 100
"""Cells beyond which a line would be torn apart."""
_SIGHT, _GAPS = 3, 4
"""Cells of the sign of sight and of the number of gaps, at the right edge."""
_DOT = " · "


class CustomerTree(MarkingOutline["Twig"]):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "customers--theirs", "customers--operations", "customers--ours", "customers--warns",
        "customers--sight", "customers--name", "customers--found",
    }  # fmt: skip

    _gaps: Mapping[str, int] = {}
    _notes: Mapping[str, str] = {}
    _sought: Pattern[str] | None = None
    """What the lines were filtered by."""

    def seek(self, typed: str) -> None:
        """What is shown was found by this; empty where it wasn't looked for."""
        self._sought = sought(typed)

    def tell(self, gaps: Mapping[str, int], notes: Mapping[str, str]) -> None:
        """What the rules say: how many gaps, by key, and further words of note, by path."""
        if (gaps, notes) != (self._gaps, self._notes):
            self._gaps, self._notes = gaps, notes
            self.refresh()
        self._tell_bands()

    def _tell_bands(self) -> None:
        """Below the lines by market: how many things stand in the three bands, each in its
        look, so that the looks of the codes need no other legend."""
        by_market = any(line.item.kind == "market" and not line.item.note for line in self.lines)
        parts = self._notes.get("", "").split(_DOT) if by_market else ()
        looks = ("bold $theirs", "$theirs", "italic $mine")
        said = [(f" {part} ", look) for part, look in zip(parts, looks, strict=False)]
        if isinstance(frame := self.parent, Widget):
            frame.border_subtitle = Content.assemble(*said) if said else None

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
        pieces = self._told(line, width)
        if self._sought and line.item.found:
            pieces = lit(pieces, self._sought, "customers--found")
        return pieces

    def _told(self, line: Line[Twig], width: int) -> Iterator[Piece]:
        """Where there is little room the statement is cut, and the note before it; never the
        code, nor what is amiss."""
        item = line.item
        room = min(width, _WIDEST - len(line.guides)) - _SIGHT - _GAPS
        if item.kind in CODE_STYLES:
            code = f"{item.key:<3} "
            room -= cell_len(code)
            yield code, CODE_STYLES[item.kind]
        sign, look = self._sight(item)
        gaps = f"{_gaps_said(self._gaps.get(item.key, 0)):>{_GAPS}}"
        note = _DOT.join(filter(None, (_found_in(item), self._note(item, room))))
        words, note = _shared(item, note, max(1, room))
        if not note:  # then the statement may have what no sign needs
            ends = sign + gaps
            free = max(0, len(ends) - len(ends.lstrip()) - 1)
            words = elide(item.words, max(1, room + free))
            taken = max(0, cell_len(words) - max(1, room))
            sign, gaps = sign[taken:], gaps[max(0, taken - _SIGHT) :]
        yield words, self._style_of(item)
        yield " " * (room - cell_len(words) - cell_len(note)), ""
        yield note, "customers--warns" if item.warns else "list--muted"
        yield sign, look
        yield gaps, "customers--warns"

    def _note(self, item: Twig, room: int) -> str:
        """What is known at once and what the rules add, the most telling first."""
        told = self._notes.get(item.path, "")
        if item.kind == "market":
            said = item.note or told  # of the accounts, or the bands
            short = _DOT.join(part.rpartition(" ")[2] for part in told.split(_DOT))
            fits = item.note or cell_len(said) + 2 <= room - cell_len(item.words)
            return said if fits else short
        if item.kind == "goal":
            share, way, _ = told.partition(f" {OF_THE_WAY}")
            if room < _ROOM_FOR_NOTES:
                told = share if way else ""
            return _DOT.join(filter(None, (told, item.note)))
        return _DOT.join(filter(None, (item.note, told)))

    def _style_of(self, item: Twig) -> str:
        leads_there = self._sought is not None and not item.found
        if item.status in _OVER or item.kind in _QUIET or leads_there:
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


def _found_in(item: Twig) -> str:
    """Where the words are that its own line doesn't hold."""
    return "" if item.found == HERE else item.found


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
    if item.warns or item.kind == "measure":
        least = room - 2 - min(wanted, room // 3)
    elif room < _ROOM_FOR_NOTES:
        least = _SHARE if item.kind == "goal" else 0
    else:
        least = max(room // 3, _WAY if item.kind == "goal" else 0)
    least = max(least, cell_len(_found_in(item)))
    left = max(room - 2 - wanted, least)
    while len(parts) > 1 and cell_len(_DOT.join(parts)) > left:
        del parts[_first_to_go(item)]
    said = _DOT.join(parts)
    if cell_len(said) > left:
        said = elide(said, max(1, left)) if item.warns else item.status
    fewest = _FEWEST // 2 if _found_in(item) else _FEWEST
    if not said or (not item.warns and room - 2 - cell_len(said) < min(wanted, fewest)):
        return elide(item.words, room), ""
    return elide(item.words, max(1, room - 2 - cell_len(said))), f"  {said}"


def found_in(twigs: Iterable[Twig]) -> Iterator[Twig]:
    """What holds what was looked for, from top to bottom."""
    for twig in twigs:
        if twig.found:
            yield twig
        yield from found_in(twig.below or ())
