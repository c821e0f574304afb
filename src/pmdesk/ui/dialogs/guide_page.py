"""A guide to take along, as a page: read here, copied as Markdown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from pmdesk.copying import Copyable
from pmdesk.customers.guides.pages import ON_PAPER
from pmdesk.ui.dialogs.page import Page
from pmdesk.ui.widgets.text_lines import Span, TextLine, wrapped
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.guides.pages import Block, Guide
    from pmdesk.customers.hierarchy import Hierarchy

_INDENTS = {"item": 2, "ask": 2, "detail": 3}
_SIGNS = {"item": "· ", "ask": "? ", "detail": "· ", "said": "│ ", "fault": "! "}
_ROLES = {
    "said": "strong", "detail": "muted", "item": "muted", "note": "muted", "fault": "warning",
}  # fmt: skip
_OWN = ("note", "fault")


class GuidePage(Page):
    """A subclass makes the guides; that may take a while where there are many nodes, so the
    page opens before it is done."""

    BINDING_GROUP_TITLE = "Guide"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "Edit", id="guide.edit", show=False,
                tooltip="What the line is about"),
        Binding("n", "note", "Note", id="guide.note", show=False,
                tooltip="Note what was heard on what the line is about"),
    ]  # fmt: skip

    def __init__(
        self, title: str, about: str, hints: str, hierarchy: Hierarchy, today: date
    ) -> None:
        super().__init__(title, about, hints, hierarchy, today)
        self.guides: tuple[Guide, ...] | None = None

    def make(self, hierarchy: Hierarchy) -> tuple[Guide, ...]:
        """The guides of the page; called beside the keys. RefusedError where there are none."""
        raise NotImplementedError

    def on_mount(self) -> None:
        super().on_mount()
        self.begin_making()

    def tell(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        self.begin_making()

    def begin_making(self, anew: bool = False) -> None:
        """Makes them again; with `anew` they are other ones, read from the top."""

        async def make() -> None:
            self.guides = await asyncio.to_thread(self.make, self.hierarchy)
            self.draw()
            if anew:
                self.lines.move_to(0)

        begin(self, make, "guide")

    def text(self, width: int) -> Iterable[TextLine]:
        if self.guides is None:
            yield TextLine((("…", "muted"),))
            return
        for place, guide in enumerate(self.guides):
            if place:
                yield TextLine(())
            if len(self.guides) > 1:
                yield TextLine(((guide.title, "strong"),))
            yield from lines_of(guide.blocks, width)

    async def copyables(self) -> tuple[Copyable, ...]:
        guides = self.guides or ()
        keys = "mnopqrst"
        named = len(guides) > 1
        return tuple(
            Copyable(key, guide.title if named else "the page, as Markdown", guide.markdown())
            for key, guide in zip(keys, guides, strict=False)
        )

    # Keys -----------------------------------------------------------------------------------

    def action_edit(self) -> None:
        if self.lines.line is not None:
            self.ask("edit", self.lines.line.key)

    def action_note(self) -> None:
        if self.lines.line is not None:
            self.ask("note", self.lines.line.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.why_not(action) else True

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, in one sentence; empty if it can."""
        here = self.lines.line
        if action in ("edit", "note") and (here is None or not here.key):
            return "This line is about nothing of the desk."
        return "It is still being made." if action == "copy" and not self.guides else ""


def lines_of(blocks: Iterable[Block], width: int) -> Iterator[TextLine]:
    """The blocks as they are read on the screen; what is to be filled in is left out."""
    before = ""
    for block in blocks:
        if block.kind in ON_PAPER:
            continue
        if before and _apart(block.kind, before):
            yield TextLine(())
        before = block.kind
        for spans in _spans(block, width):
            yield TextLine(spans, block.key)


def _apart(kind: str, before: str) -> bool:
    """Whether an empty line stands before it."""
    if kind == "thing":
        return before == "detail"
    if kind in _OWN:
        return before not in (*_OWN, "said")
    return kind == "head" or (kind in ("topic", "said", "words") and before != "head")


def _spans(block: Block, width: int) -> Iterator[tuple[Span, ...]]:
    if block.kind == "head":
        yield ((block.text.upper(), "head"),)
        return
    sign = _SIGNS.get(block.kind, "")
    code = f"{block.ref} " if block.ref else ""
    before = " " * _INDENTS.get(block.kind, 0)
    room = len(before) + len(sign or code)
    role = _ROLES.get(block.kind, "strong" if block.ref else "")
    for place, line in enumerate(wrapped(block.text, width, role, room)):
        words = line[1]
        if place:
            yield line
        else:
            yield (before, ""), (sign or code, "muted" if sign else "code"), words
