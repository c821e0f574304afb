"""A field of many lines; `ctrl+e` opens them in the person's own editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from pmdesk.errors import RefusedError
from pmdesk.text import clean
from pmdesk.ui.editor import MOST, Edited, edit
from pmdesk.ui.widgets.field import Field

if TYPE_CHECKING:
    from pmdesk.ui.dialogs.dialog import Dialog
    from pmdesk.ui.keeping import Slip


class TextLines(TextArea):
    """Takes what is pasted cleaned, and no more of it than it can hold."""

    BINDING_GROUP_TITLE = "Text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "editor", "In your editor", id="text.editor", show=False,
                tooltip="In $VISUAL or $EDITOR; what is saved there comes back"),
    ]  # fmt: skip

    class Said(Message):
        """What became of a text, in one sentence; empty where all is well."""

        def __init__(self, lines: TextLines, sentence: str) -> None:
            super().__init__()
            self.lines = lines
            self.sentence = sentence

        @property
        def control(self) -> TextLines:
            return self.lines

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        super().__init__(
            clean(text[:MOST]),
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=placeholder,
        )

    def on_paste(self, event: events.Paste) -> None:
        room = MOST - len(self.text) + len(self.selected_text)
        # cut before it is cleaned: ten million characters would be a second without keys
        pasted = clean(event.text[: max(room, 0)])[: max(room, 0)]
        if len(event.text) > room:
            said = self.Said(self, f"Only {MOST:,} characters fit: the rest was not taken.")
            self.call_later(self.post_message, said)  # the text's change clears what was said
        event.text = pasted
        self.history.checkpoint()  # undoing the paste leaves what was typed before it

    def put(self, text: str) -> None:
        """A text in the place of what stands there; `ctrl+z` brings that back."""
        self.history.checkpoint()
        self.replace(clean(text[:MOST])[:MOST], self.document.start, self.document.end)
        self.history.checkpoint()
        self.move_cursor(self.document.end)

    def action_editor(self) -> None:
        try:
            edited = self._edited()
        except RefusedError as error:
            self.post_message(self.Said(self, str(error)))
            return
        except SuspendNotSupported:
            self.post_message(self.Said(self, "This terminal can't be given to an editor."))
            return
        self.app.refresh(layout=True)
        self.post_message(self.Said(self, edited.problem))

    def _edited(self) -> Edited:
        """Nothing is kept while the editor runs, so everything is before it and after it."""
        screen = cast("Dialog[object]", self.screen)
        slip: Slip | None = getattr(screen, "keeping", None)
        if slip is None:
            return edit(self.text, None, self.app.suspend, take=self._take)
        if self.text.strip():
            slip.keep_safely(screen.to_keep())
        field = next(one for one in self.ancestors if isinstance(one, Field))
        name = field.name or ""
        note = slip.note(screen.to_keep() | {name: field.typed}, name)

        def take(text: str) -> bool:
            self.put(text)
            return slip.keep_safely(screen.to_keep() if text.strip() else {})

        return edit(self.text, slip.folder, self.app.suspend, note, take)

    def _take(self, text: str) -> bool:
        self.put(text)
        return True


class TextField(Field):
    """`enter` is another line; `tab` leaves the field."""

    def __init__(self, name: str, label: str, placeholder: str = "", text: str = "") -> None:
        super().__init__(name, label)
        self.lines = self.make_lines(text, placeholder)
        self._known = self.lines.text

    def make_lines(self, text: str, placeholder: str) -> TextLines:
        """What is typed into; a subclass may want other keys."""
        return TextLines(text, placeholder)

    def editor(self) -> Iterator[Widget]:
        yield self.lines

    @property
    def typed(self) -> str:
        return self.lines.text

    def fill(self, text: str) -> None:
        self.lines.text = clean(text[:MOST])[:MOST]  # and `ctrl+z` doesn't take it away again
        self.lines.move_cursor(self.lines.document.end)

    def take_focus(self) -> None:
        self.lines.focus()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.typed != self._known:  # mounting says so too
            self._known = self.typed
            self.complain("")
            self.post_message(self.Changed(self))

    @on(TextLines.Said)
    def _said(self, event: TextLines.Said) -> None:
        event.stop()
        self.complain(event.sentence)
