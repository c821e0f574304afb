"""The lines of the customers' tree: markets, and what hangs below them by code and band."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len

from pmdesk.customers.queries import Branch, MarketTree, MarketTrees
from pmdesk.customers.sight import band
from pmdesk.ui.widgets.cells import elide
from pmdesk.ui.widgets.outline import Branching, Line, Outline
from pmdesk.ui.widgets.virtual_lines import Piece

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

    def tell(self, read: MarketTrees) -> None:
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

    def label(self, line: Line[Item], width: int) -> Iterator[Piece]:
        item = line.item
        if isinstance(item, Branch):
            yield from self._branch(item, width)
        elif isinstance(item, MarketTree):
            said = "1 account" if item.accounts == 1 else f"{item.accounts} accounts"
            name = elide(item.name, width)
            yield (name, "customers--market")
            yield (elide(f"  {said}", width - cell_len(name)), "list--muted")
        else:
            yield (elide("Adrift: under no goal", width), "customers--no-sight")

    def _branch(self, item: Branch, width: int) -> Iterator[Piece]:
        """Where there is little room the statement is cut, not what is amiss with it."""
        quiet = item.status in _QUIET
        mark = "" if item.goal else f"  {item.status}" if quiet else "  △"
        code = f"{item.code:<3} "
        room = max(1, width - cell_len(code) - cell_len(mark))
        yield (code, _BAND_STYLES[band(item.kind)])
        yield (elide(item.statement, room), "list--muted" if quiet else "")
        yield (mark, "customers--no-sight")


def key_of(item: Item) -> str:
    """By this a line is found: the code of a node or requirement, or "market 3"."""
    if isinstance(item, Branch):
        return item.code
    return f"market {item.id}" if isinstance(item, MarketTree) else _ADRIFT


def _roots(read: MarketTrees) -> Iterator[Branching[Item]]:
    for market in read.markets:
        yield _branching(market, market.goals)
    if read.adrift:
        yield _branching(None, read.adrift)


def _branching(item: Item, below: tuple[Branch, ...]) -> Branching[Item]:
    return Branching(key_of(item), item, tuple(_branching(one, one.children) for one in below))
