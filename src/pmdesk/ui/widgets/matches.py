"""The lines below an input that what is typed could mean; the input keeps the keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from pmdesk.fuzzy import Pickable, found_in
from pmdesk.ui.widgets.cells import elide


class Matches(Widget):
    """Draws as many as there is room for. The cursor is None until there is one to take."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Matches { height: auto; }"

    class Taken(Message):
        """A line was clicked; the cursor stands on it."""

        def __init__(self, matches: Matches) -> None:
            super().__init__()
            self.matches = matches

    def __init__(self, lines: int = 8) -> None:
        super().__init__()
        self.lines = lines
        """Lines that it keeps free at most."""
        self.entries: Sequence[Pickable] = ()
        self.last = ""
        """A line after all entries: the offer to make a new one."""
        self.cursor: int | None = None
        self._typed = ""
        self._top = 0
        self._steady = 0

    def __len__(self) -> int:
        return len(self.entries) + bool(self.last)

    def show(self, entries: Sequence[Pickable], typed: str, last: str, cursor: bool) -> None:
        """Other lines. With `cursor` the first of them is what `enter` takes."""
        self.entries, self._typed, self.last = entries, typed, last
        self.cursor = 0 if cursor and len(self) else None
        self._top = 0
        self.keep_free(len(self))
        self.refresh()

    def keep_free(self, lines: int) -> None:
        """Room for so many lines, so that the box doesn't jump while letters come and go."""
        if min(lines, self.lines) > self._steady:
            self._steady = min(lines, self.lines)
            self.refresh(layout=True)

    def give_back(self) -> None:
        """The room that fewer lines have no need of."""
        self._steady = min(len(self), self.lines)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, min(self._steady, viewport.height // 3)) if self._steady else 0

    # Moving -------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """The cursor goes on, around the ends."""
        if not len(self):
            return
        if self.cursor is None:
            self.cursor = 0 if by > 0 else len(self) - 1
        elif abs(by) == 1:
            self.cursor = (self.cursor + by) % len(self)
        else:
            self.cursor = min(max(self.cursor + by, 0), len(self) - 1)
        self._keep_in_sight(self.cursor)

    def unmark(self) -> None:
        self.cursor = None
        self.refresh()

    def page(self, by: int) -> None:
        self.move(by * max(2, self.size.height))

    def _keep_in_sight(self, place: int) -> None:
        room = max(1, self.size.height)
        self._top = min(max(self._top, place - room + 1), place)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        self._top = min(max(self._top + by, 0), max(0, len(self) - self.size.height))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self._top + event.y < len(self):
            self.cursor = self._top + event.y
            self.refresh()
            self.post_message(self.Taken(self))

    # Drawing ------------------------------------------------------------------------------

    def render(self) -> RenderResult:
        room, width = self.size.height, self.size.width
        shown = range(self._top, min(self._top + room, len(self)))
        names = [self.entries[at].name for at in shown if at < len(self.entries)]
        wide = min(max(map(cell_len, names), default=0), max(12, width * 2 // 3))
        return Content("\n").join(self._line(place, width, wide) for place in shown)

    def _line(self, place: int, width: int, wide: int) -> Content:
        here = place == self.cursor
        style = "bold $foreground" if here else "$foreground"
        if place == len(self.entries):
            said = Content.styled(elide(self.last, width - 2), f"italic {style}")
        else:
            said = self._entry(self.entries[place], width - 2, wide, style)
        line = Content.assemble(("▸ " if here else "  ", "$accent"), said)
        line = line.pad_right(max(0, width - line.cell_length))
        return line.stylize_before("on $chosen") if here else line

    def _entry(self, entry: Pickable, width: int, wide: int, style: str) -> Content:
        name = _marked(_shown(entry.name), min(wide, width), self._typed, style)
        note, found = entry.note, False
        if not found_in(_shown(entry.name), self._typed):
            called = next((one for one in entry.also if found_in(one, self._typed)), "")
            found = bool(called)
            if called not in note:
                note = f"{called} · {note}" if note else called
        room = width - wide - 2
        if room < 6 or not note:
            return name
        beside = _marked(_shown(note), room, self._typed if found else "", "$muted")
        return name.pad_right(max(0, wide - name.cell_length) + 2) + beside


_FOUND = "bold underline $accent"


def _shown(text: str) -> str:
    """On one line, whatever is in it."""
    return (
        text
        if text.isprintable()
        else "".join(sign if sign.isprintable() else " " for sign in text)
    )


def _marked(text: str, room: int, typed: str, style: str) -> Content:
    """The text in so many cells, with the letters that were typed made out, where they show."""
    shown = elide(text, room)
    content = Content.styled(shown, style)
    whole = len(shown) if shown == text else len(shown) - 1
    for place in sorted(found_in(text, typed)) if typed else ():
        if place < whole:
            content = content.stylize(_FOUND, place, place + 1)
    return content
