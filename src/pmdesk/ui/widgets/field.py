"""One thing that a dialog asks for: its label, what is typed, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import RenderResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from pmdesk.errors import RefusedError
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.line_input import LineInput

Reads = Callable[[str], str]
"""What a text comes to, in words ("Fri 20 Jun"); RefusedError says why it can't be read."""


class FieldLabel(Widget):
    """The name of a field, and behind it what was understood: `until  Fri 20 Jun`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.words = name
        self.echo = ""

    def tell(self, echo: str) -> None:
        if echo != self.echo:
            self.echo = echo
            self.refresh()

    def render(self) -> RenderResult:
        echo = elide(self.echo, max(1, self.size.width - cell_len(self.words) - 2))
        return Content.assemble((self.words, "$muted"), ("  ", ""), (echo, "bold $accent"))


class Problem(Widget):
    """What is wrong with a field, beside it; no line where nothing is."""

    sign: ClassVar[str] = "!"

    def __init__(self) -> None:
        super().__init__(classes="hidden")
        self.sentence = ""

    def tell(self, sentence: str) -> None:
        if sentence != self.sentence:
            self.sentence = sentence
            self.set_class(not sentence, "hidden")
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        return Content.styled(f"{self.sign} {self.sentence}", "$warning")


class Field(Vertical):
    """A label, an editor and a line for what is wrong. `name` is unique in its dialog."""

    class Changed(Message):
        """Another text stands in the field, typed or filled in."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    class Entered(Message):
        """`enter` in a field of one line: on to the next."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name=name, id=f"field-{name}")
        self._label = FieldLabel(label)
        self._problem = Problem()

    def compose(self) -> Iterator[Widget]:
        yield self._label
        yield from self.editor()
        yield self._problem

    def editor(self) -> Iterator[Widget]:
        """What is typed into."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        """What stands in it, as typed."""
        raise NotImplementedError

    def fill(self, text: str) -> None:
        """Puts a text in the place of what stands in it; a draft, a proposal."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Gives it the keys."""
        raise NotImplementedError

    def relabel(self, words: str) -> None:
        """Asks for something else from now on."""
        self._label.words = words
        self._label.refresh()

    def tell(self, echo: str) -> None:
        """What was understood, behind the label."""
        self._label.tell(echo)

    def complain(self, sentence: str) -> None:
        """What is wrong, below; the next change clears it."""
        self._problem.tell(sentence)


class LineField(Field):
    """One line. With `reads`, what it comes to is echoed while it is typed."""

    def __init__(
        self, name: str, label: str, placeholder: str = "", reads: Reads | None = None
    ) -> None:
        super().__init__(name, label)
        self._reads = reads
        self._input = LineInput(placeholder=placeholder, select_on_focus=False)

    def editor(self) -> Iterator[Widget]:
        yield self._input

    @property
    def typed(self) -> str:
        return self._input.value

    def fill(self, text: str) -> None:
        self._input.value = text
        self._input.cursor_position = len(text)

    def take_focus(self) -> None:
        self._input.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.complain("")
        self.tell(self._said(event.value))
        self.post_message(self.Changed(self))

    def _said(self, text: str) -> str:
        if self._reads is None or not text.strip():
            return ""
        try:
            return self._reads(text)
        except RefusedError:
            return "…"  # told when it is entered: half a word is no mistake

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(self))
