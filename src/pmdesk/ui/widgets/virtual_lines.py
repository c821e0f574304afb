"""The lines of a list of any number of rows: it knows all ids, but holds only what shows."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from textwrap import wrap
from typing import ClassVar, Generic, Protocol, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.color import TRANSPARENT
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

_HELD = 400
"""Rows kept beyond what shows; more is dropped, to be asked for again."""
_NEAR = 2_000
"""Places around the cursor where a row is looked for first."""


class Row(Protocol):
    @property
    def id(self) -> int: ...


RowT = TypeVar("RowT", bound=Row)
Piece = tuple[str, str]
"""Text, and the component class of its style; empty for that of the line."""


_KEY = 6
"""Cells of a key with its name in words."""


class VirtualLines(ScrollView, Generic[RowT]):
    """Draws one line per id. Rows that are missing are asked for by `Wanted`; whoever hears
    it answers with `put`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--row", "list--cursor", "list--cursor-blurred", "list--muted", "list--key",
    }  # fmt: skip

    # Textual's own lays out the whole screen again, in which nothing has moved.
    virtual_size = Reactive(Size(0, 0), repaint=False)

    class Wanted(Message):
        """Rows that show, or may soon, and are not held."""

        def __init__(self, ids: tuple[int, ...]) -> None:
            super().__init__()
            self.ids = ids

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        self._styles: dict[tuple[str, str], Style] = {}
        super().__init__(id=id)
        self.ids: array[int] = array("q")
        self.cursor = 0
        self.marks: set[int] = set()
        self._rows: dict[int, RowT] = {}
        self._asked: tuple[int, ...] = ()
        self._empty = ""
        self._scrolled: tuple[Size, Size] | None = None
        self._drawn = Size(0, 0)
        self._behind = TRANSPARENT

    def paint(self, row: RowT, width: int, marked: bool, cursor: bool) -> Iterable[Piece]:
        """The row's pieces; anything beyond `width` is cut."""
        raise NotImplementedError

    @property
    def current(self) -> int | None:
        """The id under the cursor."""
        return self.ids[self.cursor] if self.ids else None

    @property
    def current_row(self) -> RowT | None:
        return self._rows.get(self.current) if self.current is not None else None

    @property
    def top(self) -> int:
        """The place of the first line that shows."""
        return self.scroll_offset.y

    @property
    def line_width(self) -> int:
        """Cells of a line, without the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def visible_ids(self) -> array[int]:
        return self.ids[self.top : self.top + max(1, self.size.height)]

    # What it holds ------------------------------------------------------------------------

    def put(self, rows: Iterable[RowT]) -> None:
        """Rows asked for, or read again; only lines that changed are drawn."""
        changed = {row.id: row for row in rows if self._rows.get(row.id) != row}
        self._rows |= changed
        self.redraw(changed)
        self._forget()
        self._asked = ()

    def say_empty(self, words: str) -> None:
        """What stands in place of rows where there are none: the next key."""
        if words != self._empty:
            self._empty = words
            self.refresh()

    def place_of(self, id_: int) -> int | None:
        """Where a row is; not around the cursor, one of a million takes 25 ms."""
        place = self.near(id_)
        return self._find(id_, 0, len(self.ids)) if place is None else place

    def near(self, id_: int) -> int | None:
        """Where a row is, if it is around the cursor."""
        place = self._find(id_, self.cursor, self.cursor + _NEAR)
        return self._find(id_, self.cursor - _NEAR, self.cursor) if place is None else place

    def _find(self, id_: int, begin: int, end: int) -> int | None:
        try:
            return self.ids.index(id_, max(0, begin), end)
        except ValueError:
            return None

    def want(self) -> None:
        """Asks for rows that are not held before they show: a page around, then more of them."""
        top, height = self.top, self.size.height
        near = self.ids[max(0, top - height) : top + 2 * height]
        if not height or all(one in self._rows for one in near):
            return
        around = self.ids[max(0, top - 2 * height) : top + 4 * height]
        wanted = tuple(one for one in around if one not in self._rows)
        if wanted != self._asked:
            self._asked = wanted
            self.post_message(self.Wanted(wanted))

    def _forget(self) -> None:
        top, height = self.top, self.size.height
        if len(self._rows) > _HELD + 6 * height:
            near = set(self.ids[max(0, top - 2 * height) : top + 4 * height])
            self._rows = {one: row for one, row in self._rows.items() if one in near}

    # Drawing --------------------------------------------------------------------------------

    def redraw(self, ids: Collection[int]) -> None:
        """Draws the lines of these rows again, as far as they show."""
        self.redraw_lines(y for y, one in enumerate(self.visible_ids) if one in ids)

    def redraw_lines(self, lines: Iterable[int]) -> None:
        """Draws lines again, counted from the first that shows."""
        width = self.line_width
        if regions := [Region(0, y, width, 1) for y in lines]:
            self.refresh(*regions)

    def set_length(self) -> None:
        """The scroll bar learns how many rows there are."""
        self.virtual_size = Size(self.line_width, len(self.ids))

    def watch_virtual_size(self, size: Size) -> None:
        self._scroll_update(size)

    def _scroll_update(self, virtual_size: Size) -> None:
        """Only if something has changed: Textual calls it at every layout of the screen."""
        sizes = (virtual_size, self.container_size)
        if sizes != self._scrolled:
            self._scrolled = sizes
            super()._scroll_update(virtual_size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """As Textual's own, which allows for borders and other things that a list has not, at
        several times the price."""
        self._behind = self.background_colors[1]
        kept, size = self._styles_cache, self.size
        if size != self._drawn:
            self._drawn = size
            kept.clear()
        for y in crop.line_range:
            if kept.is_dirty(y) or y not in kept._cache:
                kept._cache[y] = self.render_line(y)
        kept._dirty_lines.difference_update(crop.line_range)
        strips = [kept._cache[y] for y in crop.line_range]
        if crop.column_span != (0, self.size.width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        place = y + self.top
        width = self.line_width
        if place >= len(self.ids):
            return self._strip(self._empty_line(y, width), width, "list--row")
        id_ = self.ids[place]
        cursor = place == self.cursor
        row = self._rows.get(id_)
        pieces: Iterable[Piece] = (("   ⋯", "list--muted"),)
        if row is not None:
            pieces = self.paint(row, width, id_ in self.marks, cursor)
        if not cursor:
            return self._strip(pieces, width, "list--row")
        return self._strip(
            pieces, width, "list--cursor" if self.has_focus else "list--cursor-blurred"
        )

    def _strip(self, pieces: Iterable[Piece], width: int, line: str) -> Strip:
        """One segment for neighbours of one style; a strip is dear, so filters come before."""
        segments: list[Segment] = []
        text, styled = "", ""
        for more, style in pieces:
            if style != styled and not more.isspace():  # blanks show no colour of their own
                if text:
                    segments.append(Segment(text, self._style(line, styled)))
                text, styled = more, style
            else:
                text += more
        segments.append(Segment(text, self._style(line, styled)))
        if sum(segment.cell_length for segment in segments) != width:
            segments = Segment.adjust_line_length(segments, width, self._style(line, ""))
        for one in self.get_line_filters():
            segments = one.apply(segments, self._behind)
        return Strip(segments, width)

    def _style(self, line: str, part: str) -> Style:
        """That of a part on a line."""
        style = self._styles.get((line, part))
        if style is None:
            style = self.get_component_rich_style(line)
            if part:
                style += self.get_component_rich_style(part, partial=True)
            self._styles[line, part] = style
        return style

    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    def _empty_line(self, y: int, width: int) -> Iterable[Piece]:
        """A line of the words in place of rows, below a blank one."""
        if self.ids or not y:
            return
        room = max(1, width - 4)
        lines = [part for line in self._empty.splitlines() for part in wrap(line, room) or [""]]
        text = lines[y - 1] if y <= len(lines) else ""
        key, gap, does = text.partition("  ")
        if gap and len(key) <= _KEY:  # a line for each key that begins something
            yield f"  {key}", "list--key"
            yield f"  {does}", ""
        else:
            yield f"  {text}", "" if y == 1 else "list--muted"

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if all(one in self._rows for one in self.visible_ids):
            self.call_after_refresh(self.want)  # reading must not hold up the drawing
        else:
            self.want()

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        self.refresh_line(self.cursor)
