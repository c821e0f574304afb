"""An outline: a list whose lines hang on one another and can be folded."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType

from pmdesk.ui.widgets.virtual_lines import Piece
from pmdesk.ui.widgets.virtual_list import VirtualList

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Branching(Generic[T]):
    """What is to be shown, with all that hangs below it."""

    key: str
    """By this it is known again when the outline is made anew."""
    item: T
    below: tuple[Branching[T], ...] = ()


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A line of an outline."""

    id: int
    """Its place among all lines, whether they show or are folded away."""
    key: str
    item: T
    guides: str
    """What stands before it, so that the eye finds what it hangs on."""
    above: int | None
    """The id of the line it hangs on."""
    end: int
    """The id after the last that hangs below it."""
    open: bool

    @property
    def has_below(self) -> bool:
        return self.end > self.id + 1


class Outline(VirtualList[Line[T]]):
    """The keys of every list, and `h l` to fold and unfold; `enter` does either. All lines are
    held; the list knows the ids of those that are not folded away, which ascend."""

    BINDING_GROUP_TITLE = "Tree"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "fold", "Fold", id="tree.fold",
                tooltip="Closes the branch; on a closed one goes to what it hangs on"),
        Binding("left", "fold", "Fold", id="tree.fold.arrow", show=False),
        Binding("l", "unfold", "Unfold", id="tree.unfold",
                tooltip="Opens the branch; on an open one goes to its first line"),
        Binding("right", "unfold", "Unfold", id="tree.unfold.arrow", show=False),
    ]  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {"outline--guides"}

    def label(self, line: Line[T], width: int) -> Iterable[Piece]:
        """What stands after the sign, in at most so many cells."""
        raise NotImplementedError

    def paint(self, row: Line[T], width: int, marked: bool, cursor: bool) -> Iterator[Piece]:
        sign = ("▾ " if row.open else "▸ ") if row.has_below else "  "
        yield ("✓" if marked else " ") + row.guides, "outline--guides"
        yield sign, "list--muted"
        yield from self.label(row, max(8, width - len(row.guides) - 4))

    # Lines come and go ----------------------------------------------------------------------

    @property
    def lines(self) -> Iterable[Line[T]]:
        """All of them, also those that are folded away."""
        return self._rows.values()

    def above(self, line: Line[T]) -> Iterator[Line[T]]:
        """What a line hangs on, upwards."""
        step = line.above
        while step is not None:
            yield self._rows[step]
            step = self._rows[step].above

    def grow(self, roots: Iterable[Branching[T]]) -> None:
        """Other lines. What was folded and where the cursor stood is found again by key."""
        here = self.current_row
        closed = {line.key for line in self.lines if not line.open}
        self._rows = {line.id: line for line in _lines(roots, closed)}
        self.refresh()
        self._show(here and self._find_key(here.key))

    def reveal(self, key: str) -> bool:
        """Puts the cursor on a line, unfolding what it hangs on; whether there is one."""
        found = self._find_key(key)
        if found is None:
            return False
        for line in self.above(found):
            self._turn(line, True)
        self._show(found)
        return True

    def _find_key(self, key: str) -> Line[T] | None:
        return next((line for line in self.lines if line.key == key), None)

    def _show(self, keep: Line[T] | None) -> None:
        self.show_ids(array("q", self._unfolded(0, len(self._rows))), keep.id if keep else None)

    def _unfolded(self, start: int, end: int) -> Iterator[int]:
        while start < end:
            yield start
            line = self._rows[start]
            start = start + 1 if line.open else line.end

    def place_of(self, id_: int) -> int | None:
        place = bisect_left(self.ids, id_)
        return place if self.ids[place : place + 1] == array("q", (id_,)) else None

    def _forget(self) -> None:
        """All is held."""

    # Folding --------------------------------------------------------------------------------

    def _turn(self, line: Line[T], open_: bool) -> None:
        if line.open is not open_:
            self.put((replace(line, open=open_),))

    def _fold(self, line: Line[T], open_: bool) -> None:
        """Only the lines that become others are drawn again."""
        self._turn(line, open_)
        ids = array("q", self.ids)
        after = bisect_left(ids, line.id) + 1
        below = array("q", self._unfolded(line.id + 1, line.end) if open_ else ())
        ids[after : bisect_left(ids, line.end)] = below
        self.show_ids(ids, line.id)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        line = self.current_row
        if action == "fold" and (line is None or (line.above is None and not _foldable(line))):
            return "There is nothing to fold here."
        if action in ("unfold", "open") and (line is None or not line.has_below):
            return "Nothing hangs below this." if line else "There is nothing to unfold here."
        return super().why_not(action)

    def action_fold(self) -> None:
        line = self.current_row
        if line is not None and _foldable(line):
            self._fold(line, False)
        elif line is not None and line.above is not None:
            self.move_to_id(line.above)

    def action_unfold(self) -> None:
        line = self.current_row
        if line is not None and _foldable(line):
            self.move_to_id(line.id + 1)
        else:
            self.action_open()

    def action_open(self) -> None:
        line = self.current_row
        if line is not None and line.has_below:
            self._fold(line, not line.open)

    def on_click(self, event: events.Click) -> None:
        """On the sign it folds; on the words it is to read them."""
        super().on_click(event)
        line = self.current_row
        on_line = event.y + self.top == self.cursor
        if line is not None and on_line and event.x == 1 + len(line.guides) and event.chain == 1:
            self.action_open()


def _foldable(line: Line[T]) -> bool:
    return line.open and line.has_below


def _lines(roots: Iterable[Branching[T]], closed: Collection[str]) -> list[Line[T]]:
    """All lines from top to bottom."""
    lines: list[Line[T]] = []

    def add(one: Branching[T], above: int | None, guides: str, further: str) -> None:
        place = len(lines)
        lines.append(Line(place, one.key, one.item, guides, above, place, one.key not in closed))
        for below in one.below:
            last = below is one.below[-1]
            add(
                below, place, further + ("└ " if last else "├ "), further + ("  " if last else "│ ")
            )
        lines[place] = replace(lines[place], end=len(lines))

    for root in roots:
        add(root, None, "", "")
    return lines
