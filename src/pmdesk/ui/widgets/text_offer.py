"""One line that offers a text: what it is, its beginning, and the key that takes it."""

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


class TextOffer(Widget):
    """No line where there is nothing to take."""

    DEFAULT_CSS = "TextOffer { height: 1; }"

    def __init__(self, what: str, key: str) -> None:
        """`key` is the id of the binding that takes it."""
        super().__init__(classes="hidden")
        self._what = what
        self._key = key
        self.text = ""

    def offer(self, text: str, what: str = "") -> None:
        """Another text; "" takes the offer back."""
        self._what = what or self._what
        self.text = clean(text).strip()
        self.set_class(not self.text, "hidden")
        self.refresh()

    def render(self) -> RenderResult:
        first, *others = self.text.split("\n")
        more = f" +{len(others):,} line{'s' if len(others) > 1 else ''}" if others else ""
        key = key_of(self._key, self.app)
        around = f"{self._what}: “”{more}  {key} takes it"
        room = self.size.width - cell_len(around)
        takes = " takes it"
        if room < _SHORTEST:
            more, takes = "", ""
            room = self.size.width - cell_len(f"{self._what}: “”  {key}")
        return Content.assemble(
            (f"{self._what}: “{elide(clean_line(first[:500]), max(1, room))}”{more}  ", "$muted"),
            (key, "bold $accent"),
            (takes, "$muted"),
        )
