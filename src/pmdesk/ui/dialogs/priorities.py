"""`P`: what is to be built first, and every part of the reckoning, so that it can be checked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmdesk.copying import Copyable
from pmdesk.customers.item import words_of
from pmdesk.customers.rules_copying import priorities_markdown
from pmdesk.customers.weighing import Weighed, weighed
from pmdesk.ui.dialogs.page import Page
from pmdesk.ui.widgets.priority_lines import priority_lines
from pmdesk.ui.widgets.text_lines import TextLine
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy


class PrioritiesPage(Page):
    """Candidate and committed requirements; `enter` goes to one."""

    BINDING_GROUP_TITLE = "Priorities"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "brief", "Referee brief", id="priorities.brief",
                tooltip="One page for executives: what competes, and whom each serves"),
    ]  # fmt: skip

    def __init__(self, hierarchy: Hierarchy, today: date, about: str = "") -> None:
        """It begins on the requirement `about`, if that is listed."""
        hints = (
            "enter goes to it · {priorities.brief} referee brief · {page.copy} copies · esc back"
        )
        super().__init__("Priorities", _ABOUT, hints, hierarchy, today)
        self.lines.steps_to_things = True
        self._begins_on = about
        self._found: Weighed | None = None

    def on_mount(self) -> None:
        super().on_mount()
        begin(self, self._look, "priorities")

    def tell(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        begin(self, self._look, "priorities")

    async def _look(self) -> None:
        """Beside the keys: of 100,000 nodes it takes half a second."""
        first = self._found is None
        self._found = await asyncio.to_thread(weighed, self.hierarchy, self.today)
        self.draw()
        if first:
            self.lines.move_to_thing(self._begins_on)

    def text(self, width: int) -> Iterable[TextLine]:
        if self._found is None:
            return (TextLine((("Reckoning …", "muted"),)),)
        return priority_lines(self.hierarchy, self._found, width)

    def action_brief(self) -> None:
        self.ask("referee")

    async def copyables(self) -> tuple[Copyable, ...]:
        if self._found is None:
            return ()
        table = priorities_markdown(self.hierarchy, self._found.order)
        parts = [Copyable("t", "the table, as Markdown", table)] if table else []
        key = self.lines.line.key if self.lines.line else ""
        if key:
            words = f"{key} {words_of(self.hierarchy.thing(key))}"
            parts.append(Copyable("n", "code and statement", words))
        return tuple(parts)


_ABOUT = "reach × weight × confidence ÷ effort = score"


def dialog_for(hierarchy: Hierarchy, keys: Sequence[str], today: date) -> PrioritiesPage:
    """The priorities, the cursor on the requirement selected if it is among them."""
    return PrioritiesPage(hierarchy, today, keys[0] if keys else "")
