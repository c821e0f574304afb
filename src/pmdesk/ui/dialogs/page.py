"""A page over the workspace: a title, lines to walk through, the keys that act on them.

The trace of a thing, the gaps, the priorities, a guide: each is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.ui.key_groups import why_not
from pmdesk.ui.key_names import shown
from pmdesk.ui.messages import Said
from pmdesk.ui.toasts import clear_toasts
from pmdesk.ui.widgets.hints import Hints
from pmdesk.ui.widgets.text_lines import TextLine, TextLines
from pmdesk.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.copying import Copyable
    from pmdesk.customers.hierarchy import Hierarchy

_LEAST = 20
"""Cells in which lines are wrapped at least."""


class Page(ModalScreen[str | None]):
    """Gives the key of the thing that `enter` goes to, or None after `esc`. It is told the
    hierarchy again whenever that has changed."""

    BINDING_GROUP_TITLE = "Page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="page.leave", priority=True),
        Binding("y", "copy", "Copy", id="page.copy", tooltip="Copy the page, or a part of it"),
        Binding("question_mark", "keys", "Keys", id="page.keys", show=False,
                tooltip="Every key of this page"),
        Binding("u", "undo", "Undo", id="page.undo", tooltip="Take back the newest step"),
        Binding("ctrl+r", "redo", "Redo", id="page.redo", show=False, tooltip="Do it again"),
    ]  # fmt: skip

    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-middle"), (30, "-high")]  # noqa: RUF012 (Screen's own type)

    answer: Callable[[str, tuple[str, ...]], None]
    """What a key of the customers does, on these things; set by whoever opens the page."""

    def __init__(
        self, title: str, about: str, hints: str, hierarchy: Hierarchy, today: date
    ) -> None:
        super().__init__()
        self.heading = title
        self.about = about
        self.hints = hints
        self.hierarchy = hierarchy
        self.today = today
        self.lines = TextLines(id="page-lines")

    def compose(self) -> Iterator[Widget]:
        with Vertical(id="page"):
            yield Static(self._heading(), id="page-heading", markup=False)
            yield self.lines
            yield Static(Content(""), id="page-problem", classes="hidden", markup=False)
            yield Hints(self.hints)

    def _heading(self) -> Content:
        return Content.assemble((self.heading, "bold $foreground"), (f"  {self.about}", "$muted"))

    def text(self, width: int) -> Iterable[TextLine]:
        """Its lines, in at most `width` cells."""
        raise NotImplementedError

    async def copyables(self) -> tuple[Copyable, ...]:
        """What can be copied of it, the likeliest first."""
        return ()

    def tell(self, hierarchy: Hierarchy) -> None:
        """The hierarchy has changed."""
        self.hierarchy = hierarchy
        self.draw()

    def tell_hints(self) -> None:
        """Its keys are others now."""
        self.query_one(Hints).tell(self.hints)

    def draw(self) -> None:
        """Writes its lines again."""
        self.query_one("#page-heading", Static).update(self._heading())
        self.lines.tell(self.text(max(_LEAST, self.lines.line_width - 2)))

    def on_mount(self) -> None:
        clear_toasts(self.app)
        self.lines.focus()

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self.draw)

    @on(Said)
    def _said(self, event: Said) -> None:
        event.stop()
        problem = self.query_one("#page-problem", Static)
        problem.update(Content(event.sentence))
        problem.set_class(not event.sentence, "hidden")

    def on_key(self, event: events.Key) -> None:
        """A key that can't act now says why, and so does one that is no key here."""
        active = self.active_bindings.get(event.key)
        if active is not None and not active.enabled:
            event.stop()
            self.post_message(Said(why_not(active), warning=True))
        elif active is None and event.is_printable:
            said = f"{shown(event.key)} is no key of this page: its keys stand at its foot."
            self.post_message(Said(said, warning=True))

    @on(VirtualList.Highlighted)
    def _moved(self) -> None:
        self.post_message(Said(""))
        self.refresh_bindings()

    @on(VirtualList.Opened)
    def _opened(self) -> None:
        line = self.lines.line
        if line is not None:
            self.open(line)

    def open(self, line: TextLine) -> None:
        """`enter` on a line: goes to the thing."""
        if line.key:
            self.dismiss(line.key)
        else:
            self.post_message(Said("There is nothing on this line that could be gone to."))

    def ask(self, what: str, *keys: str) -> None:
        """Asks the workspace for what a key of the customers does, on these things."""
        self.answer(what, keys)

    def action_copy(self) -> None:
        self.ask("copy page")

    def action_keys(self) -> None:
        self.ask("keys")

    def action_undo(self) -> None:
        self.ask("undo")

    def action_redo(self) -> None:
        self.ask("redo")

    def action_leave(self) -> None:
        self.dismiss(None)
