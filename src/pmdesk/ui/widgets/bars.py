"""The line at the top and the status line at the bottom."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from pmdesk.hours.queries import Week
from pmdesk.requests.queries import Counts
from pmdesk.ui.saying import compact, percent
from pmdesk.ui.widgets.cells import elide

Part = tuple[str, str]


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
    """On the left why something can't be, on the right what `u` would take back."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = ""
        self.warning = False
        self.hint = ""

    def tell(self, sentence: str, warning: bool = False) -> None:
        if (sentence, warning) != (self.sentence, self.warning):
            self.sentence, self.warning = sentence, warning
            self.refresh()

    def tell_hint(self, hint: str) -> None:
        if hint != self.hint:
            self.hint = hint
            self.refresh()

    def render(self) -> Content:
        width = self.size.width - 2
        said = elide(self.sentence, width)
        hint = self.hint if cell_len(said) + cell_len(self.hint) + 3 <= width else ""
        gap = " " * max(1, width - cell_len(said) - cell_len(hint))
        style = "$warning" if self.warning else "$foreground"
        return Content.assemble((f" {said}", style), (gap, ""), (hint, "$muted"))
