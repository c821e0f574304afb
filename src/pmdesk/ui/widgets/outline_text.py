"""A text of indented lines: `tab` and `shift+tab` move them, `enter` goes on below."""

from __future__ import annotations

import re
from typing import ClassVar

from textual.binding import Binding, BindingType

from pmdesk.ui.widgets.text_field import TextField, TextLines

_STEP = "  "
_BEGINNING = re.compile(r"(\s*)((?:[-*+•]\s+)?)")


class OutlineLines(TextLines):
    BINDING_GROUP_TITLE = "Outline"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "line", "Next line", id="outline.line", priority=True, show=False,
                tooltip="The next line, as far in; on an empty one a level up"),
        Binding("tab", "indent(1)", "One level in", id="outline.in", show=False),
        Binding("shift+tab", "indent(-1)", "One level out", id="outline.out", show=False),
    ]  # fmt: skip

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__(text, placeholder)
        self.show_line_numbers = True

    def action_line(self) -> None:
        row, column = self.cursor_location
        line = str(self.document.get_line(row))
        beginning = _BEGINNING.match(line)
        assert beginning is not None  # it matches nothing too
        if not line[beginning.end() :].strip() and beginning[1]:
            self.action_indent(-1)
        else:
            goes_on = beginning.group() if column >= beginning.end() else ""
            self.insert(f"\n{goes_on}")
            self.scroll_cursor_visible()

    def action_indent(self, by: int) -> None:
        """All lines of the selection, one level in or out."""
        anchor, cursor = self.selection
        first, last = sorted((anchor[0], cursor[0]))
        if last > first and max(anchor, cursor)[1] == 0:
            last -= 1  # nothing of that line is selected
        lines = [str(self.document.get_line(row)) for row in range(first, last + 1)]
        moved = [_moved(line, by) for line in lines]
        shifts = {
            row: len(after) - len(line)
            for row, line, after in zip(range(first, last + 1), lines, moved, strict=True)
        }
        self.history.checkpoint()
        self.replace("\n".join(moved), (first, 0), (last, len(lines[-1])))
        ends = [(row, max(0, at + shifts.get(row, 0))) for row, at in (anchor, cursor)]
        self.selection = type(self.selection)(*ends)


def _moved(line: str, by: int) -> str:
    if by > 0:
        return _STEP + line
    if line.startswith("\t"):
        return line[1:]
    return line[min(len(_STEP), len(line) - len(line.lstrip(" "))) :]


class OutlineField(TextField):
    """`tab` belongs to the text."""

    def make_lines(self, text: str, placeholder: str) -> TextLines:
        return OutlineLines(text, placeholder)
