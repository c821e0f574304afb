"""What of the hierarchy can be picked in its forms: by name, code and what it serves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pmdesk.fuzzy import Finder, Pickable
from pmdesk.phrases import several
from pmdesk.ui.widgets.pick_field import PickField
from pmdesk.ui.work import begin

if TYPE_CHECKING:
    from pmdesk.customers.hierarchy import Hierarchy
    from pmdesk.customers.things import Node

_AT_ONCE = 3_000
"""Nodes from which on a list of them is made beside the keys: it takes longer than a frame."""
MOST = 20_000
"""Entries of a picker: more are found too slowly (`pmdesk.fuzzy`)."""

Entries = tuple[Pickable, ...]


def markets(hierarchy: Hierarchy) -> Entries:
    return tuple(
        Pickable(one.id, one.name, several(len(hierarchy.accounts_of.get(one.id, ())), "account"))
        for one in hierarchy.markets
    )


def products(hierarchy: Hierarchy) -> Entries:
    return tuple(Pickable(one.id, one.name) for one in hierarchy.products)


def goals(hierarchy: Hierarchy) -> Entries:
    """Active ones first."""
    found = [one for one in hierarchy.nodes if one.kind == "goal"]
    found.sort(key=lambda one: one.status != "active")
    return tuple(
        Pickable(one.id, one.statement, _market_of(hierarchy, one), (one.code,)) for one in found
    )


def needs(hierarchy: Hierarchy, chosen: int | None) -> tuple[Entries, int]:
    """Active needs, the newest first, and how many more there are; the chosen one whatever
    it is."""
    found = [one for one in hierarchy.nodes if one.kind == "need" and one.status == "active"]
    found.sort(key=lambda one: -one.id)
    first = [one for one in (hierarchy.node.get(chosen or 0),) if one is not None]
    listed = [*first, *(one for one in found[:MOST] if one.id != chosen)]
    return tuple(node(hierarchy, one) for one in listed), max(0, len(found) - MOST)


def solutions(hierarchy: Hierarchy) -> Entries:
    return tuple(
        Pickable(one.id, one.name, _goal_of(hierarchy, one.goal_id), (one.code,))
        for one in hierarchy.solutions
    )


def node(hierarchy: Hierarchy, one: Node) -> Pickable:
    """A node by its statement, with its code and the goal that it serves."""
    goal = hierarchy.goal(one.id)
    said = f"{one.code} {one.kind}"
    if goal is None:
        said += ", serves no goal"
    elif goal.id != one.id:
        said += f", serves {goal.code}"
    return Pickable(one.id, one.statement, said, (one.code,))


class ThingField(PickField):
    """Its name stands in the line already: behind the label stands what tells it apart."""

    def offer_from(self, make: Callable[[], tuple[Entries, int]], hierarchy: Hierarchy) -> None:
        """Entries and how many are left out, made beside the keys where there are many."""
        if len(hierarchy.nodes) <= _AT_ONCE:
            self.offer(*make())
            return

        def found() -> tuple[Finder, int]:
            entries, left_out = make()
            return Finder(entries), left_out

        async def work() -> None:
            self._finder, self._left_out = await asyncio.to_thread(found)
            self._match()

        begin(self, work, "entries")

    def _tell(self) -> None:
        match self.picked:
            case Pickable(name=name, note=note) if note and name == self.typed:
                self.tell(note)
            case _:
                super()._tell()


def pick_field(
    name: str,
    label: str,
    entries: Iterable[Pickable],
    chosen: int | None = None,
    placeholder: str = "",
) -> ThingField:
    """The field, with the one of that id picked."""
    offered = tuple(entries)
    field = ThingField(name, label, offered, placeholder)
    for entry in offered:
        if entry.id == chosen:
            field.pick(entry)
            break
    return field


def _market_of(hierarchy: Hierarchy, goal: Node) -> str:
    market = hierarchy.market.get(goal.market_id or 0)
    return f"{goal.code} {market.name}" if market is not None else goal.code


def _goal_of(hierarchy: Hierarchy, goal: int) -> str:
    found = hierarchy.node.get(goal)
    return f"for {found.code} {found.statement}" if found is not None else ""
