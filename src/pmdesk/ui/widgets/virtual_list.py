"""A list of any number of rows: it knows all ids, but holds only the rows that show."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from textwrap import wrap
from typing import ClassVar, Generic, Protocol, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pmdesk.ui.widgets.cells import fit

_HELD = 400
"""Rows kept beyond what shows; more is dropped, to be asked for again."""


class Row(Protocol):
    @property
    def id(self) -> int: ...


RowT = TypeVar("RowT", bound=Row)


class VirtualList(ScrollView, Generic[RowT], can_focus=True):
    """Draws one line per id. Rows that are missing are asked for by `Wanted`; whoever
    hears it answers with `put`. The cursor stays on its row, whatever comes or goes."""

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
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--row", "list--cursor", "list--cursor-blurred", "list--muted",
    }  # fmt: skip

    class Wanted(Message):
        """Rows that show and are not held."""

        def __init__(self, ids: tuple[int, ...]) -> None:
            super().__init__()
            self.ids = ids

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

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.ids: array[int] = array("q")
        self.cursor = 0
        self.marks: set[int] = set()
        self._rows: dict[int, RowT] = {}
        self._asked: tuple[int, ...] = ()
        self._empty = ""

    # What it shows ------------------------------------------------------------------------

    def paint(self, row: RowT, width: int, marked: bool, cursor: bool) -> Iterable[Segment]:
        """The row's segments; anything beyond `width` is cut."""
        raise NotImplementedError

    @property
    def current(self) -> int | None:
        """The id under the cursor."""
        return self.ids[self.cursor] if self.ids else None

    @property
    def current_row(self) -> RowT | None:
        return self._rows.get(self.current) if self.current is not None else None

    @property
    def chosen(self) -> tuple[int, ...]:
        """What a verdict is about: the marked rows, else the one under the cursor."""
        if self.marks:
            return tuple(sorted(self.marks))
        return () if self.current is None else (self.current,)

    def show_ids(self, ids: array[int], keep: int | None = None) -> None:
        """Another snapshot. The cursor stays on `keep`, or where it was if that is gone."""
        old = self.current
        self.ids = ids
        if self.marks:
            self.marks &= set(ids)
        self.cursor = max(0, self._place_of(keep, self.cursor))
        self.virtual_size = Size(self.line_width, len(ids))
        self._scroll_to_cursor()
        self.refresh()
        self._want()
        if self.current != old:
            self.post_message(self.Highlighted(self.current))

    def say_empty(self, words: str) -> None:
        """What stands in place of rows where there are none: the next key."""
        if words != self._empty:
            self._empty = words
            self.refresh()

    def extend_ids(self, ids: array[int]) -> None:
        """More ids after the last."""
        self.ids.extend(ids)
        self.virtual_size = Size(self.line_width, len(self.ids))
        self._want()

    def put(self, rows: Iterable[RowT]) -> None:
        """Rows asked for, or read again; only lines that changed are drawn."""
        for row in (one for one in rows if self._rows.get(one.id) != one):
            self._rows[row.id] = row
            if row.id in self.visible_ids:
                self.refresh_line(self._place_of(row.id, self.cursor))
        self._forget()
        self._asked = ()

    @property
    def line_width(self) -> int:
        """Cells of a line, without the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def visible_ids(self) -> array[int]:
        top = self.scroll_offset.y
        return self.ids[top : top + max(1, self.size.height)]

    def mark(self, ids: Iterable[int]) -> None:
        """Marks these too, as far as they are listed."""
        if more := set(ids) & set(self.ids):
            self.marks |= more
            self.refresh()
            self.post_message(self.Marked())

    def unmark(self) -> None:
        if self.marks:
            self.marks.clear()
            self.refresh()
            self.post_message(self.Marked())

    def _place_of(self, id_: int | None, near: int) -> int:
        if id_ is not None:
            if near < len(self.ids) and self.ids[near] == id_:
                return near
            try:
                return self.ids.index(id_)
            except ValueError:
                pass
        return min(near, len(self.ids) - 1)

    def _want(self) -> None:
        if not self.size.height:
            return
        top, height = self.scroll_offset.y, self.size.height
        missing = [one for one in self.visible_ids if one not in self._rows]
        if not missing:
            return
        around = self.ids[max(0, top - height) : top + 2 * height]
        wanted = tuple(one for one in around if one not in self._rows)
        if wanted != self._asked:
            self._asked = wanted
            self.post_message(self.Wanted(wanted))

    def _forget(self) -> None:
        if len(self._rows) > _HELD + 3 * self.size.height:
            top, height = self.scroll_offset.y, self.size.height
            near = set(self.ids[max(0, top - height) : top + 2 * height])
            self._rows = {one: row for one, row in self._rows.items() if one in near}

    # Drawing --------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.line_width
        base = self.get_component_rich_style("list--row")
        if place >= len(self.ids):
            return self._empty_line(y, width).apply_style(base)
        id_ = self.ids[place]
        cursor = place == self.cursor
        if cursor:
            name = "list--cursor" if self.has_focus else "list--cursor-blurred"
            base = self.get_component_rich_style(name)
        row = self._rows.get(id_)
        if row is None:
            segments = [Segment("   ⋯", self.get_component_rich_style("list--muted", partial=True))]
        else:
            segments = list(self.paint(row, width, id_ in self.marks, cursor))
        return Strip(segments).adjust_cell_length(width).apply_style(base)

    def _empty_line(self, y: int, width: int) -> Strip:
        """A line of the words in place of rows, below a blank one."""
        room = max(1, width - 4)
        lines = [part for line in self._empty.splitlines() for part in wrap(line, room) or [""]]
        text = lines[y - 1] if not self.ids and 0 < y <= len(lines) else ""
        muted = self.get_component_rich_style("list--muted", partial=True)
        return Strip([Segment(fit(f"  {text}", width), muted)], width)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def on_resize(self) -> None:
        self.virtual_size = Size(self.line_width, len(self.ids))
        self._scroll_to_cursor()
        self._want()

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        self.refresh_line(self.cursor)

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
        place = self._place_of(id_, self.cursor)
        if place >= 0 and self.ids[place] == id_:
            self.move_to(place)

    def _scroll_to_cursor(self) -> None:
        height = self.size.height
        top = self.scroll_offset.y
        if not height or top <= self.cursor < top + height:
            return
        # by half a page: redrawing every line is what a step at the edge costs
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

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Opened(self.current))

    def action_mark(self) -> None:
        if self.current is None:
            return
        self.marks ^= {self.current}
        self.refresh_line(self.cursor)
        self.move_to(self.cursor + 1)
        self.post_message(self.Marked())

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if place < len(self.ids):
            self.move_to(place)
            if event.chain == 2:
                self.action_open()
