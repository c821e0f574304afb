"""A list of any number of rows: a cursor that stays on its row, marks, the keys of all lists."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from itertools import filterfalse
from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.virtual_lines import Row, VirtualLines

RowT = TypeVar("RowT", bound=Row)
_BAR = 0.2
"""Seconds after which the scroll bar shows that a list has grown."""
MOST_MARKS = 10_000
"""Rows that one action may be about: each is a row of the history too."""


class VirtualList(VirtualLines[RowT], can_focus=True):
    """The cursor stays on its row, and the row on its line, whatever comes or goes."""

    BINDING_GROUP_TITLE = "List"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move(1)", "Next", id="list.down", show=False),
        Binding("down", "move(1)", "Next", id="list.down.arrow", show=False),
        Binding("k", "move(-1)", "Previous", id="list.up", show=False),
        Binding("up", "move(-1)", "Previous", id="list.up.arrow", show=False),
        Binding("g", "first", "First", id="list.first", show=False),
        Binding("home", "first", "First", id="list.first.home", show=False),
        Binding("G", "last", "Last", id="list.last", show=False),
        Binding("end", "last", "Last", id="list.last.end", show=False),
        Binding("ctrl+d", "page(0.5)", "Half a page down", id="list.half.down", show=False),
        Binding("ctrl+u", "page(-0.5)", "Half a page up", id="list.half.up", show=False),
        Binding("pagedown", "page(1)", "A page down", id="list.page.down", show=False),
        Binding("pageup", "page(-1)", "A page up", id="list.page.up", show=False),
        Binding("enter", "open", "Open", id="list.open", show=False),
        Binding("x", "mark", "Mark", id="list.mark", show=False, tooltip="Mark or unmark the row"),
        Binding("X", "mark_range", "Mark to here", id="list.mark.range", show=False,
                tooltip="Mark all rows from the last one marked to this one"),
        Binding("ctrl+a", "mark_all", "Mark all", id="list.mark.all", show=False,
                tooltip="Mark all rows of the view"),
    ]  # fmt: skip

    class Highlighted(Message):
        """The cursor stands on another row; None on an empty list."""

        def __init__(self, id_: int | None) -> None:
            super().__init__()
            self.id = id_

    class Opened(Message):
        """`enter` or a double click."""

        def __init__(self, id_: int) -> None:
            super().__init__()
            self.id = id_

    class Marked(Message):
        """Other rows are marked than before."""

    _lengthens: Timer | None = None
    _last_marked: int | None = None
    """Where a range begins."""

    @property
    def chosen(self) -> tuple[int, ...]:
        """What a verdict is about: the marked rows, else the one under the cursor."""
        if self.marks:
            return tuple(sorted(self.marks))
        return () if self.current is None else (self.current,)

    # Rows come and go ---------------------------------------------------------------------

    def show_ids(self, ids: array[int], keep: int | None = None, anew: bool = False) -> None:
        """Another snapshot. The cursor stays on `keep`, or where it was if that is gone; its
        line stays where it is on the screen. With `anew` it was nowhere: on the first row."""
        old, before = self.current, self.visible_ids
        line, stood, empty = self.cursor - self.top, self.cursor, not self.ids
        self.ids = ids
        if self.marks:
            self.marks.intersection_update(ids)
        place = self.place_of(keep) if keep is not None else None
        near = 0 if anew else self.cursor
        self.cursor = max(0, min(near, len(ids) - 1) if place is None else place)
        self.set_length()
        self._hold_line(-1 if anew else line)
        after = self.visible_ids
        moved = {stood - self.top, self.cursor - self.top} if self.cursor != stood else set()
        self.redraw_lines(
            y
            for y in range(self.size.height)
            if y in moved or before[y : y + 1] != after[y : y + 1] or empty or not ids
        )
        self.want()
        if self.current != old:
            self.post_message(self.Highlighted(self.current))

    def extend_ids(self, ids: array[int]) -> None:
        """More ids after the last."""
        end = len(self.ids)
        self.ids.extend(ids)
        if self._lengthens is None:
            self._lengthens = self.set_timer(_BAR, self.set_length)
        if end < self.top + self.size.height:
            self.redraw_lines(range(end - self.top, self.size.height))
        self.want()

    def set_length(self) -> None:
        if self._lengthens is not None:
            self._lengthens.stop()
            self._lengthens = None
        super().set_length()

    def drop(self, ids: Collection[int]) -> None:
        """These rows leave; the cursor goes to the next of those that stay."""
        near = {one: place for one in ids if (place := self.near(one)) is not None}
        left = array("q", self.ids)
        for place in sorted(near.values(), reverse=True):
            del left[place]
        if far := {one for one in ids if one not in near}:
            left = array("q", filterfalse(far.__contains__, left))
        if len(left) == len(self.ids):
            return
        stays = (self.ids[place] for place in range(self.cursor, len(self.ids)))
        keep = next((one for one in stays if one not in near and one not in far), None)
        self.show_ids(left, keep)

    def _hold_line(self, line: int) -> None:
        """Scrolls so that the cursor stands on the line it stood on, if it showed at all."""
        height = self.size.height
        if not height:
            return
        if 0 <= line < height and self.top:
            self.scroll_to(y=self.cursor - line, animate=False)
        self._scroll_to_cursor()

    def on_resize(self) -> None:
        self.set_length()
        self._scroll_to_cursor()
        self.want()

    # Moving -------------------------------------------------------------------------------

    def move_to(self, place: int) -> None:
        """Puts the cursor on a place of the list, the nearest there is."""
        place = min(max(place, 0), len(self.ids) - 1)
        if place < 0 or place == self.cursor:
            return
        old, self.cursor = self.cursor, place
        self.refresh_line(old)
        self.refresh_line(place)
        self._scroll_to_cursor()
        self.post_message(self.Highlighted(self.current))

    def move_to_id(self, id_: int) -> None:
        """Puts the cursor on a row, if it is in the list."""
        if (place := self.place_of(id_)) is not None:
            self.move_to(place)

    def _scroll_to_cursor(self) -> None:
        height = self.size.height
        top = self.top
        if not height or top <= self.cursor < top + height:
            return
        # by half a page: redrawing every line is what a step at the edge costs
        self.set_length()
        jump = height // 2
        target = self.cursor - jump if self.cursor >= top + height else self.cursor - jump + 1
        self.scroll_to(y=min(max(0, target), max(0, len(self.ids) - height)), animate=False)

    def action_move(self, by: int) -> None:
        self.move_to(self.cursor + by)

    def action_page(self, pages: float) -> None:
        self.move_to(self.cursor + int(pages * max(2, self.size.height)))

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(len(self.ids) - 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.why_not(action) else True

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, in one sentence; empty if it can."""
        needs_rows = action in ("open", "mark", "mark_range", "mark_all")
        return "There is no row here." if needs_rows and not self.ids else ""

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Opened(self.current))

    # Marks ----------------------------------------------------------------------------------

    def mark(self, ids: Iterable[int]) -> None:
        """Marks these too, as far as they are listed."""
        listed = set(ids).intersection(self.ids)
        self._take_marks(self.marks | listed)

    def unmark(self) -> None:
        self._last_marked = None
        self._take_marks(set())

    def _take_marks(self, marks: set[int]) -> None:
        if changed := self.marks ^ marks:
            self.marks = marks
            self.redraw(changed)
            self.post_message(self.Marked())

    def _mark_places(self, begin: int, end: int) -> None:
        """Marks what stands between two places, the second not included."""
        marks = self.marks.union(self.ids[begin : min(end, begin + MOST_MARKS + 1)])
        if len(marks) > MOST_MARKS:
            most = f"At most {MOST_MARKS:,} rows are marked at a time"
            self.post_message(Said(f"{most}: narrow the view with / first.", warning=True))
            return
        self._take_marks(marks)

    def _toggle(self, place: int) -> None:
        id_ = self.ids[place]
        self._last_marked = id_
        self._take_marks(self.marks ^ {id_})

    def action_mark(self) -> None:
        if self.ids:
            self._toggle(self.cursor)
            self.move_to(self.cursor + 1)

    def action_mark_range(self) -> None:
        """From the last row marked by `x`, else from the cursor, to the cursor."""
        if not self.ids:
            return
        last = self._last_marked
        start = self.place_of(last) if last in self.marks and last is not None else None
        start = self.cursor if start is None else start
        self._mark_places(min(start, self.cursor), max(start, self.cursor) + 1)
        self._last_marked = self.current

    def action_mark_all(self) -> None:
        self._mark_places(0, len(self.ids))

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.top
        if place >= len(self.ids):
            return
        self.move_to(place)
        if event.shift:
            self.action_mark_range()
        elif event.ctrl:
            self._toggle(place)
        elif event.chain == 2:
            self.action_open()
