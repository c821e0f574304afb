"""The vision of the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from pmdesk.customers.product_actions import ReviseVision
from pmdesk.ui.dialogs.product import VisionForm

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.desk import Action


class PortfolioForm(VisionForm):
    kind: ClassVar[str] = "vision"

    def __init__(self, hierarchy: Hierarchy, today: date) -> None:
        super().__init__(hierarchy, today, "The vision of the portfolio")
        self.editing = True
        self.vision = hierarchy.vision or ""
        self.revised = hierarchy.vision_revised

    def body(self) -> Iterator[Widget]:
        yield from self.vision_fields("what all our products are for, together")

    def result(self) -> Action:
        return ReviseVision(*self.vision_of())
