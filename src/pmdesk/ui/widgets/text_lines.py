"""Lines of words that a cursor walks through: the item beside the tree, the pages over it.

What stands on a line may be a thing of the desk: then keys act on that.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len

from pmdesk.ui.widgets.cells import in_lines
from pmdesk.ui.widgets.virtual_lines import Piece
from pmdesk.ui.widgets.virtual_list import VirtualList

Span = tuple[str, str]
"""Words and their role: one of `ROLES`, or "" for plain words."""

ROLES = ("head", "code", "strong", "muted", "warning", "sight", "theirs", "mine", "accent")
"""What words are; each has its look in styles/workspace.tcss."""


@dataclass(frozen=True, slots=True)
class TextLine:
    spans: tuple[Span, ...]
    key: str = ""
    """Of the thing it is about (`customers.things`); "" for words alone."""
    act: str = ""
    """What `enter` does here instead of going to the thing; its owner knows it."""


@dataclass(frozen=True, slots=True)
class Placed:
    id: int
    line: TextLine


class TextLines(VirtualList[Placed]):
    """The keys of every list. It is told all its lines at once, wrapped to its width."""

    BINDING_GROUP_TITLE = "Lines"
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{role}" for role in ROLES}

    def tell(self, lines: Iterable[TextLine], anew: bool = False) -> None:
        """Other lines. The cursor stays on the thing it stood on, else on its place; with
        `anew` it goes to the top."""
        here = self.current_row
        placed = [Placed(place, line) for place, line in enumerate(lines)]
        keep = None
        if here is not None and here.line.key and not anew:
            before = [one.id for one in self._rows.values() if _same(one, here)]
            same = [one.id for one in placed if _same(one, here)]
            same = same or [one.id for one in placed if one.line.key == here.line.key]
            keep = same[min(before.index(here.id), len(same) - 1)] if same else None
        self._rows = {one.id: one for one in placed}
        self.show_ids(array("q", range(len(placed))), keep, anew)
        self.refresh()

    @property
    def line(self) -> TextLine | None:
        """Where the cursor is."""
        return self.current_row.line if self.current_row else None

    steps_to_things = False
    """Whether a step goes on to the next line with a thing, if there is one in reach."""

    def action_move(self, by: int) -> None:
        reach = self.cursor + by * max(1, self.size.height)  # no text is leapt over unseen
        places = range(
            self.cursor + by, min(reach, len(self.ids)) if by > 0 else max(reach, -1), by
        )
        lines = ((place, self._rows[self.ids[place]].line) for place in places)
        keyed = (place for place, line in lines if line.key or line.act)
        to = next(keyed, None) if self.steps_to_things else None
        self.move_to(self.cursor + by if to is None else to)

    def move_to_thing(self, key: str) -> None:
        """To the first line about a thing, else about any."""
        lines = [self._rows[id_].line for id_ in self.ids]
        places = [place for place, line in enumerate(lines) if line.key]
        wanted = (place for place in places if lines[place].key == key)
        self.move_to(next(wanted, places[0] if places else 0))

    def why_not(self, action: str) -> str:
        if action in ("mark", "mark_range", "mark_all"):
            return "These lines are not marked: things are, in the tree."
        return super().why_not(action)

    def paint(self, row: Placed, width: int, marked: bool, cursor: bool) -> Iterator[Piece]:
        yield ("✓" if marked else " "), "list--muted"
        for words, role in row.line.spans:
            yield words, f"lines--{role}" if role else ""

    def _forget(self) -> None:
        """All is held."""


def _same(one: Placed, other: Placed) -> bool:
    return (one.line.key, one.line.act) == (other.line.key, other.line.act)


def wrapped(words: str, width: int, role: str = "", indent: int = 0) -> Iterator[tuple[Span, ...]]:
    """A text in lines of at most so many cells, every one of them indented."""
    for line in in_lines(words, max(8, width - indent)):
        yield (" " * indent, ""), (line, role)


def columns(cells: Iterable[tuple[str, str, int]]) -> Iterator[Span]:
    """Spans of words, role and width, each padded to its width with two blanks after it."""
    for words, role, width in cells:
        yield words + " " * max(0, width - cell_len(words)) + "  ", role
