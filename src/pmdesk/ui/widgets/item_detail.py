"""The item beside the tree: all that is known of the selected thing, as lines to walk through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message

from pmdesk.ui.messages import Said
from pmdesk.ui.widgets.text_lines import TextLine, TextLines, wrapped
from pmdesk.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.gaps import Gap
    from pmdesk.customers.hierarchy import Hierarchy

_LEAST = 24
_MOST = 92
"""Cells in which lines are wrapped at least, and at most: a longer line is hard to read."""
_LOW = 12
"""Lines below which none is left blank."""


class ItemDetail(TextLines):
    """Until the hierarchy is read it shows the words that the tree has."""

    BINDING_GROUP_TITLE = "Item"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "fill", "Fill in", id="item.fill",
                tooltip="Add the level that is missing here, or what fills the gap"),
    ]  # fmt: skip

    class GoTo(Message):
        """`enter` on a line about another thing."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class FillAsked(Message):
        """A missing level of the line of sight is to be filled: a node of that kind below
        `upper`, which `lower` then hangs on."""

        def __init__(self, upper: str, kind: str, lower: str) -> None:
            super().__init__()
            self.upper = upper
            self.kind = kind
            self.lower = lower

    class ActAsked(Message):
        """What fills a gap is wanted: the name of the action, and the thing it is about."""

        def __init__(self, what: str, key: str) -> None:
            super().__init__()
            self.what = what
            self.key = key

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.steps_to_things = True
        self.key = ""
        """Of the thing that is shown."""
        self._hierarchy: Hierarchy | None = None
        self._today: date | None = None
        self._rough = ""
        self._gaps: Mapping[str, tuple[Gap, ...]] = {}
        self._shown: tuple[Hierarchy | None, str, date | None, str, int, bool] | None = None

    def tell_item(
        self, hierarchy: Hierarchy | None, key: str, today: date, rough: str = ""
    ) -> None:
        """Shows a thing by its key; the top of it, unless it is the one already shown."""
        anew = key != self.key
        self._hierarchy, self.key, self._today, self._rough = hierarchy, key, today, rough
        self._draw(anew)

    def tell_gaps(self, gaps: Mapping[str, tuple[Gap, ...]]) -> None:
        """What the hierarchy lacks, by the key of what it is about."""
        if gaps is not self._gaps:
            self._gaps = gaps
            self._shown = None
            self._draw(anew=False)

    def _draw(self, anew: bool) -> None:
        width = min(_MOST, max(_LEAST, self.line_width - 2))
        low = self.size.height < _LOW
        wanted = (self._hierarchy, self.key, self._today, self._rough, width, low)
        if self._shown is not None and self._same(wanted):
            return
        self._shown = wanted
        lines = self._lines(width)
        self.tell((line for line in lines if line.spans) if low else lines, anew)
        if anew:
            self.scroll_home(animate=False)

    def _same(self, wanted: tuple[object, ...]) -> bool:
        """Hierarchies are compared by identity: they may be large."""
        drawn = self._shown or (None,)
        return drawn[0] is wanted[0] and drawn[1:] == wanted[1:]

    def _lines(self, width: int) -> Iterator[TextLine]:
        if self._hierarchy is None or self._today is None:
            for spans in wrapped(self._rough, width):
                yield TextLine(spans, self.key)
            return
        from pmdesk.ui.widgets.item_lines import About, lines

        about = About(self._hierarchy, self.key, self._today, width, self._gaps.get(self.key, ()))
        found = False
        for line in lines(about):
            found = True
            yield line
        if not found:
            for spans in wrapped(self._rough, width):
                yield TextLine(spans)

    def on_resize(self) -> None:
        super().on_resize()
        self._draw(anew=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "fill":  # elsewhere the key is that of the pane
            return bool(self.line and self.line.act)
        return super().check_action(action, parameters)

    def action_fill(self) -> None:
        if self.line is not None and self.line.act:
            self._act(self.line)

    @on(VirtualList.Opened)
    def _opened(self, event: VirtualList.Opened) -> None:
        event.stop()
        if (line := self.line) is None:
            return
        if line.act:
            self._act(line)
        elif line.key and line.key != self.key:
            self.post_message(self.GoTo(line.key))
        else:
            self.post_message(Said("There is nothing on this line that could be gone to."))

    @on(VirtualList.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _act(self, line: TextLine) -> None:
        from pmdesk.customers.seeing import between

        what, _, whom = line.act.partition(" ")
        if what != "fill":
            self.post_message(self.ActAsked(what, whom or line.key))
        elif self._hierarchy is not None:
            place = between(self._hierarchy, self.key, whom)
            if place is not None:
                self.post_message(self.FillAsked(*place))
