"""The line that a filter is typed into; there only while a filter is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.cells import elide

if TYPE_CHECKING:
    from textual.widgets import Input

_DEBOUNCED = 0.12
"""Seconds without a key before the desk is asked."""


class FilterLine(Horizontal):
    """`/ label per`. `enter` goes to what was found, `esc` clears."""

    BINDING_GROUP_TITLE = "Filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "Clear the filter", id="filter.drop"),
        # with priority: an Input scrolls with it, though it has nothing to scroll
        Binding("down", "leave", "To what was found", id="filter.leave", priority=True),
        Binding("up", "recall", "The last filter again", id="filter.recall", priority=True),
    ]

    class Changed(Message):
        """Another text is to be searched for."""

    class Left(Message):
        """The keys belong to the list again."""

    def __init__(self, holds: str = "words of a title, a text, a name, or a number") -> None:
        super().__init__()
        self._holds = holds
        """What may be typed, in words."""
        self.typed = ""
        self.last = ""
        """What was filtered by before, to be had again."""
        self._timer: Timer | None = None
        self._input: Input | None = None
        self._found = Static(Content(""), id="found", markup=False)

    def tell_found(self, words: str) -> None:
        """How many there are, at the end of the line."""
        self._found.update(Content(words))

    def open(self, last: str = "") -> None:
        """Shows the line and gives it the keys; `last` can be had again."""
        self.last = last
        if self._input is None:
            from pmdesk.ui.widgets.line_input import LineInput  # not for the first paint

            self._input = LineInput()
            self.mount(Static(Content("/"), markup=False), self._input, self._found)
        again = f"↑ “{elide(self.last, 24)}” again · " if self.last else ""
        self._input.placeholder = f"{again}{self._holds}"
        self.add_class("-open")
        self._input.focus()

    def clear(self) -> None:
        """No filter; the line goes."""
        self.remove_class("-open")
        if self._input is not None:
            with self._input.prevent(type(self._input).Changed):
                self._input.clear()
        self._take("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        text = event.value
        self._timer = self.set_timer(_DEBOUNCED, lambda: self._take(text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take(event.value)
        if not self.typed.strip():
            self.clear()
        self.post_message(self.Left())

    def action_drop(self) -> None:
        self.clear()
        self.post_message(self.Left())

    def action_recall(self) -> None:
        if not self.last:
            self.post_message(Said("There was no filter before this one.", warning=True))
        elif self._input is not None and not self._input.value:
            self._input.value = self.last
            self._input.cursor_position = len(self.last)

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def _take(self, text: str) -> None:
        if self._timer is not None:
            self._timer.stop()
        if text != self.typed:
            self.typed = text
            self.post_message(self.Changed())
