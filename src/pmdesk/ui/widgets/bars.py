"""The line at the top and the status line at the bottom."""

from __future__ import annotations

from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from pmdesk.hours.queries import Week
from pmdesk.requests.queries import Counts
from pmdesk.ui.saying import compact, percent
from pmdesk.ui.widgets.cells import elide

Part = tuple[str, str]
_MOST_LINES = 4
_SHORTEST_HINT = 24
"""Cells: a hint cut to less says nothing."""


class TopLine(Widget):
    """The desk, the week, my strategic share against the target, what is new and overdue."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ""
        self.week: Week | None = None
        self.counts: Counts | None = None

    def render(self) -> Content:
        left: list[Part] = [(" pmdesk ", "bold $accent"), (self.desk, "$foreground")]
        right = self._week() + self._counts()
        room = self.size.width - _length(left) - 1
        while right and _length(right) > room:
            right = right[2:] if len(right) > 2 else []
        gap = max(1, self.size.width - _length(left) - _length(right) - 1)
        return Content.assemble(*left, (" " * gap, ""), *right)

    def _week(self) -> list[Part]:
        if self.week is None:
            return []
        share, target = self.week.strategic_share, self.week.target
        said = f"{self.week.week[5:]} my strategic {percent(share) if share is not None else '–'}"
        aim = f" · target {percent(target)}" if target is not None else ""
        return [(said, "$foreground"), (aim, "$muted")]

    def _counts(self) -> list[Part]:
        if self.counts is None:
            return []
        parts: list[Part] = [
            ("  ", ""),
            (f"{compact(self.counts.by_view['new'])} new", "$foreground"),
        ]
        if self.counts.overdue:
            parts += [("  ", ""), (f"! {self.counts.overdue} overdue", "$warning")]
        return parts


def _length(parts: list[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)


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
