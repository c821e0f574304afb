"""One line that offers what is on the clipboard: its beginning, and the key that takes it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from pmdesk.text import clean, clean_line
from pmdesk.ui.key_names import key_of
from pmdesk.ui.widgets.cells import elide

_SHORTEST = 12
"""Cells of the text below which the words around it are left out."""


class ClipboardOffer(Widget):
    """No line where there is nothing to take."""

    DEFAULT_CSS = "ClipboardOffer { height: 1; }"

    def __init__(self, key: str) -> None:
        """`key` is the id of the binding that takes it."""
        super().__init__(classes="hidden")
        self._key = key
        self.text = ""

    def offer(self, text: str) -> None:
        """Another text; "" takes the offer back."""
        self.text = clean(text).strip()
        self.set_class(not self.text, "hidden")
        self.refresh()

    def render(self) -> RenderResult:
        first, *others = self.text.split("\n")
        more = f" +{len(others):,} line{'s' if len(others) > 1 else ''}" if others else ""
        key = key_of(self._key, self.app)
        around = f"clipboard: “”{more}  {key} takes it"
        room = self.size.width - cell_len(around)
        takes = " takes it"
        if room < _SHORTEST:
            more, takes = "", ""
            room = self.size.width - cell_len(f"clipboard: “”  {key}")
        return Content.assemble(
            (f"clipboard: “{elide(clean_line(first[:500]), max(1, room))}”{more}  ", "$muted"),
            (key, "bold $accent"),
            (takes, "$muted"),
        )
