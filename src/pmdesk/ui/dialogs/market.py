"""A market: its name is all it needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from pmdesk.customers.actions import AddMarket, EditMarket
from pmdesk.ui.dialogs.thing_form import ThingForm

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Market
    from pmdesk.desk import Action


class MarketForm(ThingForm):
    kind: ClassVar[str] = "market"

    def __init__(self, hierarchy: Hierarchy, today: date, market: Market | None = None) -> None:
        about = market.name if market else "organisations under the same pressures"
        super().__init__(hierarchy, today, "Edit the market" if market else "Add a market", about)
        self.market = market
        self.editing = market is not None

    def body(self) -> Iterator[Widget]:
        name = self.market.name if self.market else ""
        yield self.line("name", "name", name, "such as Regional hospitals")

    def result(self) -> Action:
        name = self.words("name", "Write what the market is called, or esc.")
        return EditMarket(self.market.id, name) if self.market else AddMarket(name)
