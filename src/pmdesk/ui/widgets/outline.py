"""An outline: a list whose lines hang on one another and can be folded."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from pmdesk.ui.widgets.outline_lines import Line as Line
from pmdesk.ui.widgets.outline_lines import T
from pmdesk.ui.widgets.virtual_lines import Piece
from pmdesk.ui.widgets.virtual_list import VirtualList


class Outline(VirtualList[Line[T]]):
    """The keys of every list, and `h l` to fold and unfold. It holds the lines that were read;
    what hangs below others it asks for when they are unfolded."""

    BINDING_GROUP_TITLE = "Tree"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "fold", "Fold", id="tree.fold", show=False,
                tooltip="Closes the branch; on a closed one goes to what it hangs on"),
        Binding("left", "fold", "Fold", id="tree.fold.arrow", show=False),
        Binding("l", "unfold", "Unfold", id="tree.unfold", show=False,
                tooltip="Opens the branch; on an open one goes to its first line"),
        Binding("right", "unfold", "Unfold", id="tree.unfold.arrow", show=False),
    ]  # fmt: skip
    COMPONENT_CLASSES: ClassVar[set[str]] = {"outline--guides"}

    class BelowWanted(Message):
        """What hangs below a line is to be read, and given to `put_below`; with `further`,
        more of it than there is already."""

        def __init__(self, path: str, further: bool) -> None:
            super().__init__()
            self.path = path
            self.further = further

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id)
        self._roots: tuple[int, ...] = ()
        self._known: dict[str, int] = {}
        """The ids that were given to paths."""
        self._entering = ""
        """The path of a line that is being unfolded, and is to be entered then."""
        self.opened: set[str] = set()
        """The paths of lines that the person unfolded."""
        self.closed: set[str] = set()
        """The paths of lines that the person folded."""

    # What a subclass says --------------------------------------------------------------------

    def label(self, line: Line[T], width: int) -> Iterable[Piece]:
        """What stands after the sign, in at most so many cells."""
        raise NotImplementedError

    def below(self, item: T) -> Sequence[T] | None:
        """What hangs below it; None while it was not read."""
        raise NotImplementedError

    def is_more(self, line: Line[T]) -> bool:
        """Whether it stands for the rest of a wide level."""
        return False

    def opens(self, line: Line[T]) -> bool:
        """Whether `enter` opens what it shows, rather than folds it."""
        return False

    def paint(self, row: Line[T], width: int, marked: bool, cursor: bool) -> Iterator[Piece]:
        sign = ("▾ " if row.open else "▸ ") if row.has_below else "  "
        yield "✓" if marked else " ", "list--key"
        yield row.guides, "outline--guides"
        yield sign, "list--muted"
        yield from self.label(row, max(8, width - len(row.guides) - 4))

    # Lines come and go ----------------------------------------------------------------------

    @property
    def lines(self) -> Iterable[Line[T]]:
        """All that were read, also those that are folded away."""
        return self._rows.values()

    def line(self, id_: int) -> Line[T]:
        return self._rows[id_]

    def line_at(self, path: str) -> Line[T] | None:
        return self._rows.get(self._known.get(path, -1))

    def above(self, line: Line[T]) -> Iterator[Line[T]]:
        """What a line hangs on, upwards."""
        step = line.above
        while step is not None:
            yield self._rows[step]
            step = self._rows[step].above

    def grow(self, roots: Sequence[T], anew: bool = False) -> None:
        """Other lines. The cursor stays on its line, else on its thing, else goes to the
        nearest that is left; with `anew` it was nowhere."""
        here, before = self.current_row, self._rows
        lines: dict[int, Line[T]] = {}
        self._roots = self._add(lines, roots, None, "")
        self._rows = lines
        keep = None if here is None or anew else self._found_again(here, before)
        self.refresh()
        self._show(keep)

    def put_below(self, path: str, items: Sequence[T]) -> None:
        """What hangs below a line, read now: it is unfolded. The cursor stays on its line, or
        in its place if that stood for the rest."""
        line = self.line_at(path)
        if line is None:
            return  # it has gone meanwhile
        stood, were = self.current, {*(line.below or ())}
        more = {one for one in were if self.is_more(self._rows[one])}
        guides = line.guides[:-2] + _CONTINUED[line.guides[-2:]] if line.guides else ""
        were -= more
        stay = [id_ for one in items if (id_ := self._known.get(one.path, -1)) in were]
        for one in more | were.difference(stay):
            self._drop(one)
        fresh = [item for item in items if self._known.get(item.path) not in were]
        added = self._add(self._rows, fresh, line.id, guides)
        self.put((line._replace(open=True, below=(*stay, *added)),))
        self._show(stood if stood in self._rows and stood not in more else None)
        if self._entering == path and self.current == line.id and added:
            self.move_to(self.cursor + 1)
        self._entering = ""

    def reveal(self, path: str) -> bool:
        """Puts the cursor on a line, unfolding what it hangs on; whether it was read."""
        found = self.line_at(path)
        if found is None:
            return False
        for line in self.above(found):
            self._turn(line, True)
        self._show(found.id)
        return True

    def with_key(self, key: str) -> Line[T] | None:
        """The first line that shows a thing: one that shows, else one that is folded away."""
        found = [line for line in self.lines if line.key == key]
        if len(found) < 2:
            return found[0] if found else None
        showing = [line for line in found if all(one.open for one in self.above(line))]
        return min(showing or found, key=lambda line: self.place_of(line.id) or 0)

    def _add(
        self, lines: dict[int, Line[T]], items: Sequence[T], above: int | None, guides: str
    ) -> tuple[int, ...]:
        """Their ids; what hangs below them stands after them."""
        ids = []
        for place, item in enumerate(items):
            id_ = self._known.setdefault(item.path, len(self._known))
            last = place == len(items) - 1
            own = "" if above is None else guides + ("└ " if last else "├ ")
            lines[id_] = Line(id_, item, own, above)
            inner = self.below(item)
            if inner is not None:
                further = "" if above is None else guides + ("  " if last else "│ ")
                below = self._add(lines, inner, id_, further)
                lines[id_] = Line(id_, item, own, above, item.path not in self.closed, below)
            ids.append(id_)
        return tuple(ids)

    def _drop(self, id_: int) -> None:
        line = self._rows.pop(id_, None)
        for one in (line.below if line else None) or ():
            self._drop(one)

    def _found_again(self, here: Line[T], before: dict[int, Line[T]]) -> int | None:
        """The line itself, its thing on another, else the nearest that is left of those around."""
        if here.id in self._rows:
            return here.id
        if (same := self.with_key(here.key)) is not None:
            return same.id
        step: Line[T] | None = here
        while step is not None:
            above = before[step.above] if step.above is not None else None
            around = (above.below if above else None) or ()
            place = around.index(step.id) if step.id in around else 0
            nearest = (*around[place:], *reversed(around[:place]))
            if (left := next((one for one in nearest if one in self._rows), None)) is not None:
                return left
            if above is not None and above.id in self._rows:
                return above.id
            step = above
        return None

    def _show(self, keep: int | None) -> None:
        self.show_ids(array("q", self._unfolded(self._roots)), keep)

    def _unfolded(self, ids: Iterable[int]) -> Iterator[int]:
        for id_ in ids:
            yield id_
            line = self._rows[id_]
            if line.open and line.below:
                yield from self._unfolded(line.below)

    def _forget(self) -> None:
        """What was read is held."""

    # Folding --------------------------------------------------------------------------------

    def keep_folds(self) -> None:
        """Takes what is open for opened, and what is closed for closed, whoever did it: so it
        will be read again."""
        for line in self.lines:
            if line.has_below:
                self._remember(line, line.open)

    def _remember(self, line: Line[T], open_: bool) -> None:
        kept, other = (self.opened, self.closed) if open_ else (self.closed, self.opened)
        kept |= {line.path}
        other -= {line.path}

    def _turn(self, line: Line[T], open_: bool) -> None:
        self._remember(line, open_)
        if line.open is not open_:
            self.put((line._replace(open=open_),))

    def _fold(self, line: Line[T], open_: bool) -> None:
        """Only the lines that become others are drawn again."""
        if open_ and line.below is None:
            self._remember(line, True)
            self.post_message(self.BelowWanted(line.path, False))
            return
        self._turn(line, open_)
        ids, after = array("q", self.ids), self.cursor + 1
        block = array("q", self._unfolded(line.below or ()))
        if open_:
            ids[after:after] = block
        else:
            del ids[after : after + len(block)]
        self.show_ids(ids, line.id)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        line = self.current_row
        if action == "fold" and (line is None or (line.above is None and not line.foldable)):
            return "There is nothing to fold here."
        if action == "unfold" and (line is None or not (line.has_below or self.is_more(line))):
            return "Nothing hangs below this." if line else "There is nothing to unfold here."
        if action == "open" and line is not None and not self.opens(line):
            return self.why_not("unfold")
        return super().why_not(action)

    def action_fold(self) -> None:
        line = self.current_row
        if line is not None and line.foldable:
            self._fold(line, False)
        elif line is not None and line.above is not None:
            self.move_to_id(line.above)

    def action_unfold(self) -> None:
        line = self.current_row
        if line is not None and line.foldable:
            self.move_to(self.cursor + 1)
        elif line is not None and line.path in self.opened and line.below is None:
            self._entering = line.path  # it is still being read
        else:
            self._turn_over()

    def action_open(self) -> None:
        line = self.current_row
        if line is not None and self.opens(line):
            super().action_open()
        else:
            self._turn_over()

    def _turn_over(self) -> None:
        line = self.current_row
        if line is not None and self.is_more(line) and line.above is not None:
            self.post_message(self.BelowWanted(self._rows[line.above].path, True))
        elif line is not None and line.has_below:
            self._fold(line, not line.open)

    def on_click(self, event: events.Click) -> None:
        """On the sign it folds; on the words it is to read them."""
        super().on_click(event)
        line = self.current_row
        on_line = event.y + self.top == self.cursor
        if line is not None and on_line and event.x == 1 + len(line.guides) and event.chain == 1:
            self._turn_over()


_CONTINUED = {"├ ": "│ ", "└ ": "  "}
