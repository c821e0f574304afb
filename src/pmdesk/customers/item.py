"""What there is to say of one thing of the hierarchy: what it serves and who serves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, cast

from pmdesk.customers.gaps import Gap, gaps
from pmdesk.customers.hierarchy import Hierarchy, by_code
from pmdesk.customers.kinds import LETTERS, Layer, NodeKind, ThingKind
from pmdesk.customers.things import (
    LAYERS,
    PORTFOLIO,
    Account,
    Evidence,
    Market,
    Measure,
    Node,
    Product,
    Reading,
    Requirement,
    Solution,
    Thing,
)

# What it is -----------------------------------------------------------------------------------


def kind_of(key: str) -> ThingKind | None:
    """By the key alone; an account's layer ("account 3 executive") is an account."""
    word = key.split(" ", 1)[0]
    if word in ("market", "account", "product", "measure", "reading", "evidence", PORTFOLIO):
        return cast("ThingKind", word)
    return LETTERS.get(word[:1]) if word[1:].isdecimal() else None


def layer_of(key: str) -> tuple[str, Layer | None]:
    """ "account 3 executive" → ("account 3", "executive"); any other key as it is."""
    whole, _, last = key.rpartition(" ")
    for layer in LAYERS:
        if last == layer and whole.startswith("account "):
            return whole, layer
    return key, None


def is_there(hierarchy: Hierarchy, key: str) -> bool:
    """Whether the thing is still kept."""
    return key == PORTFOLIO or hierarchy.thing(layer_of(key)[0]) is not None


def words_of(thing: Thing | None) -> str:
    """Its statement or name; the portfolio has none of its own."""
    match thing:
        case Node() | Requirement():
            return thing.statement
        case Market() | Account() | Product() | Solution() | Measure():
            return thing.name
        case Evidence():
            return thing.quote or ""
        case Reading():
            return thing.note or ""
    return ""


def name_of(hierarchy: Hierarchy, key: str) -> str:
    """As lists name it: the code of what has one, else the name."""
    thing = hierarchy.thing(key)
    if key == PORTFOLIO:
        return "Portfolio"
    named = isinstance(thing, Market | Account | Product | Measure)
    return words_of(thing) if named else key


# What serves it -------------------------------------------------------------------------------


class Share(NamedTuple):
    """What one product does for a thing."""

    product: Product
    requirements: tuple[Requirement, ...]


def serving(hierarchy: Hierarchy, key: str) -> tuple[Share, ...]:
    """The live requirements that serve a thing, by product in its order; products without one
    are left out."""
    found = requirements_for(hierarchy, key)
    groups: dict[int, list[Requirement]] = {}
    for one in found:
        groups.setdefault(one.product_id, []).append(one)
    return tuple(
        Share(product, tuple(groups[product.id]))
        for product in hierarchy.products
        if product.id in groups
    )


def requirements_for(hierarchy: Hierarchy, key: str) -> tuple[Requirement, ...]:
    """The live requirements that serve a market, node, solution, or are those of a product."""
    match hierarchy.thing(key):
        case Node() as node:
            found = _below(hierarchy, (node,))
        case Market() as market:
            found = _below(hierarchy, hierarchy.roots_of.get(market.id, ()))
        case Solution() as solution:
            found = list(hierarchy.requirements_in.get(solution.id, ()))
        case Product() as product:
            found = list(hierarchy.requirements_on.get(product.id, ()))
        case _:
            found = []
    return tuple(one for one in found if one.live)


def _below(hierarchy: Hierarchy, nodes: tuple[Node, ...]) -> list[Requirement]:
    """Of the nodes and what is active below them; a stack, for there may be 20,000."""
    found: list[Requirement] = []
    waiting = list(reversed(nodes))
    below, requirements = hierarchy.below, hierarchy.requirements_of
    while waiting:
        node = waiting.pop()
        found.extend(requirements.get(node.id, ()))
        waiting.extend(one for one in reversed(below.get(node.id, ())) if one.status == "active")
    return found


# Who spoke of it ------------------------------------------------------------------------------


class Heard(NamedTuple):
    pieces: tuple[Evidence, ...]
    """The newest first."""
    accounts: int
    layers: tuple[Layer, ...]
    silent: tuple[Layer, ...]
    """The layers that were not heard."""
    below: int = 0
    """Pieces on what hangs below a node."""


def heard(hierarchy: Hierarchy, key: str) -> Heard:
    """What was said of a node (of its need, for a requirement), or by an account or a layer
    of it."""
    whole, layer = layer_of(key)
    below = 0
    match hierarchy.thing(whole):
        case Node() as node:
            found = hierarchy.evidence_on.get(node.id, ())
            below = _heard_below(hierarchy, node)
        case Requirement(need_id=int(need)):
            found = hierarchy.evidence_on.get(need, ())
        case Account() as account:
            found = hierarchy.evidence_of.get(account.id, ())
        case _:
            found = ()
    pieces = tuple(one for one in reversed(found) if layer in (None, one.layer))
    spoke = {one.layer for one in pieces}
    return Heard(
        pieces,
        len({one.account_id for one in pieces}),
        tuple(one for one in LAYERS if one in spoke),
        tuple(one for one in LAYERS if one not in spoke),
        below,
    )


def _heard_below(hierarchy: Hierarchy, node: Node) -> int:
    count, waiting = 0, [node]
    while waiting:
        nodes = hierarchy.below.get(waiting.pop().id, ())
        count += sum(len(hierarchy.evidence_on.get(one.id, ())) for one in nodes)
        waiting.extend(nodes)
    return count


def goals_reached(
    hierarchy: Hierarchy, requirements: tuple[Requirement, ...]
) -> tuple[tuple[Node, int], ...]:
    """The active goals that requirements reach, each with how many do, the most first."""
    counts: dict[int, int] = {}
    for one in requirements:
        if goal := hierarchy.goal_of(one):
            counts[goal.id] = counts.get(goal.id, 0) + 1
    nodes = sorted(
        (hierarchy.node[id_] for id_ in counts),
        key=lambda node: (-counts[node.id], by_code(node.code)),
    )
    return tuple((node, counts[node.id]) for node in nodes)


def count_of(hierarchy: Hierarchy, market: Market) -> dict[NodeKind, int]:
    """How many active nodes of each kind a market has; kinds without one are left out."""
    counts: dict[NodeKind, int] = {}
    waiting = [one for one in hierarchy.roots_of.get(market.id, ()) if one.status == "active"]
    while waiting:
        node = waiting.pop()
        counts[node.kind] = counts.get(node.kind, 0) + 1
        waiting.extend(one for one in hierarchy.below.get(node.id, ()) if one.status == "active")
    return counts


# What it lacks --------------------------------------------------------------------------------


def gaps_by_subject(hierarchy: Hierarchy, today: date) -> Mapping[str, tuple[Gap, ...]]:
    """The gaps to be told today, by the key of what they are about."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps(hierarchy, today):
        found.setdefault(gap.subject, []).append(gap)
    return {key: tuple(own) for key, own in found.items()}
