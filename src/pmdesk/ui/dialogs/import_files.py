"""`i`: what is to be read from files, said as its paths are typed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.amounts import size_words
from pmdesk.errors import RefusedError
from pmdesk.exchange import formats
from pmdesk.importing import check_there
from pmdesk.paths import completed, exists, read_paths
from pmdesk.text import clean_line
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.field import Field, LineField
from pmdesk.ui.widgets.line_input import LineInput
from pmdesk.ui.work import begin

Paths = tuple[Path, ...]

_MOST_SHOWN = 6
_SETTLED = 0.1
"""Seconds without a key after which it is looked what is there."""
_ABOUT = (
    "Mail (mbox, Maildir, EML, EMLX), GitHub issues as JSON, an outline of customers, or a "
    "whole desk as “pmdesk export” writes it, into an empty one. Importing again makes nothing "
    "twice; "
    "one undo takes an import back."
)


class PathInput(LineInput):
    """`tab` completes, as in a shell; where nothing can be completed it goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete the path", id="import.complete", show=False),
    ]

    class Several(Message):
        """More than one name is possible."""

        def __init__(self, names: tuple[str, ...]) -> None:
            super().__init__()
            self.names = names

    def on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # neither blanks nor letters are made others: they are a name
        self.insert_text_at_cursor(" ".join(event.text.split("\n")))

    def action_complete(self) -> None:
        longer, names = completed(self.value)
        if longer != self.value:
            self.value = longer
            self.cursor_position = len(longer)
        if names:
            self.post_message(self.Several(names))


class PathsField(LineField):
    def __init__(self) -> None:
        super().__init__("paths", "Files or folders")
        self._input = PathInput(placeholder="~/mail/inbox.mbox")


class ImportDialog(Dialog[Paths]):
    """Gives the paths, each of something that is there."""

    BINDING_GROUP_TITLE = "Import"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page_down", "More of it", id="import.page.down", show=False,
                tooltip="More of what the import before came to"),
        Binding("pageup", "page_up", "Back up", id="import.page.up", show=False,
                tooltip="Towards the paths"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ImportDialog #there { color: $accent; height: auto; }
    ImportDialog .about { color: $muted; height: auto; margin-top: 1; }
    """

    def __init__(self, last: tuple[str, ...] = ()) -> None:
        super().__init__("Import", hints="enter imports · tab completes · esc leaves it")
        self.last = last
        self._names_for = ""
        """What was typed when `tab` showed the names that are possible."""

    def body(self) -> Iterator[Widget]:
        yield PathsField()
        yield Static(Content(""), id="there", classes="hidden", markup=False)
        yield Static(Content(_ABOUT), classes="about", markup=False)
        if self.last:
            words = "\n".join(("The import before:", *self.last))
            yield Static(Content(words), classes="about", markup=False)

    def on_mount(self) -> None:
        self.query_one(PathsField).take_focus()

    def result(self) -> Paths:
        paths = read_paths(self.query_one(PathsField).typed)
        if not paths:
            raise FieldError("paths", "Name a file or a folder; tab completes.")
        try:
            check_there(paths)
        except RefusedError as error:
            raise FieldError("paths", str(error)) from None
        return paths

    @on(PathInput.Several)
    def _several(self, event: PathInput.Several) -> None:
        self._names_for = self.query_one(PathsField).typed
        shown = "  ".join(clean_line(name) for name in event.names[: _MOST_SHOWN * 2])
        more = len(event.names) - _MOST_SHOWN * 2
        self._say(f"{shown}  … and {more} more" if more > 0 else shown)

    @on(Field.Changed)
    def _look(self) -> None:
        typed = self.query_one(PathsField).typed

        async def look() -> None:
            await asyncio.sleep(_SETTLED)
            there = await asyncio.to_thread(_what_is_at, typed)
            if typed != self._names_for:
                self._say("\n".join(there))

        begin(self, look, "import.look")

    def action_page_down(self) -> None:
        self.query_one("#fields").scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.query_one("#fields").scroll_page_up(animate=False)

    def _say(self, words: str) -> None:
        there = self.query_one("#there", Static)
        there.update(Content(words))
        there.set_class(not words, "hidden")


def _what_is_at(typed: str) -> list[str]:
    """A line for each path: "inbox.mbox  mail, 4.2 MB"."""
    paths = read_paths(typed)
    lines = [f"{elide(clean_line(path.name) or str(path), 40)}  {_kind(path)}" for path in paths]
    more = len(lines) - _MOST_SHOWN
    return lines if more <= 0 else [*lines[:_MOST_SHOWN], f"… and {more} more"]


def _kind(path: Path) -> str:
    try:
        if not exists(path):
            return "nothing there"
        name = _format(path)
        return (
            f"{name}, a folder" if path.is_dir() else f"{name}, {size_words(path.stat().st_size)}"
        )
    except RefusedError as error:
        return str(error) if not path.is_dir() else "a folder; every file in it is looked at"
    except OSError as error:
        return error.strerror or "can't be looked at"


def _format(path: Path) -> str:
    if path.is_file() and formats.is_outline(path):
        return "outline of customers"
    return "pmdesk desk" if formats.is_desk(path) else formats.reader_for(path).NAME
