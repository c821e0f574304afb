"""The text of a capture: tokens echoed as they are understood, and completed on wish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static, TextArea

from pmdesk.completing import Begun, Names, begun_at, token_of
from pmdesk.tokens import Captured, read_tokens
from pmdesk.ui.widgets.matches import Matches
from pmdesk.ui.widgets.text_field import TextField, TextLines

_PLACEHOLDER = "Label format for lots  @polar from:sales by:fri ~30m"
_TOKENS = "@account #topic from:sales by:fri ~30m"


class CaptureLines(TextLines):
    """`enter` keeps the request; a completion is only taken where one was asked for."""

    BINDING_GROUP_TITLE = "Capture"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep it", id="capture.keep", priority=True),
        Binding("ctrl+j", "line", "Another line", id="capture.line", priority=True),
        Binding("down", "down", "Next name", id="capture.next", show=False),
        Binding("up", "up", "Previous name", id="capture.previous", show=False),
        Binding("tab", "complete", "Complete it", id="capture.complete", show=False,
                tooltip="Completes the name, or goes on to the next field"),
    ]  # fmt: skip

    class Stepped(Message):
        """The mark among the completions moves."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Completed(Message):
        """What is marked is to stand in the text, or the first of them."""

    class Kept(Message):
        """The text is whole."""

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__(text, placeholder)
        self.id = "text"
        self.completing = False
        """Whether there are completions to move among."""
        self.marked = False
        """Whether one of them is marked."""

    def action_down(self) -> None:
        if self.completing:
            self.post_message(self.Stepped(1))
        else:
            self.action_cursor_down()

    def action_up(self) -> None:
        if self.marked:
            self.post_message(self.Stepped(-1))
        elif not self.text:
            self.post_message(CaptureText.Wanted())
        else:
            self.action_cursor_up()

    def action_complete(self) -> None:
        if self.completing:
            self.post_message(self.Completed())
        else:
            self.screen.focus_next()

    def action_keep(self) -> None:
        self.post_message(self.Completed() if self.marked else self.Kept())

    def action_line(self) -> None:
        self.insert("\n")


class CaptureText(TextField):
    """Posts Entered when it is to be kept."""

    class Wanted(Message):
        """`↑` where nothing is typed: what was left before is wanted."""

    class Offered(Message):
        """There are names to complete with, or no more; one of them is marked, or none."""

        def __init__(self, names: bool, marked: bool) -> None:
            super().__init__()
            self.names = names
            self.marked = marked

    def __init__(self, name: str, today: date, text: str = "") -> None:
        super().__init__(name, "", _PLACEHOLDER, text)
        self.today = today
        self.names = Names()
        self._label.display = False
        self._echo = Static(Content(_TOKENS), id="echo", markup=False)
        self._matches = Matches(lines=5)
        self._matches.display = False
        self._begun: Begun | None = None

    def make_lines(self, text: str, placeholder: str) -> TextLines:
        return CaptureLines(text, placeholder)

    def editor(self) -> Iterator[Widget]:
        yield from super().editor()
        yield self._matches
        yield self._echo

    def on_mount(self) -> None:
        self.lines.move_cursor(self.lines.document.end)
        self._look()

    @property
    def understood(self) -> Captured:
        return read_tokens(self.typed, self.today, loose=True)

    def know(self, names: Names) -> None:
        """The desk has answered which accounts and topics there are."""
        self.names = names
        self._look()

    def take_in(self, text: str) -> None:
        """As the text, or where there is one on lines of its own after it."""
        self.lines.history.checkpoint()
        before = "" if not self.typed.strip() else "" if self.typed.endswith("\n") else "\n"
        self.lines.insert(before + text, self.lines.document.end)
        self.lines.move_cursor(self.lines.document.end)

    # What is understood, and what it could become --------------------------------------------

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        self._look()

    def _look(self) -> None:
        row, column = self.lines.cursor_location
        begun = begun_at(self.lines.document.get_line(row), column)
        hits = self.names.completions(begun) if begun else []
        said = self.names.said(self.understood, self.today, begun if hits else None)
        self._echo.update(Content(" · ".join(said) if said else _TOKENS))
        if begun is not None and begun == self._begun and self._matches.cursor is not None:
            return  # nothing else was typed: what is marked stays so
        self._begun = begun
        self._matches.display = bool(hits)
        self._matches.show(hits, begun.value if begun else "", "", cursor=False)
        self._matches.give_back()
        self._tell_lines()

    def _tell_lines(self) -> None:
        lines = self.lines
        assert isinstance(lines, CaptureLines)
        before = (lines.completing, lines.marked)
        lines.completing = bool(len(self._matches))
        lines.marked = self._matches.cursor is not None
        if before != (lines.completing, lines.marked):
            self.post_message(self.Offered(lines.completing, lines.marked))

    @on(CaptureLines.Stepped)
    def _stepped(self, event: CaptureLines.Stepped) -> None:
        event.stop()
        if event.by < 0 and not self._matches.cursor:
            self._matches.unmark()  # back to the text
        else:
            self._matches.move(event.by)
        self._tell_lines()

    @on(CaptureLines.Completed)
    @on(Matches.Taken)
    def _complete(self, event: Message) -> None:
        event.stop()
        if self._begun is None or not self._matches.entries:
            return
        chosen = self._matches.entries[self._matches.cursor or 0]
        called = (token_of(self._begun, name) for name in (chosen.name, *chosen.also))
        token = next(filter(None, called), "")
        if token:
            row, _column = self.lines.cursor_location
            self.lines.history.checkpoint()
            after = self.lines.document.get_line(row)[self._begun.end :]
            blank = "" if after[:1].isspace() else " "
            self.lines.replace(token + blank, (row, self._begun.start), (row, self._begun.end))
            self.lines.move_cursor((row, self._begun.start + len(token) + 1))
        self.lines.focus()

    @on(CaptureLines.Kept)
    def _kept(self, event: CaptureLines.Kept) -> None:
        event.stop()
        self.post_message(self.Entered(self))
