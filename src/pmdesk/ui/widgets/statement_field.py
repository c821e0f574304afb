"""A field for one sentence: it wraps, `enter` goes on, and what it says may be questioned."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events, on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from pmdesk.text import clean_line
from pmdesk.ui.widgets.field import Problem
from pmdesk.ui.widgets.text_field import TextField, TextLines

Says = Callable[[str], str]
"""What is to be said of a text while it is typed; "" where nothing is."""


class SentenceLines(TextLines):
    """`enter` leaves it, whatever a text of many lines does with it."""

    class Entered(Message):
        """It is whole."""

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        super().__init__(text, placeholder)
        self.add_class("sentence")

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Entered())
        else:
            await super()._on_key(event)


class Question(Problem):
    """What is asked back, below a field; no line where nothing is."""

    sign = "?"


class StatementField(TextField):
    """Its text is one line, however it wraps."""

    class Returned(Message):
        """From the person's own editor; `problem` says what went wrong, if anything did."""

        def __init__(self, problem: str) -> None:
            super().__init__()
            self.problem = problem

    def __init__(
        self,
        name: str,
        label: str,
        placeholder: str = "",
        text: str = "",
        asks: Says | None = None,
        counts: Says | None = None,
    ) -> None:
        """`asks` questions the text below it, `counts` stands behind the label."""
        super().__init__(name, label, placeholder, text)
        self._asks = asks
        self._counts = counts
        self._question = Question()
        self._outside = False

    def make_lines(self, text: str, placeholder: str) -> TextLines:
        return SentenceLines(text, placeholder)

    def editor(self) -> Iterator[Widget]:
        yield from super().editor()
        yield self._question

    def on_mount(self) -> None:
        self.lines.move_cursor(self.lines.document.end)
        self._say()

    @on(TextArea.Changed)
    def _say(self) -> None:
        line = clean_line(self.typed)
        self._question.tell(self._asks(line) if self._asks and line else "")
        self.tell(self._counts(line) if self._counts and line else "")

    @on(SentenceLines.Entered)
    def _entered(self, event: SentenceLines.Entered) -> None:
        event.stop()
        self.post_message(self.Entered(self))

    def edit_outside(self) -> None:
        """In the person's own editor at once; posts Returned."""
        self._outside = True
        self.take_focus()
        self.lines.action_editor()

    @on(TextLines.Said)
    def _back(self, event: TextLines.Said) -> None:
        if self._outside:
            self._outside = False
            self.post_message(self.Returned(event.sentence))
