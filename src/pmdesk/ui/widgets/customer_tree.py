"""The lines of the customers' tree: markets, and what hangs below them by code and band."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from pmdesk.customers.queries import Branch, Hierarchy, MarketTree
from pmdesk.customers.sight import band
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.outline import Branching, Line, Outline

Item = Branch | MarketTree | None
"""None is the line over what is adrift."""
_ADRIFT = "adrift"
_BAND_STYLES = {
    "THEIR STRATEGY": "customers--theirs",
    "THEIR OPERATIONS": "customers--operations",
    "OUR PRODUCTS": "customers--ours",
}
_QUIET = ("reached", "dropped")
"""What is over stands back."""


class CustomerTree(Outline[Item]):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "customers--theirs", "customers--operations", "customers--ours", "customers--no-sight",
        "customers--market",
    }  # fmt: skip

    def tell(self, read: Hierarchy) -> None:
        """Shows what was read; at first with the cursor on the first goal, which has
        something to say."""
        first = not self.ids
        self.grow(_roots(read))
        goals = (line for line in self.lines if isinstance(line.item, Branch))
        if first and (goal := next(goals, None)):
            self.move_to_id(goal.id)

    def why_not(self, action: str) -> str:
        if action.startswith("mark"):
            return "Marks are for requests: nothing here is decided on together."
        return super().why_not(action)

    def label(self, line: Line[Item], width: int) -> Iterator[Segment]:
        item = line.item
        if isinstance(item, Branch):
            yield from self._branch(item, width)
        elif isinstance(item, MarketTree):
            said = "1 account" if item.accounts == 1 else f"{item.accounts} accounts"
            name = elide(item.name, width)
            yield self._part(name, "customers--market")
            yield self._part(elide(f"  {said}", width - cell_len(name)), "list--muted")
        else:
            yield self._part(elide("Adrift: under no goal", width), "customers--no-sight")

    def _branch(self, item: Branch, width: int) -> Iterable[Segment]:
        """Where there is little room the statement is cut, not what is amiss with it."""
        quiet = item.status in _QUIET
        mark = "" if item.goal else f"  {item.status}" if quiet else "  △"
        code = f"{item.code:<3} "
        room = max(1, width - cell_len(code) - cell_len(mark))
        yield self._part(code, _BAND_STYLES[band(item.kind)])
        yield self._part(elide(item.statement, room), "list--muted" if quiet else "")
        yield self._part(mark, "customers--no-sight")

    def _part(self, text: str, style: str) -> Segment:
        return Segment(text, self.get_component_rich_style(style, partial=True) if style else None)


def key_of(item: Item) -> str:
    """By this a line is found: the code of a node or requirement, or "market 3"."""
    if isinstance(item, Branch):
        return item.code
    return f"market {item.id}" if isinstance(item, MarketTree) else _ADRIFT


def _roots(read: Hierarchy) -> Iterator[Branching[Item]]:
    for market in read.markets:
        yield _branching(market, market.goals)
    if read.adrift:
        yield _branching(None, read.adrift)


def _branching(item: Item, below: tuple[Branch, ...]) -> Branching[Item]:
    return Branching(key_of(item), item, tuple(_branching(one, one.children) for one in below))
