"""What stands for a thing in another of the customers' views, so that the selection follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pmdesk.customers.browsing.twigs import View
from pmdesk.customers.hierarchy import Hierarchy
from pmdesk.customers.item import layer_of, requirements_for
from pmdesk.customers.things import (
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    Requirement,
    Solution,
    Thing,
)

_MOST = 12
"""Things that are looked for at most."""


def related(hierarchy: Hierarchy, view: View, key: str) -> tuple[str, ...]:
    """Keys that may stand in the view: the thing's own, then those of what is nearest to it."""
    whole, _ = layer_of(key)
    found = [key, whole]
    if (thing := hierarchy.thing(whole)) is not None:
        found.extend(islice(_near(hierarchy, view, thing), _MOST))
    return tuple(dict.fromkeys(found))


def _near(hierarchy: Hierarchy, view: View, thing: Thing) -> Iterator[str]:
    match view:
        case "market":
            yield from _in_markets(hierarchy, thing)
        case "account":
            yield from _of_accounts(hierarchy, thing)
        case "product":
            yield from (one.key for one in _requirements(hierarchy, thing))
            if isinstance(thing, Measure) and thing.product_id:
                yield f"product {thing.product_id}"
        case "solution":
            for one in _requirements(hierarchy, thing):
                if one.solution_id is not None:
                    yield hierarchy.solution[one.solution_id].key
            for node in _nodes(hierarchy, thing):
                for goal in hierarchy.path(node.id)[:1]:
                    yield from (one.key for one in hierarchy.solutions_of.get(goal.id, ()))


def _in_markets(hierarchy: Hierarchy, thing: Thing) -> Iterator[str]:
    if isinstance(thing, Account):
        yield f"market {thing.market_id}"
    elif isinstance(thing, Product):
        yield from (one.key for one in _requirements(hierarchy, thing))
    yield from (node.key for node in _nodes(hierarchy, thing))


def _of_accounts(hierarchy: Hierarchy, thing: Thing) -> Iterator[str]:
    if isinstance(thing, Market):
        yield from (one.key for one in hierarchy.accounts_of.get(thing.id, ()))
    for node in _nodes(hierarchy, thing):
        yield from (step.code for step in reversed(hierarchy.path(node.id)))
        for goal in hierarchy.path(node.id)[:1]:
            yield from (one.key for one in hierarchy.accounts_of.get(goal.market_id or 0, ()))


def _nodes(hierarchy: Hierarchy, thing: Thing) -> Iterator[Node]:
    """The nodes that a thing is about."""
    match thing:
        case Node():
            yield thing
        case Solution():
            yield from _known(hierarchy, (thing.goal_id,))
        case Requirement() | Evidence() | Measure():
            of = thing.need_id if isinstance(thing, Requirement) else thing.node_id
            yield from _known(hierarchy, (of,))
        case Account():
            heard = reversed(hierarchy.evidence_of.get(thing.id, ()))
            yield from _known(hierarchy, (one.node_id for one in heard))
        case Market():
            yield from hierarchy.roots_of.get(thing.id, ())
        case Product():
            on = hierarchy.requirements_on.get(thing.id, ())
            yield from _known(hierarchy, (one.need_id for one in on))


def _known(hierarchy: Hierarchy, ids: Iterable[int | None]) -> Iterator[Node]:
    return (hierarchy.node[id_] for id_ in ids if id_ is not None and id_ in hierarchy.node)


def _requirements(hierarchy: Hierarchy, thing: Thing) -> Iterator[Requirement]:
    """Those that serve a thing, or what it is about."""
    if isinstance(thing, Requirement):
        yield thing
    elif isinstance(thing, Node | Market | Solution | Product):
        yield from requirements_for(hierarchy, thing.key)
    else:
        for node in _nodes(hierarchy, thing):
            yield from requirements_for(hierarchy, node.key)
