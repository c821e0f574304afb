"""What all dialogs share: a box with a title, a line of hints, `esc` leaves without doing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from pmdesk.ui.widgets.cells import elide

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T]):
    """Gives what was decided, or None after `esc`."""

    BINDING_GROUP_TITLE = "Dialog"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it", id="dialog.leave", priority=True),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 (Screen's own type)

    def __init__(self, title: str, about: str = "", hints: str = "esc leaves it") -> None:
        super().__init__()
        self.problem = ""
        """What stands in the way, from the beginning."""
        self.heading = title
        self.about = about
        """What it is about, in one line: the title of the request."""
        self.hints = hints

    def compose(self) -> Iterator[Widget]:
        with Vertical(id="box"):
            yield Static(self._heading(), id="heading", markup=False)
            yield from self.body()
            problem = Static(Content(self.problem), id="problem", markup=False)
            problem.set_class(not self.problem, "hidden")
            yield problem
            yield Static(Content(self.hints), id="hints", markup=False)

    def body(self) -> Iterator[Widget]:
        """The widgets between title and hints."""
        raise NotImplementedError

    def _heading(self) -> Content:
        about = f"  {elide(self.about, 46)}" if self.about else ""
        return Content.assemble((self.heading, "bold $foreground"), (about, "$muted"))

    def complain(self, sentence: str) -> None:
        """Says why this can't be; the dialog stays."""
        problem = self.query_one("#problem", Static)
        problem.update(Content(sentence))
        problem.set_class(not sentence, "hidden")

    def again(self, problem: str) -> Dialog[T] | None:
        """A dialog with what was typed into this one, after a refusal; None where there is
        nothing that would be lost."""
        return None

    def action_leave(self) -> None:
        self.dismiss(None)
