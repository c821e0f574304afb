"""A whole branch typed at once, as an indented outline, with what it comes to beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from pmdesk.customers.actions import quoted
from pmdesk.customers.outline_actions import AddBranch, LineKind
from pmdesk.customers.outlines.known import Known
from pmdesk.customers.outlines.plan import Plan, name_of
from pmdesk.customers.outlines.planning import planned
from pmdesk.customers.things import (
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
)
from pmdesk.errors import RefusedError
from pmdesk.exchange.readers.outline import read_outline
from pmdesk.ui.dialogs.dialog import Dialog, FieldError
from pmdesk.ui.outline_preview import ANEW, grammar, preview, summary
from pmdesk.ui.widgets.field import Field
from pmdesk.ui.widgets.outline_text import OutlineField
from pmdesk.ui.widgets.text_lines import TextLines
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy

_SETTLED = 0.08
"""Seconds without a key after which it is read again."""
_HINTS = (
    "{dialog.confirm} adds it · {outline.in} {outline.out} level · {text.editor} your editor · "
    "{outline.help} how to write it · esc leaves it"
)


def dialog_for(hierarchy: Hierarchy, keys: tuple[str, ...], today: date) -> OutlineDialog:
    """For a branch below the first of the things; without one, at the top."""
    return OutlineDialog(hierarchy, _below(hierarchy, keys[0] if keys else ""), today)


def _below(hierarchy: Hierarchy, key: str) -> str:
    """What a branch hangs on that is typed on a thing; "" where that is nothing."""
    thing = hierarchy.thing(key)
    match thing:
        case Node() | Market() | Product() | Solution() | Measure():
            return key
        case Requirement():
            return hierarchy.node[thing.need_id].key if thing.need_id else ""
        case Account():
            return f"market {thing.market_id}"
        case Evidence():
            return hierarchy.node[thing.node_id].key
        case Reading():
            return f"measure {thing.metric_id}"
    return ""


def _kind(hierarchy: Hierarchy, key: str) -> LineKind | None:
    thing = hierarchy.thing(key)
    if isinstance(thing, Node):
        return thing.kind
    kinds: dict[str, LineKind] = {
        "market": "market", "product": "product", "measure": "measure",
    }  # fmt: skip
    return "solution" if isinstance(thing, Solution) else kinds.get(key.partition(" ")[0])


class OutlineDialog(Dialog[AddBranch]):
    """Gives all that is new in it as one action."""

    BINDING_GROUP_TITLE = "Outline"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "How to write it", id="outline.help", priority=True,
                tooltip="Shows how an outline is written, or again what it comes to"),
        Binding("pagedown", "more(1)", "More of it", id="outline.page.down", priority=True,
                show=False, tooltip="More of how it is written"),
        Binding("pageup", "more(-1)", "Back up", id="outline.page.up", priority=True,
                show=False, tooltip="Towards its beginning"),
    ]  # fmt: skip
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide"), (110, "-broad")]  # noqa: RUF012

    kind: ClassVar[str] = "outline"

    def __init__(self, hierarchy: Hierarchy, below: str, today: date) -> None:
        name = name_of(hierarchy, below) if below else ""
        super().__init__(
            "Add a branch as an outline", f"below {name}" if name else "at the top", _HINTS
        )
        self.subject = below
        self.hierarchy = hierarchy
        self.below = below
        has_code = isinstance(hierarchy.thing(below), Node | Solution)
        self.name_below = below if has_code or not name else quoted(name)
        self.today = today
        self.helping = False
        """Whether it is asked how it is written."""
        self._known = Known(hierarchy)
        self._places: dict[int, int] = {}
        self._plan: Plan | None = None
        self._preview = TextLines(id="outline-preview")
        self._preview.can_focus = False

    def body(self) -> Iterator[Widget]:
        with Container(id="outline"):
            yield OutlineField("outline", "", "One thing a line; tab is one level in")
            with Vertical(id="outline-beside"):
                yield Static(id="outline-sum", markup=False)
                yield self._preview

    def on_mount(self) -> None:
        self._written.take_focus()
        self._look()

    @property
    def _written(self) -> OutlineField:
        return self.query_one(OutlineField)

    # What it comes to -------------------------------------------------------------------------

    def plan(self, text: str) -> Plan:
        """Pure, and at once for a text of any length that fits."""
        products = [one.name for one in self.hierarchy.products]
        read = read_outline(text, _kind(self.hierarchy, self.below), self.today, products)
        return planned(read.lines, read.problems, self._known, self.below)

    def tell(self, hierarchy: Hierarchy) -> None:
        """What others added meanwhile is there already."""
        self.hierarchy, self._known = hierarchy, Known(hierarchy)
        self._look()

    @on(Field.Changed)
    @on(events.Resize)
    def _look(self) -> None:
        async def look() -> None:
            await asyncio.sleep(_SETTLED)
            text = self._written.typed
            self._plan = await asyncio.to_thread(self.plan, text) if text.strip() else None
            self._show()

        begin(self, look, "outline")

    def _show(self) -> None:
        width = max(24, self._preview.line_width - 2)
        plan = None if self.helping else self._plan
        if plan is None:
            shown, words = grammar(width), "How it is written"
        else:
            shown, words = preview(plan, width, self._known.words), summary(plan)
        self._places = shown.places
        colour = "$warning" if plan and plan.blocked else "$accent"
        self.query_one("#outline-sum", Static).update(Content.styled(words, f"bold {colour}"))
        self._preview.set_class(plan is None, "grammar")
        self._preview.tell(shown.lines, anew=plan is None)
        self.refresh_bindings()
        self._follow()

    @on(TextArea.SelectionChanged)
    def _follow(self) -> None:
        """The preview goes along with the cursor."""
        row = self._written.lines.cursor_location[0] + 1
        before = [place for number, place in self._places.items() if number <= row]
        if before:
            self._preview.move_to(before[-1])

    def action_help(self) -> None:
        self.helping = not self.helping
        self._show()

    def action_more(self, pages: int) -> None:
        self._preview.action_page(pages)
        self._preview.scroll_relative(y=pages * self._preview.size.height // 2, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "more":  # else they move the cursor of the text
            return self.helping or self._plan is None
        return super().check_action(action, parameters)

    @on(Field.Changed)
    def _typed_on(self) -> None:
        self.helping = False

    # What is added ----------------------------------------------------------------------------

    def result(self) -> AddBranch:
        text = self._written.typed
        if not text.strip():
            raise FieldError("outline", "Write at least one line, or esc.")
        plan = self.plan(text)
        for problem in plan.problems:
            if problem.blocks:
                self._written.lines.move_cursor((problem.line - 1, 0), center=True)
                raise RefusedError(f"Line {problem.line}: {problem.sentence}")
        if not plan.additions:
            how = ANEW if plan.elsewhere else "nothing is new"
            raise FieldError("outline", f"All of it is in the desk already: {how}.")
        return plan.action(self.name_below)
