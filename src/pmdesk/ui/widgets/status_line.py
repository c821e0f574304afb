"""The status line: why something can't be, and what `u` would take back."""

from __future__ import annotations

from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from pmdesk.ui.widgets.cells import elide

_MOST_LINES = 4
_SHORTEST_HINT = 24
"""Cells: a hint cut to less says nothing."""


class StatusLine(Widget):
    """On the left why something can't be, on the right what `u` would take back. A sentence
    too long for one line gets more of them: what to do stands at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = ""
        self.warning = False
        self.hint = ""

    def tell(self, sentence: str, warning: bool = False) -> None:
        if (sentence, warning) != (self.sentence, self.warning):
            before = len(self._lines())
            self.sentence, self.warning = sentence, warning
            self.refresh(layout=len(self._lines()) != before)

    def next_key(self) -> None:
        """What was said against a key is over with the next."""
        if self.warning:
            self.tell("")

    def tell_hint(self, hint: str) -> None:
        if hint != self.hint:
            self.hint = hint
            self.refresh()

    def render(self) -> Content:
        width = self.size.width - 2
        style = "$warning" if self.warning else "$foreground"
        lines = self._lines()
        if len(lines) > 1:
            return Content("\n").join(Content.styled(f" {line}", style) for line in lines)
        said = elide(self.sentence, width)
        room = width - cell_len(said) - 3
        hint = elide(self.hint, room) if room >= _SHORTEST_HINT else ""
        gap = " " * max(1, width - cell_len(said) - cell_len(hint))
        return Content.assemble((f" {said}", style), (gap, ""), (hint, "$muted"))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int = 0) -> list[str]:
        """The sentence as it is broken; one line where there is none."""
        room = (width or self.size.width) - 2
        if cell_len(self.sentence) <= room or room < 1:
            return [self.sentence]
        return wrap(self.sentence, room, max_lines=_MOST_LINES, placeholder=" …")
