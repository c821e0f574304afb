"""`y`: what can be copied of the thing selected, each by one letter; the only one at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from pmdesk.copying import Copyable
from pmdesk.ui.dialogs.dialog import Dialog
from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.choices import Choice, Choices
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from textual.screen import Screen

    from pmdesk.ui.system_clipboard import SystemClipboard

_SHORT = 36
"""Cells of a text of one line that are shown."""


class _HasClipboard(Protocol):
    system_clipboard: SystemClipboard


class HasCopyables(Protocol):
    """A pane, or a page over it."""

    async def copyables(self) -> tuple[Copyable, ...]:
        """What can be copied of the thing selected, the likeliest first."""
        ...


class CopyDialog(Dialog[Copyable]):
    """Gives the text chosen; `y` again or `enter` takes the first."""

    BINDING_GROUP_TITLE = "Copy"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "first", "Copy the first", id="copy.first", tooltip="The first of the list"),
    ]

    def __init__(self, about: str, copyables: tuple[Copyable, ...]) -> None:
        super().__init__("Copy", about, "a letter copies · y the first · esc leaves it")
        self.copyables = copyables

    def result(self) -> Copyable:
        return self.copyables[self.query_one(Choices).cursor]

    def body(self) -> Iterator[Widget]:
        yield Choices(*(Choice(one.key, one.words, one, _note(one)) for one in self.copyables))

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        self.dismiss(event.choice.value)

    def action_first(self) -> None:
        self.dismiss(self.copyables[0])


def _note(copyable: Copyable) -> str:
    text = copyable.text
    return f"{len(text):,} characters" if "\n" in text else elide(text, _SHORT)


async def copy_of(source: HasCopyables, workspace: Screen[None]) -> None:
    """Asks what of the selection is wanted, copies it, and says what came of it. Where there is
    one thing only, nobody is asked."""
    copyables = await source.copyables()
    if not copyables:
        workspace.post_message(Said("Nothing is selected here to copy.", warning=True))
        return

    def chosen(copyable: Copyable | None) -> None:
        if copyable is not None:  # else the dialog was left
            begin(workspace, lambda: _write(copyable, workspace), "copy", exclusive=False)

    if len(copyables) == 1:
        chosen(copyables[0])
        return
    first = copyables[0].text
    about = "" if "\n" in first else first
    await workspace.app.push_screen(CopyDialog(about, copyables), chosen)


async def _write(copyable: Copyable, workspace: Screen[None]) -> None:
    app = workspace.app
    copied = await cast("_HasClipboard", app).system_clipboard.write(copyable.text)
    app.clear_notifications()
    sure = copied.way == "clipboard"
    workspace.notify(
        copied.sentence, markup=False, severity="information" if sure else "warning",
        timeout=4 if sure else 8,
    )  # fmt: skip
