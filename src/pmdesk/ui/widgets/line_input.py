"""One line to type into that loses nothing of what is pasted."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from pmdesk.text import clean_line

_MOST = 10_000
"""Characters of a paste: with more in one line, each key takes seconds."""


class LineInput(Input):
    """Textual's own keeps the first of the lines pasted; this makes one line of them."""

    def on_paste(self, event: events.Paste) -> None:
        event.text = clean_line(event.text[:_MOST])
