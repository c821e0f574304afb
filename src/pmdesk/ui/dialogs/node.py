"""A node of the tree: a goal, obstacle, initiative, tactic or need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.widget import Widget

from pmdesk.customers.actions import AddBetween, AddNode, EditNode, NodeDraft
from pmdesk.customers.kinds import Layer, NodeKind
from pmdesk.phrases import a
from pmdesk.ui.dialogs import picks
from pmdesk.ui.dialogs.dialog import FieldError
from pmdesk.ui.dialogs.thing_form import ThingForm
from pmdesk.ui.widgets.choice_field import ChoiceField
from pmdesk.ui.widgets.statement_field import StatementField

if TYPE_CHECKING:
    from datetime import date

    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Node
    from pmdesk.desk import Action

LAYERS = (("executive", "executive"), ("manager", "manager"), ("user", "user"))
WEIGHTS = (("1", "1 a little"), ("2", "2 much"), ("3", "3 most of all"))
_USUAL_WEIGHT = "2"

_ASKS: dict[NodeKind, tuple[str, str]] = {
    "goal": ("what their executives must reach, with or without us",
             "Cut agency staffing from 14% to 9% of payroll this year"),
    "obstacle": ("what makes that hard to reach",
                 "Expired stock surfaces only at the quarterly count"),
    "initiative": ("what they already run to overcome it",
                   "One staffing pool shared by all sites"),
    "tactic": ("the day-to-day operation that has a large effect on it",
               "Each morning the duty manager moves staff between wards"),
    "need": ("what somebody must be able to know or do, naming no product",
             "Know what expires in 30 days without walking the ward"),
}  # fmt: skip


class NodeForm(ThingForm):
    kind: ClassVar[str] = "node"

    def __init__(
        self,
        hierarchy: Hierarchy,
        today: date,
        node_kind: NodeKind,
        parent: Node | None = None,
        market: int | None = None,
        node: Node | None = None,
        lower: str = "",
    ) -> None:
        """Below a parent, or a goal in a market, where that is known; or one to edit. `lower` is
        the key of what shall hang on the new one."""
        title = f"Edit the {node_kind}" if node else f"Add {a(node_kind)}"
        super().__init__(hierarchy, today, title, _where(hierarchy, parent, market, node))
        self.node_kind = node_kind
        self.parent_node = parent
        self.market = market
        self.node = node
        self.lower = lower
        self.editing = node is not None

    def body(self) -> Iterator[Widget]:
        from pmdesk.ui.dialogs.questions import of_node

        label, example = _ASKS[self.node_kind]
        one = self.node
        yield StatementField("statement", label, f"such as {example}", one.statement if one else "",
                             asks=of_node(self.hierarchy, self.node_kind))  # fmt: skip
        if self._asks_market:
            yield picks.pick_field("market", "market", picks.markets(self.hierarchy))
        if self.node_kind == "need":
            yield ChoiceField("layer", "layer", LAYERS, (one.layer if one else None) or "")
        if self.node_kind == "goal":
            weight = str(one.weight or "") if one else _USUAL_WEIGHT
            yield ChoiceField("weight", "weight", WEIGHTS, weight)

    @property
    def _asks_market(self) -> bool:
        return self.node_kind == "goal" and self.node is None and self.market is None

    def result(self) -> Action:
        statement = self.words("statement", f"Write {_ASKS[self.node_kind][0]}, or esc.")
        layer = self.typed("layer") if self.node_kind == "need" else None
        if layer == "":
            raise FieldError("layer", "Whose need is it? e executive, m manager or u user.")
        known = cast("Layer | None", layer)
        weight = int(self.typed("weight") or 0) or None if self.node_kind == "goal" else None
        if self.node is not None:
            return EditNode(self.node.id, statement, known, weight)
        market = self.market
        if self._asks_market:
            market = self.picked("market", "Choose the market whose goal it is.")
        parent = self.parent_node.id if self.parent_node else None
        draft = NodeDraft(self.node_kind, statement, parent, market, known, weight)
        return AddBetween(draft, self.lower) if self.lower else AddNode(draft)


def _where(hierarchy: Hierarchy, parent: Node | None, market: int | None, node: Node | None) -> str:
    if node is not None:
        return f"{node.code} {node.statement}"
    if parent is not None:
        return f"below {parent.code} {parent.statement}"
    where = hierarchy.market.get(market or 0)
    return f"in {where.name}" if where else "adrift: below no goal yet"
